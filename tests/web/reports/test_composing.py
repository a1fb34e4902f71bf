"""What a report of the site says: the base's figures, only words that may be said, on the page and on paper alike."""

import io
import json
import re
from dataclasses import replace

import pdfplumber
import pytest
from django.conf import settings

from tests.web.conftest import person
from tests.web.reports.conftest import SAID, Network, spoken
from voices import privacy
from voices.defining import book, keep
from voices.domain import Consent, OwnCode
from voices.errors import VoicesError
from voices.reporting import Audience, facts_of, to_reread
from voices.store.models import Grant, Passage
from voices.web.reports import ask, asked_by

pytestmark = pytest.mark.django_db

QUOTED = {Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES}
ANALYSED = set(Consent) - {Consent.WITHDRAWN}


def paper(version) -> str:
    """The words of the PDF on one line, whatever its lines."""
    with pdfplumber.open(io.BytesIO(bytes(version.pdf))) as opened:
        pages = [page.extract_text() for page in opened.pages]
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.mark.parametrize("audience", Audience)
def test_words_are_in_the_report_only_where_the_consent_allows_it(network: Network, audience: Audience):
    version = network.composed(audience=audience)
    for consent, (text, _) in SAID.items():
        beginning = text[:30]
        assert (beginning in version.html) is (consent in QUOTED), consent
        assert (beginning in paper(version)) is (consent in QUOTED), consent


def test_the_figures_are_those_of_the_base(network: Network):
    network.review(Consent.ANALYSIS, {"accueil": "+", "action": "-"})
    version = network.composed(places=())
    facts = facts_of(version)
    standing = Passage.objects.filter(retired=False)
    assert facts["headline"]["Passages"] == standing.count() == 8
    assert facts["headline"]["Passages relus"] == 1
    for label, code in (("Accueil", "accueil"), ("Appartenance", "appartenance"), ("Action", "action")):
        for word, sense in (("présence", "+"), ("manque", "-"), ("mixte", "±")):
            counted = standing.filter(**{code: sense})
            assert facts["headline"][f"{label}, {word}"] == counted.count()
            told = [one for one in facts["figures"] if one["label"] == f"{label}, {word}"]
            assert {pk for one in told for pk in one["of"]} == set(counted.values_list("pk", flat=True))
    assert f">{standing.filter(accueil='+').count()}" in version.html


def test_what_a_person_decided_holds_over_the_machine_and_its_share_is_said(network: Network):
    network.review(Consent.NAMED_QUOTES, {"appartenance": "+"})
    version = network.composed()
    said = facts_of(version)["passages"][str(network.passage(Consent.NAMED_QUOTES).pk)]
    assert said["codes"] == {"appartenance": "+"}
    assert said["standing"] == "relu"
    assert "dont 1 relu par une personne" in version.html
    assert "personne ne l’a encore relu" not in version.html
    assert "Appartenance\u202f: présence, relu" in version.html


def test_readers_see_the_same_figures_and_not_the_same_annex(network: Network):
    versions = {audience: network.composed(audience=audience) for audience in Audience}
    figures = [facts_of(one)["headline"] for one in versions.values()]
    assert figures[0] == figures[1] == figures[2]
    assert 'id="passages"' in versions[Audience.BOARD].html
    assert 'id="passages"' in versions[Audience.FUNDER].html
    assert 'id="passages"' not in versions[Audience.PUBLIC].html
    assert "#p1" not in versions[Audience.PUBLIC].html
    assert "#chiffre" not in versions[Audience.PUBLIC].html
    assert "passages.csv" not in "".join(one.html for one in versions.values())


def test_a_passage_on_which_people_differ_is_counted_and_not_quoted(network: Network):
    network.review(Consent.ANONYMOUS_QUOTES, {"action": "+"})
    network.review(Consent.ANONYMOUS_QUOTES, {"accueil": "+"}, by=person("evaluation"))
    facts = facts_of(network.composed())
    one = network.passage(Consent.ANONYMOUS_QUOTES)
    assert facts["passages"][str(one.pk)]["codes"] == {"accueil": "+"}
    assert one.pk not in [quote["passage"] for quote in facts["quotes"]]


def test_codes_that_people_added_are_told_where_people_put_them(network: Network):
    Passage.objects.filter(pk=network.passage(Consent.ANALYSIS).pk).update(own={"repas": "+"}, standing="relu")
    now = book()
    keep(replace(now, own=(OwnCode("repas", "Repas", "On y mange ensemble."),)), base=0, note="", by=network.evaluator)
    version = network.composed()
    assert "Codes ajoutés" in version.html
    assert "à relire</h3>" not in version.html
    told = [one for one in facts_of(version)["figures"] if one["label"] == "Code ajouté : Repas"]
    assert [one["of"] for one in told] == [[network.passage(Consent.ANALYSIS).pk]]


def test_first_names_sign_quotes_for_the_board_alone_and_of_those_who_agreed(network: Network):
    for consent in QUOTED:
        letter = network.letters[consent]
        names = json.dumps([["personne", "Odile", "Monique"]]).encode()
        letter.names = privacy.seal(names, key_file=settings.VOICES.data / "cle")
        letter.save()
        letter.passages.update(speaker="Monique")
    named = {audience: network.composed(audience=audience) for audience in Audience}
    assert "Odile, La Cantine du Lavoir" in named[Audience.BOARD].html
    assert [one["named"] for one in facts_of(named[Audience.BOARD])["quotes"]].count(True) == 1
    for audience in (Audience.FUNDER, Audience.PUBLIC):
        assert "Odile" not in named[audience].html
    assert all("Monique" not in one.html for one in named.values())


def test_a_first_name_that_is_also_a_replacement_name_is_told_to_the_team(network: Network):
    letter = network.letters[Consent.NAMED_QUOTES]
    names = json.dumps([["personne", "Odile", "Monique"]]).encode()
    letter.names = privacy.seal(names, key_file=settings.VOICES.data / "cle")
    letter.save()
    letter.passages.update(speaker="Monique")
    assert "parle de «\u202fOdile\u202f»" not in network.composed(audience=Audience.BOARD).html
    spoken(network.here, "Odile m’a montré où poser mon manteau, un soir de pluie.", Consent.ANONYMOUS_QUOTES, {})
    version = network.composed(audience=Audience.BOARD)
    assert "signée «\u202fOdile\u202f», alors qu’une autre parole de ce rapport parle de «\u202fOdile" in version.html
    assert any("parle de «\u202fOdile\u202f»" in told for one in to_reread(version) for told in one.cautions)


def test_a_place_and_a_period_leave_the_others_out(network: Network):
    spoken(network.here, "Un mot sans date, laissé près de la porte un soir.", Consent.ANONYMOUS_QUOTES, {}, date="")
    assert facts_of(network.composed())["headline"]["Témoignages"] == 5
    assert facts_of(network.composed(since="2024-05"))["headline"]["Témoignages"] == 4
    assert facts_of(network.composed(places=(), until="2022"))["headline"]["Témoignages"] == 4
    assert facts_of(network.composed(places=(), since="2022-03-20", until="2022-04"))["headline"]["Témoignages"] == 4
    assert facts_of(network.composed(places=(), since="2023"))["headline"]["Témoignages"] == 4


def test_nobody_composes_beyond_their_places(network: Network):
    for places in ((network.elsewhere.pk,), (network.here.pk, network.elsewhere.pk), ()):
        job = ask(network.asked(places=places), network.coordinator)
        with pytest.raises(VoicesError):
            asked_by(job)
    Grant.objects.all().delete()
    with pytest.raises(VoicesError):
        asked_by(ask(network.asked(), network.coordinator))
    with pytest.raises(VoicesError):
        asked_by(ask(network.asked(), person()))


def test_asked_again_before_it_is_there_it_is_one_work(network: Network):
    job = ask(network.asked(), network.evaluator)
    assert ask(network.asked(), network.evaluator) == job
    assert ask(network.asked(title="Un autre"), network.evaluator) != job
    assert ask(network.asked(), network.coordinator) != job
    job.state = job.State.DONE
    job.save()
    assert ask(network.asked(), network.evaluator) != job


def test_paper_says_what_the_page_says_in_french_typography(network: Network):
    version = network.composed()
    words = paper(version)
    assert "Une année ensemble" in words
    assert "La Cantine du Lavoir" in words
    assert "«\u202fOn m’a tiré une chaise" in words.replace("« ", "«\u202f") or "« On m’a tiré une chaise" in words
    told = re.findall(r'data-unite="passage"[^>]*>(\d+)\u00a0passages?<', version.html)
    assert told
    assert all(f"{number} passage" in words.replace("\u00a0", " ") for number in told)


HOSTILE = (
    'On m’a dit #eval("1+1") et $x^2$ *gras* _ital_ @ref `code` \\alpha <script>alert(1)</script> {{ 7*7 }} [lien]',
    "קשה לי לדבר, قالوا لي مرحبا, et puis la porte s’est ouverte pour nous.",
    "J’ai ri \U0001f602 avec les enfants \U0001f468\u200d\U0001f469\u200d\U0001f467 jusqu’au soir, devant la table.",
    "Un mot sans fin : " + "a" * 5000 + " et la suite du récit de cette soirée.",
    "Un signe de commande \x07 et un retour\nà la ligne, puis \u202eà l’envers\u202c tout de suite après.",
)


def test_whatever_a_testimony_holds_it_is_letters(network: Network):
    for text in HOSTILE:
        spoken(network.here, text, Consent.ANONYMOUS_QUOTES, {"action": "+"})
    version = network.composed()
    words = paper(version)
    signs = ('#eval("1+1")', "$x^2$", "*gras*", "_ital_", "@ref", "`code`", "<script>alert(1)", "7*7", "[lien]")
    assert [sign for sign in signs if sign not in words] == []  # one by one: a page may end between them
    assert "<script>" not in version.html
    assert "la porte s’est ouverte pour nous" in words
    assert "avec les enfants" in words

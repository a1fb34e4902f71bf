"""Quotes that neighbours would know, what changed since the last report, and how far codes can be relied on."""

import re

import pytest
from django.urls import reverse
from lxml import html

from tests.report.reading import said
from tests.web.conftest import signed_in, testimony
from tests.web.reports.conftest import SAID, Network, spoken
from voices import naming, reporting
from voices.domain import Consent
from voices.errors import VoicesError
from voices.reporting import Audience, known_by_neighbours
from voices.store.models import Job, Passage, ReportVersion
from voices.web.reports import asked_by

pytestmark = pytest.mark.django_db

ANONYMOUS = SAID[Consent.ANONYMOUS_QUOTES][0]


def composed_of(job: Job) -> ReportVersion:
    from django.conf import settings

    from voices.pipeline import silent
    from voices.web.access import Action, reach_of

    what, reach = asked_by(job), reach_of(job.made_by)  # type: ignore[arg-type]
    made = reporting.compose(what.what, reach.testimonies(Action.REPORT), settings=settings.VOICES, watch=silent)
    return made.keep(job, job.made_by)


def decided(network: Network, version: ReportVersion, answer: str) -> ReportVersion:
    """The version that comes of that answer on every quote pointed out."""
    sent = {f"citation-{one.passage}": answer for one in known_by_neighbours(version)}
    signed_in(network.evaluator).post(reverse("report_neighbours", args=[version.pk]), sent)
    return composed_of(Job.objects.order_by("-pk")[0])


def test_a_quote_that_neighbours_would_know_is_pointed_out_on_the_draft(network: Network):
    version = network.composed(audience=Audience.PUBLIC)
    (known, *_) = [one for one in known_by_neighbours(version) if one.text == ANONYMOUS]
    assert 1 <= known.sharing < 5
    page = signed_in(network.evaluator).get(reverse("report", args=[version.pk])).content.decode()
    assert "à garder ou à laisser" in page
    assert ANONYMOUS in page


def test_a_quote_left_out_is_nowhere_in_the_next_version(network: Network):
    version = network.composed(audience=Audience.BOARD)
    assert ANONYMOUS in version.html
    after = decided(network, version, "laisser")
    assert ANONYMOUS not in after.html
    assert "passage laissé de côté" in after.html
    assert known_by_neighbours(after) == ()


def test_a_quote_kept_stays_and_is_pointed_out_no_more(network: Network):
    after = decided(network, network.composed(audience=Audience.PUBLIC), "garder")
    assert ANONYMOUS in after.html
    assert known_by_neighbours(after) == ()
    again = signed_in(network.evaluator).post(reverse("report_again", args=[after.pk]))
    assert again.status_code == 302
    assert known_by_neighbours(composed_of(Job.objects.order_by("-pk")[0])) == ()


def test_a_report_is_not_frozen_before_each_of_them_is_decided(network: Network):
    version = network.composed(audience=Audience.PUBLIC)
    left = len(known_by_neighbours(version))
    browser = signed_in(network.evaluator)
    page = browser.get(reverse("report", args=[version.pk])).content.decode()
    assert "Figer cette version" not in page
    assert 'href="#voisins"' in page
    answer = browser.post(reverse("report_freeze", args=[version.pk]), follow=True).content.decode()
    assert "faire reconnaître qui parle" in answer
    assert "puis figez" in answer
    assert ReportVersion.objects.get(pk=version.pk).frozen_at is None
    with pytest.raises(VoicesError, match=f"{left}\u00a0citations? pourr"):
        reporting.freeze(version, network.evaluator)
    after = decided(network, version, "garder")
    assert "Figer cette version" in browser.get(reverse("report", args=[after.pk])).content.decode()
    assert reporting.freeze(after, network.evaluator).frozen_at


def test_five_voices_of_one_year_hide_each_other(network: Network):
    for name in "abcdef":
        spoken(network.here, f"Moi {name}, j’ai mis la table avec eux.", Consent.ANONYMOUS_QUOTES, {"action": "+"})
    assert known_by_neighbours(network.composed(audience=Audience.PUBLIC)) == ()


def test_a_first_report_has_nothing_to_compare_itself_to_and_says_nothing_of_it(network: Network):
    assert 'id="depuis"' not in network.composed().html


def test_what_came_since_the_last_frozen_report_is_told(network: Network):
    reporting.freeze(network.settled(), network.evaluator)
    spoken(network.here, "J’ai tenu la caisse, le samedi.", Consent.ANONYMOUS_QUOTES, {"action": "+"})
    network.review(Consent.ANALYSIS, {"accueil": "+"})
    words = telling(network.composed(), "depuis")
    assert re.search(r"Le rapport figé le .* portait sur 4 témoignages. 1 témoignage est arrivé depuis.", words)
    assert "Les codes de 1 témoignage ne sont plus les mêmes" in words
    for other in (network.composed(audience=Audience.PUBLIC), network.composed(places=())):
        assert 'id="depuis"' not in other.html  # other readers, other places


def test_those_who_say_nothing_are_counted_then_as_now(network: Network):
    testimony(network.here, "RAS", consent=Consent.ANONYMOUS_QUOTES.value)
    reporting.freeze(network.settled(), network.evaluator)
    words = telling(network.composed(), "depuis")
    assert "portait sur les mêmes 5 témoignages, et les codes sont les mêmes : rien n’a changé depuis." in words


def test_only_the_quotes_that_are_printed_are_kept_as_such(network: Network):
    for audience in Audience:
        version = network.composed(audience=audience)
        page: html.HtmlElement = html.document_fromstring(version.html)
        printed = sorted(said(one.find("blockquote")).strip("« »") for one in page.find_class("citation"))
        assert printed
        assert printed == sorted(one["text"] for one in reporting.facts_of(version)["quotes"])


def test_the_machine_is_measured_against_those_who_reviewed_it(network: Network):
    assert "Personne n’a relu ces passages" in telling(network.composed(), "methode")
    network.review(Consent.ANONYMOUS_QUOTES, {"action": "+"})
    network.review(Consent.ANALYSIS, {"accueil": "+", "action": "-"})
    words = telling(network.composed(), "methode")
    assert "Ce que la machine avait proposé, et ce que des personnes ont décidé" in words
    assert "Action21" in words  # two compared, one the same
    assert "Aucun passage n’a été codé par deux personnes sans se voir" in words


def telling(version: ReportVersion, part: str) -> str:
    page: html.HtmlElement = html.document_fromstring(version.html)
    return said(page.get_element_by_id(part))


def test_every_figure_and_quote_is_walked_back_to_the_base(network: Network):
    network.review(Consent.ANALYSIS, {"accueil": "±", "action": "-"})
    facts = reporting.facts_of(network.composed(places=()))
    assert facts["figures"]
    assert facts["quotes"]
    for one in facts["figures"]:
        rows = Passage.objects.filter(pk__in=one["of"], retired=False)
        assert rows.count() == one["passages"] == len(one["of"])
        assert rows.values("testimony").distinct().count() == one["testimonies"], one["label"]
        for code in ("accueil", "appartenance", "action"):
            for side, senses in (("ce qui est vécu", "+±"), ("ce qui manque", "-±")):
                if one["label"].startswith(f"{code.capitalize()}, {side}"):
                    assert all(getattr(row, code) in tuple(senses) for row in rows), one["label"]
    for quote in facts["quotes"]:
        row = Passage.objects.select_related("testimony").get(pk=quote["passage"])
        assert row.testimony.consent in (Consent.ANONYMOUS_QUOTES.value, Consent.NAMED_QUOTES.value)
        assert all(stretch.strip() in row.text for stretch in re.split(r"\[…\]", quote["text"]))


RISKY = "Le frère de la présidente m’a gardé une place à table tout l’hiver, avec les autres."


@pytest.mark.parametrize("audience", list(Audience))
def test_what_is_to_be_reread_is_told_on_the_draft_and_in_no_report_for_others(network: Network, audience: Audience):
    spoken(network.here, RISKY, Consent.ANONYMOUS_QUOTES, {"accueil": "+"})
    version = network.composed(audience=audience)
    assert "Le frère de la présidente" in version.html
    assert ("relire avant de publier" in version.html) is (audience is Audience.BOARD)
    told = said(html.document_fromstring(signed_in(network.evaluator).get(reverse("report", args=[version.pk])).text))
    assert "« Le frère de la présidente » : une personne est dite par son lien avec une autre." in told


def test_names_that_nobody_checked_are_told_where_a_report_is_frozen(network: Network):
    version = network.composed(audience=Audience.FUNDER)
    waiting = reporting.unchecked(version)
    assert waiting
    browser, address = signed_in(network.evaluator), reverse("report", args=[version.pk])
    page = browser.get(address).text
    assert "personne n’y a encore vérifié les noms" in page
    assert all(reverse("names", args=[row.pk]) in page for row in waiting[:12])
    for row in waiting:
        naming.check(row, network.evaluator)
    assert reporting.unchecked(version) == ()
    assert "vérifié les noms" not in browser.get(address).text

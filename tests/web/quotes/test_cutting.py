"""One quote: its words checked against the testimony, its attribution against the consent, then copied or drawn."""

import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as told
from hypothesis import strategies as st
from PIL import Image

from tests.web.quotes.conftest import SAID, SENTENCES, read
from voices import privacy, quoting
from voices.domain import Consent
from voices.errors import VoicesError
from voices.receiving.consents import change
from voices.store.models import Passage, Publication

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = SENTENCES
TAMPERED = [
    "0-4",  # in the middle of a word
    "0-100000",  # beyond the passage
    "30-12",  # backwards
    "40-60_0-11",  # out of order
    "-5-12",
    "abc",
    "0-5_",
    "0-\u00b2",
    "0-12;drop",
]


def named(town, **fields):
    """Odile's letter: she agreed to her first name, which is written Monique in the site."""
    row = town.said(SAID, consent="citations_prenom", coded={"speaker": "Monique"}, **fields)
    seal = privacy.seal(json.dumps([["personne", "Odile", "Monique"]]).encode(), key_file=settings.VOICES.data / "cle")
    row.testimony.names = seal
    row.testimony.save()
    return row


def test_the_quote_shown_is_the_text_word_for_word(town):
    row = town.said(SAID)
    page = town.page("quote_cut", row.pk, coupe=f"0-{SECOND - 1}_{THIRD}-{len(SAID)}")
    assert f"« {SAID[: SECOND - 1]} […] {SAID[THIRD:]} »" in page


@pytest.mark.parametrize("spans", TAMPERED)
@pytest.mark.parametrize("name", ["quote_copy", "quote_keep"])
def test_words_that_are_not_those_of_the_testimony_are_refused(town, name, spans):
    row = town.said(SAID)
    answer = town.browser.post(reverse(name, args=[row.pk]), {"coupe": spans, "ou": "Affiche"}, follow=True)
    assert "Reprenez la citation à partir du passage." in read(answer)
    assert not Publication.objects.exists()
    assert not row.shortlisted.exists()


@pytest.mark.parametrize("spans", TAMPERED)
def test_no_card_is_drawn_of_them_either(town, spans):
    row = town.said(SAID)
    assert town.browser.get(reverse("quote_card", args=[row.pk, "carre"]), {"coupe": spans}).status_code == 422
    answer = town.browser.post(reverse("quote_card_take", args=[row.pk, "carre"]), {"coupe": spans, "ou": "Affiche"})
    assert answer.status_code == 302
    assert not Publication.objects.exists()


def test_a_refusal_leads_the_whole_page_away_and_not_a_piece_of_it(town):
    row = town.said(SAID)
    sent = {"coupe": "0-4", "ou": "Affiche"}
    answer = town.browser.post(reverse("quote_copy", args=[row.pk]), sent, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(reverse("quote_cut", args=[row.pk]))


def test_a_text_sent_with_the_form_is_never_read(town):
    row = town.said(SAID)
    sent = {
        "coupe": f"0-{SECOND - 1}",
        "texte": "Des mots inventés.",
        "citation": "Des mots inventés.",
        "ou": "Affiche",
    }
    town.browser.post(reverse("quote_copy", args=[row.pk]), sent)
    assert Publication.objects.get().text == SAID[: SECOND - 1]


@given(edges=st.lists(st.integers(-3, len(SAID) + 3), min_size=2, max_size=6))
@told(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_a_quote_is_its_testimony_but_for_what_is_left_out(town, edges):
    row = Passage.objects.first() or town.said(SAID)
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    try:
        made = quoting.worded(row, pairs)
    except VoicesError:
        return
    pattern = ".*".join(re.escape(part.strip()) for part in made.text.split("[…]"))
    assert re.search(pattern, SAID, re.DOTALL)
    assert made.text.replace("[…]", "").strip()


def test_words_are_ticked_and_sentences_set_aside_without_scripts(town):
    row = town.said(SAID)
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", SAID)]
    asked = {"mots": "1", "mot": [f"{a}-{b}" for a, b in words if SAID[a:b] != "tiré"], "sans": ["1"]}
    page = read(town.browser.get(reverse("quote_cut", args=[row.pk]), asked))
    assert "« On m’a […] une chaise près du poêle. […] Je suis revenue mardi. »" in page


def test_a_negation_or_an_opposition_left_out_is_told(town):
    row = town.said(SAID)
    at = SAID.index(", mais")
    page = town.page("quote_cut", row.pk, coupe=f"{SECOND}-{at + 1}")
    assert "« mais »" in page
    assert town.browser.get(reverse("quote_cut", args=[row.pk]), {"coupe": "0-4"}).status_code == 422


@pytest.mark.parametrize(
    ("consent", "asked", "attribution"),
    [
        ("citations_prenom", "prenom", "Odile, Le Lavoir, lettre, 2024"),
        ("citations_prenom", "lieu", "Le Lavoir, lettre, 2024"),
        ("citations_prenom", "discret", "Une personne, 2024"),
        ("citations_anonymes", "prenom", "Le Lavoir, lettre, 2024"),
        ("citations_anonymes", "tout", "Le Lavoir, lettre, 2024"),
    ],
)
def test_the_attribution_is_the_one_that_the_consent_allows(town, consent, asked, attribution):
    row = named(town)
    row.testimony.consent = consent
    row.testimony.save()
    sent = {"coupe": f"0-{SECOND - 1}", "nom": asked, "ou": "Affiche"}
    page = read(town.browser.post(reverse("quote_copy", args=[row.pk]), sent))
    kept = Publication.objects.get()
    assert kept.attribution == attribution
    assert kept.named is (attribution.startswith("Odile"))
    assert attribution in page
    may_name = consent == "citations_prenom"
    assert ("Odile" in page) is may_name


def test_copying_asks_where_and_keeps_it(town):
    row = town.said(SAID)
    address = reverse("quote_copy", args=[row.pk])
    assert "Dites où elle sera publiée" in read(town.browser.post(address, {"coupe": f"0-{SECOND - 1}"}))
    assert not Publication.objects.exists()
    page = read(town.browser.post(address, {"coupe": f"0-{SECOND - 1}", "ou": " Instagram "}))
    assert "Prête à coller" in page
    kept = Publication.objects.get()
    assert (kept.form, kept.where, kept.made_by, kept.passage) == ("texte", "Instagram", town.claire, row)


def test_a_consent_lost_between_the_page_and_the_button_publishes_nothing(town):
    row = town.said(SAID)
    change([row.testimony], Consent.ANALYSIS, source="", by=None)
    for name, args in (("quote_copy", [row.pk]), ("quote_card_take", [row.pk, "a5"]), ("quote_keep", [row.pk])):
        sent = {"coupe": f"0-{SECOND - 1}", "ou": "Affiche"}
        assert town.browser.post(reverse(name, args=args), sent).status_code == 410
    assert not Publication.objects.exists()


@pytest.mark.parametrize(("form", "size"), [("carre", (1080, 1080)), ("story", (1080, 1920)), ("a5", (1748, 2480))])
def test_a_card_is_a_picture_in_the_place_s_colour(town, form, size):
    row = town.said(SAID, town.there)
    sent = {"coupe": f"0-{SECOND - 1}", "ou": "Affiche", "fichier": "png"}
    answer = town.browser.post(reverse("quote_card_take", args=[row.pk, form]), sent)
    picture = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert answer["Content-Type"] == "image/png"
    assert f"-{form}.png" in answer["Content-Disposition"]
    assert (picture.size, picture.getpixel((4, 4))) == (size, (0x1F, 0x4A, 0x86))
    assert Publication.objects.get().form == f"carte-{form}"


def test_a_card_is_a_drawing_that_says_its_words(town):
    row = town.said(SAID)
    sent = {"coupe": f"0-{SECOND - 1}", "ou": "Affiche", "fichier": "svg"}
    drawn = town.browser.post(reverse("quote_card_take", args=[row.pk, "story"]), sent).content.decode()
    assert f"«\u202f{SAID[: SECOND - 1]}\u202f» Le Lavoir, lettre, 2024." in drawn


def test_cards_are_seen_without_being_published_each_with_its_alternative_text(town):
    row = town.said(SAID)
    answer = town.browser.get(reverse("quote_cards", args=[row.pk]), {"coupe": f"0-{SECOND - 1}"})
    pictures = re.findall(r'<img[^>]+src="([^"]+)"[^>]+alt="([^"]+)"', answer.content.decode())
    assert len(pictures) == 3
    for source, alternative in pictures:
        assert alternative == f"«\u202f{SAID[: SECOND - 1]}\u202f» Le Lavoir, lettre, 2024."
        drawn = town.browser.get(source.replace("&amp;", "&"))
        assert drawn["Content-Type"] == "image/svg+xml"
        assert parse_qs(urlsplit(source).query)["coupe"] == [f"0-{SECOND - 1}"]
    assert not Publication.objects.exists()


def test_a_quote_too_long_for_a_card_is_said_and_the_others_stay(town):
    row = town.said("Nous avons épluché, coupé, goûté, rangé, ri et recommencé. " * 39 + "Fini.")
    page = town.page("quote_cards", row.pk, coupe=f"0-{len(row.text)}")
    assert "trop longue pour le format" in page

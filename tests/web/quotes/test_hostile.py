"""Words that are also code, marks that turn a line round, pictures, a word without end: shown, and nothing more."""

import csv
import io

import pytest
from django.urls import reverse
from docx import Document

from voices.store.models import Publication, Shortlist

pytestmark = pytest.mark.django_db

HOSTILE = {
    "script": "Bonjour <script>alert('moi')</script> et merci pour la soupe.",
    "attribute": 'Bonjour "><img src=x onerror=alert(1)> et merci pour la soupe.',
    "template": "Bonjour {{ request.user }} {% debug %} et merci pour la soupe.",
    "turned": "Bonjour \u202eeriafnoc\u202c, مرحبا بكم, et merci pour la soupe.",
    "picture": "Bonjour 🍲👩🏽‍🍳, on était bien et merci pour la soupe.",
    "formula": '=HYPERLINK("http://x") et merci à tous pour la soupe.',
    "long": "Bonjour " + "a" * 20_000 + " et merci pour la soupe.",
}
PAGES = ("quote_cut", "quote_around", "quote_testimony", "quote_cards")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_testimony_is_only_ever_text(town, kind):
    text = HOSTILE[kind]
    row = town.said(text)
    whole = {"coupe": f"0-{len(text)}", "ou": text[:150]}
    town.browser.post(reverse("quote_keep", args=[row.pk]), whole)
    town.browser.post(reverse("quote_copy", args=[row.pk]), whole)
    kept = Shortlist.objects.get()
    addresses = [reverse(name, args=[row.pk]) for name in PAGES]
    others = [reverse("quotes"), reverse("shortlist", args=[kept.pk]), reverse("publications")]
    for address in (*addresses, *others):
        answer = town.browser.get(address, {"coupe": whole["coupe"]} if address in addresses else {})
        shown = answer.content.decode()
        assert answer.status_code == 200, address
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "{{ request.user }}" in shown or kind != "template" or address == others[0]
    assert Publication.objects.get().text == text


@pytest.mark.parametrize("kind", HOSTILE)
def test_exports_and_cards_hold_the_same_words_as_words(town, kind):
    text = HOSTILE[kind]
    row = town.said(text)
    town.browser.post(reverse("quote_keep", args=[row.pk]), {"coupe": f"0-{len(text)}"})
    address = reverse("shortlist_export", args=[Shortlist.objects.get().pk])
    table = town.browser.post(address, {"fichier": "csv", "ou": "Ici"}).content.decode("utf-8-sig")
    cell = next(csv.DictReader(io.StringIO(table), delimiter=";"))["citation"]
    assert cell.lstrip("'") == text
    assert not cell.startswith("=")
    document = Document(io.BytesIO(town.browser.post(address, {"fichier": "docx", "ou": "Ici"}).content))
    assert any(text in one.text for one in document.paragraphs)
    card = town.browser.get(reverse("quote_card", args=[row.pk, "a5"]), {"coupe": f"0-{len(text)}"})
    assert card.status_code in (200, 422)
    assert b"<script" not in card.content
    assert b"<img" not in card.content

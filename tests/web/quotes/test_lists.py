"""Lists: kept, put in order, taken out as a document and a table; nothing in them outlives its consent."""

import csv
import io

import pytest
from django.urls import reverse
from docx import Document

from tests.web.conftest import person, signed_in, suggested
from tests.web.quotes.conftest import SAID, SENTENCES, read
from tests.web.quotes.test_cutting import named
from voices import naming
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store.models import Grant, Publication, Shortlist

pytestmark = pytest.mark.django_db

OTHER = "J’ai servi la soupe jeudi soir avec les autres."
ONE = f"0-{SENTENCES[1] - 1}"


@pytest.fixture
def full(town):
    """A list of two quotes, kept from the finder."""
    for row in (town.said(SAID), town.said(OTHER, town.there)):
        spans = ONE if row.text == SAID else f"0-{len(OTHER)}"
        town.browser.post(reverse("quote_keep", args=[row.pk]), {"coupe": spans, "nouvelle": ""})
    return Shortlist.objects.get()


def texts(town, shortlist):
    """The list's quotes as a table gives them."""
    answer = town.browser.post(reverse("shortlist_export", args=[shortlist.pk]), {"fichier": "csv", "ou": "Rapport"})
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return [row["citation"] for row in rows]


def test_the_first_quote_kept_makes_its_list_and_the_next_ones_go_there(town, full):
    assert full.items.count() == 2
    assert full.made_by == town.claire
    page = town.page("shortlist", full.pk)
    assert page.index(SAID[: SENTENCES[1] - 1]) < page.index(OTHER)


def test_a_quote_kept_twice_is_there_once(town, full):
    item = full.items.first()
    town.browser.post(reverse("quote_keep", args=[item.passage_id]), {"coupe": ONE, "nom": "discret"})
    assert full.items.count() == 2
    assert full.items.first().naming == "discret"


def test_a_quote_goes_to_the_list_told_or_to_a_new_one(town, full):
    row = full.items.first().passage
    town.browser.post(reverse("quote_keep", args=[row.pk]), {"coupe": ONE, "nouvelle": "Affiche"})
    assert Shortlist.objects.get(name="Affiche").items.count() == 1
    town.browser.post(reverse("quote_keep", args=[row.pk]), {"coupe": "", "liste": str(full.pk)})
    assert full.items.count() == 3


def test_keeping_answers_a_piece_to_htmx_and_goes_back_only_on_this_site(town):
    address = reverse("quote_keep", args=[town.said(SAID).pk])
    piece = town.browser.post(address, {"coupe": ONE}, headers={"HX-Request": "true"})
    assert "Gardée dans" in read(piece)
    away = town.browser.post(address, {"coupe": ONE, "retour": "https://ailleurs.example/"})
    assert away["Location"].startswith("/listes/")
    back = town.browser.post(address, {"coupe": ONE, "retour": "/citations/?a=action"})
    assert back["Location"] == "/citations/?a=action"


def test_quotes_change_place_and_leave(town, full):
    first = full.items.first()
    answer = town.browser.post(reverse("shortlist_shift", args=[first.pk]), {"sens": "bas"})
    assert answer["Location"].endswith(f"#citation-{first.pk}")
    assert texts(town, full) == [OTHER, SAID[: SENTENCES[1] - 1]]
    town.browser.post(reverse("shortlist_shift", args=[first.pk]), {"sens": "bas"})
    assert texts(town, full)[1] == SAID[: SENTENCES[1] - 1]
    town.browser.post(reverse("shortlist_drop", args=[first.pk]))
    assert texts(town, full) == [OTHER]


def test_the_document_holds_the_quotes_and_their_attributions(town, full):
    answer = town.browser.post(reverse("shortlist_export", args=[full.pk]), {"fichier": "docx", "ou": "Rapport"})
    lines = [one.text for one in Document(io.BytesIO(answer.content)).paragraphs]
    assert f"«\u202f{OTHER}\u202f»" in lines
    assert "Le Fournil, lettre, 2024" in lines
    assert {(one.form, one.where) for one in Publication.objects.all()} == {("docx", "Rapport")}


def test_a_doubtful_sense_goes_out_with_its_warning(town, full):
    machine = suggested(full.items.first().passage, {"accueil": "+"})
    machine.codings[0]["sense_probability"] = 0.55
    machine.save()
    answer = town.browser.post(reverse("shortlist_export", args=[full.pk]), {"fichier": "docx", "ou": "Rapport"})
    lines = [one.text for one in Document(io.BytesIO(answer.content)).paragraphs]
    assert any("sens à vérifier" in line for line in lines)


def test_an_export_says_where_it_goes_or_is_not_made(town, full):
    answer = town.browser.post(reverse("shortlist_export", args=[full.pk]), {"fichier": "docx"})
    assert answer.status_code == 422
    assert "Dites où elles seront publiées" in read(answer)
    assert not Publication.objects.exists()


@pytest.mark.parametrize("after", [Consent.WITHDRAWN, Consent.ANALYSIS, Consent.UNKNOWN])
def test_a_quote_whose_consent_is_lost_leaves_pages_and_exports(town, full, after):
    gone = full.items.first().passage
    change([gone.testimony], after, source="", by=None)
    page = town.page("shortlist", full.pk)
    assert "tiré une chaise" not in page
    assert "L’accord de cette personne a changé" in page
    assert f"{full.items.count()} citations, dont 1 qui ne peut plus être publiée." in page
    assert texts(town, full) == [OTHER]
    docx = town.browser.post(reverse("shortlist_export", args=[full.pk]), {"fichier": "docx", "ou": "Rapport"})
    assert not any("chaise" in one.text for one in Document(io.BytesIO(docx.content)).paragraphs)
    assert not Publication.objects.filter(testimony=gone.testimony).exists()


def test_a_name_replaced_since_asks_to_choose_the_quote_again(town, full):
    row = full.items.first().passage
    row.testimony.text = row.testimony.text.replace("poêle", "fourneau")
    row.testimony.save()
    page = town.page("shortlist", full.pk)
    assert "reprenez la citation" in page
    assert "fourneau" not in page


def test_a_list_with_something_from_elsewhere_is_not_seen(town, full):
    browser = signed_in(person("communication", town.here))
    assert browser.get(reverse("shortlist", args=[full.pk])).status_code == 404
    assert full.name not in read(browser.get(reverse("shortlists")))
    for name in ("shortlist_export", "shortlist_delete"):
        assert browser.post(reverse(name, args=[full.pk]), {"ou": "Rapport"}).status_code == 404
    assert not Publication.objects.exists()


def test_a_list_is_made_renamed_and_deleted_what_was_published_stays_known(town, full):
    town.browser.post(reverse("shortlists"), {"nom": "Affiche"})
    assert town.browser.post(reverse("shortlists"), {"nom": ""}).status_code == 422
    made = Shortlist.objects.get(name="Affiche")
    town.browser.post(reverse("shortlist", args=[made.pk]), {"nom": "Grande affiche"})
    assert "Grande affiche" in town.page("shortlists")
    texts(town, full)
    town.browser.post(reverse("shortlist_delete", args=[full.pk]))
    assert not Shortlist.objects.filter(pk=full.pk).exists()
    assert Publication.objects.count() == 2


def test_an_empty_list_exports_nothing(town):
    empty = Shortlist.objects.create(name="Vide")
    address = reverse("shortlist_export", args=[empty.pk])
    assert "aucune citation à exporter" in read(town.browser.post(address, {"ou": "Rapport"}, follow=True))


RISKY = "Le frère de la présidente m’a gardé une place. Odile est venue aussi."


@pytest.fixture
def risky(town):
    """A list of two quotes: one signed Odile, one that may tell who somebody is and speaks of an Odile."""
    signed, other = named(town), town.said(RISKY, town.there)
    town.browser.post(reverse("quote_keep", args=[signed.pk]), {"coupe": "", "nouvelle": "", "nom": "prenom"})
    town.browser.post(reverse("quote_keep", args=[other.pk]), {"coupe": f"0-{len(RISKY)}", "nouvelle": ""})
    return Shortlist.objects.get()


def test_what_is_to_be_reread_is_told_on_the_list(town, risky):
    page = town.page("shortlist", risky.pk)
    assert "« Le frère de la présidente » : une personne est dite par son lien avec une autre. Peut-on" in page
    assert "Signée « Odile », alors qu’une autre parole de cette liste parle de « Odile »" in page
    risky.items.last().delete()
    assert "parle de « Odile »" not in town.page("shortlist", risky.pk)


@pytest.mark.parametrize(("channel", "shown"), [("interne", True), ("financeur", False), ("", False)])
@pytest.mark.parametrize("form", ["csv", "docx"])
def test_what_is_to_be_reread_stays_within_the_house(town, risky, channel, shown, form):
    sent = {"fichier": form, "ou": "Rapport", "canal": channel}
    answer = town.browser.post(reverse("shortlist_export", args=[risky.pk]), sent)
    if form == "csv":
        told = answer.content.decode("utf-8-sig")
    else:
        told = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "Le frère de la présidente m’a gardé" in told
    assert ("Peut-on reconnaître" in told, "parle de" in told) == (shown, shown)


def test_names_that_nobody_checked_are_told_on_the_list_and_in_what_stays_within_the_house(town, full):
    def exported(channel):
        sent = {"fichier": "csv", "ou": "Rapport", "canal": channel}
        content = town.browser.post(reverse("shortlist_export", args=[full.pk]), sent).content
        return [row["a_relire"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")]

    told = "Personne n’a encore vérifié les noms de ce témoignage."
    first, last = (item.passage.testimony for item in full.items.all())
    naming.check(first, town.claire)
    page = town.page("shortlist", full.pk)
    assert page.count(told) == 1
    assert "Une citation vient d’un témoignage dont personne n’a vérifié les noms." in page
    assert "Vérifier les noms" not in page
    assert [told in cell for cell in exported("interne")] == [False, True]
    assert exported("financeur") == ["", ""]
    Grant.objects.create(user=town.claire, role="coordination", place=last.place)
    answer = town.browser.get(reverse("shortlist", args=[full.pk])).text
    assert reverse("names", args=[last.pk]) in answer
    naming.check(last, town.claire)
    assert "les noms" not in town.page("shortlist", full.pk)

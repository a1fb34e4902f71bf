"""Where a testimony went, the letter that asks for it back, and what an old report says of itself."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices import quoting, reporting
from voices.cli import droits, site
from voices.domain import Consent, Outlet
from voices.pipeline import silent
from voices.receiving.consents import change
from voices.reporting import Asked
from voices.rights import outputs
from voices.rights.letter import letter
from voices.rights.outputs import Held, record
from voices.rights.warning import warned
from voices.store.models import ConsentChange, Publication, ReportVersion
from voices.store.models import Testimony as Row
from voices.web.access import Action, reach_of

pytestmark = pytest.mark.django_db

SAID = "Une brindezingue m’a tiré une chaise près du poêle le soir de mon arrivée."


@pytest.fixture
def here():
    return place("Le Fournil")


@pytest.fixture
def quoted(here):
    """A testimony whose words went out as a card, in a report and in a file."""
    one = testimony(here, SAID, consent=Consent.NAMED_QUOTES.value)
    row = passage(one, accueil="+", lemmas=SAID.lower())
    suggested(row, {"accueil": "+"})
    by = person("evaluation", name="Marie")
    made = quoting.worded(row, settings=settings.VOICES)
    quoting.publish(made, "carte-carre", "Instagram", by, outlet=Outlet.WEB)
    version = composed(by)
    ReportVersion.objects.filter(pk=version.pk).update(frozen_at=version.made_at, frozen_by=by)
    record("Double codage, Printemps", [one.pk], by)
    return one


def composed(by) -> ReportVersion:
    rows = reach_of(by).testimonies(Action.REPORT)
    return reporting.compose(Asked("Une année"), rows, settings=settings.VOICES, watch=silent).keep(None, by)


def test_every_output_is_listed(quoted):
    found = {(one.what, one.where): one for one in outputs(quoted)}
    assert set(found) == {
        ("Carte carrée", "Instagram"),
        ("Rapport figé", "Une année"),
        ("Fichier exporté", "Double codage, Printemps"),
    }
    assert all(one.left for one in found.values())
    assert found["Carte carrée", "Instagram"].channel == "Site et réseaux sociaux"


def test_who_is_only_counted_in_a_report_is_told_so(quoted, here):
    silent_one = testimony(here, "Rien de spécial.", consent=Consent.ANALYSIS.value)
    passage(silent_one)
    composed(person("evaluation"))
    (told,) = outputs(silent_one)
    assert (told.held, told.left, told.what) == (Held.COUNTED, False, "Brouillon de rapport")


def test_the_letter_says_what_to_take_down_and_never_who(quoted):
    change([quoted], Consent.WITHDRAWN, source="Lettre", by=None)
    written = letter(quoted, outputs(quoted), today=date(2026, 11, 23), since=date(2026, 11, 20))
    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        text = opened.read("word/document.xml").decode()
    for said in ("Instagram", "Une année", "Double codage, Printemps", "20 novembre 2026", "article 7", "détruire"):
        assert said in text
    assert "mon arrivée" not in text, "a quote is told by its beginning alone"


def test_the_letter_dates_what_went_out_as_people_do_where_they_are(quoted):
    late = replace(outputs(quoted)[0], when=datetime(2026, 5, 2, 22, 30, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(letter(quoted, [late], today=date(2026, 11, 23), since=None))) as file:
        assert "le 3 mai 2026" in file.read("word/document.xml").decode()


def test_the_command_line_dates_it_by_the_same_day(quoted, monkeypatch, capsys):
    Publication.objects.exclude(form="rapport").update(made_at=datetime(2026, 5, 2, 22, 30, tzinfo=UTC))
    monkeypatch.setattr(site, "opened", lambda data: settings.VOICES)
    droits.outputs(quoted.pk, json=True)
    assert "2026-05-03" in capsys.readouterr().out


def test_the_page_lists_them_and_gives_the_letter(quoted, here):
    browser = signed_in(person("coordination", here))
    page = browser.get(reverse("testimony_outputs", args=[quoted.pk])).content.decode()
    assert "Instagram" in page
    answer = browser.get(reverse("testimony_letter", args=[quoted.pk]))
    assert answer.content[:2] == b"PK"
    elsewhere = signed_in(person("coordination", place()))
    assert elsewhere.get(reverse("testimony_outputs", args=[quoted.pk])).status_code == 404


def test_a_withdrawn_testimony_still_has_its_page(quoted, here):
    change([quoted], Consent.WITHDRAWN, source="", by=None)
    page = signed_in(person("coordination", here)).get(reverse("testimony_outputs", args=[quoted.pk]))
    assert "À faire retirer" in page.content.decode()


@pytest.mark.parametrize("form", ["fichier", "pdf", "docx", "markdown"])
def test_a_frozen_report_taken_away_says_that_it_is_no_longer_to_be_shown(quoted, form):
    change([quoted], Consent.WITHDRAWN, source="", by=None)
    version = ReportVersion.objects.get()
    browser = signed_in(person("evaluation"))
    answer = browser.post(reverse("report_archive", args=[version.pk]), {"quoi": form})
    assert "a-ne-plus-diffuser" in answer["Content-Disposition"]
    content = answer.content
    if form == "pdf":
        import pdfplumber

        with pdfplumber.open(io.BytesIO(content)) as read:
            said = "\n".join(page.extract_text() for page in read.pages)
    elif form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            said = opened.read("word/document.xml").decode()
    else:
        said = content.decode()
    assert "Ne plus diffuser ce rapport" in said
    assert ReportVersion.objects.get().html == version.html


def test_the_warning_comes_before_everything_else():
    page = warned('<main id="contenu"><h2>Chiffres</h2></main>', today=date(2026, 11, 23))
    assert page.index("Ne plus diffuser") < page.index("Chiffres")


def test_withdrawing_here_can_withdraw_the_same_words_there(here):
    there = place()
    mine, theirs = testimony(here, letter="x"), testimony(there, letter="x")
    coordinator = person("coordination")
    sent = {"consent": "retire", "source": "Elle l’a dit", "aussi": "on"}
    signed_in(coordinator).post(reverse("testimony_consent", args=[mine.pk]), sent)
    assert set(Row.objects.values_list("consent", flat=True)) == {"retire"}
    assert ConsentChange.objects.filter(testimony=theirs).exists()


def test_who_has_no_right_there_changes_nothing_there(here):
    mine, theirs = testimony(here, letter="x"), testimony(place(), letter="x")
    sent = {"consent": "retire", "source": "", "aussi": "on"}
    signed_in(person("coordination", here)).post(reverse("testimony_consent", args=[mine.pk]), sent)
    theirs.refresh_from_db()
    assert theirs.consent == "citations_anonymes"
    assert not Publication.objects.exists()

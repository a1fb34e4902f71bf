"""Files dropped, texts pasted, and what the site answers."""

import io
import zipfile

import pytest
from django.test import override_settings
from django.urls import reverse

from tests.ingest.conftest import docx, p
from tests.web.conftest import person, place, signed_in
from tests.web.deposits.conftest import LETTER, TABLE, last, text_of
from voices.receiving.depositing import keep_file
from voices.store import models as store
from voices.store.models import Deposit, Job, SourceFile, Trace
from voices.store.models.people import Role
from voices.web import uploads

State = SourceFile.State
pytestmark = pytest.mark.django_db


def test_files_are_handed_in_with_what_is_said_of_them(hand_in, here, coordinator):
    answers = {"consent": "citations_prenom", "source": "Formulaire", "date": "mars 2024", "channel": "courrier"}
    answer = hand_in({"a.txt": LETTER, "b.txt": LETTER + " Bis."}, **answers, interviewers="Sophie, Paul ")
    deposit = last()
    assert answer["Location"] == reverse("deposit", args=[deposit.pk])
    assert (deposit.place, deposit.made_by, deposit.date, deposit.channel) == (here, coordinator, "2024-03", "courrier")
    assert (deposit.consent, deposit.consent_source) == ("citations_prenom", "Formulaire")
    assert deposit.interviewers == ["Sophie", "Paul"]
    assert [file.name for file in deposit.files.order_by("pk")] == ["a.txt", "b.txt"]
    assert Job.objects.filter(state=Job.State.WAITING).count() == 2


def test_a_pasted_text_is_a_file_like_another(hand_in, work_on):
    hand_in(text=LETTER, title="Lettre d’Anne / mai")
    work_on()
    file = last().files.get()
    assert (file.name, file.state) == ("Lettre d’Anne - mai.txt", State.DONE)
    assert store.Testimony.objects.count() == 1


def test_an_untitled_text_bears_its_date(hand_in):
    hand_in(text=LETTER)
    assert last().files.get().name.startswith("texte du ")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "Choisissez au moins un fichier"),
        ({"text": "  \n"}, "Choisissez au moins un fichier"),
        ({"text": LETTER, "consent": ""}, "obligatoire"),
        ({"text": LETTER, "consent": "retire"}, "retire"),
        ({"text": LETTER, "consent": "citations_anonymes"}, "Dites comment l’accord a été donné"),
        ({"text": LETTER, "date": "au printemps"}, "Date non comprise"),
        ({"text": LETTER, "place": ""}, "obligatoire"),
    ],
    ids=["nothing", "blank", "no consent", "withdrawn already", "quotes without source", "date", "no place"],
)
def test_what_is_missing_is_said_and_nothing_is_kept(hand_in, answers, told):
    answer = hand_in(**answers)
    assert answer.status_code == 200
    assert told in text_of(answer)
    assert not Deposit.objects.exists()


def test_one_may_hand_in_only_at_open_places_of_one_s_own(hand_in, here):
    assert hand_in(text=LETTER, place=place().pk).status_code == 200
    store.Place.objects.filter(pk=here.pk).update(closed=True)
    assert hand_in(text=LETTER).status_code == 200
    assert not Deposit.objects.exists()


def test_a_deposit_is_whole_or_not_at_all(hand_in, monkeypatch):
    def fails_on_the_second(deposit, name, *args, **more):
        if name == "b.txt":
            raise OSError("disk full")
        return keep_file(deposit, name, *args, **more)

    monkeypatch.setattr("voices.web.views.deposits.keep_file", fails_on_the_second)
    with pytest.raises(OSError, match="disk full"):
        hand_in({"a.txt": LETTER, "b.txt": LETTER})
    assert not Deposit.objects.exists()
    assert not Job.objects.exists()


@override_settings(MAX_FILE_BYTES=1_000_000)
def test_a_file_too_large_is_refused_and_the_others_are_taken(hand_in, work_on, browser_of):
    hand_in({"long.txt": "un mot " * 200_000, "a.txt": LETTER})
    work_on()
    assert dict(last().files.values_list("name", "state")) == {"long.txt": State.REFUSED, "a.txt": State.DONE}
    assert "dépasse" in text_of(browser_of.get(reverse("deposit", args=[last().pk])))


def test_too_many_files_at_once_are_refused_in_plain_words(hand_in):
    answer = hand_in({f"{n}.txt": LETTER for n in range(201)})
    assert answer.status_code == 400
    assert "200 fichiers au plus" in text_of(answer)
    assert not Deposit.objects.exists()


def test_a_sending_too_large_is_refused_before_it_is_read(hand_in, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_SENDING", 1_000)
    answer = hand_in({"a.txt": LETTER * 20})
    assert answer.status_code == 400
    assert "Mo en tout" in text_of(answer)
    assert not Deposit.objects.exists()


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("lettre.txt", LETTER)
        archive.writestr("q.csv", TABLE)
    return packed.getvalue()


FAMILIES = {
    "lettre.txt": LETTER,
    "lettre.md": f"---\ndate: 2023\n---\n{LETTER}",
    "lettre.docx": docx(p(LETTER)),
    "lettre.rtf": r"{\rtf1\ansi On m'a tir\'e9 une chaise et servi un caf\'e9.}",
    "mail.html": f"<html><body><p>{LETTER}</p></body></html>",
    "voix.vtt": f"WEBVTT\n\n00:00.000 --> 00:09.000\n{LETTER}\n",
    "voix.srt": f"1\n00:00:00,000 --> 00:00:09,000\n{LETTER}\n",
    "voix.json": '{"segments": [{"start": 0, "end": 9, "text": "On m’a tiré une chaise et servi un café."}]}',
    "livre.txt": f"**** *date_2023\n{LETTER}\n\n**** *date_2024\nPersonne ne m’a rien dit de la matinée.\n",
}


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_of_files_is_read(hand_in, work_on, name):
    hand_in({name: FAMILIES[name]})
    work_on()
    file = last().files.get()
    assert (file.state, file.reason) == (State.DONE, "")
    assert file.testimonies.filter(passages__isnull=False).exists()


def test_an_archive_is_opened_and_its_questionnaire_is_to_be_checked(hand_in, work_on, browser_of):
    hand_in({"lot.zip": zipped()})
    work_on()
    shown = text_of(browser_of.get(reverse("deposit", args=[last().pk])))
    assert "Archive ouverte : 2 fichiers." in shown
    assert "lot.zip/lettre.txt" in shown
    assert "Vérifier les colonnes" in shown


def test_the_same_file_again_is_said_with_a_link_to_the_first_deposit(hand_in, work_on, browser_of):
    hand_in({"a.txt": LETTER})
    first = last()
    work_on()
    hand_in({"copie de a.txt": LETTER})
    shown = text_of(browser_of.get(reverse("deposit", args=[last().pk])))
    assert "a déjà été déposé pour ce lieu" in shown
    assert reverse("deposit", args=[first.pk]) in shown
    assert store.Testimony.objects.count() == 1


def test_traces_tell_of_the_deposit_and_never_of_its_words(hand_in, work_on):
    hand_in({"a.txt": LETTER})
    work_on()
    told = " ".join(f"{one.what} {one.about}" for one in Trace.objects.all())
    assert "Dépôt" in told
    assert not [word for word in ("Bénédicte", "chaise", "a.txt") if word in told]


def test_the_list_shows_the_deposits_of_one_s_places_alone(hand_in, browser_of, coordinator):
    hand_in(text=LETTER)
    other = Deposit.objects.create(place=place("Ailleurs"))
    shown = text_of(browser_of.get(reverse("deposits")))
    assert "Le Grain de Sel" in shown
    assert "en cours" in shown
    assert reverse("deposit", args=[other.pk]) not in shown


def test_a_person_without_a_place_open_is_told_so(here):
    store.Place.objects.update(closed=True)
    shown = text_of(signed_in(person(Role.COORDINATOR, here)).get("/deposer/"))
    assert "Aucun de vos lieux n’est ouvert" in shown


@pytest.mark.parametrize("count", [1, 2])
def test_the_place_is_chosen_beforehand_only_where_there_is_no_other(here, coordinator, count):
    for _ in range(count - 1):
        store.Grant.objects.create(user=coordinator, role=Role.COORDINATOR, place=place())
    shown = text_of(signed_in(coordinator).get("/deposer/"))
    assert (f'<option value="{here.pk}" selected>' in shown) is (count == 1)

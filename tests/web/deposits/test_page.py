"""A deposit's page while its files are read, and after."""

import pytest
from django.urls import reverse

from tests.web.deposits.conftest import LETTER, TABLE, last, text_of
from voices.receiving.reading import STEPS
from voices.store import models as store
from voices.store.models import Job, SourceFile

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>{{ x }}.txt"


@pytest.fixture
def page(browser_of):
    def get(name="deposit"):
        return text_of(browser_of.get(reverse(name, args=[last().pk])))

    return get


def test_a_page_asks_again_only_while_something_goes_on(hand_in, work_on, page):
    hand_in({"a.txt": LETTER})
    assert 'hx-trigger="every 1s"' in page()
    work_on()
    assert "hx-trigger" not in page()


def test_the_progress_shown_is_that_of_the_worker(hand_in, page):
    hand_in({"a.txt": LETTER})
    Job.objects.update(state=Job.State.RUNNING, step=STEPS[3], done=12, total=40)
    shown = page("deposit_state")
    assert "Proposition de codes : 12 passages sur 40." in shown
    assert 'max="40" value="12"' in shown
    assert shown.count("(fait)") == 3


def test_what_was_read_is_told_in_plain_words(hand_in, work_on, page):
    hand_in({"a.txt": LETTER})
    work_on()
    assert "1 témoignage, 1 passage. 2 remplacements de noms ou de coordonnées." in page()


def test_when_all_is_read_the_testimonies_come_beside_the_last_answer(hand_in, work_on, page):
    hand_in({"a.txt": LETTER})
    assert "hx-swap-oob" in page("deposit_state")  # how far it is, told aloud
    work_on()
    shown = page("deposit_state")
    assert 'id="temoignages"' in shown
    assert "a.txt" in shown


def test_how_far_it_is_is_told_aloud_only_when_it_changes(hand_in, browser_of):
    hand_in({"a.txt": LETTER, "b.txt": LETTER + " Bis."})
    address = reverse("deposit_state", args=[last().pk])
    assert "hx-swap-oob" not in text_of(browser_of.get(address, {"dit": "0"}))
    SourceFile.objects.filter(name="a.txt").update(state=SourceFile.State.DONE)
    assert "2 fichiers : 1 lu, 1 en attente. Lecture en cours." in text_of(browser_of.get(address, {"dit": "0"}))


def test_what_was_read_was_there_already_or_was_refused_is_counted_apart(hand_in, work_on, page):
    hand_in({"a.txt": LETTER})
    work_on()
    hand_in({"copie.txt": LETTER, "b.txt": LETTER + " Bis.", "vide.txt": "", "autre.exe": b"MZ"})
    shown = page()
    assert "4 fichiers : 1 déjà là, 3 en attente. Lecture en cours." in shown
    assert ">1 déjà là, 3 en attente</span>" in shown  # beside the bar
    work_on()
    assert "4 fichiers : 1 lu, 1 déjà là, 2 refusés. Lecture finie." in page()


def test_a_failure_is_told_with_its_remedy_and_can_be_tried_again(hand_in, work_on, page, browser_of):
    hand_in({"a.txt": LETTER})
    Job.objects.update(state=Job.State.FAILED, problem="Il manque un modèle.", remedy="Réinstaller voices.")
    shown = page()
    assert "Il manque un modèle. Réinstaller voices." in shown
    assert "hx-trigger" not in shown
    file = last().files.get()
    browser_of.post(reverse("file_retry", args=[file.pk]))
    browser_of.post(reverse("file_retry", args=[file.pk]))
    assert Job.objects.count() == 1
    work_on()
    assert store.Testimony.objects.count() == 1


def test_names_of_files_are_shown_as_they_are_and_do_nothing(hand_in, work_on, page):
    hand_in(text=LETTER, title=HOSTILE)
    work_on()
    shown = page()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;-script&gt;{{ x }}" in shown


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script> {{ 7|add:1 }}", "\u202eشكرا \u200f🙂 " * 9, "a" * 1_000_000],
    ids=["markup", "right to left", "a megabyte without a space"],
)
def test_strange_texts_are_taken_like_others(hand_in, work_on, page, text):
    hand_in({"étrange.txt": f"{text}\n\n{LETTER}"})
    work_on()
    assert last().files.get().state == SourceFile.State.DONE
    assert "<script>alert" not in page()
    assert text.split("\n")[0][:200].strip() in store.Testimony.objects.get().text


def columns_of(file, **corrected):
    """The form of the columns, as recognised but for those given by rank."""
    kinds = [one["kind"] for one in file.preview["columns"]]
    return {f"colonne-{rank}": corrected.get(f"c{rank}", kind) for rank, kind in enumerate(kinds)}


@pytest.fixture
def questionnaire(hand_in, work_on):
    hand_in({"q.csv": TABLE})
    work_on()
    return last().files.get()


def test_a_questionnaire_shows_its_columns_and_what_they_would_give(questionnaire, browser_of):
    shown = text_of(browser_of.get(reverse("file_columns", args=[questionnaire.pk])))
    assert "On m’a tiré une chaise près de la fenêtre" in shown
    assert "Répondants : 2 ; réponses ouvertes : 2." in shown
    assert '<option value="ouverte" selected>' in shown


def test_a_correction_shows_what_it_would_give_before_anything_is_read(questionnaire, browser_of):
    address = reverse("file_columns", args=[questionnaire.pk])
    answer = browser_of.post(address, columns_of(questionnaire, c2="ouverte") | {"voir": ""})
    assert answer["Location"] == f"{address}?colonne-2=ouverte#donne"  # an address to come back to, not a sending
    assert "réponses ouvertes : 4." in text_of(browser_of.get(answer["Location"]))
    assert not Job.objects.exclude(state=Job.State.DONE).exists()


def test_a_confirmed_questionnaire_is_read_as_corrected(questionnaire, browser_of, work_on):
    address = reverse("file_columns", args=[questionnaire.pk])
    answer = browser_of.post(address, columns_of(questionnaire, c2="ouverte") | {"confirmer": ""})
    assert answer["Location"] == reverse("deposit", args=[questionnaire.deposit_id])
    work_on()
    assert sorted(store.Testimony.objects.values_list("text", flat=True))[0].endswith("Oui, sans mon nom")
    assert browser_of.get(address)["Location"] == answer["Location"]  # there is nothing left to check


def test_without_an_open_column_one_is_told_that_nothing_would_be_read(questionnaire, browser_of):
    address = reverse("file_columns", args=[questionnaire.pk])
    shown = text_of(browser_of.post(address, columns_of(questionnaire, c1="fermée") | {"voir": ""}, follow=True))
    assert "dites quelles colonnes contiennent des réponses libres" in shown


def test_the_same_questionnaire_again_says_that_its_columns_wait(questionnaire, hand_in, page):
    hand_in({"q.csv": TABLE})
    assert "Ses colonnes attendent d’être vérifiées" in page()


def test_an_unknown_kind_is_left_as_recognised(questionnaire, browser_of):
    address = reverse("file_columns", args=[questionnaire.pk])
    browser_of.post(address, columns_of(questionnaire, c1="n’importe quoi") | {"confirmer": ""})
    questionnaire.refresh_from_db()
    assert questionnaire.columns == {}


def test_a_questionnaire_left_aside_leaves_nothing(questionnaire, browser_of, page):
    browser_of.post(reverse("file_leave", args=[questionnaire.pk]))
    questionnaire.refresh_from_db()
    assert (questionnaire.state, questionnaire.content) == (SourceFile.State.REFUSED, None)
    assert "Laissé de côté à votre demande." in page()


def test_a_key_that_changed_is_told_and_breaks_nothing(questionnaire, browser_of, page):
    SourceFile.objects.update(preview={"columns": [], "samples": "abîmé"})
    answer = browser_of.get(reverse("file_columns", args=[questionnaire.pk]), follow=True)
    assert answer.status_code == 200

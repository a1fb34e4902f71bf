"""From files handed in to what the base holds."""

import io
import zipfile

import pytest
from django.conf import settings as site
from django.test import override_settings

from tests.hostile.good import FILES
from tests.ingest.conftest import encrypted, zipped
from tests.receiving.conftest import appear, ready
from tests.receiving.fakes import VECTOR
from tests.web.conftest import place
from voices import pipeline
from voices.domain import Consent
from voices.ingest import apart
from voices.passages import cut
from voices.receiving.appearing import Nothing
from voices.receiving.depositing import columns_shown, confirm, effect, keep_file, set_aside
from voices.receiving.sealing import content_of, open_names
from voices.receiving.twins import doubled, key_at, twins
from voices.store import models as store
from voices.store import testimonies
from voices.store.models import Deposit, Job, MachinePass, Passage, SourceFile, Suggestion

State = SourceFile.State
LETTER = (
    "Bénédicte Lagarde m’a tiré une chaise et m’a servi un café sans rien demander. Personne ne m’a jugée.\n\n"
    "Quand je rate un mardi, Bénédicte m’appelle au 06 12 34 56 78 pour savoir si tout va bien."
)
TABLE = (
    "Votre prénom;Racontez ce qui vous a marqué;Acceptez-vous d’être cité ?\n"
    "Odile;On m’a tiré une chaise près de la fenêtre, tout de suite.;Oui, sans mon nom\n"
    "Kevin;Personne ne m’a parlé de la matinée, je suis reparti.;Non\n"
    "Mona;;Oui, sans mon nom\n"
)


def test_a_file_is_kept_encrypted_until_it_is_read(hand_in, work):
    file = hand_in("lettre.txt", LETTER)
    assert file.state == State.WAITING
    assert "Bénédicte".encode() not in bytes(file.content)
    assert content_of(file, site.VOICES) == LETTER.encode()
    work()
    file.refresh_from_db()
    assert (file.state, file.content) == (State.DONE, None)


def test_a_letter_becomes_a_testimony_with_its_passages_and_suggestions(hand_in, work, deposit):
    hand_in("lettre.txt", LETTER)
    work()
    testimony = store.Testimony.objects.get()
    assert "Bénédicte" not in testimony.text
    assert "06 12" not in testimony.text
    assert (testimony.place, testimony.date, testimony.channel) == (deposit.place, "2024", "courrier")
    assert (testimony.consent, testimony.consent_source) == ("citations_anonymes", "Formulaire signé")
    originals = {one.original for one in open_names(testimony.names or b"", site.VOICES)}
    assert "06 12 34 56 78" in originals
    assert [one.text for one in testimony.passages.all()] == [
        one.text for one in cut([testimonies.testimony_of(testimony)])
    ]
    for passage in Passage.objects.all():
        assert testimony.text[passage.start : passage.end] == passage.text
        assert bytes(passage.vector or b"") == VECTOR
        assert passage.accueil == ("+" if "chaise" in passage.text else "")
        assert 0 <= passage.chance < 1
    assert MachinePass.objects.get().coder == "codeur-essai@1"
    assert Suggestion.objects.count() == Passage.objects.count() >= 1


def test_what_a_command_reads_and_what_the_site_reads_are_one(hand_in, work, tmp_path):
    (tmp_path / "lettre.txt").write_text(LETTER, encoding="utf-8")
    (expected,) = pipeline.read(tmp_path / "lettre.txt").testimonies
    hand_in("lettre.txt", LETTER)
    work()
    found = testimonies.testimony_of(store.Testimony.objects.get())
    assert (found.id, found.text, found.turns) == (expected.id, expected.text, expected.turns)


def test_a_questionnaire_waits_for_its_columns_to_be_checked(hand_in, work):
    file = seen(hand_in("q.csv", TABLE), work)
    assert file.state == State.TO_CHECK
    assert not Job.objects.exclude(state=Job.State.DONE).exists()
    shown = columns_shown(file, site.VOICES)
    assert [(one.kind, one.filled) for one in shown] == [("identité", 3), ("ouverte", 2), ("consentement", 3)]
    assert "chaise" not in str(file.preview)
    confirm(file, {}, file.deposit.made_by)
    work()
    consents = store.Testimony.objects.order_by("key").values_list("consent", "consent_source")
    assert list(consents) == [("citations_anonymes", "Formulaire signé"), ("analyse", "Indiqué dans le fichier")]
    file.refresh_from_db()
    assert file.preview is None


def test_corrected_columns_are_those_that_are_read(hand_in, work):
    file = seen(hand_in("q.csv", TABLE), work)
    columns = {"Votre prénom": "ignorée", "Acceptez-vous d’être cité ?": "ouverte"}
    assert any("5" in sentence for sentence in effect(file, columns, site.VOICES))  # 2 answers and 3 consents
    confirm(file, columns, file.deposit.made_by)
    work()
    assert store.Testimony.objects.count() == 3
    assert store.Testimony.objects.filter(text__contains="Oui, sans mon nom").exists()


def test_a_questionnaire_is_confirmed_once(hand_in, work):
    file = seen(hand_in("q.csv", TABLE), work)
    for _ in range(2):
        confirm(file, {}, file.deposit.made_by)
    assert Job.objects.filter(state=Job.State.WAITING).count() == 1


def test_a_questionnaire_said_to_be_checked_is_read_at_once(deposit, work):
    keep_file(deposit, "q.csv", TABLE.encode(), settings=site.VOICES, checked=True)
    work()
    assert store.Testimony.objects.count() == 2


def test_nothing_of_a_file_is_opened_when_it_is_handed_in(hand_in, monkeypatch):
    monkeypatch.setattr(apart, "run", None)
    assert [hand_in(f"q.{suffix}", data).state for suffix, data in FILES.items()] == [State.WAITING] * len(FILES)


def test_a_name_made_to_deceive_is_shown_as_it_is(hand_in):
    assert hand_in("lettre\u202etxt.exe", "Bonjour.").name == "lettre�txt.exe"
    assert hand_in("a\n\x1b[31mb.txt", "Bonsoir.").name == "a��[31mb.txt"


def seen(file, work):
    """The file as it is once the worker has seen it."""
    work()
    file.refresh_from_db()
    return file


def test_a_questionnaire_set_aside_leaves_nothing(hand_in, work):
    file = seen(hand_in("q.csv", TABLE), work)
    set_aside(file, None)
    file.refresh_from_db()
    assert (file.state, file.content, file.preview) == (State.REFUSED, None, None)


@pytest.mark.parametrize("read_before", [False, True], ids=["still waiting", "read"])
def test_the_same_bytes_at_the_same_place_are_known(hand_in, work, read_before):
    first = hand_in("lettre.txt", LETTER)
    if read_before:
        work()
    again = hand_in("copie.txt", LETTER)
    assert (again.state, again.already, again.content) == (State.KNOWN, first, None)
    work()
    assert store.Testimony.objects.count() == 1


def elsewhere(deposit):
    """A deposit of the same person at another place."""
    return Deposit.objects.create(place=place(), made_by=deposit.made_by)


def test_another_place_keeps_the_same_bytes_as_if_they_were_nowhere_else(hand_in, work, deposit):
    first = hand_in("lettre.txt", LETTER)
    other = hand_in("lettre.txt", LETTER, elsewhere(deposit))
    work()
    for file in (first, other):
        file.refresh_from_db()
    assert (other.state, other.already) == (State.DONE, None)
    assert (other.warnings, other.details) == (first.warnings, first.details)
    keys = store.Testimony.objects.order_by("pk").values_list("key", "place_id")
    assert list(keys) == [
        (f"t-{first.digest[:8]}", deposit.place_id),
        (key_at(f"t-{first.digest[:8]}", other.deposit.place), other.deposit.place_id),
    ]
    assert Passage.objects.count() == Suggestion.objects.count() == 2 * first.testimonies.get().passages.count()


@pytest.mark.parametrize("apart", [True, False], ids=["two places", "one place"])
def test_two_readings_of_one_testimony_at_once_leave_one_at_each_place(hand_in, deposit, apart):
    file = hand_in("lettre.txt", LETTER)
    again = elsewhere(deposit) if apart else Deposit.objects.create(place=deposit.place, made_by=deposit.made_by)
    other = hand_in("lettre.txt", LETTER, again)
    if not apart:  # both were handed in before either was read
        SourceFile.objects.filter(pk=other.pk).update(state=State.WAITING, content=file.content)
    found = [ready(file), ready(other)]
    for one in found:
        appear(one)
    assert store.Testimony.objects.count() == 1 + apart
    assert Passage.objects.count() == Suggestion.objects.count()


def test_who_sees_both_places_is_told_which_hold_the_same_words_and_no_one_else(hand_in, work, deposit):
    hand_in("lettre.txt", LETTER)
    hand_in("autre.txt", LETTER + " Autre chose.")
    hand_in("lettre.txt", LETTER, elsewhere(deposit))
    work()
    first, alone, other = store.Testimony.objects.order_by("pk")
    everything = store.Testimony.objects.all()
    assert twins([first, alone, other], everything) == {first.pk: [other.place], other.pk: [first.place]}
    assert set(doubled(everything)) == {first, other}
    of_one_place = everything.filter(place=first.place)
    assert twins([first, alone], of_one_place) == {}
    assert not doubled(of_one_place).exists()


def test_a_questionnaire_that_names_two_places_is_not_said_to_be_there_twice(hand_in, work, deposit):
    hand_in("lettre.txt", LETTER)
    work()
    letter = store.Testimony.objects.get()
    store.Testimony.objects.create(
        key="t-0123456789ab-2", place=elsewhere(deposit).place, file=letter.file, text="Autre.", turns=[]
    )
    assert not doubled(store.Testimony.objects.all()).exists()


def test_a_file_already_read_gives_nothing_more(hand_in, work):
    file = hand_in("lettre.txt", LETTER)
    work()
    assert isinstance(ready(file), Nothing)


def test_an_archive_gives_each_of_its_files_to_the_deposit(hand_in, work):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Mars 2023/lettre.txt", LETTER)
        archive.writestr("q.csv", TABLE)
        archive.writestr("photo.jpg", b"\xff\xd8\xff\xe0")
    hand_in("lot.zip", packed.getvalue())
    work()
    states = dict(SourceFile.objects.values_list("name", "state"))
    assert states == {
        "lot.zip": State.DONE,
        "lot.zip/Mars 2023/lettre.txt": State.DONE,
        "lot.zip/q.csv": State.TO_CHECK,
        "lot.zip/photo.jpg": State.REFUSED,
    }
    assert store.Testimony.objects.get().date == "2023-03"


def test_an_archive_closed_by_a_password_is_refused_and_its_files_are_not_listed(hand_in, work):
    hand_in("lot.zip", encrypted(zipped({"a.txt": LETTER, "b.txt": LETTER})))
    work()
    file = SourceFile.objects.get()
    assert (file.name, file.state, file.content) == ("lot.zip", State.REFUSED, None)
    assert file.reason == "L’archive est protégée par un mot de passe. La refaire sans mot de passe."


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("lot.zip/Mars 2023/lettre.txt", "lot.zip/Mars 2023/lettre.txt"),
        (f"lot.zip/{'a' * 60}/{'b' * 40}/Mars 2023/lettre.txt", f"lot.zip/…/{'b' * 40}/Mars 2023/lettre.txt"),
        (f"lot.zip/dossier/{'n' * 120}.txt", f"lot.zip/…/{'n' * 120}.txt"),
        (f"{'z' * 100}/lettre.txt", f"{'z' * 40}/…/lettre.txt"),
        (f"/{'a' * 90}/lettre.txt", "/…/lettre.txt"),
        ("n" * 200 + ".txt", "n" * 200 + ".txt"),
    ],
)
def test_a_long_path_is_shown_shorter_and_the_name_of_the_file_whole(name, shown):
    assert SourceFile(name=name).short == shown


def test_a_table_of_testimonies_tells_of_the_files_handed_in_with_it(hand_in, work, deposit):
    sheet = "Fichier;Date;Consentement\nlettre.txt;2023-05-02;analyse seulement\nautre.txt;;retiré\n"
    hand_in("lettre.txt", LETTER)
    table = hand_in("temoignages.csv", sheet)
    gone = hand_in("autre.txt", "Le perroquet violet du président a mangé mes lunettes.")
    work()
    testimony = store.Testimony.objects.get()
    assert (testimony.date, testimony.consent) == ("2023-05-02", "analyse")
    assert testimony.consent_source == "Indiqué dans le fichier"
    gone.refresh_from_db()
    assert "rien n’en a été gardé" in gone.warnings[-1]
    table.refresh_from_db()
    assert (table.state, table.content) == (State.DONE, None)


def test_a_table_of_testimonies_handed_in_again_still_tells(hand_in, work, deposit):
    sheet = "Fichier;Consentement\nlettre.txt;analyse seulement\nautre.txt;retiré\n"
    hand_in("temoignages.csv", sheet)
    hand_in("lettre.txt", LETTER)
    work()
    second = Deposit.objects.create(place=deposit.place, made_by=deposit.made_by, consent="citations_prenom")
    hand_in("temoignages.csv", sheet, second)
    hand_in("autre.txt", "Le perroquet violet du président a mangé mes lunettes.", second)
    work()
    assert store.Testimony.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0", "image"),
        ("vide.txt", b"", "vide"),
        ("abime.docx", b"PK\x03\x04rien", "abîmé"),
        ("lot.zip", b"PK\x03\x04rien", "abîmé"),
        ("son.mp3", b"ID3\x03", "transcrire"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(hand_in, work, name, content, told):
    file = hand_in(name, content)
    work()
    file.refresh_from_db()
    assert file.state == State.REFUSED
    assert told in file.reason
    assert not store.Testimony.objects.exists()


@override_settings(MAX_FILE_BYTES=1_000_000)
def test_a_file_too_large_is_not_kept(hand_in):
    file = hand_in("long.txt", "un mot " * 200_000)
    assert (file.state, file.content) == (State.REFUSED, None)
    assert "dépasse" in file.reason


def test_a_place_that_the_file_says_is_followed_only_where_its_bearer_may(hand_in, deposit):
    allowed, other = place("Le Foyer", town="Niort"), place("Ailleurs")
    said = f"---\nlieu: {{}}\n---\n{LETTER}"
    named = [hand_in(f"{name}.md", said.format(name)) for name in ("Le foyer, Niort", "Ailleurs")]
    for file in named:
        appear(ready(file, places=[allowed]))
        file.refresh_from_db()
    assert store.Testimony.objects.get(file=named[0]).place == allowed
    assert store.Testimony.objects.get(file=named[1]).place == deposit.place
    assert "Ailleurs" in named[1].warnings[-1]
    assert not other.testimonies.exists()


def test_a_consent_that_is_not_understood_is_never_widened(hand_in, work):
    hand_in("lettre.md", f"---\nconsentement: à voir avec elle\n---\n{LETTER}")
    work()
    assert store.Testimony.objects.get().consent == Consent.UNKNOWN.value

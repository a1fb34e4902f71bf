"""Files handed in one by one, held in memory."""

import io
import zipfile

import pytest

from voices.domain import Consent, Outcome
from voices.errors import ReadingError
from voices.ingest import ReadOptions, held
from voices.ingest import read as read_path

LETTER = "On m’a tiré une chaise et servi un café. Maintenant j’ouvre la salle le jeudi matin.".encode()
TABLE = (
    "Votre prénom;Racontez ce qui vous a marqué;Acceptez-vous d’être cité ?\n"
    "Odile;On m’a tiré une chaise près de la fenêtre, tout de suite.;Oui, sans mon nom\n"
    "Kevin;Personne ne m’a parlé de la matinée, je suis reparti.;Non\n"
    "Mona;;Oui, sans mon nom\n"
).encode()
SHEET = "Fichier;Lieu;Date;Consentement\nlettre.txt;Le Grain de Sel;2024-03;retiré\nperdu.txt;Ailleurs;;\n".encode()


def test_a_held_file_gives_what_the_same_file_gives_on_the_disk(tmp_path):
    (tmp_path / "lettre.txt").write_bytes(LETTER)
    on_disk = read_path(tmp_path / "lettre.txt", consent=Consent.ANALYSIS)
    in_memory = held.read("lettre.txt", LETTER, options=ReadOptions(), consent=Consent.ANALYSIS)
    assert in_memory.testimonies == on_disk.testimonies
    assert in_memory.files == on_disk.files


def test_the_table_that_came_with_a_file_tells_of_it():
    read = held.read("lettre.txt", LETTER, options=ReadOptions(), sheets={"temoignages.csv": SHEET})
    (testimony,) = read.testimonies
    assert testimony.consent is Consent.WITHDRAWN
    assert (testimony.origin.place, testimony.origin.date) == ("Le Grain de Sel", "2024-03")


def test_a_table_of_testimonies_says_which_files_it_could_not_find():
    report = held.read_sheet("temoignages.csv", SHEET, ["lettre.txt"])
    assert report is not None
    assert report.outcome is Outcome.WARNED
    assert [warning for warning in report.warnings if "perdu.txt" in warning]
    assert not [warning for warning in report.warnings if "lettre.txt" in warning]


@pytest.mark.parametrize(("name", "data"), [("lettre.txt", LETTER), ("temoignages.csv", TABLE)])
def test_other_files_are_no_table_of_testimonies(name, data):
    assert held.read_sheet(name, data, []) is None


def test_ids_grow_longer_where_another_file_begins_alike():
    (plain,) = held.read("lettre.txt", LETTER, options=ReadOptions()).testimonies
    digits = plain.id.removeprefix("t-")
    other = digits + "f" * (64 - len(digits))
    (longer,) = held.read("lettre.txt", LETTER, options=ReadOptions(), others=[other]).testimonies
    assert longer.id.startswith(plain.id)
    assert len(longer.id) > len(plain.id)


def test_columns_are_shown_with_their_kind_and_some_answers():
    seen = held.columns("q.csv", TABLE)
    assert [(one.kind, one.filled) for one in seen] == [("identité", 3), ("ouverte", 2), ("consentement", 3)]
    assert seen[1].samples[0].startswith("On m’a tiré une chaise")
    assert "Odile" not in repr(seen)


@pytest.mark.parametrize(
    ("name", "data"),
    [("lettre.txt", LETTER), ("vide.csv", b""), ("abime.xlsx", b"PK\x03\x04rien"), ("photo.jpg", b"\xff\xd8\xff\xe0")],
)
def test_what_is_no_questionnaire_has_no_columns(name, data):
    assert held.columns(name, data) == ()


def test_an_interview_laid_out_as_a_table_has_no_columns_to_check():
    rows = "".join(f"{who};{said}\n" for who, said in [("Q", "Comment êtes-vous venu ?"), ("Ali", "À pied.")] * 4)
    assert held.columns("entretien.csv", f"Locuteur;Texte\n{rows}".encode()) == ()


def test_an_archive_gives_its_files_one_by_one():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("Café du Port/lettre.txt", LETTER)
        written.writestr("Café du Port/.cache", b"x")
        written.writestr("../dehors.txt", LETTER)
    found = {one.name: one for one in held.unpack("lot.zip", archive.getvalue())}
    assert found["lot.zip/Café du Port/lettre.txt"].content() == LETTER
    assert found["lot.zip/Café du Port/lettre.txt"].refusal is None
    assert {name for name, one in found.items() if one.refusal} == {
        "lot.zip/Café du Port/.cache",
        "lot.zip/../dehors.txt",
    }


def test_a_damaged_archive_is_refused():
    with pytest.raises(ReadingError):
        list(held.unpack("lot.zip", b"PK\x03\x04rien du tout"))

import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.ingest.conftest import docx, p, zipped
from voices import ingest
from voices.domain import Consent, Origin, Outcome, Role
from voices.errors import ReadingError
from voices.ingest import ReadOptions, door
from voices.ingest.document import Stretch
from voices.raw import Identity

CARD = "fichier;lieu;date;canal;consentement\n"


def words(path: Path) -> list[str]:
    return [turn.text for testimony in ingest.read(path).testimonies for turn in testimony.turns]


def test_a_folder_is_read_with_all_below_in_the_order_of_paths(folder):
    root = folder({"b.txt": "Deux.", "a/z.txt": "Un.", "c.docx": docx(p("Trois."))})
    assert words(root) == ["Un.", "Deux.", "Trois."]
    assert [file.path for file in ingest.read(root).files] == ["a/z.txt", "b.txt", "c.docx"]


def test_a_single_file_is_read(folder):
    reading = ingest.read(folder({"a.txt": "Un."}) / "a.txt")
    assert [(file.path, file.outcome) for file in reading.files] == [("a.txt", Outcome.READ)]


def test_reading_twice_gives_the_same(folder):
    root = folder({f"{n}.txt": f"Texte {n}." for n in range(5)})
    assert ingest.read(root) == ingest.read(root)


def test_an_identifier_comes_from_the_bytes_and_not_from_the_name(folder):
    first = ingest.read(folder({"Paul Durand.txt": "Un."})).testimonies[0].id
    assert first == "t-" + sha256(b"Un.").hexdigest()[:8]


@pytest.mark.parametrize("path", ["absent", "absent.txt"])
def test_a_path_where_there_is_nothing_is_said(tmp_path, path):
    with pytest.raises(ReadingError) as caught:
        ingest.read(tmp_path / path)
    assert caught.value.remedy


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(ReadingError, match="vide"):
        ingest.read(tmp_path)


def test_every_file_has_its_report_and_a_bad_one_stops_nothing(folder):
    reading = ingest.read(
        folder(
            {
                "a.docx": b"PK\x03\x04 cut",
                "b.pdf": b"%PDF-1.4 cut",
                "c.txt": "",
                "d.jpg": b"\xff\xd8\xff\xe0",
                "e.xyz": "x",
                "f.odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a"}),
                "g.txt": "Bon.",
                "h.trs": "<Trans",
            }
        )
    )
    assert [file.outcome for file in reading.files] == [Outcome.REFUSED] * 6 + [Outcome.READ, Outcome.REFUSED]
    assert all(file.reason for file in reading.files if file.outcome is Outcome.REFUSED)


def test_a_reader_that_fails_in_a_way_nobody_foresaw_is_reported_without_its_words(folder, monkeypatch):
    def fail(stretches: list[Stretch], **others: object) -> None:
        raise KeyError(stretches[0].text)

    monkeypatch.setattr(door, "label_turns", fail)
    report = ingest.read(folder({"a.txt": "Paul Durand"})).files[0]
    assert report.outcome is Outcome.REFUSED
    assert "KeyError" in str(report.reason)
    assert "Durand" not in str(report)


def test_files_of_the_system_are_left_alone_and_listed(folder):
    reading = ingest.read(
        folder(
            {
                ".DS_Store": "x",
                "Thumbs.db": "x",
                "~$a.docx": "x",
                "__MACOSX/._a.txt": "x",
                ".cache/b.txt": "x",
                "c.txt": "C.",
            }
        )
    )
    left = [file for file in reading.files if file.outcome is Outcome.REFUSED]
    assert len(left) == 5
    assert all("laissé de côté" in str(file.reason) for file in left)
    assert len(reading.testimonies) == 1


def test_the_same_bytes_twice_are_read_once(folder):
    reading = ingest.read(folder({"a.txt": "Un.", "b.txt": "Un."}))
    assert len(reading.testimonies) == 1
    assert reading.files[1].warnings == ("Déjà lu\u202f: même contenu que a.txt.",)


def test_the_same_letter_in_two_formats_is_said(folder):
    letter = "Je suis venue un soir de novembre et il faisait déjà nuit. " * 6
    reading = ingest.read(folder({"a.txt": letter, "b.docx": docx(p(letter))}))
    assert "Même texte que a.txt" in reading.files[1].warnings[0]


def test_the_table_beside_the_files_wins_over_front_matter_and_folders(folder):
    root = folder(
        {
            "Café du Port/2022/a.txt": "---\ndate: mars 2023\ncanal: courrier\n---\nBonjour.",
            "temoignages.csv": CARD + "a.txt;;;;citations anonymes\n",
        }
    )
    testimony = ingest.read(root).testimonies[0]
    assert testimony.origin == Origin("Café du Port", "cafe_associatif", "2023-03", "courrier")
    assert testimony.consent is Consent.ANONYMOUS_QUOTES


def test_the_nearest_table_wins_and_the_farther_one_fills(folder):
    root = folder(
        {
            "sous/a.txt": "Bonjour.",
            "sous/temoignages.csv": "fichier;lieu\na.txt;Café du Port\n",
            "temoignages.csv": CARD + "sous/a.txt;Autre;2024;;\n",
        }
    )
    assert ingest.read(root).testimonies[0].origin == Origin("Café du Port", "cafe_associatif", "2024", None)


def test_a_table_that_names_an_absent_file_is_said(folder):
    reading = ingest.read(folder({"a.txt": "Bonjour.", "temoignages.csv": CARD + "a.txt;;;;\nb.txt;;;;\n"}))
    report = next(file for file in reading.files if file.path == "temoignages.csv")
    assert report.outcome is Outcome.WARNED
    assert report.warnings == ("La table nomme un fichier introuvable\u202f: b.txt.",)


def test_the_table_may_be_a_workbook(folder):
    from io import BytesIO

    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Fichier", "Date", "Consentement"])
        sheet.write_row(1, 0, ["a.txt", "mars 2024", "citations anonymes"])
    testimony = ingest.read(folder({"a.txt": "Bonjour.", "Témoignages.xlsx": buffer.getvalue()})).testimonies[0]
    assert (testimony.origin.date, testimony.consent) == ("2024-03", Consent.ANONYMOUS_QUOTES)


def test_a_table_of_testimonies_that_names_no_file_is_read_as_a_questionnaire(folder):
    reading = ingest.read(
        folder({"temoignages.csv": "Date;Que venez-vous chercher ici ?\n2024;La soupe et la compagnie.\n"})
    )
    assert [turn.text for turn in reading.testimonies[0].turns][-1] == "La soupe et la compagnie."


def test_the_table_holds_for_a_file_read_alone(folder):
    root = folder({"a.txt": "Bonjour.", "temoignages.csv": CARD + "a.txt;;;;retiré\n"})
    reading = ingest.read(root / "a.txt")
    assert reading.testimonies[0].consent is Consent.WITHDRAWN
    assert len(reading.files) == 1


def test_the_table_holds_within_a_zip(folder):
    root = folder({"e.zip": zipped({"a.txt": "Bonjour.", "temoignages.csv": CARD + "a.txt;;;;analyse\n"})})
    assert ingest.read(root / "e.zip").testimonies[0].consent is Consent.ANALYSIS


def test_names_in_the_table_go_to_the_identity(folder):
    root = folder(
        {"a.txt": "Bonjour.", "temoignages.csv": "fichier;nom;courriel\na.txt;Anne Le Goff;anne@exemple.fr\n"}
    )
    assert ingest.read(root).testimonies[0].identity == Identity(("Anne Le Goff",), ("anne@exemple.fr",))


@pytest.mark.parametrize(
    ("written", "default", "consent"),
    [
        ("", Consent.ANONYMOUS_QUOTES, Consent.ANONYMOUS_QUOTES),
        ("", None, Consent.UNKNOWN),
        ("retiré", Consent.ANONYMOUS_QUOTES, Consent.WITHDRAWN),
        ("oui", Consent.ANONYMOUS_QUOTES, Consent.UNKNOWN),
    ],
)
def test_the_default_consent_holds_only_where_nothing_is_written(folder, written, default, consent):
    root = folder({"a.txt": "Bonjour.", "temoignages.csv": CARD + f"a.txt;;;;{written}\n"})
    assert ingest.read(root, consent=default).testimonies[0].consent is consent


def test_a_place_spelt_in_several_ways_is_one_place(folder):
    rows = (
        "a.txt;La Cantine, Lille;;;\nb.txt;la cantine Lille;;;\nc.txt;La Cantine, Lille;;;\nd.txt;La Cantine, Lyon;;;\n"
    )
    root = folder({f"{name}.txt": f"Bonjour {name}." for name in "abcd"} | {"temoignages.csv": CARD + rows})
    places = [testimony.origin.place for testimony in ingest.read(root).testimonies]
    assert places == ["La Cantine, Lille"] * 3 + ["La Cantine, Lyon"]


def test_who_interviews_may_be_said_in_the_options_or_in_the_file(folder):
    talk = "Anne : Bonjour.\nPaul : Bonjour.\nAnne : Je viens le jeudi.\nPaul : Ah.\n"
    root = folder({"a.txt": talk, "b.txt": f"---\nintervieweur: Paul\ndate: 2024\n---\n{talk}"})
    by_option = ingest.read(root / "a.txt", options=ReadOptions(interviewers=("Paul",))).testimonies[0]
    by_file = ingest.read(root / "b.txt").testimonies[0]
    assert by_option.turns == by_file.turns
    assert {turn.speaker: turn.role for turn in by_file.turns} == {"Anne": Role.WITNESS, "Paul": Role.INTERVIEWER}


def test_characters_are_normalised_whatever_the_format(folder):
    root = folder({"a.docx": docx(p("e\u0301te\u0301\u2028suite")), "b.txt": b"un\0deux"})
    reading = ingest.read(root)
    assert [turn.text for testimony in reading.testimonies for turn in testimony.turns] == ["été\nsuite", "undeux"]
    assert reading.files[1].warnings == ("Caractères de contrôle retirés\u202f: 1.",)


def test_accents_lost_before_us_are_said(folder):
    report = ingest.read(folder({"a.txt": "DÃ©jÃ\u00a0 venu l’Ã©tÃ©."})).files[0]
    assert any("accents sont abîmés" in warning for warning in report.warnings)


def test_progress_counts_the_files(folder):
    seen: list[tuple[int, int]] = []
    ingest.read(folder({"a.txt": "A.", "b.txt": "B."}), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx"])
def test_fifty_megabytes_in_one_line_are_refused_in_plain_words_and_bounded_time(folder, suffix):
    line = "un mot de plus, " * 3_300_000
    content = {".txt": line, ".html": f"<p>{line}", ".docx": docx(p(line))}[suffix]
    start = time.monotonic()
    report = ingest.read(folder({f"a{suffix}": content})).files[0]
    assert report.outcome is Outcome.REFUSED
    assert report.reason
    assert time.monotonic() - start < 60


def test_two_megabytes_in_one_line_are_read(folder):
    line = ("un mot de plus, " * 130_000).strip()
    assert words(folder({"a.txt": line})) == [line]


def test_reports_hold_none_of_the_words(folder):
    root = folder({"a.txt": "Zébulon a dit\0 oui.", "b.docx": docx(p("Zébulon.")), "c.odt": "Zébulon"})
    assert "bulon" not in str(ingest.read(root).files)


def test_the_door_is_light():
    heavy = ["lxml", "docx", "pdfplumber", "selectolax", "striprtf", "chardet", "numpy", "spacy", "torch", "odfdo"]
    code = f"import sys, voices.ingest; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"

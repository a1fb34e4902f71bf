import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.report.studies import empty, small
from voices.domain import Study, WhyOutside
from voices.exchange import read_passages, write_tables
from voices.exchange.sheets import harmless, write_csv
from voices.settings import load

NAMES = ["passages.csv", "passages.xlsx", "passages.jsonl", "themes.json", "citations.csv", "journal.json"]
RISKY = ["=1+1", "+33 6", "-2", "@SOMME(A1)", "\tX", "\rX", "\nX", "＝1", '=HYPERLINK("x";"y")']


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sortie")
    write_tables(small(), folder)
    return folder


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def with_text(study: Study, text: str) -> Study:
    """The study, its first passage saying that."""
    return replace(study, passages=(replace(study.passages[0], text=text), *study.passages[1:]))


def test_six_files_are_written_and_nothing_else(tmp_path):
    paths = write_tables(small(), tmp_path / "neuf")
    assert [path.name for path in paths] == NAMES
    assert sorted(path.name for path in (tmp_path / "neuf").iterdir()) == sorted(NAMES)


def test_an_empty_study_gives_tables_without_rows(tmp_path):
    write_tables(empty(), tmp_path)
    assert read_csv(tmp_path / "passages.csv") == []
    assert read_passages(tmp_path / "passages.jsonl") == ()
    assert json.loads((tmp_path / "themes.json").read_text(encoding="utf-8"))["themes"] == []


def test_the_csv_opens_in_a_french_excel(folder):
    data = (folder / "passages.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.split(b"\r\n")[0].count(b";") == len(read_csv(folder / "passages.csv")[0]) - 1
    assert read_csv(folder / "passages.csv")[0]["accueil_probabilite"] == "0,93"


def test_a_passage_is_told_in_words(folder):
    rows = {row["passage"]: row for row in read_csv(folder / "passages.csv")}
    row = rows["t02-2"]
    assert {name: row[name] for name in ("lieu", "type_lieu", "date", "canal", "locuteur", "question")} == {
        "lieu": "La Cantine du Quai, Givors",
        "type_lieu": "petite_cantine",
        "date": "2023-05",
        "canal": "entretien",
        "locuteur": "Camille",
        "question": "Et au début ?",
    }
    assert (row["accueil"], row["accueil_sens"], row["action"], row["action_sens"]) == ("oui", "mixte", "non", "")
    assert rows["t02-3"]["confiance"] == "oui"
    assert (row["sous_codes"], row["theme"], row["theme_libelle"]) == ("autres", "th2", "la porte et le bonjour")
    assert row["preuve"] == f"Accueil\u202f: «\u202f{row['texte']}\u202f»"


def test_each_answer_has_its_certainty_and_the_passage_that_of_the_least(folder):
    row = {row["passage"]: row for row in read_csv(folder / "passages.csv")}["t02-2"]
    assert (row["accueil_certitude"], row["action_certitude"], row["certitude"]) == ("sûr", "probable", "probable")
    assert row["hors_domaine"] == "non"


def test_a_doubtful_sense_is_told_beside_its_probability(folder):
    rows = {row["passage"]: row for row in read_csv(folder / "passages.csv")}
    cells = [
        tuple(rows[name][f"accueil_{end}"] for end in ("sens", "sens_probabilite", "sens_a_verifier"))
        for name in ("t02-2", "t01-1", "t01-3")
    ]
    assert cells == [("mixte", "0,6", "oui"), ("présence", "0,88", "non"), ("", "", "")]
    quotes = {(row["passage"], row["sujet"]): row["sens_a_verifier"] for row in read_csv(folder / "citations.csv")}
    assert (quotes["t02-2", "accueil"], quotes["t01-1", "accueil"], quotes["t01-1", "th2"]) == ("oui", "non", "")


def test_a_passage_outside_is_said_to_be_so_rather_than_to_be_reread(tmp_path):
    study = small()
    first = replace(study.codings[0], codings=(), outside=True, why=WhyOutside.FOREIGN)
    write_tables(replace(study, codings=(first, *study.codings[1:])), tmp_path)
    assert read_passages(tmp_path / "passages.jsonl")[0][1] == first
    row = read_csv(tmp_path / "passages.csv")[0]
    certainties = {row[name] for name in ("certitude", "accueil_certitude", "action_certitude")}
    assert (row["hors_domaine"], certainties) == ("oui", {"hors domaine"})
    assert row["hors_domaine_raison"] == "ce passage n’est pas en français"
    counts = json.loads((tmp_path / "journal.json").read_text(encoding="utf-8"))["comptes"]
    assert counts["passages_hors_domaine"] == 1


def test_offsets_are_those_of_the_testimony(folder):
    texts = {testimony.id: testimony.text for testimony in small().reading.testimonies}
    for row in read_csv(folder / "passages.csv"):
        assert texts[row["temoignage"]][int(row["debut"]) : int(row["fin"])] == row["texte"].removeprefix("'")


def test_senses_are_words_that_no_spreadsheet_takes_for_formulas(folder):
    assert {row["accueil_sens"] for row in read_csv(folder / "passages.csv")} == {"", "présence", "manque", "mixte"}


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_would_run_is_made_harmless(text, tmp_path):
    write_csv(tmp_path / "t.csv", ["texte"], [[text]])
    assert read_csv(tmp_path / "t.csv") == [{"texte": f"'{text}"}]


@given(st.text())
def test_no_cell_begins_like_a_formula_and_no_word_is_lost(text):
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (text, f"'{text}")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_the_csv(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "un.csv"
    write_csv(path, ["texte"], [[text]])
    assert [row["texte"] for row in read_csv(path)] == [harmless(text)]


@pytest.mark.parametrize(
    "text", [*RISKY, "https://exemple.invalid", "1234", "00123", "a\x0bb", "« é » 🙂", "x" * 40_000]
)
def test_the_workbook_keeps_strings_as_strings(text, tmp_path):
    write_tables(with_text(small(), text), tmp_path)
    header, first, *_ = CalamineWorkbook.from_path(str(tmp_path / "passages.xlsx")).get_sheet_by_index(0).to_python()
    cell = first[header.index("texte")]
    assert isinstance(cell, str)
    if len(text) > 32_767:
        assert cell == text[: len(cell) - 27] + "… [suite dans passages.csv]"
        assert len(cell) == 32_767
    else:
        assert cell == text


def test_the_workbook_holds_the_same_rows_as_the_csv(folder):
    header, *rows = CalamineWorkbook.from_path(str(folder / "passages.xlsx")).get_sheet_by_index(0).to_python()
    table = read_csv(folder / "passages.csv")
    assert header == list(table[0])
    assert [row[header.index("passage")] for row in rows] == [row["passage"] for row in table]
    assert rows[0][header.index("accueil_probabilite")] == 0.93


def test_passages_come_back_from_json_lines_as_they_were(folder):
    study = small()
    assert read_passages(folder / "passages.jsonl") == tuple(zip(study.passages, study.codings, strict=True))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_come_back_from_json_lines(tmp_path_factory, text):
    from voices.exchange import lines

    path = tmp_path_factory.getbasetemp() / "un.jsonl"
    study = with_text(small(), text)
    lines.write(path, study)
    assert lines.read(path)[0][0] == study.passages[0]


def test_a_line_that_is_not_ours_is_refused_without_its_words(tmp_path):
    from voices.errors import ReadingError

    path = tmp_path / "passages.jsonl"
    path.write_text('{"texte": "mot secret"}\n', encoding="utf-8")
    with pytest.raises(ReadingError, match=r"passages\.jsonl, ligne 1") as caught:
        read_passages(path)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_quotes_are_listed_with_their_subject_and_spans(folder):
    first = read_csv(folder / "citations.csv")[0]
    assert (first["sujet"], first["libelle"], first["sens"]) == ("accueil", "Accueil", "présence")
    text = small().reading.testimonies[0].text
    start, end = map(int, first["empans"].split("-"))
    assert text[start:end] == first["citation"]


def test_what_is_to_be_reread_stands_beside_its_quote(folder):
    told = {row["passage"]: row["a_relire"] for row in read_csv(folder / "citations.csv")}
    assert told["t07-1"] == "«\u202fLe frère de Céline\u202f»\u202f: une personne est dite par son lien avec une autre"
    assert told["t01-1"] == ""


def test_the_journal_tells_each_file_and_no_word_of_a_testimony(folder):
    text = (folder / "journal.json").read_text(encoding="utf-8")
    journal = json.loads(text)
    assert [file["issue"] for file in journal["fichiers"]] == ["lu", "lu_avec_reserves", "refuse", "refuse"]
    assert journal["fichiers"][1]["reserves"] == ["Qui interroge a été deviné."]
    assert journal["comptes"]["passages"] == len(small().passages)
    assert journal["comptes"]["reponses_vides"] == 1
    assert journal["remplacements"] == {"personne": 18, "telephone": 9}
    assert journal["versions"]["voices"]
    assert not [passage.id for passage in small().passages if passage.text[:20] in text]


def test_the_journal_holds_the_settings_in_force(tmp_path):
    write_tables(small(), tmp_path, settings=load({"VOICES_GRAINE": "7"}))
    assert json.loads((tmp_path / "journal.json").read_text(encoding="utf-8"))["reglages"]["seed"] == "7"


def test_the_same_study_gives_the_same_files(folder, tmp_path):
    write_tables(small(), tmp_path)
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_an_interruption_leaves_the_former_table_whole(tmp_path, monkeypatch):
    from voices.exchange import sheets, tables

    (tmp_path / "passages.csv").write_text("l’ancien", encoding="utf-8")

    def stop(path, columns, rows):
        path.write_text("la moit", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(sheets, "write_csv", stop)
    with pytest.raises(KeyboardInterrupt):
        tables.write_all(small(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["passages.csv"]
    assert (tmp_path / "passages.csv").read_text(encoding="utf-8") == "l’ancien"

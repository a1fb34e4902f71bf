import datetime
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from voices.errors import ReadingError
from voices.ingest.sheets import MAX_CELL, read_table


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return data.getvalue()


def rows(text: str | bytes) -> list[list[str]]:
    return [list(row) for row in read_table(text.encode() if isinstance(text, str) else text).rows]


CSV = {
    "semicolons": ("a;b\n1,5;Oui, bien.\n", [["a", "b"], ["1,5", "Oui, bien."]]),
    "commas": ('a,b\n1,"Oui, bien; merci."\n', [["a", "b"], ["1", "Oui, bien; merci."]]),
    "tabulations": ("a\tb\n1\tOui, bien; merci.\n", [["a", "b"], ["1", "Oui, bien; merci."]]),
    "a BOM": ("\ufeffa;b\n1;2\n", [["a", "b"], ["1", "2"]]),
    "cells of several lines": ('a;b\n"Oui\nbien";2\n', [["a", "b"], ["Oui\nbien", "2"]]),
    "quotes in a cell": ('a;b\n"Elle dit ""oui""";2\n', [["a", "b"], ['Elle dit "oui"', "2"]]),
    "cp1252 of Excel": ("Prénom;Réponse\nZoé;Ça a été très gai\n".encode("cp1252"), [
        ["Prénom", "Réponse"], ["Zoé", "Ça a été très gai"]
    ]),
    "Windows line ends": ("a;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
    "one column of prose": ("texte\nOui, bien sûr, merci.\nNon; rien.\n", [
        ["texte"], ["Oui, bien sûr, merci."], ["Non; rien."]
    ]),
    "a separator announced": ("sep=,\na,b\n1;1,2\n", [[], ["a", "b"], ["1;1", "2"]]),
    "blank lines": ("a;b\n\n1;2\n", [["a", "b"], [], ["1", "2"]]),
    "short rows": ("a;b;c\n1;2\n1;2;3\n1;2;3\n", [["a", "b", "c"], ["1", "2"], ["1", "2", "3"], ["1", "2", "3"]]),
    "NUL bytes": ("a;b\n1\0;2\n", [["a", "b"], ["1", "2"]]),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CSV.values(), ids=CSV)
def test_separated_values_give_their_rows(text, expected):
    assert rows(text) == expected


def test_cells_of_a_workbook_read_as_a_person_sees_them():
    day, hour = datetime.datetime(2024, 3, 12), datetime.datetime(2024, 3, 12, 10, 5)
    assert rows(workbook([["a", 5, 2.5, True, day, hour]])) == [
        ["a", "5", "2.5", "oui", "2024-03-12", "2024-03-12 10:05:00"]
    ]


def test_rows_left_blank_above_are_kept_so_that_numbers_agree_with_the_sheet():
    assert [row for row in rows(workbook([[], [], ["a", "b"]])) if any(row)] == [["a", "b"]]
    assert rows(workbook([[], [], ["a", "b"]]))[2] == ["a", "b"]


def test_a_formula_gives_its_last_value():
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.add_worksheet().write_formula(0, 0, '="a"&"b"', None, "ab")
    assert rows(data.getvalue()) == [["ab"]]


def test_the_sheet_with_most_running_text_is_read_and_the_others_are_said():
    codes = [[1, 2, 3]] * 40
    answers = [["Question ?"], ["Je viens ici pour voir du monde le mardi."]]
    table = read_table(workbook(codes, answers, []))
    assert list(map(list, table.rows)) == answers
    assert table.warnings == ("Feuilles du classeur qui ne sont pas lues\u202f: la 1ʳᵉ.",)


def test_opendocument_is_read(tmp_path: Path):
    from odfdo import Document, Table

    document = Document("spreadsheet")
    document.body.clear()
    table = Table("réponses")
    table.set_values([["a", "b"], ["Zoé", 3]])
    document.body.append(table)
    document.save(tmp_path / "a.ods")
    assert rows((tmp_path / "a.ods").read_bytes()) == [["a", "b"], ["Zoé", "3"]]


def test_a_huge_cell_is_refused():
    with pytest.raises(ReadingError, match="million"):
        read_table(b"a;b\n1;" + b"x" * (MAX_CELL + 1))


def test_a_zip_bomb_is_refused():
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    with pytest.raises(ReadingError):
        read_table(data.getvalue())


@pytest.mark.parametrize("data", [b"PK\x03\x04 rien", workbook([["a"]])[:-200]], ids=["no archive", "cut short"])
def test_a_damaged_workbook_is_refused(data):
    with pytest.raises(ReadingError):
        read_table(data)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a;b\n1;"oui\n' + "2;non\n" * 30, "Un guillemet n’est jamais fermé\u202f: vérifier la fin du tableau."),
        ('a;b\n1;"oui"\n"2;"On m’a souri";"oui"\n', "Guillemets mal fermés, à la ligne 3"),
        ("a;b\n1;" + "oui " * 40_000 + "\n", None),
        ('a;b\n1;"Elle dit ""oui"", souvent"\n2;Elle dit "oui"\n3;"sur\ndeux lignes"\n', None),
    ],
    ids=["never closed", "closed too soon", "a long cell", "well used"],
)
def test_quotation_marks_that_do_not_hold_are_said(text, said):
    warnings = read_table(text.encode()).warnings
    assert warnings[0].startswith(said) if said else not warnings


CELL = st.text(alphabet="ab é;,\n\"'", max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6), st.sampled_from([";", ",", "\t"]))
def test_what_a_spreadsheet_writes_is_read_back(cells, delimiter):
    header = ["un", "deux", "trois"]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in cells]
    text = "\n".join(delimiter.join(row) for row in [header, *quoted]) + "\n"
    assert rows(text) == [header, *map(list, cells)]

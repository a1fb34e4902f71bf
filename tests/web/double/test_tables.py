"""The tables that one takes away from a double coding."""

import csv
import io
from typing import Any

import pytest

from tests.web.double.conftest import Sample
from voices.store.models import Passage, Trace

pytestmark = pytest.mark.django_db


def table(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_codings_are_a_table_with_a_line_a_person(sample: Sample):
    sample.closed()
    rows = table(sample.browser().get(sample.url("double_codings")))
    assert len(rows) == 12
    first = [row for row in rows if row["numero"] == "1"]
    assert [(row["personne"], row["accueil"], row["action"]) for row in first] == [
        ("Marie", "présence", ""),
        ("Paul", "", "manque"),
    ]
    assert Trace.objects.filter(what="Export du double codage").exists()


def test_the_differences_are_a_table_with_what_each_says_and_what_was_settled(sample: Sample):
    sample.closed()
    sample.browser(sample.lise).post(sample.url("double_settle", 1), {"code-action": "-"})
    rows = table(sample.browser().get(sample.url("double_differences_csv")))
    assert [
        (row["numero"], row["code"], row["Marie"], row["Paul"], row["tranche"], row["tranche_par"]) for row in rows
    ] == [
        ("1", "accueil", "présence", "absent", "absent", "Lise"),
        ("1", "action", "absent", "manque", "manque", "Lise"),
        ("2", "accueil", "présence", "absent", "", ""),
        ("2", "action", "absent", "manque", "", ""),
    ]


@pytest.mark.parametrize("name", ["double_codings", "double_differences_csv"])
def test_no_cell_is_a_formula(sample: Sample, name: str):
    Passage.objects.update(text="=1+1")
    sample.marie.name = "@marie"
    sample.marie.save()
    for order in sample.orders():
        sample.code(sample.marie, order, accueil="+", commentaire="=HYPERLINK(1)")
        sample.code(sample.paul, order)
    sample.browser().post(sample.url("double_close"))
    text = b"".join(sample.browser().get(sample.url(name))).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert "'=1+1" in cells
    assert "'@marie" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)

"""The table of ASVS: each requirement once, in order, and each test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "securite" / "asvs.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in PAGE.splitlines() if line[:3] == "| V"
]
STATES = {"oui", "en partie", "non", "sans objet"}
LEVELS = {"1": 70, "2": 183}
"""How many requirements of each level ASVS 5.0.0 has."""


@cache
def _tests(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_every_requirement_of_levels_one_and_two_is_there_once_and_in_order():
    numbers = [tuple(map(int, row[0].removeprefix("V").split("."))) for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert {number[0] for number in numbers} == set(range(1, 18))
    assert {level: sum(row[1] == level for row in ROWS) for level in LEVELS} == LEVELS


def test_each_says_whether_it_is_met_and_how():
    for number, _, what, state, how, test in ROWS:
        assert state in STATES, number
        assert what, number
        assert how, number
        assert not (test and state == "non"), number


def test_each_test_that_is_named_exists():
    named = [cell for row in ROWS for cell in re.findall(r"`(tests/[^`]+)`", row[5])]
    assert len(named) > 80
    for one in named:
        path, _, name = one.partition("::")
        assert name in _tests(path), one


def test_the_figures_at_its_head_are_those_of_its_rows():
    counted = {state: sum(row[3] == state for row in ROWS) for state in STATES}
    assert f"{len(ROWS)} exigences" in PAGE
    assert f"{counted['oui']} tenues, {counted['en partie']} en partie, {counted['non']} non tenues" in PAGE


def test_the_pages_beside_it_are_linked():
    threats = (ROOT / "docs" / "securite" / "menaces.md").read_text(encoding="utf-8")
    for page in re.findall(r"\]\(([a-z]+\.(?:md|json))\)", threats + PAGE):
        assert (ROOT / "docs" / "securite" / page).exists(), page

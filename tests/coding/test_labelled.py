import json
from pathlib import Path

import pytest

from voices import coding
from voices.domain import Sense
from voices.errors import ReadingError

ROW = {"testimony_id": "W1-001", "passage_no": 1, "text": "Bonjour.", "codes": {"accueil": "±"}}


def _write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_row_becomes_a_labelled_passage(tmp_path):
    row = {**ROW, "confiance": True, "subcodes": ["soi"], "question": "Et vous ?", "autre": 1}
    (one,) = coding.read_labelled(_write(tmp_path / "p.jsonl", row))
    assert (one.testimony_id, one.number, one.text, one.question) == ("W1-001", 1, "Bonjour.", "Et vous ?")
    assert one.codes == {"accueil": Sense.MIXED}
    assert (one.trust, one.subcodes, one.writer_set) == (True, ("soi",), "W1")


def test_the_passage_before_comes_from_the_same_testimony_only(tmp_path):
    rows = [ROW, {**ROW, "passage_no": 2, "text": "Puis."}, {**ROW, "testimony_id": "W1-002", "text": "Autre."}]
    found = coding.read_labelled(_write(tmp_path / "p.jsonl", *rows))
    assert [one.previous for one in found] == [None, "Bonjour.", None]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"text": " "}, "« text »", id="no text"),
        pytest.param({"testimony_id": 3}, "« testimony_id »", id="an id that is a number"),
        pytest.param({"passage_no": True}, "« passage_no »", id="a number that is a flag"),
        pytest.param({"codes": None}, "« codes »", id="no codes"),
        pytest.param({"codes": {"argent": "+"}}, "« argent »", id="unknown code"),
        pytest.param({"codes": {"accueil": "++"}}, "sens inconnu", id="unknown sense"),
        pytest.param({"codes": {"accueil": []}}, "sens inconnu", id="a sense that is a list"),
        pytest.param({"subcodes": ["lien"]}, "« lien » sans son code", id="sub-code without its code"),
        pytest.param({"subcodes": ["x"]}, "sous-code inconnu", id="unknown sub-code"),
        pytest.param({"subcodes": "soi"}, "n’est pas une liste", id="sub-codes that are a word"),
        pytest.param({"confiance": "oui"}, "« confiance »", id="trust that is a word"),
        pytest.param({"question": 4}, "« question »", id="a question that is a number"),
    ],
)
def test_a_faulty_row_is_told_by_its_line(tmp_path, change, said):
    with pytest.raises(ReadingError) as caught:
        coding.read_labelled(_write(tmp_path / "p.jsonl", {**ROW, "passage_no": 7}, {**ROW, **change}))
    problem = caught.value.problem.replace("\u202f", " ")
    assert "ligne 2 :" in problem
    assert said in problem
    assert "ligne 1" not in problem


def test_every_faulty_line_is_told(tmp_path):
    path = tmp_path / "p.jsonl"
    path.write_text('{"a"\n[]\n\n' + json.dumps(ROW) + "\n" + json.dumps(ROW) + "\n", encoding="utf-8")
    with pytest.raises(ReadingError) as caught:
        coding.read_labelled(path)
    assert [f"ligne {number}" in caught.value.problem for number in (1, 2, 3, 4, 5)] == [True, True, False, False, True]


def test_errors_hold_no_words_of_a_testimony(tmp_path):
    with pytest.raises(ReadingError) as caught:
        coding.read_labelled(_write(tmp_path / "p.jsonl", {**ROW, "text": "Secret de Rose", "codes": 1}))
    assert "Rose" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "ne s’ouvre pas", id="no file"),
        pytest.param(b"\xe9", "UTF-8", id="not UTF-8"),
        pytest.param(b"\n", "aucun passage", id="empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content, said):
    path = tmp_path / "p.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadingError, match=said):
        coding.read_labelled(path)

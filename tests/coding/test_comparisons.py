"""The learning curve and the comparison of ways, on the tiny set."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks import curve, setfit, ways
from benchmarks.heads import calibrated, thresholds, whole_of

from tests.coding.fakes import labelled
from voices import coding
from voices.coding.fitting import layout_of, tabulate
from voices.coding.folds import writer_splits

WRITTEN = [replace(one, testimony_id=f"V1-{one.testimony_id}", text=f"Alors : {one.text}") for one in labelled()]


@pytest.fixture(scope="module")
def given(encoder):
    table = whole_of(tabulate(labelled(), encoder), tabulate(WRITTEN, encoder))
    return curve.Given(table, table.truth(layout_of(coding.codebook())), len(labelled()))


@pytest.mark.parametrize("size", [1, 4, 5, 50])
def test_whole_testimonies_are_drawn_just_enough(size):
    passages = labelled()
    rows = curve.drawn(passages, np.arange(len(passages)), size, seed=3)
    names = {passages[row].testimony_id for row in rows}
    assert size <= len(rows) < size + 4
    assert len(rows) == 4 * len(names)
    assert rows.tolist() == curve.drawn(passages, np.arange(len(passages)), size, seed=3).tolist()


def test_more_passages_are_learnt_along_the_curve(given):
    sets = [split for _, split in writer_splits(labelled())]
    points = curve.curve(given, sets, (60, 1000), 1)
    assert [(one.learnt, one.draws) for one in points] == [(60, 3), (160, 1)]
    assert points[-1].f1[0] > 0.9
    text = curve.page(points, ["accueil", "appartenance", "action", "confiance"], 96, 96, "le 23/11/2026")
    assert "| 60 | 3 | " in text
    assert "| 160 | 1 | " in text


def test_a_draw_never_holds_the_set_judged(given):
    split = dict(writer_splits(labelled()))["W2"]
    pool = np.concatenate([split[0], np.arange(given.gold, len(given.table.passages))])
    sets = {given.table.passages[row].writer_set for row in curve.drawn(given.table.passages, pool, 80, seed=3)}
    assert "W2" not in sets


def test_calibrated_log_odds_keep_their_order_and_thresholds_find_what_is_there():
    truth = np.array([[False], [False], [False], [True], [True], [True]] * 10)
    inner = np.where(truth, 5.0, 1.0)
    one, other = calibrated(inner, np.array([[1.0], [5.0], [9.0]]), truth)
    assert (np.diff(other[:, 0]) > 0).all()
    assert ((one >= thresholds(one, truth)) == truth).all()


def _scores(path, rows):
    layout = layout_of(coding.codebook())
    present = np.array([[4.0 if name in one.codes else -4.0 for name in layout.present] for one in rows])
    np.savez(path, ids=[f"{one.testimony_id}.{one.number}" for one in rows], present=present)
    return f"sait tout={path}"


def test_ways_are_compared_on_the_same_sets(encoder, tmp_path):
    gold = labelled()
    told = ways.read_scores([_scores(tmp_path / "s.npz", gold[::-1])], gold)
    given = ways.given_of(gold, WRITTEN, {"mots": encoder}, told)
    sets = [split for _, split in writer_splits(gold)]
    parts = [ways.judge(given, (split, True)) for split in sets]
    names = ways.ways(["mots"], ["sait tout"])
    assert list(names) == [
        "n-grammes", "mots sans contexte", "mots", "sait tout",
        "mots + n-grammes", "sait tout + n-grammes", "mots + sait tout + n-grammes",
    ]  # fmt: skip
    lines = {
        name: ways.line(name, some, sets, parts, given, learnt=ways.BOTH, timed={"mots": 50.0})
        for name, some in names.items()
    }
    assert lines["sait tout"].f1 == lines["sait tout"].precision == 1
    assert (lines["sait tout"].sense, lines["sait tout"].speed, lines["sait tout"].learnt) == (
        None,
        None,
        "written seul",
    )
    assert lines["mots + n-grammes"].f1 > 0.9
    assert lines["mots + n-grammes"].speed == 50
    assert lines["n-grammes"].sense is not None
    assert ways.learnt_from(names["sait tout"], given) == ["gold seul"]
    assert len(ways.learnt_from(names["mots"], given)) == 2
    assert len(ways.learnt_from(names["mots + n-grammes"], given)) == 3
    text = ways.page([*lines.values()], layout_of(coding.codebook()).present, 96, 96, "le 23/11/2026")
    assert "| sait tout | written seul | 1,00 | 1,00 | — | 1,00 |" in text


def test_a_way_without_a_score_for_each_passage_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="no score for 95"):
        ways.read_scores([_scores(tmp_path / "s.npz", labelled()[:1])], labelled())


def test_sets_left_out_together_are_never_learnt_from():
    gold = labelled()
    kept = dict(writer_splits(gold))
    assert setfit.parted(["W1", "W2", "W3", "W4"], 3) == [["W1", "W4"], ["W2"], ["W3"]]
    learn, judge = setfit.together([kept["W1"], kept["W3"]])
    assert {gold[row].writer_set for row in learn} == {"W2"}
    assert {gold[row].writer_set for row in judge} == {"W1", "W3"}

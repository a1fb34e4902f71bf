"""Reinert's descent: the same as the R implementation's, cut by cut, and what it must be by its definition."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from voices.lexicon import descending, double, segments
from voices.lexicon.descending import Rules, descend

REFERENCE = json.loads(Path(__file__).with_name("rainette_reference.json").read_text(encoding="utf-8"))
DOCUMENTS = np.array(REFERENCE["testimonies"].split(), dtype=np.int64)
RULES = Rules(least_cut=REFERENCE["parameters"]["min_split_members"])
CLASSES = REFERENCE["parameters"]["k"]

# The table of rainette's own tests (tests/testthat/test_rainette1.R), and what they expect of it.
MINI = sparse.csr_array(
    np.array(
        [
            [1, 1, 1, 0, 0],
            [0, 0, 1, 1, 0],
            [1, 0, 0, 0, 0],
            [1, 1, 1, 1, 0],
            [1, 1, 1, 1, 1],
            [1, 0, 0, 0, 0],
            [1, 1, 1, 0, 0],
        ]
    )
)


def table(held: str) -> sparse.csr_array:
    rows = [[] if one == "-" else [int(word) for word in one.split(",")] for one in held.split()]
    where = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return sparse.csr_array((np.ones(len(where)), (where, [word for row in rows for word in row])))


def joined(counts: sparse.csr_array, units: np.ndarray) -> sparse.csr_array:
    where = counts.tocoo()
    shape = (units.max() + 1, counts.shape[1])
    return sparse.coo_array((where.data, (units[where.coords[0]], where.coords[1])), shape=shape).tocsr()


def same_partition(told: str, labels: np.ndarray) -> bool:
    """Whether both tell the same classes, however they number them; - is none."""
    pairs = set(zip(told, labels.tolist(), strict=True))
    unclassed = all((one == "-") == (other == -1) for one, other in pairs)
    return unclassed and len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def by_size(least: int) -> tuple[descending.Descent, np.ndarray]:
    counts = table(REFERENCE["segments"])
    sizes = counts.sum(axis=1).astype(np.int64)
    units = segments.join(sizes, DOCUMENTS, least)
    return descend(joined(counts, units), classes=CLASSES, rules=RULES), units


def test_the_cut_that_rainette_expects_of_its_own_example():
    descent = descend(MINI, classes=2, rules=Rules(least_cut=3))
    assert descent.labels(descent.leaves()).tolist() == [0, 0, 1, 0, 0, 1, 0]
    large, small = (descent.nodes[leaf] for leaf in descent.leaves())
    assert (large.words.tolist(), small.words.tolist()) == ([1, 2, 3], [])


def test_the_words_that_rainette_expects_each_side_to_keep():
    second = np.zeros(7, dtype=bool)
    second[[6, 0]] = True
    counts = [MINI[side].sum(axis=0) for side in (~second, second)]
    first, other = descending.own_words(*counts)
    assert np.flatnonzero(first).tolist() == [0, 2, 3]
    assert not other.any()


@pytest.mark.parametrize("least", [0, 10, 15])
def test_every_cut_is_that_of_the_r_implementation(least):
    expected = REFERENCE["mended"][str(least)]
    descent, units = by_size(least)
    assert units.max() + 1 == expected["units"]
    assert [descent.nodes[node].chi2 for node in descent.cuts] == pytest.approx(expected["chi2"], rel=1e-9)
    for step, groups in enumerate(expected["groups"]):
        assert same_partition(groups, descent.labels(descent.leaves(step + 2))[units])


@pytest.mark.parametrize("least", [0, 10, 15])
def test_the_axis_and_the_first_cut_are_those_of_rainette_as_published(least):
    counts = table(REFERENCE["segments"])
    units = joined(counts, segments.join(counts.sum(axis=1).astype(np.int64), DOCUMENTS, least))
    units = sparse.csr_array(units[units.sum(axis=1) > 0] > 0, dtype=np.float64)
    cut = descending.bipartition(units)
    assert cut is not None
    assert cut.first_chi2 == pytest.approx(REFERENCE["published"][str(least)]["chi2_of_cut"][0], rel=1e-9)
    assert cut.chi2 >= REFERENCE["published"][str(least)]["chi2_true"][0] * (1 - 1e-9)


@pytest.mark.parametrize("kind", ["full", "classical"])
def test_double_classes_are_those_of_the_r_implementation(kind):
    inside = [classes_met(*by_size(least)) for least in (10, 15)]
    candidates = double.crossings(*inside, full=kind == "full")
    assert len(candidates) == REFERENCE["double"][kind]["candidates"]
    for expected in REFERENCE["double"][kind]["partitions"]:
        strongest = double.partition(candidates, expected["k"])
        largest = double.partition(candidates, expected["k"], best=double.Best.SIZE)
        assert strongest is not None
        assert largest is not None
        assert strongest.chi2 == pytest.approx(expected["chi2"])
        assert same_partition(expected["groups"], strongest.labels(len(DOCUMENTS)))
        assert largest.size == expected["size"]
        assert largest.chi2 == pytest.approx(expected["chi2_of_size"])
    assert double.partition(candidates, REFERENCE["double"][kind]["partitions"][-1]["k"] + 1) is None


def classes_met(descent: descending.Descent, units: np.ndarray) -> list[np.ndarray]:
    met = dict.fromkeys(leaf for k in range(2, len(descent.cuts) + 2) for leaf in descent.leaves(k))
    return [np.isin(units, descent.nodes[node].members) for node in met]


small_tables = st.integers(0, 10_000).map(
    lambda seed: sparse.csr_array(np.random.default_rng(seed).random((30, 12)) < 0.35, dtype=np.float64)
)


@given(small_tables)
@settings(max_examples=40, deadline=None)
def test_the_chi_square_of_a_cut_is_scipys(counts):
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    cut = descending.bipartition(sparse.csr_array(counts))
    assert cut is not None
    sides = np.array([counts[side].sum(axis=0) for side in (~cut.second, cut.second)])
    assert cut.chi2 == pytest.approx(stats.chi2_contingency(sides, correction=False).statistic)
    assert cut.chi2 >= cut.first_chi2 * (1 - 1e-9)


@given(small_tables)
@settings(max_examples=40, deadline=None)
def test_no_exchange_would_make_the_cut_better(counts):
    counts = sparse.csr_array(counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0])
    cut = descending.bipartition(counts)
    assert cut is not None
    for row in range(counts.shape[0]):
        moved = cut.second.copy()
        moved[row] = ~moved[row]
        assert descending.chi_square(counts, moved) <= cut.chi2 * (1 + 1e-9)


@given(small_tables)
@settings(max_examples=40, deadline=None)
def test_the_parts_of_a_class_are_in_it_and_apart(counts):
    descent = descend(counts, classes=5)
    for node in descent.cuts:
        first, second = (set(descent.nodes[part].members.tolist()) for part in descent.parts(node))
        assert not first & second
        assert first | second <= set(descent.nodes[node].members.tolist())
    labels = descent.labels(descent.leaves())
    assert {rank for rank in labels.tolist() if rank >= 0} == set(range(len(descent.leaves())))


@pytest.mark.parametrize(("blocks", "words"), [(2, 8), (3, 20), (5, 30)])
def test_groups_that_share_no_word_are_found(blocks, words):
    chance = np.random.default_rng(blocks)
    truth = np.arange(60 * blocks) % blocks
    held = np.zeros((len(truth), blocks * words))
    for row, block in enumerate(truth):
        held[row, block * words + chance.choice(words, 5, replace=False)] = 1
    descent = descend(sparse.csr_array(held), classes=blocks)
    pairs = set(zip(truth.tolist(), descent.labels(descent.leaves()).tolist(), strict=True))
    assert len(pairs) == blocks


def test_what_tells_nothing_apart_is_not_cut():
    assert descend(sparse.csr_array(np.ones((20, 6)))).leaves() == (0,)
    assert descend(sparse.csr_array((0, 0))).leaves() == (0,)


def test_shards_are_not_counted_as_classes():
    counts = table(REFERENCE["segments"])
    plain = descend(counts, classes=4)
    further = descend(counts, classes=4, smallest=25)
    sizes = [len(further.nodes[leaf].members) for leaf in further.leaves()]
    assert len(plain.leaves()) == 4
    assert sum(size >= 25 for size in sizes) == 4

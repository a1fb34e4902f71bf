"""Lexical classes as a person reads them: words, segments, crossings, picture, and what is told where it goes wrong."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from tests.lexicon.made import words_of
from voices.domain import STABLE, Passage
from voices.errors import SettingsError
from voices.lexicon import classes, parts, profiles, segments
from voices.lexicon.classes import Choices
from voices.lexicon.dendrogram import draw
from voices.lexicon.words import KINDS, Words

WORLDS = (
    ("tomate", "jardin", "arroser/arroser/VERB", "graine", "bêche", "semis"),
    ("café", "table", "parler/parler/VERB", "voisin", "chaise", "tasse"),
    ("dossier", "aide", "signer/signer/VERB", "caisse", "euro", "lettre"),
)


def corpus(n=90, seed=3, size=5) -> Words:
    """Passages that each draw their words from one of three worlds, three passages a testimony."""
    chance = np.random.default_rng(seed)
    texts = [" ".join(chance.choice(WORLDS[row // 3 % 3], size, replace=False)) for row in range(n)]
    words = words_of(texts)
    named = [
        replace(passage, id=f"p{at:03}", testimony_id=f"t{at // 3:02}", number=at % 3 + 1)
        for at, passage in enumerate(words.passages)
    ]
    return replace(words, passages=tuple(named))


def shuffled(words: Words, order: list[int]) -> Words:
    """The same passages, in another order."""
    stretches = [np.arange(words.bounds[at], words.bounds[at + 1]) for at in order]
    taken = np.concatenate(stretches)
    columns = {name: getattr(words, name)[taken] for name in ("form", "lemma", "kind", "start", "end", "mark")}
    bounds = np.cumsum([0, *(len(stretch) for stretch in stretches)])
    return replace(words, passages=tuple(words.passages[at] for at in order), bounds=bounds, **columns)


@pytest.fixture(scope="module")
def found():
    return classes.find(corpus(), choices=Choices(classes=3))


def test_three_worlds_make_three_classes_with_their_words(found):
    assert len(found) == 3
    assert found.profiles.sizes.tolist() == [30, 30, 30]
    assert found.unclassed == 0
    worlds = {frozenset(word.split("/")[0] for word in world) for world in WORLDS}
    assert {frozenset(found.words_of(rank)) for rank in range(3)} == worlds
    assert not set(found.words_of(0)) & set(found.words_of(0, missing=True))


@given(st.permutations(range(90)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_passages_changes_nothing(order):
    words = corpus(size=3)
    one, other = (
        classes.find(some, choices=Choices(classes=4, resamples=3)) for some in (words, shuffled(words, list(order)))
    )
    assert one.labels.tolist() == other.labels.tolist()
    assert list(one.rows()) == list(other.rows())
    assert list(one.listing().rows()) == list(other.listing().rows())


def test_a_double_classification_keeps_what_both_find():
    found = classes.find(corpus(), choices=Choices(classes=3, second_unit=15))
    assert found.profiles.sizes.tolist() == [30, 30, 30]
    assert found.tree is None
    assert "double" in found.method


def test_typical_segments_are_verbatim_and_of_their_class(found):
    for rank in range(3):
        for one in found.typical(rank, 4):
            passage = next(some for some in found.passages if some.id == one.passage_id)
            assert one.text == passage.text[one.start : one.end]
            assert one.text.split()[0] in found.words_of(rank)


def test_the_listing_has_every_segment_once(found):
    lines = list(found.listing().rows())
    assert len({(line[1], line[2]) for line in lines}) == len(lines) == len(found.segments)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_a_words_chi_square_is_scipys(seed):
    chance = np.random.default_rng(seed)
    present = sparse.csr_array((chance.random((40, 6)) < 0.4).astype(np.int64))
    labels = chance.integers(-1, 3, 40)
    labels[:3] = [0, 1, 2]
    told = profiles.profile(present, labels)
    classed, dense = labels >= 0, present.toarray()
    for rank in range(3):
        for word in range(6):
            said, member = dense[classed, word] > 0, labels[classed] == rank
            table = np.array([[(said == a)[member == b].sum() for a in (True, False)] for b in (True, False)])
            if (table.sum(axis=0) == 0).any():
                assert told.chi2[rank, word] == 0
                continue
            expected = stats.chi2_contingency(table, correction=False)
            assert abs(told.chi2[rank, word]) == pytest.approx(expected.statistic, abs=1e-9)
            assert (told.chi2[rank, word] < -1e-9) == (table[0, 0] < expected.expected_freq[0, 0] - 1e-9)
            assert told.chances[rank, word] == pytest.approx(expected.pvalue)


def test_crossings_count_segments_and_test_testimonies(found):
    names = [("jardin" if passage.testimony_id < "t15" else "café",) for passage in found.passages]
    garden = ["au jardin" if found.labels[at] == found.labels[0] else "ailleurs" for at in range(len(found.segments))]
    same = profiles.cross(found.segments, found.labels, parts.named([(name,) for name in garden]), "lieu")
    rows = [dict(zip(same.columns, row, strict=True)) for row in same.rows()]
    first = next(row for row in rows if row["partie"] == "au jardin")
    assert (first["classe"], first["segments"], first["part_de_la_partie"], first["part_ailleurs"]) == (1, 30, 1.0, 0.0)
    assert (first["temoignages"], first["temoignages_de_la_partie"], first["tient"]) == (10, 10, "oui")
    assert first["chi2"] == pytest.approx(90, abs=0.01)
    apart = profiles.cross(found.segments, found.labels, parts.named(names), "lieu")
    assert not apart.holds.any()
    assert profiles.together([same, apart]).columns[0] == "selon"


def test_segments_of_one_testimony_do_not_count_as_many():
    """Ten testimonies of six segments, all of one class: no more is known than from ten segments."""
    classes_of = sparse.csr_array(np.repeat([[1, 0], [0, 1]], [30, 30], axis=0))
    parts_of = sparse.csr_array(np.repeat([[1, 0], [0, 1]] * 5, 6, axis=0))
    alone = sparse.csr_array(np.eye(60, dtype=np.int64))
    together = sparse.csr_array(np.kron(np.eye(10, dtype=np.int64), np.ones((1, 6), dtype=np.int64)))
    assert profiles.design_effects(alone, classes_of, parts_of) == pytest.approx(1)
    assert profiles.design_effects(together, classes_of, parts_of) == pytest.approx(6)


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_the_design_effect_is_that_of_its_definition(seed):
    chance = np.random.default_rng(seed)
    testimony, y, x = chance.integers(0, 8, 40), chance.random(40) < 0.4, chance.random(40) < 0.5
    if len({True, False} & set(y)) < 2 or len({True, False} & set(x)) < 2:
        return
    told = sparse.csr_array((testimony == np.arange(8)[:, None]).astype(np.int64))
    columns = [sparse.csr_array(one[:, None].astype(np.int64)) for one in (y, x)]
    apart = (y - y.mean()) * (x - x.mean())
    clusters = sum(apart[testimony == one].sum() ** 2 for one in range(8))
    expected = max(1, clusters / (40 * y.mean() * (1 - y.mean()) * x.mean() * (1 - x.mean())))
    assert profiles.design_effects(told, *columns)[0, 0] == pytest.approx(expected)


def test_nothing_is_claimed_of_a_part_that_few_tell(found):
    few = [("peu",) if passage.testimony_id < "t03" else ("assez",) for passage in found.passages]
    rows = profiles.cross(found.segments, found.labels, parts.named(few), "lieu").rows()
    assert {(row[-2], row[-1]) for row in rows} == {(None, "non")}


def test_the_picture_tells_in_words_what_it_draws(found):
    svg = draw(found)
    root = ET.fromstring(svg)
    name = {"svg": "http://www.w3.org/2000/svg"}
    title, told = root.find("svg:title", name), root.find("svg:desc", name)
    assert title is not None
    assert told is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert "Une coupure sépare" in (told.text or "")
    assert len(root.findall("svg:path", name)) == 2
    written = " ".join(text.text or "" for text in root.findall("svg:text", name))
    assert all(word in written for rank in range(3) for word in found.words_of(rank))
    assert "style=" not in svg


def test_a_class_that_holds_too_much_is_told():
    told = profiles.profile(sparse.csr_array(np.ones((10, 1), dtype=np.int64)), np.array([0] * 8 + [1, 1]))
    assert "80\u202f%" in classes._notes(told, (), Choices(classes=2))[0]


def test_classes_that_do_not_hold_are_told(found):
    assert found.stability == (1.0, 1.0, 1.0)
    assert found.notes == ()
    words = corpus()
    drawn = np.random.default_rng(5).permutation(len(words))
    blurred = replace(words, form=words.form[drawn], lemma=words.lemma[drawn])
    told = classes.find(blurred, choices=Choices(classes=3))
    assert max(told.stability) < STABLE
    assert f"{len(told)} classes sur {len(told)} ne tiennent pas" in told.notes[-1]


def test_stability_is_the_best_jaccard_index():
    one, other = np.array([0, 0, 0, 1, 1, -1]), np.array([1, 1, 0, 0, 0, 0])
    assert classes._nearest(one, other, 2).tolist() == [2 / 3, 2 / 4]
    assert classes._nearest(one, np.full(6, -1), 2).tolist() == [0, 0]


def test_too_little_is_refused_with_a_remedy():
    with pytest.raises(SettingsError, match="trop peu"):
        classes.find(corpus(9))


def test_what_stands_in_brackets_is_nobodys_word():
    text = "viens rue [adresse] demain"
    found = segments.spoken(one_passage(text))
    assert [text[start:end] for start, end in zip(found.start, found.end, strict=True)] == ["viens", "rue", "demain"]
    assert found.bounds.tolist() == [0, 3]


def one_passage(text: str) -> Words:
    """A passage and its words, brackets left in the text."""
    spans = [
        (text.index(word), text.index(word) + len(word)) for word in text.replace("[", "").replace("]", "").split()
    ]
    forms = tuple(text[start:end] for start, end in spans)
    numbers = np.arange(len(forms), dtype=np.int32)
    starts, ends = (np.array(one, dtype=np.int32) for one in zip(*spans, strict=True))
    passage = Passage("p", "t", 1, 0, len(text), text, 0, ((0, len(text)),))
    kinds = np.full(len(forms), KINDS.index("NOUN"), dtype=np.int8)
    bounds = np.array([0, len(forms)])
    return Words((passage,), bounds, forms, forms, numbers, numbers, kinds, starts, ends, np.zeros_like(kinds))


def test_fewer_classes_than_asked_is_told_with_why():
    told = profiles.profile(sparse.csr_array(np.ones((10, 1), dtype=np.int64)), np.array([0] * 5 + [1] * 5))
    assert classes._notes(told, (), Choices(classes=2)) == ()
    assert "2 classes pour 6 demandées" in classes._notes(told, (), Choices())[0]
    assert "toutes deux" in classes._notes(told, (), Choices(second_unit=15))[0]


def test_classes_show_no_testimony_of_themselves():
    found = classes.find(corpus(), choices=Choices(classes=3, resamples=0))
    assert repr(found) == "Classes(3 classes, 90 segments classés sur 90)"
    assert all(one.text not in repr((one, found.listing(), found.segments)) for one in found.typical(0))

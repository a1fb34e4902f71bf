"""Words said together, their graph, and its pictures."""

import math
import xml.etree.ElementTree as ET
from itertools import combinations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.lexicon.made import words_of
from voices.errors import SettingsError
from voices.lexicon import network, plane
from voices.lexicon.cooccurrence import likelihood, pairs
from voices.lexicon.correspondence import of_parts
from voices.lexicon.drawing import box
from voices.lexicon.parts import named
from voices.lexicon.similarity import as_networkx, graph, graphml
from voices.lexicon.table import count

SVG = "{http://www.w3.org/2000/svg}"
SAID = [
    *(["soupe pain"] * 6 + ["soupe sel"] * 4 + ["pain sel"] * 2 + ["vélo frein"] * 5 + ["vélo roue"] * 4),
    *(["frein roue"] * 3 + ["soupe vélo"] * 3 + ["soupe soupe", "pain", "frein|soupe pain"]),
]


def of(said, **choice):
    return pairs(count(words_of(said), least=1), **{"least": 1, **choice})


def told(found):
    return {(row[0], row[1]): row for row in found.rows()}


def test_words_are_counted_together_once_a_passage():
    row = told(of(SAID))[("soupe", "pain")]
    assert row[2:6] == (7, 15, 10, round(15 * 10 / 30, 2))
    assert row[8] == round(7 / 18, 4)


def test_within_sentences_less_goes_together():
    words = words_of(SAID)
    table = count(words, least=1, documents=words.sentence)
    assert told(pairs(table, least=1)).get(("soupe", "frein")) is None
    assert told(of(SAID))[("soupe", "frein")][2] == 1


def test_the_least_is_kept():
    assert {row[2] for row in of(SAID, least=3).rows()} == {3, 4, 5, 7}


def test_likelihood_is_dunning_s():
    # Dunning (1993), table of the Swiss corpus, « the swiss »: 110, 2442, 111, 29114 gives 270.72.
    k, a, b, c = 110, 2442, 111, 29114
    found = likelihood(np.array([k]), np.array([k + a]), np.array([k + b]), k + a + b + c)
    assert float(found[0]) == pytest.approx(270.72, abs=0.01)


@given(some.integers(0, 30), some.integers(0, 30), some.integers(0, 30), some.integers(0, 30))
def test_likelihood_has_the_sign_of_the_association(k, a, b, c):
    n, m, units = k + a, k + b, k + a + b + c
    if not units:
        return
    found = float(likelihood(np.array([k]), np.array([n]), np.array([m]), units)[0])
    assert math.isfinite(found)
    if k * units != n * m:
        assert (found > 0) is (k * units > n * m)


def test_one_word_has_its_own_pairs():
    rows = list(of(SAID).around("vélo").rows())
    assert {row[0] for row in rows} == {"vélo"}
    assert {row[1] for row in rows} == {"frein", "roue", "soupe"}
    with pytest.raises(SettingsError):
        of(SAID).around("zèbre")


@settings(deadline=None, max_examples=50)
@given(some.lists(some.sets(some.sampled_from("abcdefgh"), min_size=2, max_size=4), min_size=1, max_size=25))
def test_the_tree_is_a_maximum_spanning_one(said):
    found = graph(of([" ".join(sorted(one)) for one in said]), index="cooccurrences")
    whole = as_networkx(found, tree=False)
    expected = networkx.maximum_spanning_tree(whole).size(weight="weight")
    tree = as_networkx(found)
    assert networkx.is_forest(tree)
    assert networkx.number_connected_components(tree) == networkx.number_connected_components(whole)
    assert tree.size(weight="weight") == pytest.approx(expected)
    assert sorted(word for words in found.communities() for word in words) == sorted(whole)


def test_communities_are_what_goes_together():
    assert [set(words) for words in graph(of(SAID), index="cooccurrences").communities()] == [
        {"soupe", "pain", "sel"},
        {"vélo", "frein", "roue"},
    ]


@pytest.mark.parametrize("asked", [{"index": "phi"}, {"words": 1}], ids=str)
def test_a_graph_that_cannot_be_is_told(asked):
    with pytest.raises(SettingsError):
        graph(of(SAID), **asked)


def test_the_graph_is_read_by_others():
    found = graph(of(SAID), index="cooccurrences")
    read = networkx.parse_graphml(graphml(found).decode())
    assert read.nodes["soupe"]["occurrences"] == 15
    assert read.edges["soupe", "pain"] == {"weight": 7.0, "arbre": True}
    assert len(read.edges) == len(found.links)


def pictures():
    table = count(words_of(SAID), least=1)
    parts = named([(f"lieu {at % 4}",) for at in range(len(SAID) - 1)] + [("(non dit)",)])
    return [network.draw(graph(of(SAID))), plane.draw(of_parts(table, parts))]


@pytest.mark.parametrize("at", [0, 1], ids=["graph", "plane"])
def test_a_picture_is_told_and_has_no_style(at):
    svg = ET.fromstring(pictures()[at])
    named_by = svg.attrib["aria-labelledby"].split()
    assert [svg.find(f"{SVG}{name}").attrib["id"] for name in ("title", "desc")] == named_by  # type: ignore[union-attr]
    assert not [one for one in svg.iter() if "style" in one.attrib or one.tag in (f"{SVG}style", f"{SVG}script")]
    assert svg.attrib["role"] == "img"
    assert {"soupe", "vélo"} <= {one.text for one in svg.iter(f"{SVG}text")}
    assert pictures()[at] == pictures()[at]


def test_words_of_a_graph_do_not_cover_each_other():
    letters = "abcdefghij"
    said = [f"{one * 5} {other * 5}" for one, other in combinations(letters, 2)]
    svg = ET.fromstring(network.draw(graph(of(said), index="cooccurrences")))
    boxes = [
        box(one.text or "", float(one.attrib["font-size"]) * 0.9, float(one.attrib["x"]), float(one.attrib["y"]))
        for one in svg.iter(f"{SVG}text")
    ]
    assert len(boxes) == 10
    assert not svg.findall(f".//{SVG}circle")
    assert not [pair for pair in combinations(boxes, 2) if pair[0].covers(pair[1])]


def test_a_word_without_room_is_a_dot_that_tells_its_name():
    """A star of a hundred and twenty long words: those said most are written, none over another, none lost."""
    words = [f"{one}{other}" * 9 for one, other in combinations("abcdefghijklmnopqr", 2)][:120]
    said = [f"centre {word}" for at, word in enumerate(words) for _ in range(2 + at % 3)]
    svg = ET.fromstring(network.draw(graph(of(said), index="cooccurrences", words=121)))
    written = list(svg.iter(f"{SVG}text"))
    dots = [dot.findtext(f"{SVG}title") for dot in svg.iter(f"{SVG}circle")]
    assert dots
    assert {one.text for one in written} | set(dots) == {"centre", *words}
    boxes = [
        box(one.text or "", float(one.attrib["font-size"]) * 0.9, float(one.attrib["x"]), float(one.attrib["y"]))
        for one in written
    ]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].covers(pair[1])]

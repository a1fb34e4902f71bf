"""The graph of words said together, cut to its strongest links: « analyse de similitude ».

Flament, C. (1981), « L'analyse de similitude : une technique pour les recherches sur les représentations sociales »,
Cahiers de psychologie cognitive 1(4), 375-395; as IRaMuTeQ draws it: words, the maximum spanning tree of their links,
and communities of it (here by greedy modularity: Clauset, Newman and Moore 2004).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from voices.errors import SettingsError
from voices.lexicon.cooccurrence import Pairs
from voices.lexicon.table import Cell

if TYPE_CHECKING:
    import networkx

WORDS = 60
"""Words of a graph, at most: more cannot be read."""
INDICES: Mapping[str, str] = {"cooccurrences": "together", "jaccard": "jaccard", "score": "score", "g2": "likelihood"}
"""What weighs a link, as it is asked for; a link that weighs nothing, or less, is none.

By plain counts, as IRaMuTeQ does unless asked otherwise, the tree is mostly a star about the commonest word: the score,
which takes account of how common words are, is what is counted by default.
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A word, in how many units it is said, and the number of its community: from 0, the largest first."""

    word: str
    said: int
    community: int


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes by their numbers, the weight of their link, and whether the tree keeps it."""

    one: int
    other: int
    weight: float
    kept: bool


@dataclass(frozen=True, slots=True, repr=False)
class Similarity:
    """The nodes, the most said first; all links among them, the heaviest first; what weighs them (one of INDICES)."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    index: str

    columns: ClassVar = ("mot", "avec", "poids", "groupe", "dans_l_arbre")

    def __repr__(self) -> str:
        return f"Similarity({len(self.nodes)} mots, {len(self.links)} liens)"

    @property
    def tree(self) -> tuple[Link, ...]:
        """The links that the tree keeps."""
        return tuple(link for link in self.links if link.kept)

    def communities(self) -> tuple[tuple[str, ...], ...]:
        """The words of each community, the most said first."""
        count = max((node.community for node in self.nodes), default=-1) + 1
        return tuple(tuple(node.word for node in self.nodes if node.community == at) for at in range(count))

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """A row a link: those of the tree first, the heaviest first. `groupe` is empty between two groups."""
        for link in sorted(self.links, key=lambda one: not one.kept):
            one, other = self.nodes[link.one], self.nodes[link.other]
            group = one.community + 1 if one.community == other.community else None
            yield one.word, other.word, round(link.weight, 4), group, "oui" if link.kept else "non"


def graph(pairs: Pairs, *, index: str = "score", words: int = WORDS) -> Similarity:
    """The graph of the words said most; those without a link are left out.

    The tree is one only where links join all words: otherwise it is a tree a group of joined words. Raises
    SettingsError for an unknown index, or where no two words are said together.
    """
    check(index)
    weighted = _heaviest_first(pairs, index, words)
    if not weighted:
        raise SettingsError(
            "Aucun mot n’est dit assez souvent avec un autre.", "Garder plus de mots : --least plus petit."
        )
    chosen = sorted({at for one, other, _ in weighted for at in (one, other)}, key=lambda at: (-pairs.said[at], at))
    number = {at: place for place, at in enumerate(chosen)}
    kept = _tree(weighted)
    communities = _communities(number, weighted, kept)
    return Similarity(
        nodes=tuple(Node(pairs.terms[at], int(pairs.said[at]), communities[at]) for at in chosen),
        links=tuple(Link(number[one], number[other], weight, (one, other) in kept) for one, other, weight in weighted),
        index=index,
    )


def check(index: str) -> None:
    """Nothing. Raises SettingsError where `index` is none of INDICES."""
    if index not in INDICES:
        raise SettingsError(f"« {index} » ne pèse pas les liens.", f"Choisir parmi : {', '.join(INDICES)}.")


def as_networkx(found: Similarity, *, tree: bool = True) -> "networkx.Graph[str]":
    """The same graph as a networkx one, for other measures."""
    import networkx

    made: networkx.Graph[str] = networkx.Graph()
    for node in found.nodes:
        made.add_node(node.word, occurrences=node.said, groupe=node.community + 1)
    for link in found.tree if tree else found.links:
        made.add_edge(found.nodes[link.one].word, found.nodes[link.other].word, weight=link.weight, arbre=link.kept)
    return made


def graphml(found: Similarity) -> bytes:
    """The whole graph as GraphML, which Gephi, Cytoscape and igraph read."""
    from io import BytesIO

    import networkx

    file = BytesIO()
    networkx.write_graphml(as_networkx(found, tree=False), file, encoding="utf-8", prettyprint=True)
    return file.getvalue()


Weighted = list[tuple[int, int, float]]


def _heaviest_first(pairs: Pairs, index: str, words: int) -> Weighted:
    values = getattr(pairs, INDICES[index])
    order = np.lexsort((np.arange(len(pairs.said)), -pairs.said))[:words]
    among = np.isin(pairs.first, order) & np.isin(pairs.second, order) & (values > 0)
    at = np.flatnonzero(among)
    at = at[np.lexsort((pairs.second[at], pairs.first[at], -values[at]))]
    return [(int(pairs.first[one]), int(pairs.second[one]), float(values[one])) for one in at]


def _tree(weighted: Weighted) -> set[tuple[int, int]]:
    """Kruskal's algorithm: of the links, the heaviest first, those that join what nothing joined yet."""
    leader: dict[int, int] = {}

    def head(at: int) -> int:
        while leader.setdefault(at, at) != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    kept = set()
    for one, other, _ in weighted:
        if head(one) != head(other):
            leader[head(one)] = head(other)
            kept.add((one, other))
    return kept


def _communities(nodes: Mapping[int, int], weighted: Weighted, kept: set[tuple[int, int]]) -> dict[int, int]:
    import networkx

    made: networkx.Graph[int] = networkx.Graph()
    made.add_nodes_from(nodes)
    made.add_weighted_edges_from(link for link in weighted if link[:2] in kept)
    found = networkx.community.greedy_modularity_communities(made, weight="weight")
    order = sorted(found, key=lambda some: (-len(some), min(nodes[at] for at in some)))
    return {at: number for number, some in enumerate(order) for at in some}

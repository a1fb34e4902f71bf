"""What goes together: codes said in one breath, their senses, and trust."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from voices.domain import Code, Sense
from voices.report.corpus import SENSES, Corpus, Row
from voices.report.figures import Figure, Ledger

PAIRS = 6
"""How many pairs of (code, sense) are listed."""
WORTH_SAYING = 3
"""A pair said in fewer passages is left to the tables."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes, each with its sense, and the passages that hold both."""

    one: str
    other: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Together:
    """`matrix` has a line a code, a cell a code; the diagonal counts a code alone. `trust` goes with each code."""

    codes: tuple[Code, ...]
    matrix: tuple[tuple[Figure, ...], ...]
    pairs: tuple[Pair, ...]
    all_three: Figure
    none: Figure
    trust: Figure
    trust_with: tuple[tuple[Code, Figure], ...]
    trust_alone: Figure


def put_together(corpus: Corpus, ledger: Ledger) -> Together:
    """Which codes are found in the same passages."""
    codes = corpus.study.codebook.codes
    trust = corpus.where(lambda row: row.trust)
    return Together(
        codes=codes,
        matrix=tuple(tuple(_cell(corpus, ledger, one, other) for other in codes) for one in codes),
        pairs=_pairs(corpus, ledger),
        all_three=ledger.figure(
            "Passages qui portent tous les codes", corpus.where(lambda row: len(row.codes) == len(codes))
        ),
        none=ledger.figure("Passages sans aucun code", corpus.where(lambda row: not row.codes)),
        trust=ledger.figure("Confiance dite ou montrée", trust),
        trust_with=tuple(
            (code, ledger.figure(f"Confiance avec {code.label}", (row for row in trust if row.sense(code.id))))
            for code in codes
        ),
        trust_alone=ledger.figure("Confiance sans aucun code", (row for row in trust if not row.codes)),
    )


def _cell(corpus: Corpus, ledger: Ledger, one: Code, other: Code) -> Figure:
    if one == other:
        return ledger.figure(f"{one.label} et aucun autre code", corpus.where(lambda row: row.codes == (one.id,)))
    first, second = (code for code in corpus.study.codebook.codes if code in (one, other))
    both = corpus.where(lambda row: {one.id, other.id} <= set(row.codes))
    return ledger.figure(f"{first.label} avec {second.label}", both)


def _pairs(corpus: Corpus, ledger: Ledger) -> tuple[Pair, ...]:
    found = []
    for one, other in combinations(corpus.study.codebook.codes, 2):
        for first in SENSES:
            for second in SENSES:
                rows = corpus.where(_both(one.id, first, other.id, second))
                if len(rows) >= WORTH_SAYING:
                    found.append((f"{one.label} ({SENSES[first]})", f"{other.label} ({SENSES[second]})", rows))
    found.sort(key=lambda item: -len(item[2]))
    return tuple(Pair(one, other, ledger.figure(f"{one} et {other}", rows)) for one, other, rows in found[:PAIRS])


def _both(one: str, first: Sense, other: str, second: Sense) -> Callable[[Row], bool]:
    return lambda row: row.sense(one) is first and row.sense(other) is second

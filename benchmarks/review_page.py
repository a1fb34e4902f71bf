"""The figures of benchmarks.review in French, put into docs/review.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from benchmarks.written import DOCS, between, circumstances, number, signed
from voices.coding.comparing import Beside

PAGE = DOCS / "review.md"
NAME = "mesures de la relecture"

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seconds:
    """Of `voices train --from` on `count` decisions: without any vector known, and with all of them."""

    count: int
    cold: float
    warm: float


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Before and after on the projects; the gain of each half; macro-F1 on the other projects, before and after."""

    comparison: Beside
    gains: Sequence[float]
    forgotten: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Curves:
    """Accuracies by share decided, in random order and in ours: (shares, m)."""

    chance: Doubles
    ours: Doubles


@dataclass(frozen=True, slots=True)
class Order:
    """Curves of every project: `still`, `bound` and `oracle` at the shares `fine`, columns macro-F1 and share of right
    answers; `adapted` and `scratch` at `shares`, the same two columns for the whole coding, then for unseen passages.
    """

    shares: Doubles
    fine: Doubles
    still: Sequence[Curves]
    bound: Sequence[Curves]
    oracle: Sequence[Curves]
    adapted: Sequence[Curves]
    scratch: Sequence[Curves]


def write(text: str) -> None:
    """Puts the text into the page."""
    between(PAGE, NAME, text)


def told(seconds: Sequence[Seconds], adapted: Adaptation, order: Order, encoder: str) -> str:
    """Everything, in Markdown."""
    lines = [f"`python -m benchmarks.review`, {circumstances(encoder)}."]
    return "\n".join([*lines, "", *_time(seconds), "", *_adaptation(adapted), "", *_order(order)])


def _time(seconds: Sequence[Seconds]) -> Iterator[str]:
    yield "### Le temps"
    yield ""
    yield "| décisions | secondes, passages à lire par le modèle | secondes, passages déjà lus |"
    yield "|---|---|---|"
    for one in seconds:
        yield f"| {one.count} | {number(one.cold, 0)} | {number(one.warm, 0)} |"
    slowest = max(one.cold for one in seconds)
    yield ""
    yield f"But : moins de 60 secondes. {'Atteint.' if slowest < 60 else 'Pas atteint.'}"


def _adaptation(found: Adaptation) -> Iterator[str]:
    mine = found.comparison
    yield "### Ce que l’adaptation apporte, et ce qu’elle fait oublier"
    yield ""
    yield "| | avant | après | différence [intervalle à 95 %] |"
    yield "|---|---|---|---|"
    for name, side in (("macro-F1, décisions mises de côté", mine.macro_f1), ("sens exact", mine.sense)):
        gain = side.difference
        interval = f"{signed(gain.value)} [{signed(gain.low)} ; {signed(gain.high)}]"
        yield f"| {name} | {number(side.before, 3)} | {number(side.after, 3)} | {interval} |"
    before, after = (mean(one[k] for one in found.forgotten) for k in (0, 1))
    worst = min(b - a for a, b in found.forgotten)
    yield f"| macro-F1, les autres projets | {number(before, 3)} | {number(after, 3)} | {signed(after - before)} |"
    yield ""
    yield (
        f"{mine.passages} passages ; pire moitié de projet : {signed(min(found.gains))} ; meilleure :"
        f" {signed(max(found.gains))}. Oubli au pire : {signed(min(worst, 0.0))}."
    )


def _order(found: Order) -> Iterator[str]:
    yield "### L’ordre de relecture"
    yield ""
    yield "Part des décisions du hasard dont notre ordre a besoin pour la même exactitude (but : 0,50 au plus)."
    yield ""
    cells = " | ".join(f"{share:.0%}".replace("%", " %") for share in found.shares[1:])
    yield f"| | exactitude | {cells} |"
    yield f"|---|---|{'---|' * (len(found.shares) - 1)}"
    still, learning = (found.fine, found.shares), (found.shares, found.shares)
    rows = [
        ("tout le codage, sans réapprendre", found.still, still, 0),
        ("tout le codage, adapté à chaque dixième", found.adapted, learning, 0),
        ("tout le codage, parti de rien", found.scratch, learning, 0),
        ("passages jamais relus, adapté", found.adapted, learning, 2),
        ("passages jamais relus, parti de rien", found.scratch, learning, 2),
        ("*si les probabilités étaient exactes*", found.bound, still, 0),
        ("*qui saurait où sont les erreurs*", found.oracle, still, 0),
    ]
    reached = []
    for name, curves, (known, asked), column in rows:
        for more, figure in enumerate(("macro-F1", "réponses justes")):
            ratios = _needed(curves, known, asked, column + more)
            yield f"| {name} | {figure} | {' | '.join(ratios)} |"
            reached += [f"{name} ({figure})"] if not name.startswith("*") and all(map(_half, ratios)) else []
    yield ""
    yield f"But atteint d’un bout à l’autre\u202f: {' ; '.join(reached) or 'nulle part'}."
    yield ""
    yield "Macro-F1 atteint, hasard → notre ordre (moyenne des projets) :"
    yield ""
    yield f"| | 0 % | {cells} |"
    yield f"|---|{'---|' * len(found.shares)}"
    for name, curves, (known, asked), column in rows[:5]:
        chance, ours = (_mean(curves, side)[:, column] for side in ("chance", "ours"))
        at = [int(np.argmin(abs(known - share))) for share in asked]
        yield f"| {name} | {' | '.join(f'{number(chance[k], 3)} → {number(ours[k], 3)}' for k in at)} |"


def _half(ratio: str) -> bool:
    return ratio[0] == "0" and float(ratio.replace(",", ".")) <= 0.5


def _mean(curves: Sequence[Curves], side: str) -> Doubles:
    return np.asarray(np.mean([getattr(one, side) for one in curves], axis=0), np.float64)


def _needed(curves: Sequence[Curves], known: Doubles, asked: Doubles, column: int) -> list[str]:
    chance, ours = (_mean(curves, side)[:, column] for side in ("chance", "ours"))
    found = []
    for share in asked[1:]:
        aimed = chance[int(np.argmin(abs(known - share)))]
        needed = share_needed(ours, known, float(aimed))
        found.append("—" if aimed <= chance[0] else "> 1" if needed is None else number(needed / share))
    return found


def share_needed(curve: Doubles, shares: Doubles, accuracy: float) -> float | None:
    """The share decided at which the curve first reaches that accuracy; None where it never does."""
    points = list(zip(shares.tolist(), curve.tolist(), strict=True))
    for (before, low), (after, high) in pairwise(points):
        if high >= accuracy:
            return before if low >= accuracy else before + (after - before) * (accuracy - low) / (high - low)
    return None

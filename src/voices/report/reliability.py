"""How far the codes can be relied on: the machine against those who reviewed it, people against each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """On one question, how many passages were compared, and on how many all said the same.

    `alpha` is Krippendorff's, None where one answer only was ever given; `low` and `high` bound it at 95 %, None where
    too few testimonies were compared.
    """

    label: str
    passages: int
    same: int
    alpha: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Reliability:
    """`machine`: what it had proposed against what people decided, once they had seen it; `people`: those who coded
    the same passages without seeing each other."""

    machine: tuple[Agreement, ...] = ()
    people: tuple[Agreement, ...] = ()


NOT_MEASURED = Reliability()


def told(alpha: float | None) -> str:
    """What an alpha is worth, in words. Source of the bounds: Krippendorff, *Content Analysis*, 2013, ch. 12."""
    if alpha is None:
        return "ne se calcule pas"
    return "solide" if alpha >= 0.8 else "assez solide" if alpha >= 0.667 else "fragile"

"""What an adapted coder may still promise: levels of certainty from decisions held out, or fewer promises."""

from dataclasses import replace

import numpy as np

from voices.coding.doubt import NEVER_LEFT, NEVER_PUT, Doubt, fit_doubt
from voices.coding.judged import Judged
from voices.coding.model import CoderModel
from voices.domain import Certainty

ENOUGH = 300
"""« Sûr » is proven on a hundred answers at least (see doubt.bar): fewer decisions leave too few of them by code."""


def vouched(model: CoderModel, held: Judged) -> tuple[CoderModel, str]:
    """The adapted coder with levels that hold for it, and a French sentence that tells which.

    `held` is what coders adapted to the other decisions said of each. The levels of the coder it comes from are proven
    for another coder and other passages: where decisions are too few to prove new ones, nothing is « sûr » any more.
    """
    count, codes = len(held.truth), len(model.layout.codes)
    if count < ENOUGH:
        return replace(model, doubt=without_sure(model.doubt)), _TOO_FEW.format(count=count, enough=ENOUGH)
    levels = fit_doubt(held.present[:, :codes], held.truth[:, :codes])
    renewed = replace(model, doubt=levels)
    return renewed, _RENEWED.format(count=count, sure=f"{100 * _share_sure(renewed, held):.0f}")


def without_sure(doubt: Doubt) -> Doubt:
    """The same levels, but that no answer reaches « sûr »; prediction sets stay."""
    return Doubt(
        tuple(
            {
                certainty: replace(level, put_from=NEVER_PUT, left_to=NEVER_LEFT)
                if certainty is Certainty.SURE
                else level
                for certainty, level in levels.items()
            }
            for levels in doubt.levels
        )
    )


def _share_sure(model: CoderModel, held: Judged) -> float:
    """The share of answers, on every code of every decision, that the new levels call « sûr »."""
    codes = range(len(model.layout.codes))
    sure = [
        model.doubt.certainty(k, float(held.present[row, k]), put=bool(held.said[row, k])) is Certainty.SURE
        for row in range(len(held.said))
        for k in codes
    ]
    return float(np.mean(sure))


_RENEWED = (
    "La certitude est réglée de nouveau, sur ces {count} décisions : {sure} réponses sur 100 y sont « sûres »."
    " La promesse vaut pour des passages choisis comme elles l’ont été."
)
_TOO_FEW = (
    "{count} décisions ne suffisent pas à régler de nouveau la certitude (il en faut {enough}) : avec le codeur adapté,"
    " rien n’est plus « sûr » ; ce qui l’était est « probable » au mieux, sans promesse mesurée sur ce projet."
)

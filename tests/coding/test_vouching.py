"""What an adapted coder may still promise."""

from dataclasses import replace

import numpy as np
import pytest

from tests.coding.fakes import labelled
from voices.coding.doubt import Doubt, Level
from voices.coding.fitting import tabulate
from voices.coding.judged import Judged
from voices.coding.vouching import ENOUGH, vouched, without_sure
from voices.domain import Certainty

EASY = Level(present_from=0.3, absent_to=0.7, put_from=0.6, left_to=0.4)
PROMISING = Doubt(({Certainty.SURE: EASY, Certainty.PROBABLE: EASY},) * 3)


def judged(model, encoder, *, count, confident):
    """`count` decisions whose probabilities are right: told by 0.99 and 0.01, or all by 0.5."""
    rows = labelled(testimonies=count // 4 + 1)[:count]
    held = Judged(tabulate(rows, encoder), model.layout)
    held.present = np.where(held.truth, 0.99, 0.01) if confident else np.full(held.truth.shape, 0.5)
    held.said = held.truth.copy()
    return held


def certainties(model, probability, *, put):
    return {model.doubt.certainty(k, probability, put=put) for k in range(3)}


def test_with_too_few_decisions_nothing_is_sure_any_more(model, encoder):
    before = replace(model, doubt=PROMISING)
    assert certainties(before, 0.99, put=True) == {Certainty.SURE}
    found, told = vouched(before, judged(model, encoder, count=ENOUGH - 1, confident=True))
    assert certainties(found, 0.99, put=True) == {Certainty.PROBABLE}
    assert certainties(found, 0.01, put=False) == {Certainty.PROBABLE}
    assert f"{ENOUGH - 1} décisions ne suffisent pas" in told


@pytest.mark.parametrize(
    ("confident", "reached"), [(True, Certainty.SURE), (False, Certainty.REVIEW)], ids=["right and sure", "in doubt"]
)
def test_with_enough_decisions_levels_are_those_they_prove(model, encoder, confident, reached):
    held = judged(model, encoder, count=4 * ENOUGH, confident=confident)
    found, told = vouched(replace(model, doubt=PROMISING), held)
    assert certainties(found, 0.001, put=False) == {reached}
    assert "réglée de nouveau" in told


def test_prediction_sets_stay_when_sure_is_withdrawn():
    found = without_sure(PROMISING).levels[0][Certainty.SURE]
    assert found.prediction_set(0.9) == EASY.prediction_set(0.9)
    assert without_sure(Doubt()) == Doubt()

"""What is kept of comparisons: neither what chance explains, nor what length does, nor what nobody would see."""

import pytest

from voices.report.tellers import Compared, kept


@pytest.mark.parametrize(
    ("compared", "told"),
    [
        pytest.param(Compared(1e-9, more=True, steady=True), True, id="far from chance"),
        pytest.param(Compared(0.2, more=True, steady=True), False, id="chance explains it"),
        pytest.param(Compared(1e-9, more=True, steady=False), False, id="length explains it"),
        pytest.param(Compared(1e-9, more=True, steady=True, seen=False), False, id="50 %, against 52 %"),
    ],
)
def test_a_difference_is_told_where_it_is_sure_and_seen(compared: Compared, told: bool):
    assert (kept([compared])[0] is not None) is told

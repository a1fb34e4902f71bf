"""Long, odd texts: looking for contact details stays linear."""

import gc
import time

import pytest

from voices.privacy.contacts import contacts


@pytest.mark.parametrize("piece", ["zéro un ", "12 rue de la ", "jeanne point ", "a-", "a", "FR76 "])
def test_four_times_the_text_takes_nowhere_near_sixteen_times_as_long(piece):
    def seconds(times: int) -> float:
        start = time.process_time()
        contacts(piece * times)
        return time.process_time() - start

    def least(times: int) -> float:
        """The least of several tries: what else the machine does only ever adds."""
        return min(seconds(times) for _ in range(4))

    seconds(10)
    gc.disable()  # a sweep of all that the other tests left would be counted here
    try:
        assert least(8000) < 12 * max(least(2000), 0.02)
    finally:
        gc.enable()

"""Long, odd texts: looking for contact details stays linear."""

import time

import pytest

from voices.privacy.contacts import contacts


@pytest.mark.parametrize("piece", ["zéro un ", "12 rue de la ", "jeanne point ", "a-", "a", "FR76 "])
def test_four_times_the_text_takes_nowhere_near_sixteen_times_as_long(piece):
    def seconds(times: int) -> float:
        start = time.process_time()
        contacts(piece * times)
        return time.process_time() - start

    seconds(10)
    assert seconds(8000) < 12 * max(seconds(2000), 0.02)

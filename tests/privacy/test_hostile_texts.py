"""Long, odd texts: looking for contact details stays linear."""

import gc
import time

import pytest

from voices.privacy.contacts import contacts

PIECES = [
    "zéro un ",
    "12 rue de la ",
    "jeanne point ",
    "a-",
    "a",
    "FR76 ",
    "zéro six, attends, trente ",
    "06 39, euh, ",
]
PIECES += [
    "rue des lilas au ",
    "a arobase b point ",
    "un deux clé ",
    "insta a_",
    "insta a" + "_" * 200,
    "snap " + "ab_cd" * 90 + "@ ",
    "00 1 ",
    "a.b/",
    "\n",
    "1 79 06 ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_nowhere_near_sixteen_times_as_long(piece):
    def seconds(letters: int) -> float:
        text = piece * (letters // len(piece))
        start = time.process_time()
        contacts(text)
        return time.process_time() - start

    def least(letters: int) -> float:
        """The least of several tries: what else the machine does only ever adds."""
        return min(seconds(letters) for _ in range(3))

    seconds(10)
    gc.disable()  # a sweep of all that the other tests left would be counted here
    try:
        assert least(24_000) < 12 * max(least(6_000), 0.005)
    finally:
        gc.enable()

"""People at work on a site that is killed under them: each form is sent again until it is answered, as people do."""

import http.client
import os
import random
import threading
import time
from collections.abc import Callable, Iterable

from tests.web.killed.site import Site

KILLS = int(os.environ.get("KILLS", "3"))
"""How often each test kills its site."""
LOST = (OSError, http.client.HTTPException)

Act = Callable[[], object]


def kill_during(site: Site, acts: Iterable[Act], *, within: float, seed: int, kills: int = KILLS) -> None:
    """Nothing; the acts were done one after the other while the site was killed again and again, each time at a moment
    drawn `within` seconds of the start of an act, and was found sound each time. `acts` are more than are needed.
    """
    chance, someone = random.Random(seed), _Someone(acts)
    someone.start()
    try:
        for _ in range(kills):
            someone.wait_for_an_act()
            time.sleep(chance.uniform(0, within))
            site.kill()
            faults = site.faults()
            if faults:
                raise AssertionError(faults)
            site.start()
        someone.stop()
    finally:
        someone.over.set()
    someone.join(120)
    assert not someone.is_alive()
    if someone.wrong:
        raise someone.wrong


class _Someone(threading.Thread):
    """Does the acts, one after the other."""

    def __init__(self, acts: Iterable[Act]) -> None:
        super().__init__(daemon=True)
        self._acts, self._begun = acts, threading.Event()
        self.enough, self.over = threading.Event(), threading.Event()
        self.wrong: BaseException | None = None

    def run(self) -> None:
        try:
            for act in self._acts:
                if self.enough.is_set():
                    return
                self._begun.set()
                self._do(act)
        except BaseException as error:  # told by the test itself
            self.wrong = error

    def wait_for_an_act(self) -> None:
        self._begun.clear()
        while not self._begun.wait(0.05):
            if not self.is_alive():
                raise self.wrong or AssertionError("there were too few acts")

    def stop(self) -> None:
        """Nothing, once the act that was begun is done."""
        self.enough.set()
        self.join(120)

    def _do(self, act: Act) -> None:
        while not self.over.is_set():
            try:
                act()
            except LOST:
                time.sleep(0.05)
            else:
                return

"""Fifty people review at once: how long the next passage takes, and whether every decision that was confirmed is there.

Run: python -m benchmarks.crowd [--people 50] [--decisions 20] [--passages 100000]
On PostgreSQL: sh scripts/postgres.sh python -m benchmarks.crowd

The site is started as its users start it, `voices serve`, on a base of its own with passages as benchmarks.search makes
them. Each person is a thread: it sends a decision, then asks for the card of the next passage, as the
desk does. Twice: at the pace of a thousand decisions an hour each, then as fast as the site answers. The people run on
the same cores as the site. Every answer that confirms a decision is looked for in the base afterwards, once.
"""

import argparse
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import numpy as np

from benchmarks import search

PACE = 3.6
"""Seconds between two decisions of someone who makes a thousand an hour."""
CODES = ("accueil", "appartenance", "action")
FORM = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Person:
    """Someone reviewing: what their browser holds, and what they met."""

    port: int
    session: str
    chance: random.Random
    next_passage: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cookies: str = ""
    seal: str = ""
    address: str = ""
    following: str = ""

    def begin(self) -> None:
        """Nothing; the first passage is before them."""
        self.cookies = f"sessionid={self.session}"
        self.connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        answer, _ = self.ask("GET", "/relire/?commencer=1")
        answer, page = self.ask("GET", answer.getheader("Location") or "")
        self.cookies += "; " + (answer.getheader("Set-Cookie") or "").split(";")[0]
        self.look(page)

    def look(self, page: str) -> None:
        """Nothing; what the page says of its passage, and of the one after it."""
        self.seal = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        self.address = re.search(r'data-address="([^"]*)"', page)[1].split("?")[0]
        self.following = re.search(r'data-following="([^"]*)"', page)[1].replace("&amp;", "&")

    def review(self, decisions: int, pace: float) -> None:
        """Nothing; that many decisions, each followed by the next passage."""
        time.sleep(self.chance.uniform(0, pace))
        for _ in range(decisions):
            start = time.perf_counter()
            form = {f"code-{code}": self.chance.choice(["", "+", "-"]) for code in CODES}
            form |= {"csrfmiddlewaretoken": self.seal, "token": f"{self.chance.getrandbits(128):032x}"}
            answer, told = self.ask("POST", f"{self.address}decider/", urlencode(form))
            self.sent.append(time.perf_counter() - start)
            if answer.status == 200:
                self.confirmed.append(json.loads(told)["decision"])
            else:
                self.faults.append(f"decider {answer.status}")
            asked = time.perf_counter()
            path, _, query = self.following.partition("?")
            answer, page = self.ask("GET", f"{path}fiche/?{query}")
            self.next_passage.append(time.perf_counter() - asked)
            if answer.status != 200:
                self.faults.append(f"fiche {answer.status}")
                return
            self.look(page)
            time.sleep(max(0.0, pace * self.chance.uniform(0.6, 1.4) - (time.perf_counter() - start)))

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[http.client.HTTPResponse, str]:
        """The answer, and its text."""
        headers = {"Cookie": self.cookies, **(FORM if body is not None else {})}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer, answer.read().decode()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--decisions", type=int, default=20)
    parser.add_argument("--passages", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voices-crowd-") as folder:
        os.environ |= {"VOICES_DONNEES": folder, "DJANGO_SETTINGS_MODULE": "voices.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        search.fill(options.passages)
        suggest()
        sessions = [signed_in(at) for at in range(options.people)]
        log = Path(folder) / "server.log"
        port = free_port()
        with log.open("w") as output, served(port, folder, output) as server:
            wait_for(port, server)
            missing = sum(
                report(pace, run(port, sessions, options.decisions, pace), options.passages) for pace in (PACE, 0.0)
            )
        locked = log.read_text(encoding="utf-8").count("locked")
        print(f"« locked » in the log of the site: {locked}")
        return int(bool(missing or locked))


def suggest() -> None:
    """Nothing; what a machine said of every passage is in the base, and holds."""
    from voices.store.models import MachinePass, Passage, Suggestion

    chance, done = random.Random(search.SEED), MachinePass.objects.create(coder="mesure")
    ids = list(Passage.objects.values_list("pk", flat=True))
    for first in range(0, len(ids), 2000):
        some = [
            Suggestion(
                machine_pass=done,
                passage_id=pk,
                codings=[],
                probabilities={code: round(chance.random(), 3) for code in CODES},
                certainties=dict.fromkeys(CODES, "à relire"),
                useful=chance.random(),
            )
            for pk in ids[first : first + 2000]
        ]
        Suggestion.objects.bulk_create(some)
        Passage.objects.bulk_update(
            [Passage(pk=one.passage_id, useful=one.useful) for one in some], ["useful"], batch_size=500
        )


def signed_in(number: int) -> str:
    """The session of one more evaluator."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from voices.store.models import Grant, User

    user = User.objects.create_user(f"relecture-{number}", password=None)
    Grant.objects.create(user=user, role="evaluation")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return str(session.session_key)


@contextmanager
def served(port: int, folder: str, output: IO[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """The site, as `voices serve` starts it; stopped at the end."""
    command = [sys.executable, "-c", "from voices.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen([*command, "--data", folder], stdout=output, stderr=subprocess.STDOUT)
    try:
        yield server
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("localhost", 0))
        return int(one.getsockname()[1])


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Nothing, once the site answers. Raises SystemExit where it stopped."""
    while server.poll() is None:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not start")


def run(port: int, sessions: Sequence[str], decisions: int, pace: float) -> list[Person]:
    """Everybody, once they have all reviewed."""
    people = [Person(port, session, random.Random(f"{at} {pace}")) for at, session in enumerate(sessions)]
    for one in people:
        one.begin()
    threads = [threading.Thread(target=one.review, args=(decisions, pace)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return people


def report(pace: float, people: Sequence[Person], passages: int) -> int:
    """How many decisions are wrong: confirmed and not there, or there and not confirmed to anybody."""
    from voices.store.models import Decision

    confirmed = [pk for one in people for pk in one.confirmed]
    there = Decision.objects.filter(pk__in=confirmed).count()
    faults = [fault for one in people for fault in one.faults]
    cards = 1000 * np.array([wait for one in people for wait in one.next_passage])
    posts = 1000 * np.array([wait for one in people for wait in one.sent])
    how = f"one decision every {pace} s each" if pace else "as fast as the site answers"
    print(f"{len(people)} people, {passages:,} passages, {how}; load of the machine {os.getloadavg()[0]:.0f}:")
    for name, times in (("next passage", cards), ("decision kept", posts)):
        print(f"  {name:14} p50 {np.percentile(times, 50):5.0f} ms   p95 {np.percentile(times, 95):5.0f} ms")
    print(f"  decisions confirmed {len(confirmed)}, in the base {there}, faults {len(faults)} {sorted(set(faults))}")
    return len(confirmed) - there + len(faults) + len(confirmed) - len(set(confirmed))


if __name__ == "__main__":
    sys.exit(main())

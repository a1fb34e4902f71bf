"""How much longer a good deposit waits while somebody hands in malformed files: the ratio, in one run.

Run: python -m benchmarks.hostile [--rounds 3] [--letters 8]

A site on a base of its own, with its worker and the shipped models. Alone: a coordinator hands in letters, and the
clock stops when the last one is read. Beside: at that moment another coordinator's malformed files, those of
corpora/malformed and some that swell, wait already, and more of them are handed in while the letters are read. Rounds
of both alternate; letters are never twice the same.
"""

import argparse
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voices.store.models import Place, User

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--letters", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VOICES_DONNEES": folder, "DJANGO_SETTINGS_MODULE": "voices.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        measure(asked.rounds, asked.letters)


def measure(rounds: int, letters: int) -> None:
    from voices.store.models import Job, Place, SourceFile, User
    from voices.web.worker import Worker

    place = Place.objects.create(name="Le Lieu", slug="lieu")
    good, bad = (User.objects.create_user(name, password="mot de passe long") for name in ("marie", "paul"))
    worker, texts = Worker(), written()
    working = threading.Thread(target=worker.run)
    working.start()
    timed(place, good, [next(texts)])  # the models load
    alone, beside, kept = [], [], []
    for _ in range(rounds):
        alone.append(timed(place, good, [next(texts) for _ in range(letters)]))
        files = list(malformed())[:240]
        kept += hand_in(place, bad, files[:120])
        more = threading.Thread(target=hand_in, args=(place, bad, files[120:]))
        more.start()
        time.sleep(3)  # the worker is in the midst of them
        beside.append(timed(place, good, [next(texts) for _ in range(letters)]))
        more.join()
        left = Job.objects.filter(made_by=bad)
        print(f"  malformed files of that round still waiting: {left.filter(state='attente').count()}", flush=True)
        left.filter(state="attente").delete()
    worker.stopping.set()
    working.join()
    read = SourceFile.objects.filter(deposit__made_by=bad).exclude(state="attente").count()
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"{letters} letters, {rounds} rounds, load of the machine {os.getloadavg()[0]:.0f}:")
    print(f"  alone  {' '.join(f'{one:.1f}' for one in alone)} s, median {statistics.median(alone):.1f} s")
    print(f"  beside {' '.join(f'{one:.1f}' for one in beside)} s, median {statistics.median(beside):.1f} s")
    print(f"  ratio  {ratio:.2f}; malformed files read or refused meanwhile: {read}")
    print(f"  a malformed file is kept in {1000 * statistics.median(kept):.0f} ms (median)")


def written() -> Iterator[str]:
    """Letters, none twice."""
    base = (ROOT / "tests" / "ingest" / "assets" / "francais.txt").read_text(encoding="utf-8")
    paragraphs = [one for one in base.split("\n") if len(one.split()) > 8] or [base]
    rank = 0
    while True:
        rank += 1
        some = [paragraphs[(rank * 7 + step) % len(paragraphs)] for step in range(8)]
        yield f"Lettre {rank}.\n\n" + "\n\n".join(some)


def malformed() -> Iterator[tuple[str, bytes]]:
    """Every malformed file, and what swells."""
    from tests.hostile.bombs import BOMBS
    from tests.hostile.expected import paths

    salt = os.urandom(8)  # the same bytes at the same place would be known again, and not read
    files = [(path.name, path.read_bytes() + salt) for path in paths()]
    files += [(name, BOMBS[name]() + salt) for name in ("flot.pdf", "loin_cache.xlsx", "espaces.docx", "chevauche.zip")]
    random.Random(1).shuffle(files)
    yield from files


def hand_in(place: "Place", by: "User", files: list[tuple[str, bytes]]) -> list[float]:
    """Seconds that each took to be kept."""
    from django.conf import settings
    from django.db import connection, transaction

    from voices.receiving.depositing import keep_file
    from voices.store.models import Deposit

    deposit = Deposit.objects.create(place=place, made_by=by)
    times = []
    for name, data in files:
        began = time.perf_counter()
        with transaction.atomic():
            keep_file(deposit, name, data, settings=settings.VOICES)
        times.append(time.perf_counter() - began)
    if threading.current_thread() is not threading.main_thread():
        connection.close()
    return times


def timed(place: "Place", by: "User", letters: list[str]) -> float:
    """Seconds from when the letters are handed in to when the last one is read."""
    from voices.store.models import Job

    began = time.perf_counter()
    hand_in(place, by, [(f"lettre{rank}.txt", text.encode()) for rank, text in enumerate(letters)])
    left = Job.objects.filter(made_by=by).exclude(state__in=[Job.State.DONE, Job.State.FAILED])
    while left.exists():
        time.sleep(0.05)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

"""How much longer a good deposit waits while somebody hands in malformed files: the ratio, in one run.

Run: python -m benchmarks.hostile [--rounds 3] [--letters 8]

A site on a base of its own, with its worker and the shipped models. Alone: a coordinator hands in letters, and the
clock stops when the last one is read. Beside: at that moment another coordinator's malformed files, all those of
corpora/malformed and what swells, wait already, and more of them are handed in while the letters are read. Rounds of
both alternate; letters are never twice the same.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

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
    from voices.store.models import Place, SourceFile, User
    from voices.web.worker import Worker

    place = Place.objects.create(name="Le Lieu", slug="lieu")
    good, bad = (User.objects.create_user(name, password="mot de passe long") for name in ("marie", "paul"))
    worker, texts = Worker(), written()
    timed(worker, place, good, [next(texts)])  # the models load
    alone, beside, kept = [], [], []
    for _ in range(rounds):
        alone.append(timed(worker, place, good, [next(texts) for _ in range(letters)]))
        files = list(malformed())
        kept += hand_in(place, bad, files[: len(files) // 2])
        more = threading.Thread(target=hand_in, args=(place, bad, files[len(files) // 2 :]))
        more.start()
        beside.append(timed(worker, place, good, [next(texts) for _ in range(letters)]))
        more.join()
        began = time.perf_counter()
        while worker.one():
            pass
        print(f"  the malformed ones, all read or refused in {time.perf_counter() - began:.0f} s")
    states = dict.fromkeys(SourceFile.objects.filter(deposit__made_by=bad).values_list("state", flat=True))
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"{letters} letters, {rounds} rounds, load of the machine {os.getloadavg()[0]:.0f}:")
    print(f"  alone  {' '.join(f'{one:.1f}' for one in alone)} s, median {statistics.median(alone):.1f} s")
    print(f"  beside {' '.join(f'{one:.1f}' for one in beside)} s, median {statistics.median(beside):.1f} s")
    print(f"  ratio  {ratio:.2f}")
    print(
        f"  a malformed file is kept in {1000 * statistics.median(kept):.0f} ms; what became of them: {sorted(states)}"
    )


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
    for path in paths():
        yield path.name, path.read_bytes() + salt
    for name, make in BOMBS.items():
        yield name, make() + salt


def hand_in(place: object, by: object, files: list[tuple[str, bytes]]) -> list[float]:
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


def timed(worker: object, place: object, by: object, letters: list[str]) -> float:
    """Seconds from when the letters are handed in to when the last one is read."""
    from voices.store.models import Job

    began = time.perf_counter()
    hand_in(place, by, [(f"lettre{rank}.txt", text.encode()) for rank, text in enumerate(letters)])
    left = Job.objects.filter(made_by=by).exclude(state__in=[Job.State.DONE, Job.State.FAILED])
    while left.exists():
        worker.one()  # type: ignore[attr-defined]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

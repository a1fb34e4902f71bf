"""Words: time and memory of each measure on 100,000 passages, then how fast words are read.

Run: python -m benchmarks.lexicon [passages]     (default: 100000)
Each measure is a fresh process. Its passages are drawn: 45 words each, among 20,000 whose frequencies are Zipf's, in
ten places. Reading (tagging and lemmas) is measured on 2,000 labelled passages, in words a second of one processor.
"""

import json
import resource
import subprocess
import sys
import time

import numpy as np

from benchmarks.whole import GOLD, peak_megabytes
from voices.domain import Origin, Passage, Role, Testimony, Turn
from voices.lexicon import concordance, cooccurrence, correspondence, network, read, similarity, specificities
from voices.lexicon.parts import Parts, named
from voices.lexicon.table import Table, count
from voices.lexicon.words import KINDS, Words

SIZE, WORDS, LONG, PLACES = 100_000, 20_000, 45, 10
SEED = 7


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        MEASURES[sys.argv[2]](int(sys.argv[3]))
        return
    size = sys.argv[1] if sys.argv[1:] else str(SIZE)
    for name in MEASURES:
        subprocess.run([sys.executable, "-m", "benchmarks.lexicon", "--one", name, size], check=True)


def told(name: str, wall: float, busy: float, what: str) -> None:
    peak = peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
    print(f"{name:>15}: {wall:6.1f} s ({busy:6.1f} s of processor), peak {peak:5.0f} MB; {what}", flush=True)


class Watch:
    """Times what stands under it."""

    def __enter__(self) -> "Watch":
        self._wall, self._busy = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *error: object) -> None:
        self.wall, self.busy = time.perf_counter() - self._wall, time.process_time() - self._busy


def drawn(size: int) -> Words:
    """Words drawn by Zipf's law, each place leaning to some of its own."""
    chance = np.random.default_rng(SEED)
    weights = 1 / np.arange(1, WORDS + 1)
    form = chance.choice(WORDS, size * LONG, p=weights / weights.sum()).astype(np.int32)
    names = tuple(f"mot{number}" for number in range(WORDS))
    text = " ".join(names[number] for number in form[:LONG])
    passages = tuple(
        Passage(f"p{number}", f"t{number // 12}", number % 12 + 1, 0, len(text), text, 0, ((0, len(text)),))
        for number in range(size)
    )
    place = np.tile(np.arange(LONG, dtype=np.int32), size)
    kind = np.full(len(form), KINDS.index("NOUN"), dtype=np.int8)
    bounds = np.arange(0, len(form) + 1, LONG)
    return Words(passages, bounds, names, names, form, form, kind, place, place, np.zeros(len(form), dtype=np.int8))


def prepared(size: int, least: int) -> tuple[Table, Parts]:
    return count(drawn(size), least=least), named([(f"lieu {number // 12 % PLACES}",) for number in range(size)])


def table(size: int) -> None:
    words = drawn(size)
    with Watch() as watch:
        found = count(words, least=1)
    told("table", watch.wall, watch.busy, f"{len(words):,} words, {len(found.terms):,} terms")


def specific(size: int) -> None:
    counted, parts = prepared(size, 1)
    speakers = np.arange(size) // 12
    with Watch() as watch:
        found = specificities.compare(counted, parts, speakers=speakers)
    told("specificities", watch.wall, watch.busy, f"{found.scores.size:,} cells")


def together(size: int) -> None:
    counted, _ = prepared(size, max(size // 1000, 5))
    with Watch() as watch:
        found = cooccurrence.pairs(counted)
    told("cooccurrences", watch.wall, watch.busy, f"{len(counted.terms):,} terms, {len(found.first):,} pairs")
    with Watch() as watch:
        network.draw(similarity.graph(found))
    told("graph", watch.wall, watch.busy, "60 words, drawn")


def axes(size: int) -> None:
    counted, parts = prepared(size, 10)
    with Watch() as watch:
        found = correspondence.of_parts(counted, parts)
    told("correspondence", watch.wall, watch.busy, f"{PLACES} parts, {len(found.of_columns.names):,} words")


def places(size: int) -> None:
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    said = [texts[number % len(texts)] for number in range(size)]
    testimonies = [
        Testimony(f"t{number}", text, (Turn(0, len(text), Role.WITNESS),), Origin()) for number, text in enumerate(said)
    ]
    passages = [
        Passage(f"p{number}", f"t{number}", 1, 0, len(text), text, 0, ((0, len(text)),))
        for number, text in enumerate(said)
    ]
    for query in ("accueil*", "on m'a *"):
        with Watch() as watch:
            found = concordance.of_forms(passages, testimonies, query, sort="gauche")
        told("concordance", watch.wall, watch.busy, f"« {query} », {len(found.lines):,} places, sorted")


def reading(size: int) -> None:
    del size
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()][:2000]
    passages = [
        Passage(f"p{number}", "t", 1, 0, len(text), text, 0, ((0, len(text)),)) for number, text in enumerate(texts)
    ]
    read(passages[:1])  # the models are loaded once
    with Watch() as watch:
        found = read(passages)
    what = (
        f"{len(passages):,} passages, {len(found):,} words, {len(found) / watch.busy:,.0f} words a second of processor"
    )
    told("reading", watch.wall, watch.busy, what)


MEASURES = {
    "table": table,
    "specificities": specific,
    "cooccurrences": together,
    "correspondence": axes,
    "concordance": places,
    "reading": reading,
}

if __name__ == "__main__":
    main()

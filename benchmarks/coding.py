"""The speed of coding beside sentence-transformers and SetFit: the same passages, the same cores, one run.

Run: python -m benchmarks.coding [--passages 640] [--threads 2] [--fast FOLDER] [--write]

Four ways, each a warm process, get the same chunks in turn (benchmarks/warm.py): sentence-transformers in float32,
vectors only, in batches of 32; SetFit's way, the same vectors and a logistic head; voices as users get it, the shipped
coder with its encoder, vectors, codes, certainties and reasons, without cache; the faster coder, which reads without
vectors. `--fast` gives the folder of the last, trained there as `voices train --rapide` does where it is empty
(minutes); without it, the one that comes with voices, if it does.

Passages are those of whole gold testimonies, with their questions and the passages before, spread over the corpus, cut
into sentences beforehand. The ways that encode alone are given the passages alone, voices their contexts too. A chunk
holds whole testimonies; each is coded once, so that no way meets words again, and the first, to warm up, is not
counted. A ratio is the median of the chunks' ratios. On a busy machine torch's threads wait for one another: look at
the load, at the ratio of processor time, or take `--threads 1`. `--write` puts the table into docs/speed.md.
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from benchmarks import warm
from benchmarks.embedding import BATCH, GOLD, write_reference
from benchmarks.embedding import reference as sentence_transformers
from benchmarks.warm import PROCESSOR, ROOT, WALL, Times
from benchmarks.written import DOCS, between, circumstances
from voices.coding.labelled import Labelled
from voices.domain import Passage

PAGE, NAME = DOCS / "speed.md", "speed of coding"
WRITTEN = ROOT / "corpora" / "written" / "coded_passages.jsonl"
CUT = ROOT / "build" / "coding-passages.json"
FAST = "coder-3a-rapide"
CHUNK, HEAD = 2 * BATCH, 64
Work = Callable[[Sequence[Passage]], object]
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def vectors_only(options: argparse.Namespace) -> Work:
    encode = sentence_transformers(options.threads)
    return lambda passages: encode([one.text for one in passages])


def setfit(options: argparse.Namespace) -> Work:
    """What SetFit does once trained; how the vectors were tuned does not change their speed."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    encode = sentence_transformers(options.threads)
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()[:HEAD]]
    labels = sorted({code for row in rows for code in row["codes"]})
    truth = [[int(label in row["codes"]) for label in labels] for row in rows]
    head = OneVsRestClassifier(LogisticRegression()).fit(encode([row["text"] for row in rows]), truth)
    return lambda passages: head.predict_proba(encode([one.text for one in passages]))


def voices(options: argparse.Namespace) -> Work:
    from voices import encoders, loading, settings

    shipped = settings.load({})
    coder = loading.coder_of(shipped)
    encoder = encoders.load(coder.encoder_name, models=shipped.models, cache=None, threads=options.threads)
    return lambda passages: coder.code(passages, encoder)


def faster_coder(options: argparse.Namespace) -> Work:
    from voices import coding, loading, settings

    coder, encoder = loading.coder_of(replace(settings.load({}), coder=options.fast)), coding.blind()
    return lambda passages: coder.code(passages, encoder)


ENGINES = {
    "sentence-transformers, float32, vectors only": vectors_only,
    "SetFit: these vectors and a logistic head": setfit,
    "voices: vectors, codes, certainties, reasons": voices,
    "voices, faster coder": faster_coder,
}
BASE, *_, FASTEST = ENGINES


@dataclass(frozen=True)
class Way:
    """What one way took on each chunk, and its peak memory in MB."""

    name: str
    spent: Sequence[Times]
    mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=640)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--fast", type=Path, help="the folder of the faster coder, trained there where it is empty")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        chunks = read(CUT)
        work = ENGINES[options.engine](options)
        warm.serve(lambda number: work(chunks[number]))
        return
    text = measured(options)
    print(text)
    if options.write:
        between(PAGE, NAME, text)


def measured(options: argparse.Namespace) -> str:
    """Every way measured, as a page in English. This process stays small: its peak would count as the engines'."""
    write_reference()
    names = list(ENGINES)
    fast = options.fast or _shipped_models() / FAST
    if options.fast:
        _elsewhere(_trained, fast)
    elif not fast.is_dir():
        print(f"The faster coder is not measured: no {FAST} comes with voices yet; --fast FOLDER trains one.")
        names.remove(FASTEST)
    chunks = _elsewhere(_cut, options.passages)
    if len(chunks) < 2:
        raise SystemExit(f"Too few passages: at least {CHUNK}, beside those to warm up.")
    CUT.write_text(json.dumps([[asdict(one) for one in chunk] for chunk in chunks]), encoding="utf-8")
    load = os.getloadavg()[0]
    arguments = ["--threads", str(options.threads), "--fast", str(fast.resolve())]
    quiet = {"TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": str(options.threads)}
    engines = [warm.start(name, "benchmarks.coding", arguments, quiet) for name in names]
    for engine in engines:
        engine.ask("0")
    spent = warm.in_turn(engines, range(1, len(chunks)))
    ways = [Way(engine.name, spent[engine.name], engine.end()) for engine in engines]
    return page(chunks[1:], ways, threads=options.threads, load=load)


def page(chunks: Sequence[Sequence[Passage]], ways: Sequence[Way], *, threads: int, load: float) -> str:
    """What was measured; the first way is what the others are compared with."""
    found = [one for chunk in chunks for one in chunk]
    questions = len({one.question for one in found if one.question})
    words, sentences = (
        sum(some) / len(found)
        for some in ([len(one.text.split()) for one in found], [len(one.sentences) for one in found])
    )
    sizes, base = [len(chunk) for chunk in chunks], ways[0]
    lines = []
    for way in ways:
        clock, core = (warm.rate(sizes, way.spent, kind) for kind in (WALL, PROCESSOR))
        times, by_core = (warm.faster(way.spent, base.spent, kind) for kind in (WALL, PROCESSOR))
        lines.append(f"| {way.name} | {clock:.1f} | × {times:.2f} | {core:.1f} | × {by_core:.2f} | {way.mb:.0f} MB |")
    return "\n".join(
        [
            f"{len(found)} passages of {words:.0f} words and {sentences:.1f} sentences on average, with"
            f" {questions} different questions; chunks: {len(chunks)}; threads for each way: {threads}; load of the"
            f" machine before: {load:.1f}. {circumstances(_encoder(), french=False)}.",
            "",
            "| way | passages/s | ratio | per core-second | ratio | peak memory |",
            "|---|---|---|---|---|---|",
            *lines,
        ]
    )


def spread(labelled: Sequence[Labelled], count: int) -> list[list[Labelled]]:
    """Whole testimonies, spread over the corpus, that hold at least that many passages, or all there are."""
    every = [list(group) for _, group in groupby(labelled, key=lambda one: one.testimony_id)]
    step = max(1, len(labelled) // count)
    ordered = [one for first in range(step) for one in every[first::step]]
    found: list[list[Labelled]] = []
    while ordered and sum(len(one) for one in found) < count:
        found.append(ordered.pop(0))
    return found


def chunked(testimonies: Sequence[Sequence[Labelled]]) -> list[list[Labelled]]:
    """Whole testimonies together, at least CHUNK passages each time; those left over join the last."""
    found: list[list[Labelled]] = [[]]
    for testimony in testimonies:
        if len(found[-1]) >= CHUNK:
            found.append([])
        found[-1] += testimony
    if len(found) > 1 and len(found[-1]) < CHUNK:
        left = found.pop()
        found[-1] += left
    return found


def read(file: Path) -> list[list[Passage]]:
    """The chunks of passages written in that file."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [[Passage(**row | {"sentences": tuple(map(tuple, row["sentences"]))}) for row in chunk] for chunk in rows]


def _cut(count: int) -> list[list[Passage]]:
    from benchmarks.cut import passages_of
    from voices import coding

    chunks = chunked(spread(coding.read_labelled(GOLD), count + CHUNK))
    return [passages_of(chunk) for chunk in chunks]


def _trained(folder: Path) -> None:
    from voices import learning
    from voices.coding import storage

    if not storage.is_coder(folder):
        learning.train(GOLD, folder, also=WRITTEN, fast=True, processes=os.cpu_count() or 1)


def _elsewhere(work: Callable[[Asked], Answer], asked: Asked) -> Answer:
    """What the work gives, done in a process of its own."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(work, asked).result()


def _shipped_models() -> Path:
    from voices import settings

    return settings.shipped_models()


def _encoder() -> str:
    """The identity of the encoder that the shipped coder reads with."""
    manifest = _shipped_models() / "coder-3a" / "manifest.json"
    return str(json.loads(manifest.read_text(encoding="utf-8"))["encoder"])


if __name__ == "__main__":
    main()

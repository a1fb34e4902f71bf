"""The shipped encoder next to sentence-transformers in float32: the same weights, the same cores, the same passages.

Run: python -m benchmarks.embedding [--passages 300] [--threads 2]

Each engine is one process that stays warm and gets the same chunks in turn, so that what else the machine does weighs
on both. A ratio is the median of the chunks' ratios. Processor seconds are printed too: they count the work of all
threads and move less when the machine is shared. torch's threads, though, wait for one another by spinning: with
several threads on a busy machine its figures are too low, and `--threads 1` is the fair comparison. Memory is the peak
resident set of the process. The reference is written once in build/ from the same source package
(pip install 'voices[build]').
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import warm
from benchmarks.warm import PROCESSOR, ROOT, WALL, Engine, Times

GOLD = ROOT / "corpora" / "gold" / "coded_passages.jsonl"
REFERENCE = ROOT / "build" / "e5-small-fr-sentence-transformers"
CHUNK, ROUNDS, BATCH = 50, 2, 32
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def shipped(threads: int) -> Encode:
    from voices import encoders, settings

    return encoders.load("e5-small-fr", models=settings.shipped_models(), cache=None, threads=threads).encode


def reference(threads: int) -> Encode:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(str(REFERENCE), device="cpu")
    return lambda texts: model.encode(list(texts), batch_size=BATCH, show_progress_bar=False)


ENGINES = {"voices": shipped, "sentence-transformers": reference}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    texts = passages(options.passages)
    if options.engine:
        serve(ENGINES[options.engine](options.threads), texts, vectors_of(options.engine))
    else:
        compare(texts, options)


def passages(count: int) -> list[str]:
    """That many passages, spread over the whole coded set."""
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return texts[:: max(1, len(texts) // count)][:count]


def serve(encode: Encode, texts: list[str], file: Path) -> None:
    """Encode the chunks asked for; their vectors are then in that file."""
    encode(texts[:1])
    found: dict[int, NDArray[np.float32]] = {}

    def work(number: int) -> None:
        found[number] = encode(texts[number * CHUNK : (number + 1) * CHUNK])

    warm.serve(work, lambda: np.save(file, np.concatenate([found[number] for number in sorted(found)])))


def compare(texts: list[str], options: argparse.Namespace) -> None:
    write_reference()
    print(f"{len(texts)} passages, {options.threads} threads, load of the machine before: {os.getloadavg()[0]:.1f}")
    arguments = ["--passages", str(options.passages), "--threads", str(options.threads)]
    quiet = {"TOKENIZERS_PARALLELISM": "false"}
    engines = [warm.start(name, "benchmarks.embedding", arguments, quiet) for name in ENGINES]
    chunks = [number for _ in range(ROUNDS) for number in range(-(-len(texts) // CHUNK))]
    spent = warm.in_turn(engines, chunks)
    sizes = [len(texts[number * CHUNK : (number + 1) * CHUNK]) for number in chunks]
    show(engines, spent, sizes, {engine.name: engine.end() for engine in engines})


def show(engines: list[Engine], spent: dict[str, list[Times]], sizes: list[int], memory: dict[str, float]) -> None:
    print(f"{'':24}{'passages/s':>12}{'per core-second':>18}{'cold start':>12}{'peak memory':>13}")
    for engine in engines:
        wall, processor = (warm.rate(sizes, spent[engine.name], kind) for kind in (WALL, PROCESSOR))
        print(f"{engine.name:24}{wall:12.1f}{processor:18.1f}{engine.cold:10.1f} s{memory[engine.name]:10.0f} MB")
    ours, theirs = spent.values()
    wall, processor = (warm.faster(ours, theirs, kind) for kind in (WALL, PROCESSOR))
    share = memory["voices"] / memory["sentence-transformers"]
    print(f"speed × {wall:.2f} (by the clock), × {processor:.2f} (by processor time)")
    print(f"memory × {share:.2f}")
    cosines = (np.load(vectors_of("voices")) * np.load(vectors_of("sentence-transformers"))).sum(axis=1)
    print(f"cosine between the two: least {cosines.min():.4f}, mean {cosines.mean():.4f}")


def vectors_of(name: str) -> Path:
    return ROOT / "build" / f"{name}.npy"


def write_reference() -> None:
    if not (REFERENCE / "model.safetensors").is_file():
        script = ROOT / "models" / "build" / "build_encoder.py"
        subprocess.run([sys.executable, str(script), "--sentence-transformers", str(REFERENCE)], check=True)


if __name__ == "__main__":
    main()

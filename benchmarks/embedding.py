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
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
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


@dataclass
class Engine:
    """A warm process that encodes the chunks it is asked for. `cold` is seconds from launch to the first vector."""

    name: str
    process: subprocess.Popen[str]
    cold: float

    def ask(self, question: str) -> dict[str, float]:
        print(question, file=pipe(self.process.stdin), flush=True)
        return json.loads(pipe(self.process.stdout).readline())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    texts = passages(options.passages)
    if options.engine:
        serve(ENGINES[options.engine](options.threads), texts)
    else:
        compare(texts, options)


def passages(count: int) -> list[str]:
    """That many passages, spread over the whole coded set."""
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return texts[:: max(1, len(texts) // count)][:count]


def serve(encode: Encode, texts: list[str]) -> None:
    """Encode the chunk whose number is read, until the end of input; tell seconds, or at "end" the peak memory."""
    encode(texts[:1])
    print(json.dumps({"ready": True}), flush=True)
    found: dict[int, NDArray[np.float32]] = {}
    for line in sys.stdin:
        if line.strip() == "end":
            vectors = np.concatenate([found[number] for number in sorted(found)])
            np.save(os.environ["VECTORS"], vectors)
            print(json.dumps({"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)
            return
        number = int(line)
        wall, processor = time.perf_counter(), time.process_time()
        found[number] = encode(texts[number * CHUNK : (number + 1) * CHUNK])
        spent = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
        print(json.dumps(spent), flush=True)


def compare(texts: list[str], options: argparse.Namespace) -> None:
    write_reference()
    print(f"{len(texts)} passages, {options.threads} threads, load of the machine before: {os.getloadavg()[0]:.1f}")
    engines = [start(name, options) for name in ENGINES]
    spent: dict[str, list[dict[str, float]]] = {engine.name: [] for engine in engines}
    chunks = [number for _ in range(ROUNDS) for number in range(-(-len(texts) // CHUNK))]
    for turn, number in enumerate(chunks):
        for engine in engines if turn % 2 else engines[::-1]:
            spent[engine.name].append(engine.ask(str(number)))
    sizes = [len(texts[number * CHUNK : (number + 1) * CHUNK]) for number in chunks]
    memory = {engine.name: engine.ask("end")["mb"] for engine in engines}
    show(engines, spent, sizes, memory)


def show(
    engines: list[Engine], spent: dict[str, list[dict[str, float]]], sizes: list[int], memory: dict[str, float]
) -> None:
    print(f"{'':24}{'passages/s':>12}{'per core-second':>18}{'cold start':>12}{'peak memory':>13}")
    for engine in engines:
        wall, processor = (
            statistics.median(size / times[kind] for size, times in zip(sizes, spent[engine.name], strict=True))
            for kind in ("wall", "processor")
        )
        print(f"{engine.name:24}{wall:12.1f}{processor:18.1f}{engine.cold:10.1f} s{memory[engine.name]:10.0f} MB")
    ours, theirs = spent.values()
    ratios = {
        kind: statistics.median(b[kind] / a[kind] for a, b in zip(ours, theirs, strict=True))
        for kind in ("wall", "processor")
    }
    share = memory["voices"] / memory["sentence-transformers"]
    print(f"speed × {ratios['wall']:.2f} (by the clock), × {ratios['processor']:.2f} (by processor time)")
    print(f"memory × {share:.2f}")
    cosines = (np.load(vectors_of("voices")) * np.load(vectors_of("sentence-transformers"))).sum(axis=1)
    print(f"cosine between the two: least {cosines.min():.4f}, mean {cosines.mean():.4f}")


def start(name: str, options: argparse.Namespace) -> Engine:
    command = [sys.executable, "-m", "benchmarks.embedding", "--engine", name]
    command += ["--passages", str(options.passages), "--threads", str(options.threads)]
    environment = os.environ | {"VECTORS": str(vectors_of(name)), "TOKENIZERS_PARALLELISM": "false"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    if not pipe(process.stdout).readline():
        raise SystemExit(f"{name} did not start; to see why: {' '.join(command)}")
    return Engine(name, process, time.perf_counter() - begun)


def vectors_of(name: str) -> Path:
    return ROOT / "build" / f"{name}.npy"


def write_reference() -> None:
    if not (REFERENCE / "model.safetensors").is_file():
        script = ROOT / "models" / "build" / "build_encoder.py"
        subprocess.run([sys.executable, str(script), "--sentence-transformers", str(REFERENCE)], check=True)


def pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("the process was started without pipes")
    return stream


if __name__ == "__main__":
    main()

"""The whole work, timed as a person waits for it: one page cold, a one-hour interview, growing corpora.

Run: python -m benchmarks.whole [passages …]     (default: 1000 3000 10000)
Each run is a fresh process with an empty cache; memory is the peak resident set of that process.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOLD = Path(__file__).parents[1] / "corpora" / "gold" / "coded_passages.jsonl"
SIZES = (1_000, 3_000, 10_000)
INTERVIEW_WORDS = 9_000
PAGE_WORDS = 400


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        one_page(texts, root)
        one_hour(texts, root)
        growing(texts, root, sizes)


def one_page(texts: list[str], root: Path) -> None:
    page = root / "page.txt"
    page.write_text("\n\n".join(up_to(texts, PAGE_WORDS)), encoding="utf-8")
    measured = [voices(["code", str(page), "--json"], root / f"cache-page-{number}")[0] for number in range(3)]
    print(f"voices code, one page ({PAGE_WORDS} words), cold start: {sorted(measured)[1]:.1f} s (median of 3)")


def one_hour(texts: list[str], root: Path) -> None:
    lines = [f"{'Enquêtrice : Et ensuite ?' if n % 2 else 'Témoin : ' + text}" for n, text in interleaved(texts)]
    interview = root / "entretien.txt"
    interview.write_text("\n\n".join(lines), encoding="utf-8")
    seconds, peak = voices(["code", str(interview), "--json"], root / "cache-interview")
    print(f"one-hour interview ({INTERVIEW_WORDS} words), file to coded passages: {seconds:.1f} s, {peak:.0f} MB")


def growing(texts: list[str], root: Path, sizes: list[int] | tuple[int, ...]) -> None:
    for size in sizes:
        folder, out = root / f"corpus-{size}", root / f"out-{size}"
        passages_asked = make_corpus(texts, folder, size)
        seconds, peak = voices(["run", str(folder), "--out", str(out), "--json"], root / f"cache-{size}")
        found = json.loads((root / "last.json").read_text(encoding="utf-8"))["passages"]
        html = (out / "rapport.html").stat().st_size / 1e6
        each = 1000 * seconds / found
        print(
            f"{found:>6} passages ({passages_asked} written): {seconds:6.1f} s, {each:5.1f} ms a passage, "
            f"peak {peak:5.0f} MB, report {html:.1f} MB"
        )


def voices(arguments: list[str], cache: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one command in a fresh process."""
    environment = os.environ | {"VOICES_CACHE": str(cache), "VOICES_CLE": str(cache.parent / "cle")}
    command = [str(Path(sys.executable).parent / "voices"), *arguments]
    started = time.perf_counter()
    with (cache.parent / "last.json").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"voices {arguments[0]} failed: {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - started, peak_megabytes(usage)


def peak_megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def up_to(texts: list[str], words: int) -> list[str]:
    kept: list[str] = []
    for text in texts:
        if sum(len(one.split()) for one in kept) >= words:
            break
        kept.append(text)
    return kept


def interleaved(texts: list[str]) -> list[tuple[int, str]]:
    return list(enumerate(text for one in up_to(texts, INTERVIEW_WORDS) for text in (one, "")))


def make_corpus(texts: list[str], folder: Path, size: int) -> int:
    """Files of twelve passages, each made of sentences of two passages, so that no two texts are the same."""
    folder.mkdir()
    chance = random.Random(7)
    (folder / "temoignages.csv").write_text(
        "fichier;lieu;date;consentement\n"
        + "".join(f"t{n}.txt;Lieu {n % 7};{2021 + n % 4};citations anonymes\n" for n in range(size // 12)),
        encoding="utf-8",
    )
    for number in range(size // 12):
        paragraphs = []
        for _ in range(12):
            one, other = chance.sample(texts, 2)
            paragraphs.append(half(one, first=True) + " " + half(other, first=False))
        (folder / f"t{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    return size // 12 * 12


def half(text: str, *, first: bool) -> str:
    sentences = text.replace("? ", "?|").replace(". ", ".|").split("|")
    middle = (len(sentences) + 1) // 2
    return " ".join(sentences[:middle] if first else sentences[middle:] or sentences)


if __name__ == "__main__":
    main()

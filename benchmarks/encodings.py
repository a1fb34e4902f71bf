"""How often the encoding of a French excerpt is found, by encoding and by length, next to chardet alone.

Run: `python benchmarks/encodings.py [TEXT.txt …]`; without arguments, on the text that comes with the tests.
An excerpt is right when its decoded text is exactly the one that was encoded.
"""

import random
import sys
from pathlib import Path

import chardet

from voices.ingest.encodings import LEGACY, decode

SHIPPED = Path(__file__).parents[1] / "tests" / "ingest" / "assets" / "francais.txt"
LENGTHS = (60, 100, 200, 500, 1000)
DRAWS = 1000
# What a typist of the time wrote where the code page had no such character.
TYPED = str.maketrans(
    {"’": "'", "œ": "oe", "Œ": "Oe", "…": "...", "–": "-", "—": "-", "“": '"', "”": '"', "\u202f": "\u00a0"}
)


def as_typed(text: str, encoding: str) -> str:
    """The text as it could be written in that encoding."""
    wanted = text.translate(TYPED) if encoding == "cp850" else text.replace("\u202f", "\u00a0")
    return wanted.encode(encoding, errors="ignore").decode(encoding)


def excerpts(text: str, length: int, *, draws: int = DRAWS, seed: int = 3) -> list[str]:
    """Random excerpts that hold at least one character beyond ASCII: others are the same in every encoding."""
    source = random.Random(seed)
    starts = (source.randrange(len(text) - length) for _ in range(draws))
    return [excerpt for start in starts if not (excerpt := text[start : start + length]).isascii()]


def share_right(text: str, encoding: str, length: int) -> float:
    found = excerpts(as_typed(text, encoding), length)
    return sum(decode(excerpt.encode(encoding)).text == excerpt for excerpt in found) / len(found)


def chardet_share(text: str, encoding: str, length: int) -> float:
    found = excerpts(as_typed(text, encoding), length, draws=200)
    right = 0
    for excerpt in found:
        data = excerpt.encode(encoding)
        guess = chardet.detect(data)["encoding"] or "ascii"
        right += data.decode(guess, errors="replace") == excerpt
    return right / len(found)


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [SHIPPED]
    text = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in paths)
    print(f"{len(text)} caractères ; {DRAWS} extraits par case (200 pour chardet)")
    print(f"{'encodage':10} {'longueur':>8} {'voices':>8} {'chardet':>8}")
    for encoding in LEGACY:
        for length in LENGTHS:
            ours, theirs = share_right(text, encoding, length), chardet_share(text, encoding, length)
            print(f"{encoding:10} {length:8} {ours:8.1%} {theirs:8.1%}")


if __name__ == "__main__":
    main()

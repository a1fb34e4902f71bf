"""What happens to sound files on their way: cut short, corrupted, misnamed, stuck together."""

import random
from collections.abc import Iterator

from tests.hostile.good import FILES

_SEED = 20_240_101
_MISNAMED = (
    *(("docx", "txt"), ("docx", "pdf"), ("docx", "odt"), ("docx", "xlsx"), ("pdf", "docx"), ("pdf", "txt")),
    *(("txt", "pdf"), ("txt", "docx"), ("txt", "xlsx"), ("txt", "json"), ("txt", "eaf"), ("txt", "trs")),
    *(("html", "docx"), ("html", "csv"), ("html", "rtf"), ("csv", "xlsx"), ("csv", "docx"), ("xlsx", "csv")),
    *(("xlsx", "docx"), ("ods", "odt"), ("odt", "ods"), ("rtf", "docx"), ("rtf", "odt"), ("vtt", "json")),
    *(("json", "otr"), ("otr", "json"), ("eaf", "trs"), ("trs", "eaf"), ("zip", "docx"), ("zip", "xlsx")),
    *(("txt", "rtf"), ("txt", "odt"), ("txt", "fodt"), ("txt", "ods"), ("zip", "pdf"), ("srt", "fodt")),
)


def damaged() -> Iterator[tuple[str, bytes]]:
    """Each damaged file, under a name that tells what was done to it."""
    for suffix, data in FILES.items():
        yield from _cut(suffix, data)
        yield from _corrupted(suffix, data)
        yield from _mixed(suffix, data)
    for really, said in _MISNAMED:
        yield f"mal_nomme/{really}_nomme.{said}", FILES[really]


def _cut(suffix: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    for percent in (8, 35, 62, 88, 98):
        yield f"coupe/a_{percent:02d}.{suffix}", data[: max(1, len(data) * percent // 100)]
    yield f"coupe/sans_debut.{suffix}", data[len(data) // 7 :]


def _corrupted(suffix: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    for every in (400, 60, 9):
        dice = random.Random(f"{_SEED} {suffix} {every}")
        found = bytearray(data)
        for _ in range(max(1, len(data) // every)):
            found[dice.randrange(len(found))] = dice.randrange(256)
        yield f"corrompu/un_sur_{every:03d}.{suffix}", bytes(found)


def _mixed(suffix: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    middle = len(data) // 2
    yield f"mele/nuls.{suffix}", data[:middle] + b"\0" * 64 + data[middle:]
    yield f"mele/deux_fois.{suffix}", data + data
    yield f"mele/debut_etranger.{suffix}", b"From: moi\r\nContent-Type: application/octet-stream\r\n\r\n" + data
    dice = random.Random(f"{_SEED} {suffix}")
    yield f"mele/suite_etrangere.{suffix}", data + dice.randbytes(200)

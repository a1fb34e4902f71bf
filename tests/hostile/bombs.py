"""Files that swell, made when they are needed: small on the disk, or too large to be kept."""

import struct
import zlib
from collections.abc import Callable

from tests.hostile.good import XML, cells, docx_files, packed, pdf, xlsx

_MEGABYTE = 2**20


def lying(data: bytes, announced: int) -> bytes:
    """The zip whose entries announce that size."""
    found = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = found.find(mark)
        while at >= 0:
            struct.pack_into("<I", found, at + offset, announced)
            at = found.find(mark, at + 4)
    return bytes(found)


def overlapping(entries: int, size: int) -> bytes:
    """A zip of that many entries that are all the same packed bytes."""
    one = packed({"a.txt": b"a" * size}, small=True)
    at = one.index(b"PK\x01\x02")
    entry = one[at : one.index(b"PK\x05\x06")]
    listed = b"".join(entry.replace(b"a.txt", b"%05d" % rank) for rank in range(entries))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(listed), at, 0)
    return one[:at] + listed + end


def flate_pdf(size: int) -> bytes:
    """A PDF whose page is that many spaces, packed."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b" " * _MEGABYTE) for _ in range(size // _MEGABYTE)) + packer.flush()
    stream = f"<< /Filter /FlateDecode /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    made = pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, "<< /Autre true >>"
    )
    return made.replace(b"<< /Autre true >>", stream)


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros.zip": lambda: packed({"zeros.txt": b"0" * (60 * _MEGABYTE)}, small=True),
    "chevauche.zip": lambda: overlapping(60, 15 * _MEGABYTE),
    "tailles_menteuses.zip": lambda: lying(packed({"a.txt": b"a" * (40 * _MEGABYTE)}, small=True), 10),
    "tailles_menteuses.docx": lambda: lying(packed(docx_files(" " * (40 * _MEGABYTE)), small=True), 4000),
    "dix_mille_et_un.zip": lambda: packed(dict.fromkeys((f"{n}.txt" for n in range(10_001)), b"a")),
    "espaces.docx": lambda: packed(docx_files(" " * (60 * _MEGABYTE)), small=True),
    "flot.pdf": lambda: flate_pdf(900 * _MEGABYTE),
    "loin.xlsx": lambda: xlsx(cells() + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "loin_cache.xlsx": lambda: xlsx(cells() + "<row r='1048576'><c  s='1'  r = 'XFD1048576' ><v>1</v></c></row>"),
    "texte_immense.eaf": lambda: f"{XML}<ANNOTATION_DOCUMENT>{'a' * (20 * _MEGABYTE)}</ANNOTATION_DOCUMENT>".encode(),
    "crochets.json": lambda: b"[" * 20_000_000,
    "trop_long.txt": lambda: b"mot " * 2_600_000,
}
"""What makes each, by a name that tells what is wrong with it."""

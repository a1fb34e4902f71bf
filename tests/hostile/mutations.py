"""Sound files turned into others that are nearly so: what Hypothesis draws for readers to survive."""

import zipfile
from io import BytesIO

from hypothesis import strategies as st

from tests.hostile.good import FILES, packed

TOKENS = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\r",
        b"\n\n",
        b";",
        b'"',
        b"\t",
        b"<",
        b">",
        b"</",
        b"/>",
        b"&",
    ),
    *(
        b"&#0;",
        b"&x;",
        b"<!DOCTYPE a [",
        b"]]>",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\\u-1?",
        b"\\'zz",
        b"\\ud800",
        b"NaN",
        b"1e999",
    ),
    *(b"-1", b"99999999999999999999", b" R", b"obj", b"endobj", b"<<", b">>", b"stream\n", b"-->", b"00:00:01.000"),
    *(
        b"WEBVTT",
        b"<v ",
        b"**** *",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"%PDF-",
        b"{\\rtf1",
        b"null",
        b"L1 : ",
        "«\u202f".encode(),
    ),
)
_ARCHIVES = ("docx", "odt", "xlsx", "ods", "zip")


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes after a few cuts, repeats, swaps and insertions."""
    found = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(found)))
        end = min(len(found), start + draw(st.integers(0, 60)))
        piece = found[start:end]
        change = draw(st.sampled_from(("cut", "repeat", "token", "bytes", "number")))
        if change == "cut":
            del found[start:end]
        elif change == "repeat":
            found[start:end] = piece * draw(st.integers(2, 40))
        elif change == "token":
            found[start:start] = draw(st.sampled_from(TOKENS)) * draw(st.integers(1, 20))
        elif change == "bytes":
            found[start:end] = draw(st.binary(max_size=len(piece) + 2))
        else:
            found[start:end] = bytes(draw(st.sampled_from(b"0123456789-.")) for _ in piece)
    return bytes(found)


@st.composite
def inside(draw: st.DrawFn, data: bytes) -> bytes:
    """The archive, one of its files changed: it opens, and what it holds is strange."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(files)))
    files[name] = draw(mutated(files[name]))
    return packed(dict(files))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file's name and its bytes."""
    suffix = draw(st.sampled_from(sorted(FILES)))
    data = FILES[suffix]
    if suffix in _ARCHIVES and draw(st.booleans()):
        data = draw(inside(data))
    else:
        data = draw(st.one_of(mutated(data), st.binary(max_size=300)))
    other = draw(st.sampled_from(sorted(FILES)))
    return f"a.{other if draw(st.integers(0, 7)) == 0 else suffix}", data

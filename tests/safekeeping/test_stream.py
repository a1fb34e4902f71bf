"""The encrypted file: what goes in comes out, and nothing else does."""

import io
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices.errors import PrivacyError, ReadingError
from voices.safekeeping.stream import CHUNK, MAGIC, Reader, Writer, keys_of, mark_of

KEY = b"une cle"
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]
HEAD = len(MAGIC) + 32 + 16


def sealed(*contents: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, key)
    for one in contents:
        writer.write(one)
    writer.close()
    return file.getvalue()


def opened(content: bytes, *keys: bytes) -> bytes:
    return io.BufferedReader(Reader(io.BytesIO(content), keys or (KEY,), "x.sauvegarde")).read()


@pytest.mark.parametrize("size", SIZES)
def test_what_goes_in_comes_out(size):
    content = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(content[:size])) == content[:size]


@given(st.lists(st.binary(max_size=2 * CHUNK), max_size=4))
@settings(max_examples=25, deadline=None)
def test_however_it_is_cut(contents):
    assert opened(sealed(*contents)) == b"".join(contents)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_byte_changed_anywhere_is_noticed(data):
    whole = bytearray(sealed(b"mot" * CHUNK))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((ReadingError, PrivacyError)):
        opened(bytes(whole))


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[: HEAD + CHUNK + 16],
        lambda whole: whole[:HEAD],
        lambda whole: whole[: HEAD // 2],
        lambda whole: b"",
        lambda whole: whole + b"x",
        lambda whole: whole[:HEAD] + whole[HEAD + CHUNK + 16 :] + whole[HEAD : HEAD + CHUNK + 16],
        lambda whole: whole[:HEAD] + 2 * whole[HEAD : HEAD + CHUNK + 16] + whole[HEAD + CHUNK + 16 :],
    ],
    ids=["a byte short", "cut between chunks", "no chunk", "half a heading", "empty", "longer", "moved", "repeated"],
)
def test_a_file_cut_or_shuffled_is_refused(change):
    whole = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c")
    with pytest.raises(ReadingError):
        opened(change(whole))


def test_another_key_does_not_open_it_and_says_so():
    with pytest.raises(PrivacyError, match="La clé n’ouvre pas"):
        opened(sealed(b"mots"), b"une autre")
    assert opened(sealed(b"mots"), b"une autre", KEY) == b"mots"


def test_two_files_of_one_content_are_not_alike():
    assert sealed(b"mots")[HEAD:] != sealed(b"mots")[HEAD:]


def test_little_memory_whatever_the_size():
    tracemalloc.start()
    try:
        with Path(os.devnull).open("wb") as file:
            writer = Writer(file, KEY)
            for _ in range(400):
                writer.write(b"x" * CHUNK)
            writer.close()
        assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    finally:
        tracemalloc.stop()


def test_the_first_key_of_a_file_is_the_one_in_use(tmp_path):
    (tmp_path / "cle").write_bytes(b"neuve\nancienne\n")
    assert keys_of(tmp_path / "cle") == (b"neuve", b"ancienne")
    assert mark_of(b"neuve") != mark_of(b"ancienne")
    (tmp_path / "vide").write_bytes(b"\n")
    for name in ("vide", "absente"):
        with pytest.raises(PrivacyError):
            keys_of(tmp_path / name)

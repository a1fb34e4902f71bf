import hashlib
import logging
import sqlite3
import stat
import threading
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from voices.encoders.cache import FILE, CachedEncoder
from voices.ports import Progress, Span


class FakeEncoder:
    """Vectors drawn from the text's hash; it remembers what it was asked."""

    def __init__(self, identity: str = "faux@1", dim: int = 6) -> None:
        self.identity, self.dim = identity, dim
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        self.asked += texts
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) for text in texts]
        for done in range(len(texts)):
            if progress:
                progress(done + 1, len(texts))
        rows = [np.random.default_rng(seed).normal(size=self.dim) for seed in seeds]
        return np.array(rows, np.float32).reshape(len(texts), self.dim)


def test_only_what_is_new_is_computed(tmp_path):
    first = CachedEncoder(FakeEncoder(), tmp_path)
    first.encode(["a", "b"])
    inner = FakeEncoder()
    second = CachedEncoder(inner, tmp_path)
    vectors = second.encode(["b", "c", "a", "c"])
    assert inner.asked == ["c"]
    assert (second.hits, second.misses) == (2, 1)
    assert np.array_equal(vectors, FakeEncoder().encode(["b", "c", "a", "c"]))


@settings(deadline=None, max_examples=40)
@given(lists=st.lists(st.lists(st.text(alphabet="aé\0 🍞", max_size=3), max_size=8), max_size=3))
def test_a_cache_changes_no_vector(tmp_path_factory, lists):
    folder = tmp_path_factory.mktemp("cache")
    for texts in lists:
        assert np.array_equal(CachedEncoder(FakeEncoder(), folder).encode(texts), FakeEncoder().encode(texts))


@pytest.mark.parametrize("other", [FakeEncoder("faux@2"), FakeEncoder("autre@1")], ids=["revision", "name"])
def test_another_identity_shares_nothing(tmp_path, other):
    CachedEncoder(FakeEncoder(), tmp_path).encode(["a"])
    CachedEncoder(other, tmp_path).encode(["a"])
    assert other.asked == ["a"]


def test_no_text_is_stored_and_equal_texts_leave_different_keys_in_two_caches(tmp_path):
    text = "Je m’appelle Dominique et je viens le mardi."
    keys = []
    for folder in (tmp_path / "un", tmp_path / "deux"):
        CachedEncoder(FakeEncoder(), folder).encode([text])
        data = b"".join(path.read_bytes() for path in folder.iterdir())
        assert text.encode() not in data
        assert hashlib.sha256(text.encode()).digest() not in data
        with sqlite3.connect(folder / FILE) as base:
            keys += base.execute("SELECT key FROM vectors").fetchall()
        base.close()
    assert len(set(keys)) == 2


def test_the_file_is_for_its_owner_alone(tmp_path):
    CachedEncoder(FakeEncoder(), tmp_path).encode(["a"])
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def damage_header(path):
    path.write_bytes(b"not a database" * 400)


def damage_pages(path):
    data = bytearray(path.read_bytes())
    data[200:] = b"\xff" * (len(data) - 200)
    path.write_bytes(data)


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("damage", [damage_header, damage_pages, cut])
def test_a_damaged_cache_is_made_anew_and_said(tmp_path, caplog, damage):
    CachedEncoder(FakeEncoder(), tmp_path).encode([str(i) for i in range(300)])
    damage(tmp_path / FILE)
    kept = CachedEncoder(FakeEncoder(), tmp_path)
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(kept.encode(["1", "2"]), FakeEncoder().encode(["1", "2"]))
    assert "refait à neuf" in caplog.text
    inner = FakeEncoder()
    CachedEncoder(inner, tmp_path).encode(["1", "2"])
    assert inner.asked == []


def test_a_row_of_another_length_is_computed_again(tmp_path):
    CachedEncoder(FakeEncoder(dim=6), tmp_path).encode(["a"])
    inner = FakeEncoder(dim=3)
    assert CachedEncoder(inner, tmp_path).encode(["a"]).shape == (1, 3)
    assert inner.asked == ["a"]


def test_a_folder_that_cannot_be_written_is_done_without_and_said_once(tmp_path, caplog):
    (tmp_path / "fichier").write_text("")
    kept = CachedEncoder(FakeEncoder(), tmp_path / "fichier" / "cache")
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert np.array_equal(kept.encode(["a"]), FakeEncoder().encode(["a"]))
    assert [record.message for record in caplog.records] == [
        "Cache des vecteurs hors d’usage\u202f: le calcul continue sans lui."
    ]


def test_several_writers_at_once_lose_nothing(tmp_path):
    def work(start: int) -> None:
        CachedEncoder(FakeEncoder(), tmp_path).encode([str(i) for i in range(start, start + 400)])

    writers = [threading.Thread(target=work, args=(start,)) for start in (0, 200, 400)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    inner = FakeEncoder()
    CachedEncoder(inner, tmp_path).encode([str(i) for i in range(800)])
    assert inner.asked == []


def test_what_was_computed_before_an_interruption_is_kept(tmp_path):
    class Interrupted(FakeEncoder):
        def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
            if "300" in texts:
                raise KeyboardInterrupt
            return super().encode(texts, progress=progress)

    with pytest.raises(KeyboardInterrupt):
        CachedEncoder(Interrupted(), tmp_path).encode([str(i) for i in range(400)])
    kept = CachedEncoder(FakeEncoder(), tmp_path)
    kept.encode([str(i) for i in range(400)])
    assert kept.hits == 256


def test_progress_counts_what_was_known_and_what_is_computed(tmp_path):
    kept = CachedEncoder(FakeEncoder(), tmp_path)
    kept.encode(["a"])
    calls = []
    kept.encode(["a", "b", "c"], progress=lambda done, total: calls.append((done, total)))
    assert calls == [(2, 3), (3, 3)]


class SplittingEncoder(FakeEncoder):
    """Its parts are drawn from the words of each span."""

    splits = True

    def encode_parts(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Progress | None = None
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        vectors = self.encode(texts, progress=progress)
        said = [[text[start:end] for start, end in some] for text, some in zip(texts, spans, strict=True)]
        return vectors, [FakeEncoder(dim=self.dim).encode(words) for words in said]


ASKED = ["Bonjour. Merci.", "Oui.", "Bonjour. Merci."]
SPANS = [[(0, 8), (9, 15)], [], [(0, 15)]]


def test_parts_are_kept_with_the_vectors_they_are_of(tmp_path):
    plain, inner = SplittingEncoder(), SplittingEncoder()
    vectors, found = plain.encode_parts(ASKED, SPANS)
    for kept in (CachedEncoder(inner, tmp_path), CachedEncoder(SplittingEncoder(), tmp_path)):
        again, parts = kept.encode_parts(ASKED, SPANS)
        assert np.array_equal(again, vectors)
        assert [one.shape for one in parts] == [(2, 6), (0, 6), (1, 6)]
        assert all(np.array_equal(one, other) for one, other in zip(parts, found, strict=True))
    assert kept.misses == 0


def test_vectors_of_texts_whose_parts_were_asked_are_not_computed_again(tmp_path):
    CachedEncoder(SplittingEncoder(), tmp_path).encode_parts(ASKED, SPANS)
    inner = SplittingEncoder()
    assert np.array_equal(CachedEncoder(inner, tmp_path).encode(ASKED), FakeEncoder().encode(ASKED))
    assert inner.asked == []


@pytest.mark.parametrize(("inner", "splits"), [(FakeEncoder(), False), (SplittingEncoder(), True)])
def test_a_cache_splits_where_the_encoder_behind_does(tmp_path, inner, splits):
    assert CachedEncoder(inner, tmp_path).splits == splits

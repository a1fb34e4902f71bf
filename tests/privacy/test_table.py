"""The table of correspondences: apart, encrypted, never half written."""

import errno
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from voices.cli.run import _no_table_alone
from voices.errors import PrivacyError
from voices.privacy import Correspondence, new_key, read_table, seal, unseal, write_table

TABLE = {"t1": (Correspondence("personne", "Huguette", "Élise"),), "t2": ()}


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "voix.cle"
    new_key(path)
    return path


def test_what_is_written_is_read_back(tmp_path, key_file):
    write_table(tmp_path / "table", TABLE, key_file=key_file)
    assert read_table(tmp_path / "table", key_file=key_file) == TABLE


def test_no_name_is_readable_on_disk(tmp_path, key_file):
    write_table(tmp_path / "table", TABLE, key_file=key_file)
    assert b"Huguette" not in (tmp_path / "table").read_bytes()


def test_only_its_owner_reads_the_key(key_file):
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_those_who_seal_first_at_the_same_moment_share_one_key(tmp_path):
    for rank in range(20):
        key_file, together = tmp_path / f"cle-{rank}", threading.Barrier(4)

        def first(key_file=key_file, together=together) -> bytes:
            together.wait()
            return seal(b"Huguette", key_file=key_file)

        with ThreadPoolExecutor(4) as pool:
            sealed = [one.result() for one in [pool.submit(first) for _ in range(4)]]
        assert {unseal(one, key_file=key_file) for one in sealed} == {b"Huguette"}
        assert key_file.stat().st_nlink == 1
    assert len(list(tmp_path.iterdir())) == 20


@pytest.mark.parametrize("links", [True, False], ids=["links", "a disk without links"])
def test_a_new_key_is_never_seen_half_written_nor_overwritten(tmp_path, monkeypatch, links):
    key_file, kept = tmp_path / "cle", os.fsync
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _no_links)

    def seen(descriptor: int) -> None:
        assert not key_file.exists()
        kept(descriptor)

    with monkeypatch.context() as watched:
        watched.setattr(os, "fsync", seen)
        new_key(key_file)
    before = key_file.read_bytes()
    with pytest.raises(PrivacyError, match="existe déjà"):
        new_key(key_file)
    assert (key_file.read_bytes(), stat.S_IMODE(key_file.stat().st_mode)) == (before, 0o600)
    assert list(tmp_path.iterdir()) == [key_file]


def _no_links(*_: object) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_another_key_does_not_open_the_table(tmp_path, key_file):
    write_table(tmp_path / "table", TABLE, key_file=key_file)
    new_key(tmp_path / "autre.cle")
    with pytest.raises(PrivacyError) as caught:
        read_table(tmp_path / "table", key_file=tmp_path / "autre.cle")
    assert "fichier de clé" in caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"bonjour", b"\xff\x00" * 40], ids=["empty", "words", "bytes"])
def test_a_file_that_is_no_key_is_said_so(tmp_path, content):
    (tmp_path / "faux").write_bytes(content)
    with pytest.raises(PrivacyError, match=r"faux n’est pas un fichier de clé.*44 signes.*copie gardée à part"):
        write_table(tmp_path / "table", TABLE, key_file=tmp_path / "faux")
    assert not (tmp_path / "table").exists()


def test_a_missing_key_or_table_is_said_so(tmp_path, key_file):
    with pytest.raises(PrivacyError, match="fichier de clé"):
        read_table(tmp_path / "table", key_file=tmp_path / "absent")
    with pytest.raises(PrivacyError, match="Impossible de lire la table"):
        read_table(tmp_path / "table", key_file=key_file)


def test_writing_leaves_nothing_beside_the_table(tmp_path, key_file):
    write_table(tmp_path / "table", TABLE, key_file=key_file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["table", "voix.cle"]


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path, key_file):
    with pytest.raises(PrivacyError, match="Impossible d’écrire la table"):
        write_table(tmp_path / "absent" / "table", TABLE, key_file=key_file)


@pytest.mark.parametrize(("wrote", "left"), [(False, False), (True, True)])
def test_a_run_stopped_before_its_output_leaves_no_table_behind(tmp_path, wrote, left):
    table, out = tmp_path / "sortie-noms.chiffre", tmp_path / "sortie"

    def stopped():
        with _no_table_alone(table, out):
            table.write_bytes(b"names")
            if wrote:
                out.mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert table.exists() == left

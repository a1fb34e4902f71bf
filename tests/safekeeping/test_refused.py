"""What a refused restoration leaves: nothing where there was no site, everything where there was one."""

from pathlib import Path

import pytest

from voices.cli import site as of_commands
from voices.errors import VoicesError
from voices.safekeeping.presence import site_open
from voices.safekeeping.refused import nothing_left

REFUSED = VoicesError("Non.", "Rien.")


def written_then_refused(folder):
    """A restoration that fails once it has written."""
    with nothing_left(folder):
        folder.mkdir(exist_ok=True)
        (folder / "secret").touch()
        (folder / "voices.sqlite3").touch()
        (folder / "codeurs" / "un").mkdir(parents=True)
        raise REFUSED


def left(folder):
    """What is in that folder after it."""
    with pytest.raises(VoicesError):
        written_then_refused(folder)
    return {one.name for one in folder.iterdir()} if folder.exists() else None


def test_only_what_was_there_is_left(tmp_path):
    (tmp_path / ".effacements.jsonl").touch()
    assert left(tmp_path) == {".effacements.jsonl"}


def test_a_backup_of_what_was_on_a_server_is_left(tmp_path):
    with pytest.raises(VoicesError):
        refused_once_saved(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["sauvegardes"]


def refused_once_saved(folder):
    """The same, where what was there was backed up first."""
    with nothing_left(folder):
        (folder / "sauvegardes").mkdir()
        raise REFUSED


def test_where_there_was_a_base_nothing_goes(tmp_path):
    (tmp_path / "voices.sqlite3").write_text("des gens")
    assert left(tmp_path) == {"secret", "voices.sqlite3", "codeurs"}


def test_a_folder_that_was_made_goes(tmp_path):
    assert left(tmp_path / "neuf") is None


def test_a_site_that_opened_meanwhile_is_left(tmp_path):
    with site_open(tmp_path):
        assert {"secret", "voices.sqlite3"} <= (left(tmp_path) or set())


def test_what_is_done_leaves_all(tmp_path):
    with nothing_left(tmp_path / "neuf"):
        (tmp_path / "neuf").mkdir()
    assert (tmp_path / "neuf").exists()


@pytest.mark.parametrize(("folder", "command"), [("/var/lib/voices", "sudo voices-site"), ("/essai", "voices")])
def test_commands_are_told_as_the_server_gives_them(folder, command, tmp_path, monkeypatch):
    monkeypatch.setattr(of_commands, "_UNIT", Path(__file__).parents[2] / "deploy" / "voices.service")
    assert of_commands.command(Path(folder)) == command

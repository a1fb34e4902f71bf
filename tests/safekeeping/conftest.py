"""Sites in folders of their own, on SQLite or on the PostgreSQL of VOICES_BASE, and the commands people type."""

import inspect
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.web.killed.base import Base
from tests.web.killed.site import Site, migrated

ON_SERVER = bool(os.environ.get("VOICES_BASE"))
COMMAND = [sys.executable, "-c", "from voices.cli import main; main()"]

MakeSite = Callable[..., Site]


def voices(site: Site, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """The command done on that site's folder."""
    said = [*COMMAND, *map(str, arguments), "--data", str(site.folder)]
    return subprocess.run(said, env=site.environ | more, capture_output=True, text=True, timeout=300, check=False)


def done(site: Site, *arguments: object, **more: str) -> dict[str, Any]:
    """What the command says, in JSON; it went well."""
    ran = voices(site, *arguments, "--json", **more)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def contents(site: Site) -> dict[str, list[Any]]:
    """What each table of its base holds: how many rows, and their digest."""
    command = [sys.executable, "-m", "tests.safekeeping.contents"]
    ran = subprocess.run(command, env=site.environ, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, list[Any]] = json.loads(ran.stdout)
    return found


@pytest.fixture
def bases_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django lets a test open the bases that it names, which those aside are not yet: it is told to let them."""
    allowing = inspect.getclosurevars(BaseDatabaseWrapper.ensure_connection).nonlocals["real_ensure_connection"]
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", allowing)


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[MakeSite]:
    """Makes a site in a new folder, with a base that has no table yet, or is a copy of another's."""
    made: list[Site] = []

    def make(name: str, copied: Base | None = None) -> Site:
        made.append(Site(Base(tmp_path / name, copied)))
        return made[-1]

    yield make
    for site in made:
        site.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The base of a site that holds nothing."""
    made = migrated(tmp_path_factory.mktemp("kept") / "empty")
    yield made
    made.drop()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that holds testimonies with sealed names, decisions, quotes and people: its base and key are copied."""
    site = Site(Base(tmp_path_factory.mktemp("kept") / "site"))
    site.fill("nothing")
    site.fill("names")
    yield site
    site.close()


@pytest.fixture
def site(filled: Site, new_site: MakeSite) -> Site:
    """One of one's own that holds the same."""
    made = new_site("site", filled.base)
    (made.folder / "cle").touch(mode=0o600)  # a site whose key others may read does not open
    (made.folder / "cle").write_bytes((filled.folder / "cle").read_bytes())
    made.told = filled.told
    return made

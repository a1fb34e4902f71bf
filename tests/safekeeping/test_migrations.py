"""A base of every earlier voices, with data in it, opened by this one: backed up first, then nothing is lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safekeeping.conftest import contents, done, voices

ROOT = Path(__file__).parents[2]
EVERY = sorted(path.stem for path in (ROOT / "src" / "voices" / "store" / "migrations").glob("0*.py"))


def opened(site, state):
    """What a process tells that made a base of that time, and opened it with this voices."""
    command = [sys.executable, "-m", "tests.safekeeping.earlier", state]
    ran = subprocess.run(command, env=site.environ, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    "state", [EVERY[0], *(pytest.param(one, marks=pytest.mark.long) for one in EVERY[1:-1]), EVERY[-1]]
)
def test_nothing_is_lost_and_it_was_backed_up(state, new_site):
    site = new_site(state)
    told = opened(site, state)
    assert told["lost"] == []
    assert told["empty"] == []
    assert told["tables"] > 20
    backups = list((site.folder / "sauvegardes").glob("avant-mise-a-jour-*.sauvegarde"))
    assert [bool(told["said"]), len(backups)] == ([True, 1] if state != EVERY[-1] else [False, 0])
    held = contents(site)
    for file in (
        backups if state in (EVERY[0], EVERY[-2]) else ()
    ):  # by which one comes back to that moment, in this voices
        back = new_site(f"{state}-back")
        done(back, "restore", file, "--key", site.folder / "cle")
        assert contents(back)["store.passage"] == held["store.passage"]
        assert {label: count for label, (count, _) in contents(back).items()} == {
            label: count for label, (count, _) in held.items()
        }


def test_a_base_of_a_later_voices_is_refused_and_not_touched(site):
    held = contents(site)
    _note(site, "9999_of_tomorrow")
    for command in ("backup", "serve"):
        refused = voices(site, command, *(["--port", site.port] if command == "serve" else []))
        assert refused.returncode == 2
        assert "plus récente" in refused.stderr
    _forget(site, "9999_of_tomorrow")
    assert contents(site) == held


def _note(site, name):
    _run(site, f"INSERT INTO django_migrations (app, name, applied) VALUES ('store', '{name}', '2026-01-01 00:00:00')")


def _forget(site, name):
    _run(site, f"DELETE FROM django_migrations WHERE name = '{name}'")


def _run(site, statement):
    code = (
        "import django; django.setup()\nfrom django.db import connection\n"
        f"with connection.cursor() as cursor: cursor.execute({statement!r})"
    )
    subprocess.run([sys.executable, "-c", code], env=site.environ, check=True)

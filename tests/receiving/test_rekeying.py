"""A new key for the site: everything is sealed again; killed anywhere, everything still opens."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as site
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.web.conftest import person, place, testimony
from voices import privacy
from voices.cli.app import app
from voices.errors import PrivacyError
from voices.privacy import Correspondence, keys
from voices.privacy.table import renew_table
from voices.receiving import rekeying, sealing
from voices.settings import Settings
from voices.store.models import SourceFile, User
from voices.store.models import Testimony as Row
from voices.store.models.people import Role

NOW = datetime(2026, 5, 4, 10, 0)
NAMES = (Correspondence("personne", "Huguette", "Élise"),)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return dataclasses.replace(site.VOICES, data=tmp_path)


@pytest.fixture
def sealed(db: None, settings: Settings, hand_in: Callable[..., SourceFile]) -> Settings:
    """A base with each kind of thing that is kept encrypted."""
    one = testimony(place())
    Row.objects.filter(pk=one.pk).update(names=sealing.seal_names(NAMES, settings))
    file = hand_in("a.txt", "Bonjour")
    preview = {"columns": [], "samples": sealing.seal_text([["Huguette"]], settings)}
    content = sealing.seal_bytes(b"Bonjour", settings)
    SourceFile.objects.filter(pk=file.pk).update(content=content, preview=preview)
    by = person(Role.ADMINISTRATOR)
    User.objects.filter(pk=by.pk).update(totp_secret=sealing.seal_bytes(b"secret", settings))
    return settings


def opened(settings: Settings) -> None:
    """Nothing; everything that is kept encrypted opens."""
    assert sealing.open_names(Row.objects.exclude(names=None).get().names or b"", settings) == NAMES
    file = SourceFile.objects.get()
    assert sealing.content_of(file, settings) == b"Bonjour"
    assert sealing.open_text((file.preview or {})["samples"], settings) == [["Huguette"]]
    secret = User.objects.exclude(totp_secret=None).get().totp_secret or b""
    assert sealing.open_bytes(secret, settings) == b"secret"


def test_everything_opens_with_the_new_key_alone(sealed: Settings):
    key = sealing.key_file(sealed)
    before = key.read_bytes()
    count, aside = rekeying.renew(sealed, NOW)
    assert count == 4
    assert aside.read_bytes() == before
    assert len(keys.keys_of(key)) == 1
    assert key.read_bytes() != before
    opened(sealed)
    key.write_bytes(before)
    with pytest.raises(PrivacyError):
        opened(sealed)


class Killed(BaseException):
    """The process ends there."""


@pytest.mark.parametrize("after", range(8))
def test_killed_anywhere_everything_opens_and_the_work_is_taken_up(
    sealed: Settings, monkeypatch: pytest.MonkeyPatch, after: int
):
    steps = iter(range(after))

    def dying(content: bytes, *, key_file: Path) -> bytes | None:
        if next(steps, None) is None:
            raise Killed
        return right(content, key_file=key_file)

    right = keys.sealed_anew
    monkeypatch.setattr(keys, "sealed_anew", dying)
    with pytest.raises(Killed):
        rekeying.renew(sealed, NOW)
    opened(sealed)
    monkeypatch.setattr(keys, "sealed_anew", right)
    halfway = keys.keys_of(sealing.key_file(sealed))
    rekeying.renew(sealed, NOW)
    assert keys.keys_of(sealing.key_file(sealed)) == halfway[:1]
    opened(sealed)


def test_with_content_that_no_key_opens_both_keys_are_kept(sealed: Settings, tmp_path: Path):
    privacy.new_key(tmp_path / "autre")
    other = privacy.seal(b"[]", key_file=tmp_path / "autre")
    one = testimony(place("Ailleurs"))
    Row.objects.filter(pk=one.pk).update(names=other)
    with pytest.raises(PrivacyError, match="n’a pas été changée"):
        rekeying.renew(sealed, NOW)
    assert len(keys.keys_of(sealing.key_file(sealed))) == 2


@given(st.lists(st.sampled_from(["renew", "table 0", "table 1", "retire"]), max_size=8))
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_before_tables_open_with_the_keys_kept(tmp_path_factory, steps: list[str]):
    folder = tmp_path_factory.mktemp("cles")
    key, tables = folder / "cle", [folder / "0", folder / "1"]
    privacy.new_key(key)
    for table in tables:
        privacy.write_table(table, {"t": NAMES}, key_file=key)
    aside = _numbered(folder)
    for step in steps:
        if step == "renew":
            keys.renew(key)
        elif step == "retire":
            for table in tables:
                renew_table(table, key_file=key)
            keys.retire(key, next(aside))
        else:
            renew_table(tables[int(step[-1])], key_file=key)
        for table in tables:
            assert privacy.read_table(table, key_file=key) == {"t": NAMES}


def _numbered(folder: Path) -> Iterator[Path]:
    return (folder / f"ancienne-{number}" for number in range(100))


def test_the_command_renews_the_key_of_tables_and_says_where_the_old_one_is(tmp_path: Path):
    key, table = tmp_path / "cle", tmp_path / "noms.chiffre"
    privacy.new_key(key)
    privacy.write_table(table, {"t": NAMES}, key_file=key)
    before = key.read_bytes()
    ran = CliRunner().invoke(app, ["cle", "--renouveler", str(table), "--key", str(key), "--json"])
    assert ran.exit_code == 0
    said = json.loads(ran.stdout)
    assert said["sealed"] == 1
    assert Path(said["old_key"]).read_bytes() == before
    assert privacy.read_table(table, key_file=key) == {"t": NAMES}

"""What the site refuses to open with."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from voices import settings as table
from voices.errors import SettingsError
from voices.web import refusals, serving

STRONG = "Jk3_x9-Qa7bTz5Lw0PvE2rYh8NdUc4MfSg6iKoXlBtAeZpRqWm"
SERVED = {"VOICES_HOTES": "voix.exemple.fr", "VOICES_HTTPS": "1", "VOICES_PROXY": "127.0.0.1"}


def _site(folder: Path, key: Path | None = None, secret: str = STRONG) -> None:
    for path, content in ((key or folder / "cle", "x" * 44), (folder / "secret", secret)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        path.chmod(0o600)


def _settings(folder: Path, **environ: str) -> table.Settings:
    return table.load({"VOICES_DONNEES": str(folder)} | environ)


def test_a_site_of_one_machine_and_one_behind_its_proxy_open(tmp_path: Path):
    site, key = tmp_path / "site", tmp_path / "ailleurs" / "cle"
    refusals.require_sound(_settings(site))
    _site(site)
    refusals.require_sound(_settings(site))
    (site / "cle").rename(tmp_path / "cle")
    _site(site, key)
    refusals.require_sound(_settings(site, VOICES_CLE_DU_SITE=str(key), **SERVED))


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"VOICES_HOTES": "voix.exemple.fr"}, "sans HTTPS"),
        ({"VOICES_PROXY": "10.0.0.2"}, "sans HTTPS"),
        ({"VOICES_HOTES": "voix.exemple.fr", "VOICES_HTTPS": "1"}, "n’est pas nommé"),
        ({"VOICES_HTTPS": "1"}, "n’est pas nommé"),
        (SERVED, "avec ce qu’elle ouvre"),
        (SERVED | {"VOICES_CLE_DU_SITE": "{site}/sous/cle"}, "avec ce qu’elle ouvre"),
        (SERVED | {"VOICES_CLE_DU_SITE": "{site}/../copies/cle", "VOICES_SAUVEGARDES": "{site}/../copies"}, "avec ce"),
        (SERVED | {"VOICES_CLE_DU_SITE": "{site}/../autre-cle"}, "il y en a une dans le dossier du site"),
        ({"VOICES_CLE_DU_SITE": "{site}/../autre-cle"}, "il y en a une dans le dossier du site"),
    ],
)
def test_unsafe_settings_are_refused_with_a_remedy(tmp_path: Path, environ: dict[str, str], told: str):
    site = tmp_path / "site"
    _site(site)
    with pytest.raises(SettingsError, match=told) as caught:
        refusals.require_sound(_settings(site, **{name: one.format(site=site) for name, one in environ.items()}))
    assert caught.value.remedy


def test_the_key_is_sent_into_the_folder_made_for_it_and_over_no_other(tmp_path: Path):
    site = tmp_path / "site"
    _site(site)
    (tmp_path / "site-cle").mkdir()
    with pytest.raises(SettingsError) as caught:
        refusals.require_sound(_settings(site, **SERVED))
    key = tmp_path / "site-cle" / "cle"
    assert f"VOICES_CLE_DU_SITE={key}" in caught.value.remedy
    assert f"mv -n {site / 'cle'} {key}" in caught.value.remedy


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
@pytest.mark.parametrize("name", ["cle", "secret"])
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, name: str, mode: int):
    _site(tmp_path)
    (tmp_path / name).chmod(mode)
    with pytest.raises(SettingsError, match="peuvent lire") as caught:
        refusals.require_sound(_settings(tmp_path))
    assert "chmod 600" in caught.value.remedy


@pytest.mark.parametrize("secret", ["", "secret", "a" * 60, f"django-insecure-{STRONG}", "changez-moi"])
def test_a_default_or_simple_secret_is_refused(tmp_path: Path, secret: str):
    _site(tmp_path, secret=secret)
    with pytest.raises(SettingsError, match="trop simple"):
        refusals.require_sound(_settings(tmp_path))


def test_the_secret_that_the_site_draws_is_taken(tmp_path: Path):
    from voices.web.settings import _secret

    for number in range(20):
        _secret(tmp_path / str(number) / "secret")
        refusals.require_sound(_settings(tmp_path / str(number)))


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_base_left_open_to_others_is_closed(tmp_path: Path):
    _site(tmp_path)
    (tmp_path / "voices.sqlite3").write_bytes(b"")
    (tmp_path / "voices.sqlite3").chmod(0o644)
    refusals.require_sound(_settings(tmp_path))
    assert stat.S_IMODE((tmp_path / "voices.sqlite3").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("base", "taken"),
    [
        ("", True),
        ("n’importe quoi", True),
        ("postgresql://voices@localhost/voices", True),
        ("postgresql://voices@127.0.0.1:5433/voices", True),
        ("postgresql:///voices?host=/var/run/postgresql", True),
        ("postgresql://voices@[::1]/voices", True),
        ("postgresql://voices@base.exemple.fr/voices?sslmode=verify-full", True),
        ("postgresql://voices@base/voices?sslmode=disable", True),
        ("postgresql://voices@base.exemple.fr/voices", False),
        ("postgresql://voices@localhost,10.0.0.3/voices", False),
        ("postgresql:///voices?hostaddr=10.0.0.3", False),
    ],
)
def test_a_base_elsewhere_says_whether_the_way_there_is_ciphered(tmp_path: Path, base: str, taken: bool):
    asked = _settings(tmp_path, VOICES_BASE=base)
    if taken:
        refusals.require_sound(asked)
    else:
        with pytest.raises(SettingsError, match="autre machine") as caught:
            refusals.require_sound(asked)
        assert "sslmode=verify-full" in caught.value.remedy


def test_debug_is_refused():
    refusals.require_no_debug(debug=False)
    with pytest.raises(SettingsError, match="mise au point"):
        refusals.require_no_debug(debug=True)


@pytest.mark.parametrize(
    ("environ", "listens", "believes"),
    [
        ({}, "127.0.0.1:8000", None),
        (SERVED, "127.0.0.1:8000", "127.0.0.1"),
        (SERVED | {"VOICES_PROXY": "10.0.0.2"}, "*:8000", "10.0.0.2"),
        ({"VOICES_HTTPS": "1", "VOICES_HOTES": "voix.exemple.fr"}, "127.0.0.1:8000", None),
    ],
)
def test_the_proxy_that_is_named_is_believed_and_no_other(environ: dict[str, str], listens: str, believes: str | None):
    with override_settings(VOICES=table.load(environ)):
        how: dict[str, Any] = serving._how(8000)
    assert (how["listen"], how.get("trusted_proxy")) == (listens, believes)
    assert how["clear_untrusted_proxy_headers"] is True
    assert how.get("trusted_proxy_headers", set()) <= {"x-forwarded-for", "x-forwarded-proto"}

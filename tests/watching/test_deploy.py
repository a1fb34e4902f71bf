"""The files to put the site on a server: each is read as its program reads it, and says what voices knows."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voices.cli import app as cli
from voices.settings import PREFIX, SETTINGS, load
from voices.web import refusals, uploads

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "guide" / "serveur.md").read_text(encoding="utf-8")
KNOWN = {PREFIX + setting.name.upper() for setting in SETTINGS}
PORT = "8000"


def unit() -> dict[str, list[str]]:
    """The unit's lines of its [Service] section: a name may come several times."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (DEPLOY / "voices.service").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line
        elif line and not line.startswith("#"):
            name, equals, value = line.partition("=")
            assert equals, line
            if section == "[Service]":
                found.setdefault(name, []).append(value)
    return found


def environment() -> dict[str, str]:
    """What the file of settings gives."""
    lines = (DEPLOY / "voices.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def block(text: str, opening: str) -> str:
    """What is between these braces and those that close them."""
    start = text.index(opening) + len(opening)
    depth = 1
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[start:at]
    raise AssertionError(f"{opening} is not closed")


def test_the_settings_are_known_and_the_site_opens_with_them(tmp_path):
    settings = load(environment())
    assert set(environment()) <= KNOWN
    assert settings.https
    assert settings.hosts == ("voix.exemple.fr",)
    refusals.require_sound(replace(settings, data=tmp_path, site_key_apart=tmp_path.with_name("cle")))
    assert not settings.site_key.is_relative_to(settings.data)
    assert settings.backups is not None
    assert not settings.site_key.is_relative_to(settings.backups)


def test_the_unit_opens_the_site_under_an_account_of_its_own_in_its_folders_alone():
    said = unit()
    assert said["ExecStart"] == [f"/opt/voices/bin/voices serve --port {PORT}"]
    assert said["EnvironmentFile"] == ["/etc/voices/voices.env"]
    assert said["User"] == ["voices"]
    for name, value in {
        "NoNewPrivileges": "true",
        "ProtectSystem": "strict",
        "ProtectHome": "true",
        "PrivateTmp": "true",
        "UMask": "0077",
        "CapabilityBoundingSet": "",
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
    }.items():
        assert said[name] == [value], name
    writable = said["ReadWritePaths"][0].split()
    for path in (value for name, value in environment().items() if value.startswith("/") and name != "VOICES_MESURES"):
        assert any(Path(path).is_relative_to(folder) for folder in writable), path
    made = {f"/var/lib/{name}" for name in said["StateDirectory"][0].split()} | {"/var/cache/voices"}
    assert set(writable) == made
    assert "ProcSubset" not in said, "onnxruntime reads /proc/cpuinfo"


def test_a_refused_setting_is_not_tried_again_for_ever_and_all_else_is(tmp_path):
    command = [sys.executable, "-c", "from voices.cli import main; main()", "serve", "--data", str(tmp_path / "site")]
    refused = subprocess.run(
        command, env=os.environ | {"VOICES_HTTPS": "1", "VOICES_PROXY": ""}, capture_output=True, text=True
    )
    assert unit()["RestartPreventExitStatus"] == [str(refused.returncode)], refused.stderr
    assert "VOICES_PROXY" in refused.stderr
    (tmp_path / "un fichier").touch()  # what is no setting's fault may pass: another status
    other = subprocess.run([*command[:-1], str(tmp_path / "un fichier")], capture_output=True, text=True)
    assert other.returncode == 2, other.stderr
    assert unit()["Restart"] == ["always"]


def test_the_unit_holds_for_systemd(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze")
    copy = tmp_path / "voices.service"
    text = (DEPLOY / "voices.service").read_text(encoding="utf-8")
    copy.write_text(text.replace("/opt/voices/bin/voices", "/bin/true"), encoding="utf-8")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(copy)]
    graded = subprocess.run(command, capture_output=True, text=True)
    if "unrecognized option" in graded.stderr:
        pytest.skip("systemd older than 250")
    assert graded.returncode == 0, graded.stdout[-2000:] + graded.stderr
    assert "Unknown" not in graded.stderr


def test_nginx_passes_on_who_calls_and_how_and_believes_nobody():
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert text.count("{") == text.count("}")
    site = text[text.index("listen 443 ssl http2;") :]
    passed = dict(re.findall(r"proxy_set_header (\S+) (.+);", site))
    assert passed == {
        "Host": "$host",
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "Forwarded": '""',
    }
    assert f"proxy_pass http://127.0.0.1:{PORT};" in site
    (size,) = re.findall(r"client_max_body_size (\d+)m;", site)
    assert int(size) * 2**20 > uploads.LARGEST_SENDING
    assert "return 404;" in block(site, "location = /mesures {")
    assert "proxy_request_buffering off;" in site
    assert text.count("access_log off;") == text.count("server {")


def test_nginx_itself_takes_it(tmp_path):
    if not shutil.which("nginx") or not shutil.which("openssl"):
        pytest.skip("nginx, openssl")
    pem = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=voix.exemple.fr"]
    subprocess.run([*make, *pem], check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/letsencrypt/live/voix.exemple.fr", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    text = re.sub(r"listen (\[::\]:)?(80|443)", r"listen \g<1>1\g<2>", text)  # ports that need no right
    (tmp_path / "site.conf").write_text(text, encoding="utf-8")
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/err; events {{}} http {{ include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    tried = subprocess.run(["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True)
    assert "syntax is ok" in tried.stderr, tried.stderr


def test_caddy_passes_on_to_the_site_and_keeps_the_measures_inside():
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    site = block(text, "voix.exemple.fr {")
    assert f"reverse_proxy 127.0.0.1:{PORT}" in site
    assert "@closed path /mesures" in site
    assert "respond @closed 404" in site
    (size,) = re.findall(r"max_size (\d+)MB", site)
    assert int(size) * 10**6 > uploads.LARGEST_SENDING
    if shutil.which("caddy"):
        command = ["caddy", "adapt", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
        assert subprocess.run(command, capture_output=True).returncode == 0


def test_the_commands_and_settings_of_the_guide_exist():
    assert set(re.findall(r"VOICES_[A-Z_]+", GUIDE)) <= KNOWN
    for name in set(re.findall(r"(?:voices-site|bin/voices) ([a-z]+)", GUIDE)):
        assert CliRunner().invoke(cli.app, [name, "--help"]).exit_code == 0, name
    for option_of, option in re.findall(r"voices-site (\w+)[^\n]*?(--remplacer|--out|--key)", GUIDE):
        assert option in CliRunner().invoke(cli.app, [option_of, "--help"], env={"COLUMNS": "200"}).output, option


def test_the_files_that_the_guide_names_are_given():
    copied = re.findall(r"cp (?:/opt/voices-source/deploy/)?([\w.-]+) /", GUIDE)
    assert set(copied) == {"voices.env", "voices.service", "voices-site", "Caddyfile", "nginx.conf"}
    assert all((DEPLOY / name).is_file() for name in copied)


def test_the_administrators_command_is_a_sound_script():
    assert subprocess.run(["sh", "-n", str(DEPLOY / "voices-site")]).returncode == 0
    assert (DEPLOY / "voices-site").stat().st_mode & 0o111

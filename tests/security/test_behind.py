"""The site behind HTTPS, opened for good: who is believed on who called, and what is then said to browsers."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.web.killed.site import _free_port

HOST = "voix.exemple.fr"
PROXY = "127.0.0.2"
"""This machine under another of its names: the tests call from there, or from 127.0.0.1 as anyone else."""
_STARTS_WITHIN = 90.0


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder, number = tmp_path_factory.mktemp("derriere"), _free_port()
    environ = {name: one for name, one in os.environ.items() if name != "VOICES_BASE"} | {
        "DJANGO_SETTINGS_MODULE": "voices.web.settings",
        "VOICES_HOTES": HOST,
        "VOICES_HTTPS": "1",
        "VOICES_PROXY": PROXY,
        "VOICES_CLE_DU_SITE": str(tmp_path_factory.mktemp("cle") / "cle"),
    }
    command = [sys.executable, "-c", "from voices.cli import main; main()", "serve", "--port", str(number)]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen([*command, "--data", str(folder / "site")], env=environ, stdout=log, stderr=log)
    try:
        _wait(number, process, folder / "serve.log")
        yield number
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    before = time.monotonic()
    while time.monotonic() - before < _STARTS_WITHIN and process.poll() is None:
        with suppress(OSError):
            ask(port, "127.0.0.1")
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


def ask(port: int, caller: str, path: str = "/connexion/", **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(caller, 0))) as line:
        line.request(
            "GET", path, headers={"Host": HOST} | {one.replace("_", "-"): said for one, said in headers.items()}
        )
        answer = line.getresponse()
        answer.held = answer.read()  # type: ignore[attr-defined]
        return answer


def read(port: int, caller: str, **headers: str) -> bytes:
    held: bytes = ask(port, caller, **headers).held  # type: ignore[attr-defined]
    return held


def test_the_proxy_that_is_named_is_believed(port: int):
    answer = ask(port, PROXY, X_Forwarded_Proto="https", X_Forwarded_For="203.0.113.9")
    assert answer.status == 200
    assert answer.getheader("Strict-Transport-Security") == "max-age=31536000; includeSubDomains"
    cookies = answer.msg.get_all("Set-Cookie") or []
    assert any(one.startswith("__Host-csrftoken=") for one in cookies)
    assert all("Secure" in one and "HttpOnly" in one and "SameSite=Lax" in one and "Path=/" in one for one in cookies)


def test_nobody_else_is_believed(port: int):
    answer = ask(port, "127.0.0.1", X_Forwarded_Proto="https", X_Forwarded_For="203.0.113.9")
    assert answer.getheader("Strict-Transport-Security") is None


def test_colours_are_those_of_this_very_host(port: int):
    assert b'data-theme="dark"' in read(port, PROXY, Cookie="__Host-theme=dark", X_Forwarded_Proto="https")
    assert b"data-theme" not in read(port, PROXY, Cookie="theme=dark", X_Forwarded_Proto="https")


@pytest.mark.parametrize("path", ["/static/web/css/tokens.css", "/rien/", "/"])
def test_every_answer_over_https_asks_for_https(port: int, path: str):
    answer = ask(port, PROXY, path, X_Forwarded_Proto="https")
    assert "max-age=31536000" in (answer.getheader("Strict-Transport-Security") or "")
    assert answer.getheader("Server") is None


def test_another_host_is_refused(port: int):
    for headers in ({"Host": "ailleurs.example"}, {"X_Forwarded_Host": "ailleurs.example"}):
        answer = ask(port, PROXY, "/", X_Forwarded_Proto="https", **headers)
        assert "ailleurs" not in (answer.getheader("Location") or "")
        assert answer.status == (400 if "Host" in headers else 302)

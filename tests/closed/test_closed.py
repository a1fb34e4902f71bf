"""That the doors are closed: in this process, in its children, in the browser."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from tests.web.conftest import browser  # noqa: F401 - a fixture

ELSEWHERE = "192.0.2.1"
"""An address that is nobody's (RFC 5737)."""


def _connect(kind: socket.SocketKind, family: socket.AddressFamily, address: str) -> None:
    with socket.socket(family, kind) as one:
        one.settimeout(1)
        one.connect((address, 9))


@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize(
    "leave",
    [
        lambda: socket.getaddrinfo("exemple.invalid", 443),
        lambda: socket.gethostbyname("exemple.invalid"),
        lambda: socket.create_connection((ELSEWHERE, 443), timeout=1),
        lambda: _connect(socket.SOCK_STREAM, socket.AF_INET, ELSEWHERE),
        lambda: _connect(socket.SOCK_DGRAM, socket.AF_INET, "8.8.8.8"),
        lambda: _connect(socket.SOCK_STREAM, socket.AF_INET6, "2001:db8::1"),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", (ELSEWHERE, 53)),
        lambda: urlopen("http://exemple.invalid/", timeout=1),
        lambda: urlopen("https://169.254.169.254/latest", timeout=1),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_nothing_leaves_this_process(leave: Callable[[], object]):
    with pytest.raises(OSError, match="is not this machine"):
        leave()


def test_this_machine_answers_itself(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


def test_what_was_refused_is_written_down(refusals: Path):
    with pytest.raises(OSError, match="is not this machine"):
        socket.getaddrinfo("exemple.invalid", 443)
    assert "exemple.invalid" in refusals.read_text(encoding="utf-8")


def test_nothing_leaves_a_child_process(refusals: Path):
    code = f"import socket; socket.create_connection(('{ELSEWHERE}', 443), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ})
    assert done.returncode == 1
    assert "is not this machine" in done.stderr
    assert ELSEWHERE in refusals.read_text(encoding="utf-8")


@pytest.mark.browser
def test_nothing_leaves_the_browser(browser: Browser):  # noqa: F811
    class Here(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Here)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    try:
        answer = page.goto(f"http://localhost:{server.server_port}/")
        assert answer is not None
        assert answer.ok
        for address in (f"http://{ELSEWHERE}/", "http://exemple.invalid/"):
            with pytest.raises(BrowserError, match="ERR_PROXY_CONNECTION_FAILED"):
                page.goto(address, timeout=20_000)
    finally:
        page.close()
        server.shutdown()
        server.server_close()

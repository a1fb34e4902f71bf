"""A site as people start it, in processes of its own, that can be killed as a power cut does; and who speaks to it."""

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
_STARTS_WITHIN = 60.0


class Site:
    """`voices serve` on a folder, started and killed as often as one wants."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.environ = os.environ | {
            "VOICES_DONNEES": str(folder),
            "DJANGO_SETTINGS_MODULE": "voices.web.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        made = subprocess.run(
            [sys.executable, "-m", "tests.web.killed.prepared"], env=self.environ, capture_output=True, check=True
        )
        self.told: dict[str, Any] = json.loads(made.stdout)

    def start(self) -> None:
        """Nothing, once the site answers."""
        command = [sys.executable, "-c", "from voices.cli import main; main()", "serve", "--port", str(self.port)]
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--data", str(self.folder)],
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        before = time.monotonic()
        while time.monotonic() - before < _STARTS_WITHIN:
            with suppress(OSError), closing(socket.create_connection(("localhost", self.port), timeout=1)):
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "serve.log").read_text())

    def kill(self) -> None:
        """Nothing; the server and its worker are gone at once, whatever they were doing."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the base holds, read beside the site."""
        with closing(sqlite3.connect(next(self.folder.glob("*.sqlite3")), timeout=30)) as base:
            return base.execute(query).fetchall()


class Browser:
    """Someone signed in. A request that is not answered raises OSError or HTTPException."""

    def __init__(self, site: Site, role: str) -> None:
        self.site, self.cookies = site, f"sessionid={site.told['sessions'][role]}"
        self.seal = ""

    def enter(self, path: str) -> None:
        """Nothing; that page's seal on forms is known."""
        answer, page = self.ask("GET", path)
        self.cookies += "; " + (answer.getheader("Set-Cookie") or "").split(";")[0]
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, path
        self.seal = found[1]

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        """The answer and its text."""
        with closing(http.client.HTTPConnection("localhost", self.site.port, timeout=30)) as connection:
            connection.request(method, path, body, {"Cookie": self.cookies, **(headers or {})})
            answer = connection.getresponse()
            return answer, answer.read().decode()


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("localhost", 0))
        return int(one.getsockname()[1])

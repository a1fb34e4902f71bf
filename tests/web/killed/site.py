"""A site as people start it, in processes of its own, that can be killed as a power cut does; and who speaks to it."""

import html
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.web.killed.base import Base

ROOT = Path(__file__).parents[3]
PLAIN = {"Content-Type": "application/x-www-form-urlencoded"}
_STARTS_WITHIN = 60.0


class Site:
    """`voices serve` on a folder and a base of its own, started and killed as often as one wants."""

    def __init__(self, base: Base) -> None:
        self.folder, self.port, self.base = base.folder, _free_port(), base
        self.told: dict[str, Any] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.environ = {
            **os.environ,
            **base.environ,
            "VOICES_DONNEES": str(base.folder),
            "VOICES_CLE": str(base.folder / "cle"),
            "DJANGO_SETTINGS_MODULE": "voices.web.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }

    def fill(self, world: str) -> None:
        """Nothing; the base holds that world, a function of `prepared`."""
        self.told = json.loads(self._beside("prepared", world))

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
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def close(self) -> None:
        """Nothing; neither site nor base is left."""
        self.kill()
        self.base.drop()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the base holds, read beside the site."""
        return self.base.rows(query)

    def faults(self) -> list[str]:
        """What is wrong in the base as it stands: none in a sound one."""
        found: list[str] = json.loads(self._beside("sound"))
        return found

    def wait_for_work(self) -> None:
        """Nothing, once the worker has nothing left to do."""
        before = time.monotonic()
        while time.monotonic() - before < 2 * _STARTS_WITHIN:
            if self.rows("SELECT count(*) FROM store_job WHERE state NOT IN ('fini', 'echec')") == [(0,)]:
                return
            time.sleep(0.1)
        raise AssertionError(self.rows("SELECT kind, state, problem FROM store_job"))

    def _beside(self, module: str, *arguments: str) -> str:
        """What another process on the same base prints."""
        command = [sys.executable, "-m", f"tests.web.killed.{module}", *arguments]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


class Browser:
    """Someone signed in. A request that is not answered raises OSError or HTTPException."""

    def __init__(self, site: Site, role: str) -> None:
        self.site, self.cookies = site, f"sessionid={site.told['sessions'][role]}"
        self.seal = ""

    def enter(self, path: str) -> str:
        """The page; its seal on forms is known."""
        answer, page = self.ask("GET", path)
        self.cookies += "; " + (answer.getheader("Set-Cookie") or "").split(";")[0]
        self.seal = field(page, "csrfmiddlewaretoken")
        return page

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """The answer to a form: its status, and its text or the address it leads to."""
        answer, page = self.ask("POST", path, urlencode({"csrfmiddlewaretoken": self.seal, **fields}), PLAIN)
        return answer.status, answer.getheader("Location") or page

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        """The answer and its text."""
        with closing(http.client.HTTPConnection("localhost", self.site.port, timeout=60)) as connection:
            connection.request(method, path, body, {"Cookie": self.cookies, **(headers or {})})
            answer = connection.getresponse()
            return answer, answer.read().decode()


def migrated(folder: Path) -> Base:
    """The base of a site that holds nothing yet."""
    site = Site(Base(folder))
    site.fill("nothing")
    return site.base


def field(page: str, name: str) -> str:
    """What the first hidden field of that name holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page[-2000:]
    return html.unescape(found[1])


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("localhost", 0))
        return int(one.getsockname()[1])

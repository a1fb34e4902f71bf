"""PostgreSQL stopped and started again under a site at work: it says so, stays up, and goes on by itself."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.safekeeping.conftest import ON_SERVER, voices
from tests.web.killed.base import Base
from tests.web.killed.site import Browser, Site
from tests.web.killed.test_killed import _form

pytestmark = pytest.mark.skipif(not ON_SERVER, reason="make test-postgres")


class Server:
    """A PostgreSQL of one's own, reached by a socket in its folder. It refuses to run as root: root lends it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._as: list[str] = []
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            self._as = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
        found = shutil.which("pg_ctl") or str(sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))[-1])
        self._bin = Path(found).resolve().parent
        self._run("initdb", "-U", "voices", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.address = f"postgresql://voices@/postgres?host={folder}"

    def start(self) -> None:
        """Nothing, once it answers."""
        options = f"-k {self.folder} -c listen_addresses=''"
        self._run("pg_ctl", "-s", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Nothing; it is gone at once, as when its machine stops: it mends itself at its next start."""
        self._run("pg_ctl", "-s", "-t", "180", "-m", "immediate", "stop")

    def _run(self, name: str, *options: str) -> None:
        command = [*self._as, str(self._bin / name), "-D", str(self.folder / "base"), *options]
        done = subprocess.run(command, cwd=self.folder, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def server():
    folder = Path(tempfile.mkdtemp(prefix="voices-server-", dir="/tmp"))  # pytest's own are closed to others
    folder.chmod(0o755)
    made = Server(folder / "pg")
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder)


@pytest.fixture
def site(server, tmp_path, monkeypatch):
    monkeypatch.setenv("VOICES_BASE", server.address)
    made = Site(Base(tmp_path / "site"))
    made.fill("nothing")
    made.fill("reviewing")
    made.start()
    yield made
    made.close()


def test_what_was_confirmed_is_there_and_the_site_goes_on(site, server):
    reviewer, coordinator = Browser(site, "evaluation"), Browser(site, "coordination")
    reviewer.enter(f"/relire/passage/{site.told['passages'][0]}/")
    coordinator.enter("/deposer/")
    body, headers = _form(site, coordinator.seal, "lettre.txt", "On m’a tiré une chaise. Personne ne m’a jugée.")
    first, others = site.told["passages"][:5], site.told["passages"][5:10]
    assert {decide(reviewer, pk)[0] for pk in first} <= {200, 302}
    for _ in range(2):
        server.stop()
        for path in ("/", f"/relire/passage/{first[0]}/", "/tableaux/tableaux.csv"):
            answer, page = reviewer.ask("GET", path)
            assert (answer.status, "La base du site ne répond pas" in page) == (503, True), page[-2000:]
            assert "Traceback" not in page
        assert {decide(reviewer, pk)[0] for pk in others} == {503}
        assert coordinator.ask("POST", "/deposer/", body, headers)[0].status == 503
        ran = voices(site, "backup")
        assert (ran.returncode, "ne répond pas" in ran.stderr) == (2, True), ran.stderr
        assert site.process is not None
        assert site.process.poll() is None
        server.start()
        assert reviewer.ask("GET", "/")[0].status < 400  # by itself
    assert {decide(reviewer, pk)[0] for pk in others} <= {200, 302}
    assert coordinator.ask("POST", "/deposer/", body, headers)[0].status == 302
    site.wait_for_work()  # its worker came back too
    assert sorted(pk for (pk,) in site.rows("SELECT passage_id FROM store_decision")) == [*first, *others]
    assert site.rows("SELECT name, state FROM store_sourcefile") == [("lettre.txt", "lu")]
    assert site.faults() == []


def decide(reviewer: Browser, pk: int) -> tuple[int, str]:
    return reviewer.send(f"/relire/passage/{pk}/decider/", token=f"jeton-{pk}", **{"code-accueil": "-"})

"""The site opened: the folder and the base made ready, the worker started beside the server, both stopped together."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

from voices import settings as table
from voices.errors import VoicesError
from voices.safekeeping import network, places, presence
from voices.web import refusals

Say = Callable[[str], None]
_THREADS = 8
_CONNECTIONS = 1000
"""A browser keeps up to six open: waitress's hundred leaves the seventeenth person at the door."""
_STOPPED_WITHIN = 15.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a worker that died is started again: longer each time it dies at once."""


def run(port: int, *, demo: bool, say: Say) -> None:
    """Nothing, once Ctrl-C is heard; until then the site answers on that port.

    Raises VoicesError where the folder, the base or the port cannot be used, or where a demo would go into a site.
    """
    data = Path(os.environ["VOICES_DONNEES"])
    _require_folder(data)
    os.umask(0o077)  # what the site writes, the worker too, is for its owner alone
    refusals.require_sound(table.load())
    with presence.site_open(data) as held:
        _prepare(say)
        _serve(port, held, demo=demo, say=say)


def _serve(port: int, held: tuple[int, ...], *, demo: bool, say: Say) -> None:
    from waitress.server import create_server

    from voices.web import framing, logs, warming
    from voices.web.wsgi import application

    lines = list(_fill()) if demo else []
    framing.be_strict()
    try:
        server = create_server(application, **_how(port))
    except OSError as error:
        raise VoicesError(f"Le port {port} est déjà pris.", "En donner un autre, par exemple --port 8001.") from error
    said = address(port)
    _announce(said, [*lines, *_first_steps(said)], say)
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    logs.keep_all_bare()
    warming.start()
    with WorkerProcess(held):
        server.run()  # comes back at Ctrl-C
        server.close()
    say("Le site est arrêté.")


class WorkerProcess:
    """The worker, started again whenever it dies, stopped with its parent whatever becomes of it.

    `held`: descriptors that tell that the site is open, as long as either lives.
    """

    def __init__(self, held: tuple[int, ...] = ()) -> None:
        self._held = held
        self._over = threading.Event()
        self._process = self._start()
        self._guard = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "WorkerProcess":
        self._guard.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing; the worker gives back what it was doing, or is killed if that takes long: nothing is half in."""
        self._over.set()
        process = self._process
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(_STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _watch(self) -> None:
        pause = _FIRST_PAUSE
        while not self._over.is_set():
            started = time.monotonic()
            self._process.wait()
            pause = _FIRST_PAUSE if time.monotonic() - started > _LONGEST_PAUSE else min(2 * pause, _LONGEST_PAUSE)
            if self._over.wait(pause):
                return
            self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        # The pipe is never written to: its end tells the worker that the server stopped, or died.
        command = [sys.executable, "-m", "voices.web.start_worker"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=self._held)


def _require_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise VoicesError(
            f"Le dossier « {folder} » ne peut pas être créé.", "En donner un autre avec --data."
        ) from error
    if not places.takes_writing(folder):
        raise VoicesError(
            f"Le dossier « {folder} » n’est pas accessible en écriture.", "En donner un autre avec --data."
        )
    if not os.environ.get("VOICES_BASE"):
        network.refuse_share(folder)


def _prepare(say: Say) -> None:
    """Nothing; the base is there and up to date, and nothing is left of what was on its way when it stopped.

    A base that holds something is backed up before it is brought up to date.
    """
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    django.setup()
    refusals.require_no_debug(settings.DEBUG)
    shutil.rmtree(settings.FILE_UPLOAD_TEMP_DIR, ignore_errors=True)
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700)
    from voices.safekeeping import updating

    try:
        if (saved := updating.save_before(settings.VOICES)) is not None:
            say(f"La base va être mise à jour. Elle est sauvegardée : {saved}")
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise VoicesError(
            "La base du site ne répond pas, ou ne peut pas être mise à jour.",
            "Vérifier VOICES_BASE et que PostgreSQL est démarré ; sans VOICES_BASE, que le disque n’est pas plein.",
        ) from error


def _how(port: int) -> dict[str, object]:
    """How waitress listens: this machine alone, unless the proxy that the settings name is on another; it alone is
    believed on who called it, and how.
    """
    from django.conf import settings

    proxy = settings.VOICES.proxy
    host = "*" if proxy and not ip_address(proxy).is_loopback else "127.0.0.1"
    behind = {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }
    usual = {"listen": f"{host}:{port}", "threads": _THREADS, "connection_limit": _CONNECTIONS, "ident": None}
    return usual | {"clear_untrusted_proxy_headers": True} | (behind if proxy else {})


def address(port: int) -> str:
    """Where people open the site."""
    from django.conf import settings

    known = settings.VOICES
    return f"https://{known.hosts[0]}" if known.https and known.hosts else f"http://localhost:{port}"


def _fill() -> list[str]:
    from voices.web import demo

    password = demo.fill()
    return [
        "Les témoignages d’exemple se lisent en ce moment : une minute ou deux.",
        f"Comptes : {', '.join(demo.ACCOUNTS)}. Mot de passe de tous : {password}",
    ]


def _first_steps(address: str) -> list[str]:
    from voices.web.links import first_link

    path = first_link()
    if path is None:
        return []
    return [f"Ce site est neuf. Créer le compte d’administration, une seule fois, ici : {address}{path}"]


def _announce(address: str, lines: list[str], say: Say) -> None:
    say(f"Le site est ouvert : {address}/")
    for line in lines:
        say(line)
    say("Pour l’arrêter : Ctrl-C.")


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt

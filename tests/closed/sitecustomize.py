"""Closes the sockets of a process that is not this machine's alone. Python loads it by this name in each child process
that finds this folder in PYTHONPATH; `tests/conftest.py` loads it in its own. A hook of `sys.addaudithook` cannot be
taken away, whatever the code does.
"""

import ipaddress
import os
import socket
import sys
from typing import Any

REFUSALS = "TESTS_REFUSALS"
"""The environment variable that names the file where what was refused is written."""
_HOME = {None, "", "*", "localhost", "0.0.0.0", "::", "ip6-localhost"}
_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_ADDRESSES = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class RefusedError(OSError):
    """Something wanted to leave this machine."""


def close() -> None:
    """Nothing; from now on, what leaves this machine raises RefusedError and is written down."""
    sys.addaudithook(_hear)


def at_home(host: object) -> bool:
    """Whether that name or number is this machine's."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    if host in _HOME or host == socket.gethostname():
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _hear(event: str, given: tuple[Any, ...]) -> None:
    if event in _NAMES:
        _require(event, given[0])
    elif event in _ADDRESSES and given[0].family in (socket.AF_INET, socket.AF_INET6) and given[1]:
        _require(event, given[1][0])


def _require(event: str, host: object) -> None:
    if at_home(host):
        return
    if path := os.environ.get(REFUSALS):
        with open(path, "a", encoding="utf-8") as kept:  # noqa: PTH123 - light: every child process loads this
            kept.write(f"{event} {host!r}\n")
    raise RefusedError(f"{event}: {host!r} is not this machine")


if __name__ == "sitecustomize":
    close()

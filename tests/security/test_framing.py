"""Requests made so that two servers would not agree where they end, sent by hand to waitress as the site opens it."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from waitress.channel import HTTPChannel
from waitress.server import create_server

from voices.web import framing, serving

HIDDEN = b"GET /cachee HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"0\r\n\r\n"
LONG = len(HIDDEN)


class Line:
    """A server, and what its application was asked."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        # `_how` listens where it is told to: 0 is any port that is free.
        self.server: Any = create_server(self.answer, **serving._how(0))
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            self.server.run()
        except OSError:
            return  # closed

    def answer(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        environ["wsgi.input"].read()
        self.seen.append(environ["PATH_INFO"])
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    def send(self, raw: bytes) -> tuple[list[int], bool]:
        """The statuses of what was answered, and whether the line was closed."""
        self.seen.clear()
        got, closed = b"", False
        with socket.create_connection(("127.0.0.1", self.server.effective_port), timeout=0.5) as line:
            try:
                line.sendall(raw)
                while part := line.recv(65536):
                    got += part
                closed = True
            except TimeoutError:
                pass
            except ConnectionError:
                closed = True
        return [int(one.split(b" ")[1]) for one in got.split(b"HTTP/1.") if one], closed


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    before = HTTPChannel.parser_class
    framing.be_strict()
    opened = Line()
    yield opened
    opened.server.close()
    HTTPChannel.parser_class = before


REFUSED = {
    "chunks and a length": POST + b"Content-Length: %d\r\n" % (5 + LONG) + CHUNKED + b"\r\n" + END + HIDDEN,
    "a length and chunks": POST + b"Content-Length: 4\r\n" + CHUNKED + b"\r\n%x\r\n" % LONG + HIDDEN + b"\r\n" + END,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % LONG + HIDDEN,
    "the same length twice": POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc" + HIDDEN,
    "a list of lengths": POST + b"Content-Length: 0, %d\r\n\r\n" % LONG + HIDDEN,
    "a length with a sign": POST + b"Content-Length: +%d\r\n\r\n" % LONG + HIDDEN,
    "a negative length": POST + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "a length in base 16": POST + b"Content-Length: 0x10\r\n\r\n" + HIDDEN,
    "a length with a mark": POST + b"Content-Length: 1_0\r\n\r\n" + HIDDEN,
    "a space before the colon": POST + b"Content-Length : %d\r\n\r\n" % LONG + HIDDEN,
    "unknown chunks": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + END + HIDDEN,
    "chunks that are none": POST + CHUNKED + b"Transfer-Encoding: identity\r\n\r\n" + END + HIDDEN,
    "packed chunks": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + END + HIDDEN,
    "chunks after a strange space": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + END + HIDDEN,
    "chunks on the next line": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + END + HIDDEN,
    "chunks before HTTP/1.1": POST.replace(b"1.1", b"1.0") + CHUNKED + b"Content-Length: 5\r\n\r\n" + END + HIDDEN,
    "bare line feeds": b"POST / HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n" + HIDDEN,
    "a bare return": POST + b"X: a\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "a zero byte": POST + b"X: a\x00b\r\nContent-Length: %d\r\n\r\n" % LONG + HIDDEN,
    "a chunk that is longer": POST + CHUNKED + b"\r\n2\r\nabXX" + END + HIDDEN,
    "a chunk in base 16, said": POST + CHUNKED + b"\r\n0x2\r\nab\r\n" + END + HIDDEN,
    "a chunk with a bare line feed": POST + CHUNKED + b"\r\n2;\nxx\r\n4c\r\n" + END + HIDDEN,
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: ailleurs.example\r\n\r\n",
    "a space in the address": b"GET / cachee HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "endless headers": GET + b"X: " + b"a" * 300_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED.keys())
def test_what_could_be_read_in_two_ways_is_refused_and_the_line_closed(line: Line, raw: bytes):
    statuses, closed = line.send(raw)
    assert not line.seen
    assert closed
    assert all(status in (400, 431, 501) for status in statuses)
    assert len(statuses) <= 1


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        (GET + b"\r\n" + HIDDEN, ["/", "/cachee"]),
        (POST + b"Content-Length: %d\r\n\r\n" % LONG + HIDDEN, ["/"]),
        (POST + CHUNKED + b"\r\n%x\r\n" % LONG + HIDDEN + b"\r\n" + END, ["/"]),
        (GET + b"Content-Length: %d\r\n\r\n" % LONG + HIDDEN, ["/"]),
        (POST + b"Transfer_Encoding: chunked\r\nContent-Length: %d\r\n\r\n" % LONG + HIDDEN, ["/"]),
    ],
    ids=["one after the other", "a length", "chunks", "a body of a GET", "a header that nobody takes for another"],
)
def test_what_is_plain_is_read_as_it_is_written(line: Line, raw: bytes, seen: list[str]):
    assert line.send(raw)[0] == [200] * len(seen)
    assert line.seen == seen

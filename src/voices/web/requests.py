"""Each request: a number of its own, a line in the journal, one more in the counts; neither its words nor its query."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from voices.web.logs import REQUEST

_log = logging.getLogger("voices.requests")
_NOWHERE = "-"
"""The route of what has none: the files of pages, addresses that do not exist."""
_METHODS = {"GET", "HEAD", "POST"}


@dataclass
class Counts:
    """Requests since the site opened, by route, and their durations in seconds."""

    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By route and class of status: 2, 3, 4, 5."""
    seconds: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, route: str, status: int, seconds: float) -> None:
        """Nothing; one more."""
        with self._lock:
            self.requests[route, status // 100] += 1
            self.seconds[route] += seconds  # type: ignore[assignment]

    def taken(self) -> tuple[dict[tuple[str, int], int], dict[str, float]]:
        """A copy of both."""
        with self._lock:
            return dict(self.requests), dict(self.seconds)


COUNTS = Counts()


class CountedMiddleware:
    """The outermost: what it measures is what people waited for, up to the first byte."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with the number of the request, which the journal has too."""
        number = uuid4().hex[:12]
        token = REQUEST.set(number)
        began = time.monotonic()
        try:
            answer = self.get_response(request)
            answer.headers["X-Request-ID"] = number
            self._tell(request, answer.status_code, time.monotonic() - began)
        finally:
            REQUEST.reset(token)
        return answer

    def _tell(self, request: HttpRequest, status: int, seconds: float) -> None:
        route = (request.resolver_match.view_name if request.resolver_match else "") or _NOWHERE
        COUNTS.add(route, status, seconds)
        said = {"route": route, "status": status, "user": _user(request), "ms": round(seconds * 1000)}
        method = request.method if request.method in _METHODS else "?"
        _log.info("request", extra=said | {"method": method})


def _user(request: HttpRequest) -> int | None:
    """The number of who is signed in, where that was asked of the base already: it is not asked here."""
    known = getattr(request, "_cached_user", None)
    return known.pk if known is not None else None

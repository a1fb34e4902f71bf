"""What every request carries: the reach of the person who sent it; and every answer: what a browser may do with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from voices.web.access import ConsentChangedError, Reach, reach_of
from voices.web.reports import ReplacedError
from voices.web.views import errors

_HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """What Django does not say by itself to browsers, of every answer: nothing of a device is asked for or lent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with these headers."""
        answer = self.get_response(request)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


class ReachMiddleware:
    """Sets `request.reach`, asked of the base once a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; pages of people signed in are kept by no cache."""
        request.reach = reach_of(request.user) if request.user.is_authenticated else Reach()  # type: ignore[attr-defined]
        answer = self.get_response(request)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What is said where a consent changed under a page, or a report; nothing of any other trouble."""
        if isinstance(exception, ConsentChangedError):
            return errors.consent_changed(request, exception)
        return errors.report_replaced(request, exception) if isinstance(exception, ReplacedError) else None

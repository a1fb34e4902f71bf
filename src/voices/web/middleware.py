"""What every request carries: the reach of the person who sent it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from voices.web.access import ConsentChangedError, Reach, reach_of
from voices.web.views import errors


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
        """What is said where a consent changed under a page; nothing of any other trouble."""
        return errors.consent_changed(request, exception) if isinstance(exception, ConsentChangedError) else None

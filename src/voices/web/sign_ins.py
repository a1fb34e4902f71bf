"""The door, of every request: whose session is over goes through it again, and loses nothing of what was written."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from voices.store.models import User
from voices.web import second_factor, sessions
from voices.web.access import Reach, reach_in

_BY_THEMSELVES = frozenset({"deposit_state", "report_job_state", "themes_state", "words_measured"})
"""What pages ask for by themselves while nobody is there: it keeps no session going."""
_BEFORE_THE_CODE = frozenset({"account_code", "sign_out"})
"""All that one may do who must have a code and has none yet."""
_SECRETS = frozenset({"password", "present", "again", "code", "token", "csrfmiddlewaretoken", "next"})
_A_FEW_WORDS = 3
"""What has as many was written by hand; fewer are boxes and choices, made again in a moment."""


class SessionsMiddleware:
    """Ends the sessions whose time is over; the others were seen just now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, to nobody in particular where the session is over."""
        if request.user.is_authenticated and sessions.over(request.session):
            _leave(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """None: the view answers; the way to the door, where somebody ended the session at this very moment."""
        found = request.resolver_match
        by_itself = found is not None and found.view_name in _BY_THEMSELVES
        if request.user.is_anonymous or by_itself or sessions.seen(request.session):
            return None
        _leave(request)
        return redirect("sign_in")


class DoorMiddleware(LoginRequiredMiddleware):
    """Sends to the door who is not signed in; what they had written is given back to them, to be copied."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:  # noqa: ANN401
        """The way to the door, or the page that holds what was sent and could not be taken."""
        if written := _written(request):
            return render(request, "web/accounts/ended.html", {"written": written}, status=403)
        if request.method == "POST":  # its address shows nothing to who comes back to it
            return redirect("sign_in")
        return super().handle_no_permission(request, view_func)


class CodeMiddleware:
    """Leads to its setting up who must have a code and has none: nothing else is within their reach before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; `request.without_code` says whether a code is missing."""
        has_none = isinstance(request.user, User) and not request.user.totp_secret
        missing = has_none and second_factor.required(reach_in(request).grants)
        if missing:
            request.reach = Reach()  # type: ignore[attr-defined]
        request.without_code = missing  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Callable[..., Any], *_: object) -> HttpResponseBase | None:
        """None: the view answers; or the way to the page where the code is set up."""
        found = request.resolver_match
        open_to_all = not getattr(view_func, "login_required", True)
        if not without_code(request) or open_to_all or (found and found.view_name in _BEFORE_THE_CODE):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("account_code")})
        return redirect("account_code")


def without_code(request: HttpRequest) -> bool:
    """Whether who sent it must have a code, and has none."""
    return bool(request.without_code)  # type: ignore[attr-defined]


def _leave(request: HttpRequest) -> None:
    logout(request)
    messages.info(
        request, "Votre connexion a pris fin\u00a0: cela arrive d’elle-même après un moment. Reconnectez-vous."
    )


def _written(request: HttpRequest) -> list[str]:
    """What was written by hand in a form; a page that sends by itself keeps what it could not send."""
    if request.headers.get("HX-Request") or request.headers.get("Accept", "").startswith("application/json"):
        return []
    fields = ((name, value) for name, values in request.POST.lists() for value in values if name not in _SECRETS)
    return [value for _, value in fields if len(value.split()) >= _A_FEW_WORDS]

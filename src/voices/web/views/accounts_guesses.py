"""The password asked again of who is signed in: guessing it there is held as at the door, and counted with it."""

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from voices.web import tries
from voices.web.access import person_in
from voices.web.traces import trace_refusal
from voices.web.views.accounts import locked_out
from voices.web.views.accounts_forms import WRONG


def held(request: HttpRequest) -> HttpResponse | None:
    """The page that asks to wait, where too many were wrong; None otherwise."""
    credentials = {"username": person_in(request).username}
    too_many = tries.too_many(request, credentials["username"])
    return locked_out(request) if too_many or not AxesProxyHandler.is_allowed(request, credentials) else None


def count(request: HttpRequest, form: Form) -> None:
    """Nothing; where the password of the form is not that of the person, it is one more."""
    if any(form.has_error(name, WRONG) for name in form.fields):
        trace_refusal(request, "Mot de passe refusé\u00a0: dans « Mon compte »")
        user_login_failed.send(__name__, credentials={"username": person_in(request).username}, request=request)

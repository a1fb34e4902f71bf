"""Signing in, in one step or two, signing out, and the page where each person begins."""

from time import time
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from voices.store.models import User
from voices.web import second_factor, tries
from voices.web.access import Action, open_to_all, reach_in
from voices.web.traces import trace, trace_sign_in_refused
from voices.web.views.accounts_forms import CodeForm, SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"
FIRST_PAGES = (
    (Action.DEPOSIT, "place_home"),
    (Action.REVIEW, "review"),
    (Action.QUOTES, "quotes"),
    (Action.PEOPLE, "people"),
)
"""Where each person begins: the first of these that they may open."""
TOO_MANY = "Connexion refusée\u00a0: trop d’essais"
_HALF_WAY = "half_way"
_PATIENCE = 10 * 60
"""Seconds between the password and the code."""


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The person's first page, or word that nothing is open to them yet."""
    reach = reach_in(request)
    for action, name in FIRST_PAGES:
        if reach.may(action):
            return redirect(name)
    return render(request, "web/accounts/nothing.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door: name and password, then the code of who asked for one."""
    wanted = _wanted(request)
    if request.headers.get("HX-Request"):  # The session ended under a moving part: the whole page goes to the door.
        return HttpResponse(headers={"HX-Redirect": reverse("sign_in")})
    if request.user.is_authenticated:
        return redirect(wanted)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        if tries.too_many(request, username):
            trace_sign_in_refused(username, TOO_MANY)
            return locked_out(request)
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return _half_way(request, user, wanted) if user.totp_secret else _let_in(request, user, wanted)
        trace_sign_in_refused(username, "Connexion refusée\u00a0: mot de passe")
        form.add_error(None, "Ce nom et ce mot de passe ne vont pas ensemble.")
    context = {"form": form, "next": wanted, "nobody": not User.objects.exists()}
    return render(request, "web/accounts/sign_in.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters()
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step: six digits. Wrong codes count with wrong passwords."""
    user, wanted = _who_is_half_way(request)
    if user is None:
        messages.info(request, "Le temps d’attente est passé. Recommencez avec votre mot de passe.")
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    form.fields["code"].widget.attrs["autofocus"] = True  # there is nothing else to do on this page
    if request.method == "POST" and form.is_valid():
        credentials = {"username": user.username}
        if tries.too_many(request, user.username) or not AxesProxyHandler.is_allowed(request, credentials):
            trace_sign_in_refused(user.username, TOO_MANY)
            return locked_out(request)
        if second_factor.right(user, form.cleaned_data["code"]):
            return _let_in(request, user, wanted)
        user_login_failed.send(__name__, credentials=credentials, request=request)
        trace_sign_in_refused(user.username, "Connexion refusée\u00a0: code du téléphone")
        form.add_error("code", "Ce code n’est pas, ou n’est plus, le bon. Attendez le suivant et recopiez-le.")
    return render(request, "web/accounts/sign_in_code.html", {"form": form})


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out; nothing of the session is left."""
    trace(request, "Déconnexion")
    logout(request)
    messages.success(request, "Vous avez quitté le site. À bientôt !")
    return redirect("sign_in")


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429, after too many wrong passwords: django-axes calls it at the last one and until the time is over."""
    del response
    username = str((credentials or {}).get("username", ""))
    # Kept once a lock, and only for a name that exists: what is typed there may be a password.
    if getattr(request, "axes_failures_since_start", None) and User.objects.filter(username=username).exists():
        trace(request, "Connexion bloquée un quart d’heure", username)
    return render(request, "web/accounts/locked_out.html", status=429)


def _half_way(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    request.session.cycle_key()
    request.session[_HALF_WAY] = {"user": user.pk, "at": time(), "next": wanted}
    return redirect("sign_in_code")


def _who_is_half_way(request: HttpRequest) -> tuple[User | None, str]:
    kept = request.session.get(_HALF_WAY)
    if not kept or time() - kept["at"] > _PATIENCE:
        return None, ""
    return User.objects.filter(pk=kept["user"], is_active=True).exclude(totp_secret=None).first(), kept["next"]


def _let_in(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    login(request, user, backend=BACKEND)
    request.session.pop(_HALF_WAY, None)
    trace(request, "Connexion")
    return redirect(wanted)


def _wanted(request: HttpRequest) -> str:
    """The page that was asked for before the door, where it is one of ours; the first page otherwise."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") else reverse(settings.LOGIN_REDIRECT_URL)

"""« Mes connexions »: where one is signed in, and how to end what one does not recognise; the administrator too."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from voices.store.models import User
from voices.web import sessions
from voices.web.access import Action, allowed, open_to_all, person_in
from voices.web.traces import trace
from voices.web.views import accounts_guesses as guesses
from voices.web.views.accounts_forms import ConfirmForm

_GONE = "Cette connexion était déjà finie."


@open_to_all
@sensitive_post_parameters()
def own(request: HttpRequest) -> HttpResponse:
    """The sessions of the person that go on, this one first; to end one, the password is given again after a while."""
    form = ConfirmForm(request.POST or None, person_in(request))
    if request.method == "POST":
        if held := guesses.held(request):
            return held
        if form.is_valid():
            sessions.sure(request.session)
            return redirect("account_sessions")
        guesses.count(request, form)
    here = sessions.number(request.session)
    found = sorted(sessions.of(person_in(request)), key=lambda one: one.number != here)
    context = {
        "sessions": found,
        "here": here,
        "form": form,
        "locked": not sessions.fresh(request.session),
        "idle": _idle(settings.VOICES.idle_minutes),
    }
    return render(request, "web/accounts/sessions.html", context)


@open_to_all
@require_POST
def end_own(request: HttpRequest) -> HttpResponse:
    """The page, without the session of that `number`; without any other than this one, where none is given."""
    user = person_in(request)
    if not sessions.fresh(request.session):
        return redirect("account_sessions")
    if one := request.POST.get("number"):
        _tell(request, sessions.end(user, one), "Cette connexion est fermée.")
    else:
        ended = sessions.end_all(user, but=request.session)
        _tell(request, bool(ended), "Il ne reste que cette connexion : toutes les autres sont fermées.")
    trace(request, "Connexions fermées")
    return redirect("account_sessions")


@allowed(Action.PEOPLE)
@require_POST
def end_of_person(request: HttpRequest, user_id: int) -> HttpResponse:
    """The person, without the session of that `number`; without any, where none is given."""
    user = get_object_or_404(User, pk=user_id)
    if one := request.POST.get("number"):
        _tell(request, sessions.end(user, one), "Cette connexion est fermée.")
    else:
        _tell(request, bool(sessions.end_all(user)), f"Les connexions de {user.name} sont fermées.")
    trace(request, "Connexions fermées", user.name)
    return redirect("person", user_id=user.pk)


def _tell(request: HttpRequest, done: bool, told: str) -> None:
    if done:
        messages.success(request, told)
    else:
        messages.info(request, _GONE)


def _idle(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    told = (f"{hours}\u00a0heure{'s' if hours > 1 else ''}" if hours else "", f"{rest}\u00a0min" if rest else "")
    return " ".join(part for part in told if part)

"""What links that were handed over open: a new account, a new password."""

from axes.utils import reset as forget_failures
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from voices.store.models import Link, User
from voices.web import links
from voices.web.traces import trace
from voices.web.views.accounts import BACKEND
from voices.web.views.accounts_forms import InvitationForm, PasswordForm


@login_not_required
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page where an invited person makes their account; opening it uses nothing, sending it does, once."""
    link = links.standing(Link.Kind.INVITATION, token)
    if link is None:
        return _gone(request)
    if request.user.is_authenticated:
        return render(request, "web/accounts/for_another.html", {"link": link})
    form = InvitationForm(request.POST or None, User(name=link.name))
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        user = links.accept(link, found["username"], found["name"], found["password"])
        if user is None:
            return _gone(request)
        login(request, user, backend=BACKEND)
        trace(request, "Compte créé par une invitation", user.name)
        messages.success(request, f"Bienvenue, {user.name}. Votre compte est prêt.")
        return redirect("home")
    return render(request, "web/accounts/invitation.html", {"form": form, "link": link})


@login_not_required
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters()
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """The page where a person who lost their password chooses another; their other sessions end."""
    link = links.standing(Link.Kind.RESET, token)
    if link is None or link.user is None or not link.user.is_active:
        return _gone(request)
    if request.user.is_authenticated and request.user != link.user:
        return render(request, "web/accounts/for_another.html", {"link": link})
    form = PasswordForm(request.POST or None, link.user)
    if request.method == "POST" and form.is_valid():
        if not links.renew(link, form.cleaned_data["password"]):
            return _gone(request)
        forget_failures(username=link.user.username)
        trace(request, "Nouveau mot de passe par un lien", link.user.name)
        messages.success(request, "Votre nouveau mot de passe est enregistré. Connectez-vous avec lui.")
        return redirect("sign_in")
    return render(request, "web/accounts/reset.html", {"form": form, "link": link})


def _gone(request: HttpRequest) -> HttpResponse:
    context = {
        "problem": "Ce lien n’ouvre plus rien.",
        "remedy": "Il a déjà servi, ou son temps est passé. Demandez-en un autre à la personne qui vous l’a donné.",
    }
    return render(request, "web/error.html", context, status=410)

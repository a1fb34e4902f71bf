"""People: who has an account, what each may do and where, invitations and new passwords."""

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from voices.store.models import Grant, Link, User
from voices.store.models.people import Role
from voices.web import links, second_factor, sessions
from voices.web.access import Action, allowed, person_in
from voices.web.alphabet import by_name
from voices.web.traces import trace
from voices.web.views.people_forms import GrantForm, InviteForm

LAST = "C’est la dernière personne qui administre le site : donnez d’abord ce rôle à quelqu’un d’autre."


@allowed(Action.PEOPLE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and the invitations that nobody has taken yet."""
    everyone = sorted(by_name(User.objects.prefetch_related("grants__place")), key=lambda one: not one.is_active)
    context = {"people": everyone, "invitations": _invitations().select_related("place").order_by("expires_at")}
    return render(request, "web/people/people.html", context)


@allowed(Action.PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    """The form of an invitation; once sent, its link, shown this once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        path = links.invite(found["name"], found["role"], found["place"], person_in(request))
        trace(request, "Invitation", f"{found['name']} : {_told(found['role'], found['place'])}")
        return _hand_over(request, path, found["name"], Link.Kind.INVITATION)
    return render(request, "web/people/invite.html", {"form": form})


@allowed(Action.PEOPLE)
@require_POST
def cancel_invitation(request: HttpRequest, link_id: int) -> HttpResponse:
    """The list of people, without that invitation: its link opens nothing any more."""
    link = get_object_or_404(_invitations(), pk=link_id)
    link.delete()
    trace(request, "Invitation annulée", link.name)
    messages.success(request, f"L’invitation de {link.name} est annulée : son lien n’ouvre plus rien.")
    return redirect("people")


@allowed(Action.PEOPLE)
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: their roles, to which one may be added, and their account."""
    user = get_object_or_404(User, pk=user_id)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role, place = form.cleaned_data["role"], form.cleaned_data["place"]
        _, made = Grant.objects.get_or_create(user=user, role=role, place=place)
        if made:
            trace(request, "Rôle donné", f"{user.name} : {_told(role, place)}")
            messages.success(request, f"{user.name} a maintenant ce rôle : {_told(role, place)}.")
        else:
            messages.info(request, f"{user.name} avait déjà ce rôle : {_told(role, place)}.")
        return redirect("person", user_id=user.pk)
    grants = user.grants.select_related("place").order_by("role", "place__name")
    context = {"person": user, "grants": grants, "form": form, "sessions": sessions.of(user)}
    return render(request, "web/people/person.html", context)


@allowed(Action.PEOPLE)
@require_POST
def remove_grant(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponse:
    """The person, without that role; the last to administer the site keeps theirs."""
    with transaction.atomic():
        grant = get_object_or_404(Grant.objects.select_related("user", "place"), pk=grant_id, user_id=user_id)
        if _administrators() == [grant.pk]:
            messages.error(request, LAST)
            return redirect("person", user_id=user_id)
        grant.delete()
    told = _told(grant.role, grant.place)
    trace(request, "Rôle retiré", f"{grant.user.name} : {told}")
    messages.success(request, f"{grant.user.name} n’a plus ce rôle : {told}.")
    return redirect("person", user_id=user_id) if request.user != grant.user else redirect("home")


@allowed(Action.PEOPLE)
@require_POST
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """The person, whose account is closed: they are signed out at once, and what they did stays under their name."""
    with transaction.atomic():
        user = get_object_or_404(User, pk=user_id, is_active=True)
        if set(_administrators()) <= set(user.grants.values_list("pk", flat=True)):
            messages.error(request, LAST)
            return redirect("person", user_id=user_id)
        user.is_active = False
        user.save(update_fields=["is_active"])
        user.links.filter(used_at=None).delete()
        sessions.end_all(user)  # or they would go on if the account is opened again
    trace(request, "Compte fermé", user.name)
    messages.success(request, f"Le compte de {user.name} est fermé. Ce que cette personne a fait reste à son nom.")
    return redirect("people")


@allowed(Action.PEOPLE)
@require_POST
def reopen(request: HttpRequest, user_id: int) -> HttpResponse:
    """The person, whose account is open again, with the roles it had."""
    user = get_object_or_404(User, pk=user_id, is_active=False)
    user.is_active = True
    user.save(update_fields=["is_active"])
    trace(request, "Compte rouvert", user.name)
    messages.success(request, f"Le compte de {user.name} est rouvert, avec les rôles qu’il avait.")
    return redirect("person", user_id=user_id)


@allowed(Action.PEOPLE)
@require_POST
def new_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """The link by which the person chooses a new password, shown this once."""
    user = get_object_or_404(User, pk=user_id, is_active=True)
    path = links.reset(user, person_in(request))
    trace(request, "Lien de nouveau mot de passe", user.name)
    return _hand_over(request, path, user.name, Link.Kind.RESET)


@allowed(Action.PEOPLE)
@require_POST
def without_code(request: HttpRequest, user_id: int) -> HttpResponse:
    """The person, of whom no code is asked any more: for who lost their telephone."""
    user = get_object_or_404(User.objects.exclude(totp_secret=None), pk=user_id)
    second_factor.turn_off(user)
    trace(request, "Code à la connexion retiré", user.name)
    messages.success(request, f"{user.name} peut se connecter avec son seul mot de passe.")
    return redirect("person", user_id=user_id)


def _hand_over(request: HttpRequest, path: str, name: str, kind: Link.Kind) -> HttpResponse:
    context = {
        "address": request.build_absolute_uri(path),
        "name": name,
        "days": links.LIFE[kind].days,
        "invitation": kind == Link.Kind.INVITATION,
    }
    return render(request, "web/people/hand_over.html", context)


def _invitations() -> QuerySet[Link]:
    return Link.objects.filter(kind=Link.Kind.INVITATION, used_at=None, expires_at__gt=timezone.now())


def _administrators() -> list[int]:
    """The grants by which open accounts administer the site, held until the transaction ends: two administrators who
    take each other's role at the same moment cannot both succeed.
    """
    grants = Grant.objects.filter(role=Role.ADMINISTRATOR, place=None, user__is_active=True)
    return [grant.pk for grant in grants.select_related("user").select_for_update().order_by("pk")]


def _told(role: str, place: object) -> str:
    return f"{Role(role).label}, {place or 'tout le réseau'}"

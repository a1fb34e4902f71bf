"""The check of names, testimony by testimony: what was replaced, what was missed, what should not have been."""

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from voices import naming
from voices.errors import VoicesError
from voices.store.models import NameChange, Testimony
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.views.names_told import Asking, NameForm, asking, choice, risks, speeches
from voices.web.views.review.asked import still_read
from voices.web.views.testimonies_told import where

_DONE = "oui"
KEYS = [
    {"key": "V", "does": "noms vérifiés, passer au témoignage suivant"},
    {"key": "R", "does": "remplacer partout les mots choisis dans le texte"},
    {"key": "I", "does": "ne les remplacer qu’ici"},
    {"key": "D", "does": "ne les remplacer qu’ici, par « [détail] »"},
    {"key": "?", "does": "voir cette liste"},
]


@allowed(Action.NAMES)
@require_safe
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with what was replaced; `?vue=autres` as others see it. What stood there before is not shown."""
    return _page(request, _testimony(request, pk), NameForm())


@allowed(Action.NAMES)
@sensitive_post_parameters()
@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, with a word replaced where it was chosen (`ici`) or everywhere (`partout`); where neither is said and
    it stands at several places, these places, to choose. The word is still in its field where it could not be.
    """
    testimony = _testimony(request, pk)
    form = NameForm(request.POST)
    if form.is_valid():
        said, kind = form.cleaned_data["nom"], form.cleaned_data["sorte"]
        at, seen = _number(request.POST.get("ici")), _seen(request)
        try:
            if at is None and not request.POST.get("partout"):
                found = naming.places(testimony, said, kind, seen=seen, settings=settings.VOICES)
                if found.count > 1:
                    return _page(request, testimony, form, asking(testimony.text, found))
            change = naming.add(
                testimony, said, kind, at=at, seen=seen, by=person_in(request), settings=settings.VOICES
            )
        except VoicesError as error:
            form.add_error("nom", f"{error.problem} {error.remedy}")
        else:
            messages.success(request, _replaced(change))
            if at is None:
                _warn_of_what_is_left(request, pk, said)
            return redirect("names", pk=pk)
    return _page(request, testimony, form)


@allowed(Action.NAMES)
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, with a word back in the text, where it was clicked or everywhere."""
    testimony = _testimony(request, pk)
    mark, at = request.POST.get("repere", ""), _number(request.POST.get("ici"))
    try:
        change = naming.put_back(
            testimony,
            mark,
            _number(request.POST.get("mot")) or 0,
            at=at,
            seen=_seen(request),
            by=person_in(request),
            settings=settings.VOICES,
        )
    except VoicesError as error:
        messages.error(request, f"{error.problem} {error.remedy}")
    else:
        messages.success(request, f"Le mot d’origine est remis {_places(change.count)}, à la place de « {mark} ».")
    return redirect("names", pk=pk)


@allowed(Action.NAMES)
@require_POST
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """The next testimony of the place whose names are to be checked; this one, where its check is taken back."""
    testimony = _testimony(request, pk)
    done = request.POST.get("fait", _DONE) == _DONE
    naming.check(testimony, person_in(request), checked=done)
    if not done:
        messages.success(request, "Les noms de ce témoignage sont de nouveau à vérifier.")
        return redirect("names", pk=pk)
    waiting = _to_check(request, testimony)
    following = waiting.filter(pk__lt=pk).first() or waiting.first()
    if following is None:
        messages.success(request, "Noms vérifiés. Il n’en reste aucun à vérifier pour ce lieu.")
        return redirect("testimony", pk=pk)
    messages.success(request, "Noms vérifiés. Voici le témoignage suivant.")
    return redirect("names", pk=following.pk)


def _page(request: HttpRequest, testimony: Testimony, form: NameForm, asked: Asking | None = None) -> HttpResponse:
    plain = request.GET.get("vue") == "autres"
    context = {
        "testimony": testimony,
        "where": where(testimony),
        "form": form,
        "plain": plain,
        "stamp": naming.stamp(testimony),
        "waiting": _to_check(request, testimony).count(),
        "history": testimony.name_changes.select_related("made_by").order_by("-pk"),
        "risks": risks(testimony.text),
        "asked": asked,
        "here": reverse("names", args=[testimony.pk]),
        "keys": KEYS,
    }
    try:
        found = naming.names_of(testimony, settings.VOICES)
    except VoicesError as error:
        messages.error(request, f"{error.problem} {error.remedy}")
        return render(
            request, "web/names/names.html", context | {"speeches": speeches(testimony, (), None), "shut": True}
        )
    at = _number(request.GET.get("ici"))
    context |= {
        "speeches": speeches(testimony, () if plain else found.standing, at),
        "choice": choice(found, at),
        "replaced": found.replaced,
        "count": len(found.standing),
    }
    return render(request, "web/names/names.html", context)


def _testimony(request: HttpRequest, pk: int) -> Testimony:
    reach = reach_in(request)
    still_read(request, Action.NAMES, pk)
    return get_object_or_404(reach.testimonies(Action.NAMES).select_related("place", "names_checked_by"), pk=pk)


def _to_check(request: HttpRequest, testimony: Testimony) -> QuerySet[Testimony]:
    """The others of its place whose names nobody checked, in the order of the list."""
    reach = reach_in(request)
    others = reach.testimonies(Action.NAMES).filter(place=testimony.place_id, names_checked_at=None)
    return others.exclude(pk=testimony.pk).order_by("-pk")


def _warn_of_what_is_left(request: HttpRequest, pk: int, said: str) -> None:
    left = naming.left(_testimony(request, pk), said, settings.VOICES)
    if left:
        messages.warning(
            request,
            f"Le même mot reste {_places(left)}, écrit avec d’autres majuscules. Si c’est aussi un nom, "
            "remplacez-le tel qu’il y est écrit.",
        )


def _replaced(change: NameChange) -> str:
    return f"C’est remplacé {_places(change.count)} par « {change.mark} »."


def _places(count: int) -> str:
    return f"à {count} endroits" if count > 1 else "à un endroit"


def _seen(request: HttpRequest) -> str:
    return request.POST.get("vu", "")


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isdecimal() and len(said) < 10 else None

"""What one does to themes: each act is a form sent, tells what it did, and stands in the history."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from voices.errors import VoicesError
from voices.store.models import Theme, ThemeChange, User
from voices.theming import acting
from voices.web.access import Action, allowed, reach_in
from voices.web.views.themes import who_may_act
from voices.web.views.themes_listed import asked, filtered
from voices.web.views.themes_seen import seen

_PAGE = 30
_SPACE = "\u202f"


@allowed(Action.THEMES)
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """The theme, renamed; its computed name again where the name is empty."""
    return _done(
        request,
        pk,
        lambda theme, by: _said(acting.rename(theme, request.POST.get("nom", ""), by), "Le nom est changé."),
    )


@allowed(Action.THEMES)
@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, without that theme."""
    said = "Le thème est caché. Il se retrouve en bas de la liste."
    return _done(request, pk, lambda theme, by: _said(acting.hide(theme, by), said), to="themes")


@allowed(Action.THEMES)
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, with that theme again."""
    said = "Le thème est de nouveau dans la liste."
    return _done(request, pk, lambda theme, by: _said(acting.hide(theme, by, hidden=False), said), to="themes")


@allowed(Action.THEMES)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The theme, which now holds those that were ticked."""

    def do(theme: Theme, by: User) -> str:
        ids = [int(one) for one in request.POST.getlist("theme") if one.isdecimal()]
        acting.merge(theme, list(acting.shown().filter(pk__in=ids)), by)
        return "Les thèmes sont réunis."

    return _done(request, pk, do)


@allowed(Action.THEMES)
@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """The theme in which that one was, which is by itself again."""
    by, part = who_may_act(request), get_object_or_404(Theme.objects.exclude(merged_into=None), pk=pk)
    home = part.merged_into_id
    _try(request, lambda: _said(acting.detach(part, by), f"«{_SPACE}{part.name}{_SPACE}» est de nouveau à part."))
    return redirect("theme", pk=home)


@allowed(Action.THEMES)
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """The new theme, made of the passages that were ticked, or of all those that the page's filters let through."""
    by, theme = who_may_act(request), get_object_or_404(acting.shown(), pk=pk)
    reach = reach_in(request)
    if request.POST.get("tous"):
        chosen = set(filtered(asked(request.POST, reach), seen(reach).of(theme.pk), reach))
    else:
        chosen = {int(one) for one in request.POST.getlist("passage") if one.isdecimal()}
    made: list[ThemeChange] = []

    def do() -> str:
        made.append(acting.split(theme, chosen, request.POST.get("nom", ""), by))
        return "Le nouveau thème est là. Son nom et ses passages seront gardés au prochain calcul."

    _try(request, do)
    return (
        redirect("theme", pk=made[0].detail["into"]) if made else redirect(f"{reverse('theme', args=[pk])}?separer=oui")
    )


@allowed(Action.THEMES)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What people did to themes, the last first."""
    changes = ThemeChange.objects.select_related("theme", "made_by", "undone_by").order_by("-pk")
    page = Paginator(changes, _PAGE).get_page(request.GET.get("page"))
    acts = reach_in(request).everywhere(Action.THEMES)
    later = list(ThemeChange.objects.filter(undone_at=None)) if acts else []
    rows = [{"change": one, "told": _told(one), "undoable": acts and acting.undoable(one, later)} for one in page]
    return render(request, "web/themes/history.html", {"page": page, "rows": rows, "acts": acts, "tab": "history"})


@allowed(Action.THEMES)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The history, where that change is undone."""
    by, change = who_may_act(request), get_object_or_404(ThemeChange, pk=pk)

    def do() -> str:
        acting.undo(change, by)
        return "C’est annulé."

    _try(request, do)
    return redirect("themes_history")


def _done(request: HttpRequest, pk: int, do: Callable[[Theme, User], str], *, to: str = "theme") -> HttpResponse:
    by, theme = who_may_act(request), get_object_or_404(acting.shown(), pk=pk)
    _try(request, lambda: do(theme, by))
    return redirect(to) if to == "themes" else redirect(to, pk=pk)


def _try(request: HttpRequest, do: Callable[[], str]) -> None:
    """Nothing; does it, and tells what was done, or why it was not."""
    try:
        said = do()
    except VoicesError as error:
        messages.error(request, f"{error.problem} {error.remedy}")
    else:
        if said:
            messages.success(request, said)


def _said(change: ThemeChange | None, said: str) -> str:
    return said if change else ""


def _told(change: ThemeChange) -> str:
    """What was done, in words."""
    named = " et ".join(f"«{_SPACE}{one}{_SPACE}»" for one in change.detail.get("named", ()))
    match ThemeChange.Kind(change.kind):
        case ThemeChange.Kind.RENAMED:
            after = change.detail["after"]
            return f"renommé «{_SPACE}{after}{_SPACE}»" if after else "rendu à son nom calculé"
        case ThemeChange.Kind.HIDDEN:
            return "caché"
        case ThemeChange.Kind.SHOWN:
            return "remis dans la liste"
        case ThemeChange.Kind.MERGED:
            return f"réuni avec {named}"
        case ThemeChange.Kind.DETACHED:
            return "remis à part"
        case ThemeChange.Kind.SPLIT:
            count = sum(len(some) for some in change.detail["moved"].values())
            return f"séparé{_SPACE}: {count} passage{'s' if count > 1 else ''} dans {named}"

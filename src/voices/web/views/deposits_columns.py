"""A questionnaire's columns: what was recognised, corrected by a person, with what it would give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from voices.errors import VoicesError
from voices.receiving.depositing import ColumnShown, columns_shown, confirm, effect
from voices.store.models import SourceFile
from voices.web.access import Action, allowed, person_in
from voices.web.views.deposits import file_of

KINDS = {
    "ouverte": "Réponse libre : à lire",
    "fermée": "Choix, chiffre : non repris",
    "identité": "Nom, contact : caché",
    "consentement": "Son accord",
    "canaux": "Accord : par quels canaux",
    "jusqu_au": "Accord : jusqu’à quand",
    "recueilli_par": "Accord : recueilli par qui",
    "recueil": "Accord : recueilli comment",
    "lieu": "Le lieu",
    "type_lieu": "La sorte de lieu",
    "date": "La date",
    "canal": "La façon de recueillir",
    "rôle": "Son rôle dans le lieu",
    "ignorée": "Rien d’utile : non repris",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A column in the form: the name of its field, and the kind chosen now."""

    field: str
    column: ColumnShown
    chosen: str

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        """The kinds as a list shows them: value, what it means, whether it is chosen."""
        known = KINDS if self.chosen in KINDS else {**KINDS, self.chosen: self.chosen}
        return [(kind, told, kind == self.chosen) for kind, told in known.items()]


@allowed(Action.DEPOSIT)
def columns(request: HttpRequest, file_id: int) -> HttpResponse:
    """The columns with some of their answers; once confirmed, the deposit, where the questionnaire waits to be read.

    Corrected only to see what they give, the same page, whose address tells the corrections: one may come back to it.
    """
    file = file_of(request, file_id)
    try:
        shown = columns_shown(file, settings.VOICES)
        if file.state != SourceFile.State.TO_CHECK or not shown:
            return redirect("deposit", deposit_id=file.deposit_id)
        rows = [_row(index, column, request.POST or request.GET) for index, column in enumerate(shown)]
        corrected = {one.column.heading: one.chosen for one in rows if one.chosen != one.column.kind}
        if "confirmer" in request.POST:
            confirm(file, corrected, person_in(request))
            messages.success(request, f"Merci : «\u202f{file.name}\u202f» va être lu ainsi.")
            return redirect("deposit", deposit_id=file.deposit_id)
        if request.method == "POST":
            return redirect(_address(request.path, rows))
        gives = effect(file, corrected, settings.VOICES)
    except VoicesError as error:
        messages.error(request, f"{error.problem} {error.remedy}")
        return redirect("deposit", deposit_id=file.deposit_id)
    readable = any(one.chosen == "ouverte" for one in rows)
    context = {"file": file, "rows": rows, "gives": gives, "readable": readable}
    return render(request, "web/deposits/columns.html", context)


def _address(page: str, rows: Sequence[_Row]) -> str:
    """The page with these kinds: those alone that differ from what was recognised."""
    query = urlencode({one.field: one.chosen for one in rows if one.chosen != one.column.kind})
    return f"{page}?{query}#donne" if query else f"{page}#donne"


def _row(index: int, column: ColumnShown, sent: Mapping[str, str]) -> _Row:
    field = f"colonne-{index}"
    asked = sent.get(field, column.kind)
    return _Row(field, column, asked if asked in KINDS else column.kind)

"""One double coding: as long as it is blind, how far everybody is; then what came out of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from voices import doubling
from voices.doubling import Double
from voices.store.models import User
from voices.web.access import Action, allowed, person_in
from voices.web.traces import trace
from voices.web.views.double.asked import assignment, double
from voices.web.views.double.forms import way_words
from voices.web.views.double.told import agreements
from voices.web.views.review.book import book
from voices.web.views.review.reasons import chips

_TOO_SOON = (
    "Tout le monde n’a pas fini de coder. "
    "La personne qui a fait le tirage peut clore avant, une fois son propre codage fini."
)


@allowed(Action.DOUBLE)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Its page."""
    found = double(request, assignment(request, pk))
    user = person_in(request)
    context: dict[str, Any] = {
        "double": found,
        "one": found.assignment,
        "total": len(found.lines),
        "way": way_words(found.assignment.how.get("way", "")),
        "progress": [{"who": coder, "done": found.done(coder)} for coder in found.coders],
        "mine": user in found.coders,
    }
    context |= _open(found, user) if found.open else _closed(found)
    return render(request, "web/double/one.html", context)


@allowed(Action.DOUBLE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the codes side by side: nobody codes blind any more."""
    found = double(request, assignment(request, pk))
    if found.open and not may_close(found, person_in(request)):
        messages.error(request, _TOO_SOON)
    elif found.open:
        doubling.close(found.assignment, person_in(request))
        trace(request, "Double codage clos", found.assignment.title)
        messages.success(request, "Double codage clos\u202f: voici l’accord entre les personnes.")
    return redirect("double_one", pk)


def may_close(found: Double, user: User) -> bool:
    """Whether that person may end the blind coding: anyone, once all is coded.

    Before, who does not code in it, or who made it and coded all their own: nobody sees before having said.
    """
    if found.complete or user not in found.coders:
        return True
    return found.assignment.made_by_id == user.pk and found.done(user) == len(found.lines)


def _open(found: Double, user: User) -> dict[str, Any]:
    the_book = book()
    rows = []
    for line in found.lines if user in found.coders else ():
        mine = line.words.get(user.pk)
        address = reverse("double_passage", args=[found.assignment.pk, line.order])
        rows.append(
            {
                "passage": line.passage,
                "url": f"{address}?avis=dit" if mine else address,
                "mine": mine,
                "chips": chips(the_book, mine.codes) if mine else (),
            }
        )
    left = [row for row in rows if row["mine"] is None]
    return {
        "rows": rows,
        "left": len(left),
        "done": len(rows) - len(left),
        "resume": left[0]["url"] if left else "",
        "may_close": may_close(found, user),
    }


def _closed(found: Double) -> dict[str, Any]:
    return {
        "agreements": agreements(found, book()),
        "compared": len(found.compared),
        "differing": len(found.differing),
        "unsettled": sum(line.settled is None for line in found.differing),
    }

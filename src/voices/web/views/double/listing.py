"""The double codings: those that wait for the person, the others; a new one."""

from dataclasses import dataclass
from secrets import randbelow

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from voices import doubling
from voices.doubling import Double, Sampling, Way
from voices.errors import VoicesError
from voices.report.words import count
from voices.store.models import User
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.traces import trace
from voices.web.views.double.asked import assignments, double
from voices.web.views.double.forms import AssignForm


@dataclass(frozen=True, slots=True)
class Row:
    """A double coding in the list. `done` and `left` are the reader's, who is one of its coders where `mine`."""

    double: Double
    mine: bool
    done: int
    left: int

    @property
    def total(self) -> int:
        """Its passages."""
        return len(self.double.lines)

    @property
    def waits(self) -> bool:
        """Whether the reader still has something to code in it."""
        return self.mine and self.double.open and self.left > 0


@allowed(Action.DOUBLE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What the person has to code first, then everything else, the last made first."""
    user = person_in(request)
    rows = [_row(double(request, one), user) for one in assignments(request).select_related("made_by").order_by("-pk")]
    context = {"waiting": [row for row in rows if row.waits], "others": [row for row in rows if not row.waits]}
    return render(request, "web/double/list.html", context)


@allowed(Action.DOUBLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A sample to draw and people to give it to."""
    reach = reach_in(request)
    form = AssignForm(request.POST if request.method == "POST" else None, reach=reach, seed=randbelow(10_000))
    if form.is_bound and form.is_valid():
        try:
            return _made(request, form)
        except VoicesError as error:
            form.add_error(None, f"{error.problem} {error.remedy}")
    return render(request, "web/double/new.html", {"form": form})


def _made(request: HttpRequest, form: AssignForm) -> HttpResponse:
    said = form.cleaned_data
    where = tuple(one.name for one in form.places())
    sampling = Sampling(said["taille"], Way(said["tirage"]), said["graine"], where)
    made = doubling.assign(said["titre"], said["personnes"], form.passages(), sampling, person_in(request))
    drawn = made.passages.count()
    trace(request, "Double codage donné", f"{made.title}, {count(drawn, 'passage')}")
    few = f" On en demandait {sampling.size}\u202f: il n’y en avait pas plus." if drawn < sampling.size else ""
    messages.success(request, f"Échantillon tiré\u202f: {drawn} passages.{few}")
    return redirect("double_one", made.pk)


def _row(found: Double, user: User) -> Row:
    mine = user in found.coders
    done = found.done(user) if mine else 0
    return Row(found, mine, done, len(found.lines) - done)

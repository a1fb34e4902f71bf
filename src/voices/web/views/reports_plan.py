"""The parts of a report: which are told, in what order, with what words of the team beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from voices import defining
from voices.report.plan import ALWAYS, PARTS, Plan
from voices.web import reports as asking
from voices.web.access import Action, allowed, person_in
from voices.web.views.reports_told import asked_of, told, version_of

LONGEST = 2000
"""Characters of a note."""
_LAST = "annexe"
"""The part that every report tells last (`Plan.told`): it does not move, and none goes below it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the page shows it. `notes` are what may be written: about what, its label, the words so far.

    `up` and `down` are whether it may be moved so.
    """

    name: str
    label: str
    shown: bool
    always: bool
    notes: Sequence[tuple[str, str, str]]
    up: bool
    down: bool

    @property
    def last(self) -> bool:
        """Whether it is the one that stays last."""
        return self.name == _LAST

    @property
    def written(self) -> bool:
        """Whether a note says something."""
        return any(words for _, _, words in self.notes)


@allowed(Action.REPORT)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The choice; a part moved up or down, as the choice then is; once sent, how far the composing is."""
    version = version_of(request, pk)
    asked = asked_of(version)
    order, wanted = _kept(asked.plan)
    if request.method == "POST":
        order, wanted = _order(request.POST), _wanted(request.POST)
        if "composer" in request.POST:
            instead = None if version.frozen_at else version
            return redirect(
                "report_job", job_id=asking.ask(replace(asked, plan=wanted), person_in(request), instead=instead).pk
            )
    moved = request.POST.get("monter") or request.POST.get("descendre")
    context = {"version": version, "told": told(version), "parts": _parts(order, wanted), "moved": moved}
    return render(request, "web/reports/plan.html", context | {"longest": LONGEST})


def _kept(plan: Plan) -> tuple[Sequence[str], Plan]:
    """Every part in the order of a plan, those that it leaves out after the others; and the plan."""
    return _last_last((*plan.told, *(part for part in PARTS if part not in plan.told))), plan


def _order(sent: QueryDict) -> Sequence[str]:
    """Every part in the order of the page, one of them moved where that was asked."""
    named = [part for part in dict.fromkeys(sent.getlist("ordre")) if part in PARTS]
    order = [*named, *(part for part in PARTS if part not in named)]
    for asked, step in (("monter", -1), ("descendre", 1)):
        part = sent.get(asked)
        if part in order:
            at = order.index(part)
            to = min(max(at + step, 0), len(order) - 1)
            order[at], order[to] = order[to], order[at]
    return _last_last(order)


def _last_last(order: Sequence[str]) -> Sequence[str]:
    return sorted(order, key=lambda part: part == _LAST)


def _wanted(sent: QueryDict) -> Plan:
    shown = {*sent.getlist("montre"), *ALWAYS}
    notes = {about: sent.get(f"mot-{about}", "").strip()[:LONGEST] for about in _labels()}
    return Plan(
        tuple(part for part in _order(sent) if part in shown), {about: said for about, said in notes.items() if said}
    )


def _parts(order: Sequence[str], plan: Plan) -> list[Part]:
    labels = _labels()
    end = len(order) - 2  # the last that moves
    return [
        Part(name, PARTS[name], name in plan.told, name in ALWAYS, _notes(name, labels, plan), 0 < at <= end, at < end)
        for at, name in enumerate(order)
    ]


def _notes(part: str, labels: Mapping[str, str], plan: Plan) -> list[tuple[str, str, str]]:
    about = [part] if part in labels else [name for name in labels if name not in PARTS]
    return [(name, labels[name], plan.notes.get(name, "")) for name in about]


def _labels() -> dict[str, str]:
    """What a note may be about: each part but that of the codes, and each code."""
    codes = {code.id: code.label for code in defining.book().codebook.codes}
    return {part: label for part, label in PARTS.items() if part != "codes"} | codes

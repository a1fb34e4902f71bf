"""A report composed: its page, its PDF, its figures and what they stand on. Nothing is written before `keep`."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from voices.domain import Quote
from voices.neighbours import Neighbours
from voices.pipeline import Watch
from voices.report import compose as render
from voices.report.figures import Figure
from voices.report.telling import Telling
from voices.report.words import count, number
from voices.reporting.asked import Asked
from voices.reporting.held import THREE, batches
from voices.reporting.previous import previous
from voices.reporting.reckoning import FIELDS, reckoned
from voices.reporting.relying import reliability
from voices.reporting.studying import STEPS, Gathered, gather, quotable, read_by_people
from voices.settings import Settings
from voices.store.models import Decision, Job, Place, ReportVersion, Testimony, User

if TYPE_CHECKING:
    from voices.report.page import Page

__all__ = ["STEPS", "Composed", "OvertakenError", "compose"]


class OvertakenError(Exception):
    """A consent changed while the report was being composed: it is to be composed again."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A report that is ready, and kept nowhere yet."""

    asked: Asked
    html: str
    pdf: bytes
    facts: dict[str, Any]

    def keep(self, job: Job | None, by: User | None) -> ReportVersion:
        """The version, kept as a draft. Raises OvertakenError where the consent of someone shown has changed."""
        consents = {int(pk): one["consent"] for pk, one in self.facts["testimonies"].items()}
        for some in batches(list(consents)):
            now = dict(Testimony.objects.filter(pk__in=some).values_list("pk", "consent"))
            if any(now.get(pk) != consents[pk] for pk in some):
                raise OvertakenError
        shown = Testimony.objects.filter(pk__in=self.facts["shown"]).select_related("place")
        if len(quotable(shown, self.asked)) < len(self.facts["shown"]):
            raise OvertakenError
        made = ReportVersion.objects.create(
            title=self.asked.title,
            since=self.asked.since,
            until=self.asked.until,
            audience=self.asked.audience.value,
            plan=self.asked.plan.kept(),
            html=self.html,
            pdf=self.pdf,
            facts=gzip.compress(json.dumps(self.facts, ensure_ascii=False).encode(), mtime=0),
            made_by=by,
            job=job,
        )
        made.places.set(self.asked.places)
        return made


def compose(asked: Asked, testimonies: QuerySet[Testimony], *, settings: Settings, watch: Watch) -> Composed:
    """The report on what it covers among these testimonies: those that who asked may analyse."""
    from voices.report.paper import pdf

    today = timezone.localdate()
    found = gather(asked, testimonies, settings=settings, watch=watch)
    shown = asked.shown
    telling = Telling(
        reviewed=read_by_people(found.passages),
        annex=shown.annex,
        reasons=shown.reasons,
        tables=False,
        own_decided=True,
        plan=asked.plan,
        folded=shown.folded,
        withheld=frozenset(str(pk) for pk in asked.left_out),
        before=previous(asked),
        reliability=reliability(found.passages, found.suggested, found.study.codebook, seed=settings.seed),
        about=_about(asked, found),
    )
    _step(watch, 3)
    page = render(found.study, title=asked.title, generated_on=today, quotable=found.quotable, telling=telling)
    _step(watch, 4)
    return Composed(asked, page.html, pdf(page.html), _facts(asked, found, page))


def _step(watch: Watch, number: int) -> None:
    watch(STEPS[number])(0, 1)


def _about(asked: Asked, found: Gathered) -> tuple[str, ...]:
    """What the page says under its title: where, when, for whom, how much of it people have read."""
    places = list(Place.objects.filter(pk__in=asked.places).values_list("name", flat=True))
    lines = [", ".join(places) if places else "Tous les lieux du réseau"]
    if asked.period:
        lines.append(f"Témoignages recueillis {asked.period}")
    read, whole = len(read_by_people(found.passages)), len(found.passages)
    told = f"dont {number(read)} relu{'s' if read > 1 else ''}" if read else "aucun encore relu"
    lines.append(f"{count(whole, 'passage')}, {told} par une personne")
    return tuple(lines)


def _facts(asked: Asked, found: Gathered, page: "Page") -> dict[str, Any]:
    """What the report stands on: figures, and the ids of what they were counted from, with what held then."""
    ids = [row.pk for row in found.passages]
    keys = {row.key: row.pk for row in found.testimonies}
    neighbours = Neighbours(found.study.reading.testimonies)
    rows = ({name: getattr(row, name) for name in FIELDS} for row in found.passages)
    return {
        "asked": asked.kept(),
        "composed_at": timezone.now().isoformat(timespec="seconds"),
        "headline": reckoned(rows, len(found.testimonies), found.study.codebook),
        "figures": [_figure(one) for one in page.figures],
        "testimonies": {str(row.pk): {"key": row.key, "consent": row.consent} for row in found.testimonies},
        "shown": sorted(_shown(asked, found, page.quotes, keys)),
        "quotes": [_quote(one, keys, found, asked, neighbours) for one in page.quotes],
        "passages": {str(row.pk): _held(row, found) for row in found.passages},
        "decisions": _decisions(ids),
        "codebook": {"number": found.book_number, "version": found.study.codebook.version},
        "machine_passes": [{"id": one.pk, "coder": one.coder} for one in found.machine],
    }


def _figure(one: Figure) -> dict[str, Any]:
    counted = {"passages": one.passages, "testimonies": one.testimonies, "places": one.places}
    return {"number": one.number, "label": one.label, **counted, "of": [int(row.passage.id) for row in one.rows]}


def _shown(asked: Asked, found: Gathered, quoted: Iterable[Quote], keys: dict[str, int]) -> set[int]:
    """The testimonies whose words are in the page."""
    if not asked.shown.annex:
        return {keys[one.testimony_id] for one in quoted}
    return {keys[one] for one in found.quotable}


def _quote(one: Quote, keys: dict[str, int], found: Gathered, asked: Asked, neighbours: Neighbours) -> dict[str, Any]:
    """A quote, and how many voices share its place and year where they are so few that it is to be decided upon."""
    told = neighbours.testimony(one.testimony_id)
    settled = one.passage_id in found.named or int(one.passage_id) in asked.kept_quotes
    return {
        "passage": int(one.passage_id),
        "testimony": keys[one.testimony_id],
        "text": one.text,
        "attribution": one.attribution,
        "named": one.passage_id in found.named,
        "cautions": list(one.cautions),
        "sharing": neighbours.sharing(told) if neighbours.alone(told) and not settled else None,
    }


def _held(row: Any, found: Gathered) -> dict[str, Any]:  # noqa: ANN401 - a row of passages
    suggested = found.suggested.get(row.pk)
    return {
        "codes": {code: getattr(row, code) for code in THREE if getattr(row, code)} | row.own,
        "trust": row.trust,
        "testimony": row.testimony_id,
        "standing": row.standing,
        "pass": suggested.machine_pass_id if suggested else None,
    }


def _decisions(ids: list[int]) -> list[int]:
    """Everything that people had said of these passages, but what is still blind."""
    found: list[int] = []
    for some in batches(ids):
        open_blind = {"kind": Decision.Kind.CODED, "assignment__isnull": False, "assignment__closed_at": None}
        found += Decision.objects.filter(passage_id__in=some).exclude(**open_blind).values_list("pk", flat=True)
    return sorted(found)

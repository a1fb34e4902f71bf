"""What a report covers, and for whom it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from voices.domain import Outlet
from voices.report.plan import PLAIN_PLAN, Plan
from voices.report.words import date_words
from voices.store.models import Testimony


class Audience(StrEnum):
    """Who will read the report."""

    BOARD = "conseil"
    FUNDER = "financeur"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a report shows to its readers beside the figures and the quotes, which are the same for all.

    `outlet`: the channel by which it leaves; `annex`: the passages behind each figure, of those who agreed to be
    quoted there; `reasons`: why the machine put each code; `named`: quotes bear the first name of those who agreed to
    it; `folded`: the blocks that they open if they wish.
    """

    label: str
    told: str
    outlet: Outlet
    annex: bool
    reasons: bool
    named: bool
    folded: frozenset[str] = frozenset()


AUDIENCES: Mapping[Audience, Shown] = {
    Audience.BOARD: Shown(
        "Le conseil, l’équipe",
        "Les passages derrière chaque chiffre, pourquoi la machine les a codés ainsi, et le prénom de qui l’a permis.",
        Outlet.INTERNAL,
        annex=True,
        reasons=True,
        named=True,
    ),
    Audience.FUNDER: Shown(
        "Un financeur",
        "Les passages derrière chaque chiffre, pour qu’il puisse vérifier. Aucun prénom.",
        Outlet.FUNDER,
        annex=True,
        reasons=False,
        named=False,
        folded=frozenset({"sous-codes", "themes"}),
    ),
    Audience.PUBLIC: Shown(
        "Le public",
        "Les chiffres et les citations seulement : ni passages en annexe, ni prénom.".replace(" :", "\u202f:"),
        Outlet.WEB,
        annex=False,
        reasons=False,
        named=False,
        folded=frozenset({"lieux", "sous-codes", "themes", "tableaux", "grille"}),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a report. No place: the whole network. Dates are ISO 8601, cut short or empty: no bound."""

    title: str
    places: tuple[int, ...] = ()
    since: str = ""
    until: str = ""
    audience: Audience = Audience.BOARD
    plan: Plan = PLAIN_PLAN
    kept_quotes: tuple[int, ...] = ()
    """Passages whose quote is kept although neighbours might know who speaks: a person decided it."""
    left_out: tuple[int, ...] = ()
    """Passages that are quoted nowhere in the report: a person decided it."""
    unstable: bool = False
    """Whether themes that do not hold are told too, each with the mention of it."""

    @property
    def shown(self) -> Shown:
        """What is shown to these readers."""
        return AUDIENCES[self.audience]

    @property
    def period(self) -> str:
        """The period in words; empty where there is no bound."""
        first, last = date_words(self.since), date_words(self.until)
        if first and last:
            return f"en {first}" if first == last and len(self.since) < 10 else f"de {first} à {last}"
        return f"depuis {first}" if first else f"jusqu’à {last}" if last else ""

    def kept(self) -> dict[str, Any]:
        """What was asked, as a job or a version can carry it."""
        covered = {"title": self.title, "places": list(self.places), "since": self.since, "until": self.until}
        decided = {"kept_quotes": list(self.kept_quotes), "left_out": list(self.left_out)}
        told = {"audience": self.audience.value, "plan": self.plan.kept(), "unstable": self.unstable}
        return covered | decided | told

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Asked":
        """What `kept` gave."""
        known = {"places": tuple(kept["places"]), "audience": Audience(kept["audience"])}
        decided = {name: tuple(kept.get(name, ())) for name in ("kept_quotes", "left_out")}
        return cls(**{**kept, **known, **decided, "plan": Plan.of(kept.get("plan", {}))})


def covered(asked: Asked, testimonies: QuerySet[Testimony]) -> QuerySet[Testimony]:
    """Those of the testimonies that the report covers. A date told by the year is in a period that meets that year."""
    if asked.places:
        testimonies = testimonies.filter(place__in=asked.places)
    if asked.since:
        told_shorter = Q(date__in=[asked.since[:4], asked.since[:7]])
        testimonies = testimonies.filter(Q(date__gte=asked.since) | told_shorter)
    if asked.until:
        testimonies = testimonies.filter(Q(date__lte=asked.until) | Q(date__startswith=asked.until))
    return testimonies.exclude(date="") if asked.since or asked.until else testimonies

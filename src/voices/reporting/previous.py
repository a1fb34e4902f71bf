"""The last report on the same places for the same readers, as this one compares itself to it."""

from voices.domain import Sense
from voices.report.before import Before
from voices.report.words import date_words
from voices.reporting.asked import Asked
from voices.reporting.facts import facts_of
from voices.reporting.held import batches
from voices.store.models import Passage, ReportVersion


def previous(asked: Asked) -> Before | None:
    """What the last frozen version held, testimony by testimony; None where none was frozen yet."""
    frozen = ReportVersion.objects.exclude(frozen_at=None).filter(audience=asked.audience.value).order_by("-frozen_at")
    for version in frozen.defer("html", "pdf", "facts").prefetch_related("places"):
        if {place.pk for place in version.places.all()} == set(asked.places):
            return _told(version)
    return None


def _told(version: ReportVersion) -> Before:
    facts = facts_of(version)
    keys = {int(pk): one["key"] for pk, one in facts["testimonies"].items()}
    testimony_of = _testimonies({int(pk): one.get("testimony") for pk, one in facts["passages"].items()})
    told: dict[str, dict[str, frozenset[Sense]]] = {key: {} for key in keys.values()}
    for pk, held in facts["passages"].items():
        key = keys.get(testimony_of.get(int(pk), 0))
        if key:
            senses = told[key]
            for code, sense in held["codes"].items():
                senses[code] = senses.get(code, frozenset()) | {Sense(sense)}
    day = version.frozen_at.date().isoformat() if version.frozen_at else ""
    return Before(f"le rapport figé le {date_words(day)}", told, silent=frozenset(keys.values()) - told.keys())


def _testimonies(known: dict[int, int | None]) -> dict[int, int]:
    """By passage, its testimony: as the version says, or as the base does for versions that did not say it yet."""
    found = {passage: testimony for passage, testimony in known.items() if testimony is not None}
    for some in batches([passage for passage, testimony in known.items() if testimony is None]):
        found |= dict(Passage.objects.filter(pk__in=some).values_list("pk", "testimony_id"))
    return found

"""What is counted of a place, in one reading of its passages and one of its testimonies."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from voices.domain import Role, Sense
from voices.report.against import MINORITY
from voices.report.corpus import FEW
from voices.report.gathered import channel_words
from voices.report.unheard import FEW_VOICES
from voices.store.models import Passage, Testimony

THREE = ("accueil", "appartenance", "action")
_READ = ("pk", "testimony", "standing", "doubt", *THREE, "testimony__made_at")


@dataclass(frozen=True, slots=True)
class Said:
    """A passage that tells a code in a sense: enough to choose it for a quote."""

    pk: int
    reviewed: bool
    differing: bool
    doubt: float


@dataclass(slots=True)
class Counts:
    """Passages of a place. `said` is by code and sense, `new` those that came since the last visit."""

    passages: int = 0
    machine: int = 0
    said: dict[tuple[str, Sense], list[Said]] = field(default_factory=dict)
    new: Counter[tuple[str, Sense]] = field(default_factory=Counter)
    coded: set[int] = field(default_factory=set)
    """The testimonies that tell one of the three A."""
    read: set[int] = field(default_factory=set)
    """The testimonies that have a passage."""

    def of(self, code: str, sense: Sense) -> list[Said]:
        """The passages that tell that code in that sense."""
        return self.said.get((code, sense), [])


@dataclass(slots=True)
class Gathered:
    """Testimonies of a place. A voice is a witness, as in the report; `channels` counts them by channel."""

    testimonies: int = 0
    voices: int = 0
    new: int = 0
    names: int = 0
    """Testimonies whose names nobody checked."""
    channels: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Against:
    """In a place, a few passages tell that code in that sense, and most in the contrary one."""

    code: str
    sense: Sense


def counted(passages: QuerySet[Passage], since: datetime | None) -> Counts:
    """The passages of a place, counted; those of testimonies received after `since` are new."""
    found = Counts()
    for pk, testimony, standing, doubt, *senses, made_at in passages.order_by().values_list(*_READ).iterator(5000):
        found.passages += 1
        found.read.add(testimony)
        machine = standing == Passage.Standing.MACHINE
        found.machine += machine
        for code, sense in zip(THREE, senses, strict=True):
            if sense:
                key = (code, Sense(sense))
                said = Said(pk, not machine, standing == Passage.Standing.DIFFERING, doubt)
                found.said.setdefault(key, []).append(said)
                found.coded.add(testimony)
                found.new[key] += since is not None and made_at > since
    return found


def gathered(testimonies: QuerySet[Testimony], since: datetime | None) -> Gathered:
    """The testimonies of a place, counted."""
    found = Gathered()
    rows = testimonies.order_by().values_list("turns", "channel", "names_checked_at", "made_at")
    for turns, channel, checked_at, made_at in rows.iterator(500):
        voices = len({speaker for _, _, role, speaker, *_ in turns if role == Role.WITNESS.value})
        found.testimonies += 1
        found.voices += voices
        found.names += checked_at is None
        found.new += since is not None and made_at > since
        if channel:
            found.channels[channel_words(channel) or channel] += voices
    return found


def few_voices(channels: Counter[str]) -> list[tuple[str, int]]:
    """The channels by which hardly anyone was heard, by the report's own rule; the least heard first."""
    return sorted(((one, count) for one, count in channels.items() if count < FEW_VOICES), key=lambda one: one[::-1])


def against(counts: Counts) -> list[Against]:
    """Where a few say the contrary of most, by the report's own rule."""
    return list(_against(counts))


def _against(counts: Counts) -> Iterable[Against]:
    for code in THREE:
        for sense, other in ((Sense.LACK, Sense.PRESENCE), (Sense.PRESENCE, Sense.LACK)):
            few, many = len(counts.of(code, sense)), len(counts.of(code, other))
            if few and many >= max(FEW, MINORITY * few):
                yield Against(code, sense)

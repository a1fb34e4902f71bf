"""A quote as it would be published: its words, its attribution, and what to look at again before using it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from voices import consenting, privacy
from voices import settings as table
from voices.domain import DOUBTFUL_SENSE, OUTLETS, Outlet, Purpose, Sense, Testimony
from voices.errors import PrivacyError, VoicesError
from voices.privacy import Correspondence, identifying
from voices.quotes import trimming
from voices.quotes.attributions import Naming, attributions
from voices.quotes.cautions import Caution, cautions
from voices.quotes.cutting import Piece, Span, pieces, trimmed, written
from voices.quoting.suggested import doubtful, suggestions
from voices.settings import Settings
from voices.store.models import Passage, Suggestion
from voices.store.models import Testimony as Row
from voices.store.testimonies import passage_of

LABELS = {"accueil": "Accueil", "appartenance": "Appartenance", "action": "Action"}
UNCHECKED = Caution("Personne n’a encore vérifié les noms de ce témoignage.", grave=True)
"""A name that was missed would leave with the quote."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A quote of a passage, checked word for word; `namings` are the attributions that its consent allows, `doubtful`
    the codes whose sense is to be checked."""

    row: Passage
    spans: tuple[Span, ...]
    text: str
    naming: Naming
    namings: Mapping[Naming, str]
    cautions: tuple[Caution, ...]
    doubtful: frozenset[str] = frozenset()
    outlets: tuple[Outlet, ...] = OUTLETS
    """The channels by which it may leave."""

    @property
    def attribution(self) -> str:
        """What stands under the quote."""
        return self.namings[self.naming]

    @property
    def named(self) -> bool:
        """Whether the attribution gives a first name."""
        return self.naming is Naming.FIRST_NAME

    @property
    def digest(self) -> str:
        """SHA-256 of the words: the same quote is known again, and one whose testimony changed is not."""
        return sha256(self.text.encode()).hexdigest()


def worded(
    row: Passage,
    spans: Sequence[Span] | None = None,
    naming: Naming = Naming.PLACE,
    *,
    settings: Settings | None = None,
) -> Wording:
    """The quote that these spans make of the passage; without spans, what is best quoted of it.

    An attribution that the consent does not allow gives way to the usual one.
    Raises PrivacyError where the testimony may not be quoted, VoicesError where the spans are not words of the passage.
    """
    testimony = released(row.testimony)
    passage, suggestion = passage_of(row), suggestions([row]).get(row.pk)
    evidence, unsure = _evidence(row, suggestion), doubtful(row, suggestion)
    if spans is None:
        spans = trimmed(testimony.text, trimming.spans(testimony.text, passage, evidence))
    chosen = tuple(spans)
    text = written(testimony.text, passage, chosen)
    allowed = namings(row, settings=settings)
    return Wording(
        row=row,
        spans=chosen,
        text=text,
        naming=naming if naming in allowed else Naming.PLACE,
        namings=allowed,
        cautions=(
            *_of_doubt(unsure),
            *_of_persons(text),
            *_of_names(row.testimony),
            *cautions(testimony.text, passage, chosen, senses=_senses(row), evidence=[evidence] if evidence else ()),
        ),
        doubtful=unsure,
        outlets=testimony.terms.outlets,
    )


def said(row: Passage, spans: Sequence[Span]) -> str:
    """The quote's words alone. Raises as `worded`."""
    testimony = released(row.testimony)
    return written(testimony.text, passage_of(row), spans)


def released(
    row: Row, purpose: Purpose = Purpose.ANONYMOUS_QUOTES, outlets: Collection[Outlet] = privacy.SHOWN
) -> Testimony:
    """The testimony, if its consent allows that today, by these channels. Raises PrivacyError where it does not."""
    testimony = consenting.released(row, purpose, today=timezone.localdate(), outlets=outlets)
    if testimony is None:
        raise PrivacyError(
            f"L’accord donné ne permet pas de citer ce témoignage{' de cette façon' if outlets else ''}.",
            "Choisissez une autre citation\u202f; si l’accord vous semble avoir changé, voyez avec le lieu.",
        )
    return testimony


def namings(row: Passage, *, settings: Settings | None = None) -> Mapping[Naming, str]:
    """The attributions that the consent allows: with the first name only where that was agreed to, and it is known."""
    testimony = released(row.testimony)
    named = consenting.released(row.testimony, Purpose.NAMED_QUOTES, today=timezone.localdate(), outlets=privacy.SHOWN)
    return attributions(testimony, first_name=_first_name(row, settings) if named else None)


def words_of(wording: Wording) -> tuple[tuple[Piece, ...], ...]:
    """The passage's words, sentence by sentence, each told whether the quote keeps it."""
    return pieces(wording.row.testimony.text, passage_of(wording.row), wording.spans)


def spans_told(spans: Iterable[Span]) -> str:
    """The spans as an address can carry them: « 12-40_52-80 »."""
    return "_".join(f"{start}-{end}" for start, end in spans)


def spans_read(told: str) -> tuple[Span, ...]:
    """The spans of `spans_told`. Raises VoicesError where it is something else."""
    try:
        pairs = [tuple(int(number) for number in pair.split("-", 1)) for pair in told.split("_") if pair]
        return tuple((start, end) for start, end in pairs)
    except ValueError:
        raise VoicesError("Cette coupe n’est pas comprise.", "Reprenez la citation à partir du passage.") from None


def _first_name(row: Passage, settings: Settings | None) -> str | None:
    if not row.testimony.names or not row.speaker:
        return None
    key_file = (settings or table.load()).site_key
    kept = json.loads(privacy.unseal(bytes(row.testimony.names), key_file=key_file))
    return privacy.first_name([Correspondence(*one) for one in kept], row.speaker)


def _senses(row: Passage) -> dict[str, Sense]:
    return {label: Sense(getattr(row, code)) for code, label in LABELS.items() if getattr(row, code)}


def _of_persons(text: str) -> tuple[Caution, ...]:
    """What may tell, in the quote, who somebody is."""
    return tuple(Caution(f"{one}. Peut-on reconnaître quelqu’un\u202f?", grave=True) for one in identifying.told(text))


def _of_names(row: Row) -> tuple[Caution, ...]:
    return () if row.names_checked_at else (UNCHECKED,)


def _of_doubt(codes: frozenset[str]) -> tuple[Caution, ...]:
    return tuple(
        Caution(
            f"{DOUBTFUL_SENSE.capitalize()}\u202f: pour «\u202f{label}\u202f», la machine hésite entre présence et "
            "manque, et personne n’a encore relu. Lisez ce qui l’entoure avant de publier.",
            grave=True,
        )
        for code, label in LABELS.items()
        if code in codes
    )


def _evidence(row: Passage, suggestion: Suggestion | None) -> Span | None:
    """The sentence that the machine leaned on most, for a code that holds as it saw it."""
    seen = [one for one in (suggestion.codings if suggestion else []) if getattr(row, one["code"], "") == one["sense"]]
    best = max((one for one in seen if one["evidence"]), key=lambda one: one["probability"], default=None)
    return (best["evidence"]["start"], best["evidence"]["end"]) if best else None

"""What the page of a place tells: each A facing its lack, what is new, what is missing, what people have reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from voices.domain import Sense
from voices.report.unheard import FEW_VOICES
from voices.store.models import MachinePass, Passage, Place, SourceFile, Suggestion, Testimony
from voices.web.views.bars import Sizes, diverging
from voices.web.views.place_counts import THREE, Against, Counts, Gathered, against, counted, few_voices, gathered
from voices.web.views.place_quotes import Told, quotes
from voices.web.views.review.book import Book, book

SENSES = (("presence", Sense.PRESENCE, "présence"), ("manque", Sense.LACK, "manque"), ("mixte", Sense.MIXED, "mixte"))
"""How addresses say the senses, what they are, how people say them."""
_WORTH = "Ce que vaut un code posé"
"""Where a coder says how often it is right."""


@dataclass(frozen=True, slots=True)
class Side:
    """How many passages tell a code in a sense, how many of them are new, and the page that lists them."""

    sense: Sense
    word: str
    count: int
    new: int
    url: str
    new_url: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the three A at a place."""

    code: str
    label: str
    motto: str
    sides: tuple[Side, ...]
    reviewed: int
    shapes: tuple[Mapping[str, object], ...]
    quotes: tuple[Told, ...]

    @property
    def described(self) -> str:
        """The bar, in words."""
        return ", ".join(f"{side.word}\u202f: {side.count}" for side in self.sides)

    @property
    def passages(self) -> int:
        """How many passages tell it, whatever the sense."""
        return sum(side.count for side in self.sides)


@dataclass(frozen=True, slots=True)
class Contrary:
    """A few passages that say the contrary of most: in words, with their page."""

    label: str
    few: Side
    many: Side


@dataclass(frozen=True, slots=True)
class Reading:
    """The first reading of a place."""

    gathered: Gathered
    passages: int
    machine: int
    since: datetime | None
    dimensions: tuple[Dimension, ...]
    news: tuple[tuple[str, Side], ...]
    """Code's label and side, where there are new passages."""
    few_voices: tuple[tuple[str, int], ...]
    contrary: tuple[Contrary, ...]
    uncoded: int
    silent: int
    to_check: tuple[SourceFile, ...]
    coming: int
    worth: str

    @property
    def reviewed(self) -> int:
        """How many passages a person has seen."""
        return self.passages - self.machine

    @property
    def hardly_heard(self) -> bool:
        """Whether the whole place has too few voices to be told, by the report's own rule."""
        return self.gathered.voices < FEW_VOICES


@dataclass(frozen=True, slots=True)
class Asked:
    """Which passages of a place are listed; what is not understood is not asked."""

    code: str = ""
    sense: Sense | None = None
    new: bool = False
    reviewed: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """What an address asks."""
        senses = {word: sense for word, sense, _ in SENSES}
        code = query.get("code", "")
        return cls(
            code if code in THREE else "",
            senses.get(query.get("sens", "")),
            query.get("nouveau") == "oui",
            query.get("relus") == "oui",
        )

    @property
    def told(self) -> Q:
        """The passages that are asked for."""
        found = ~Q(standing=Passage.Standing.MACHINE) if self.reviewed else Q()
        codes = (self.code,) if self.code else THREE
        if self.sense:
            return found & Q(*((code, self.sense.value) for code in codes), _connector=Q.OR)
        return found & ~Q(**{self.code: ""}) if self.code else found

    @property
    def query(self) -> str:
        """The address that asks it."""
        words = {sense: word for word, sense, _ in SENSES}
        query = QueryDict(mutable=True)
        asked = {"code": self.code, "sens": words.get(self.sense, "") if self.sense else ""}
        asked |= {"nouveau": "oui" if self.new else "", "relus": "oui" if self.reviewed else ""}
        query.update({name: value for name, value in asked.items() if value})
        return query.urlencode()

    def title(self, the_book: Book) -> str:
        """What is listed, in words."""
        said = next((told for _, sense, told in SENSES if sense == self.sense), "")
        parts = (
            self.code and the_book.label(self.code),
            said,
            self.new and "nouveaux",
            self.reviewed and "relus par une personne",
        )
        return ", ".join(part for part in parts if part) or "Tous les passages"


def first_reading(
    place: Place,
    passages: QuerySet[Passage],
    testimonies: QuerySet[Testimony],
    since: datetime | None,
) -> Reading:
    """What is told of the place to who may read these passages and testimonies."""
    counts, found, the_book = counted(passages, since), gathered(testimonies, since), book()
    quoted = quotes(counts)
    dimensions = tuple(_dimension(place, code, counts, quoted[code], the_book) for code in THREE)
    files = SourceFile.objects.filter(deposit__place=place).defer("content", "preview")
    return Reading(
        gathered=found,
        passages=counts.passages,
        machine=counts.machine,
        since=since,
        dimensions=dimensions,
        news=tuple((one.label, side) for one in dimensions for side in one.sides if side.new),
        few_voices=tuple(few_voices(found.channels)),
        contrary=tuple(_contrary(one, dimensions) for one in against(counts)),
        uncoded=len(counts.read - counts.coded),
        silent=found.testimonies - len(counts.read),
        to_check=tuple(files.filter(state=SourceFile.State.TO_CHECK).order_by("pk")),
        coming=files.filter(state=SourceFile.State.WAITING).count(),
        worth=_worth(passages) if counts.machine else "",
    )


def _dimension(place: Place, code: str, counts: Counts, quoted: Sequence[Told], the_book: Book) -> Dimension:
    of_book = the_book.codebook.code(code)
    return Dimension(
        code=code,
        label=of_book.label,
        motto=of_book.motto,
        sides=tuple(_side(place, code, counts, *sense) for sense in SENSES),
        reviewed=sum(one.reviewed for sense in Sense for one in counts.of(code, sense)),
        shapes=_shapes(code, counts),
        quotes=tuple(quoted),
    )


def _side(place: Place, code: str, counts: Counts, address: str, sense: Sense, word: str) -> Side:
    url = f"{reverse('place_passages', args=[place.slug])}?code={code}&sens={address}"
    count, new = len(counts.of(code, sense)), counts.new[code, sense]
    return Side(sense, word, count, new, url, f"{url}&nouveau=oui")


def _shapes(code: str, counts: Counts) -> tuple[Mapping[str, object], ...]:
    """The bar. One scale for the three."""
    return diverging(_sizes(code, counts), max(_sizes(other, counts).reach for other in THREE))


def _sizes(code: str, counts: Counts) -> Sizes:
    return Sizes(*(len(counts.of(code, sense)) for sense in (Sense.PRESENCE, Sense.MIXED, Sense.LACK)))


def _contrary(one: Against, dimensions: Sequence[Dimension]) -> Contrary:
    of_code = next(found for found in dimensions if found.code == one.code)
    sides = {side.sense: side for side in of_code.sides}
    other = Sense.PRESENCE if one.sense is Sense.LACK else Sense.LACK
    return Contrary(of_code.label, sides[one.sense], sides[other])


def _worth(passages: QuerySet[Passage]) -> str:
    """How often the coder that last read the place says that it is right; nothing where it does not say."""
    last = passages.order_by("-pk").values("pk")[:1]
    read = Suggestion.objects.filter(passage__in=last, machine_pass__undone_at=None).order_by("-machine_pass_id")
    identity = MachinePass.objects.filter(pk__in=read.values("machine_pass")[:1]).values_list("identity", flat=True)
    told: str = (identity.first() or {}).get(_WORTH, "")
    return told

"""Finding the testimonies of a person: by number, place or deposit, by a name of the sealed tables or left in clear."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

from django.db.models import Q, QuerySet

from voices.receiving.sealing import names_opener
from voices.rights import called
from voices.rights.called import Written
from voices.settings import Settings
from voices.store.models import SourceFile, Testimony

MOST = 200
_SHORTEST = 2
_SECONDS = 10.0
"""For the texts, which nothing indexes in clear; as long again for the tables and titles of those that are left."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of the person; empty, nothing. `name`: each of its words is looked for, in whatever order."""

    number: int | None = None
    place: int | None = None
    deposit: int | None = None
    name: str = ""

    @property
    def anything(self) -> bool:
        """Whether something is asked."""
        return bool(self.number or self.place or self.deposit or self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words and numbers of the name; none where there is only a letter."""
        parts = called.asked(self.name)
        return parts if any(len(one) >= _SHORTEST for one in parts) else ()


@dataclass(slots=True)
class Found:
    """The testimonies that answer, the last first: those `called` so by their table or their file, then those whose
    text says it where nothing was replaced. How many tables and texts were read; for time, `unread` texts were not, and
    of `unopened` testimonies not even the table or the title. `beyond` are found, and too many to be given.
    """

    called: list[Testimony] = field(default_factory=list)
    said: list[Testimony] = field(default_factory=list)
    by_name: bool = False
    tables: int = 0
    texts: int = 0
    unread: int = 0
    unopened: int = 0
    beyond: int = 0

    @property
    def searched(self) -> str:
        """Where a name was looked for, and where it was not, in French."""
        where = (
            f"Cherché\u202f: dans {_counted(self.tables, 'table', 'tables')} de noms, dans les titres des fichiers et, "
            f"mot à mot, dans {_counted(self.texts, 'texte', 'textes')}. Pas cherché\u202f: les fichiers pas encore "
            "lus, les commentaires de relecture, les rapports figés, les sauvegardes, ce qui a été effacé."
        )
        return f"{where} {self.missed}".rstrip()

    @property
    def missed(self) -> str:
        """What there may be besides, or is, and how to reach it, in French; empty where nothing is left out."""
        unread = _counted(self.unread, "texte n’a pas été lu", "textes n’ont pas été lus")
        closed = _counted(self.unopened, "témoignage n’a pas été ouvert", "témoignages n’ont pas été ouverts")
        late = " et ".join([unread] * bool(self.unread) + [f"{closed} du tout"] * bool(self.unopened))
        more = _counted(self.beyond, "autre répond", "autres répondent")
        told = [f"Faute de temps, {late}\u202f: cherchez lieu par lieu."] if late else []
        told += [f"{more} aussi, sans paraître ici\u202f: dites-en plus."] if self.beyond else []
        return " ".join(told)


def find(sought: Sought, settings: Settings, *, seconds: float = _SECONDS) -> Found:
    """What answers, withdrawn testimonies too; nothing where nothing is asked. `seconds` bound the reading of texts,
    and twice as many the whole.

    Raises PrivacyError where the key does not open the names.
    """
    if not sought.anything:
        return Found()
    rows = _rows(sought)
    if not sought.parts:
        return Found(called=_told(rows), beyond=max(0, rows.count() - MOST))
    return _named(rows, sought.parts, settings, seconds)


def _rows(sought: Sought) -> QuerySet[Testimony]:
    asked = Q()
    for name, value in (("pk", sought.number), ("place", sought.place), ("deposit", sought.deposit)):
        asked &= Q(**{name: value}) if value else Q()
    return Testimony.objects.filter(asked)


def _told(rows: QuerySet[Testimony]) -> list[Testimony]:
    told = rows.select_related("place", "file", "deposit").order_by("-pk")
    return list(told.defer("text", "turns", "names")[:MOST])


def _named(rows: QuerySet[Testimony], parts: tuple[str, ...], settings: Settings, seconds: float) -> Found:
    begun = monotonic()
    opened = names_opener(settings)
    written = _remembering()
    found = Found(by_name=True)
    by_table: list[int] = []
    by_text: list[int] = []
    told = rows.order_by("-pk").values_list("pk", "file__name", "file__typed", "names", "text")
    for pk, file, typed, names, text in told.iterator(500):
        if monotonic() > begun + 2 * seconds:
            found.unopened = rows.filter(pk__lte=pk).count()
            break
        table = opened(names) if names else ()
        found.tables += bool(names)
        title = SourceFile(name=file or "", typed=bool(typed)).title
        known = _met(parts, [written(said) for said in (title, *(one.original for one in table))])
        if len(known) == len(parts):
            by_table.append(pk)
        if monotonic() > begun + seconds:
            found.unread += 1
            continue
        found.texts += 1
        if len(known) < len(parts):
            hidden = frozenset(word for one in table for word in called.words_of(one.replacement))
            if _in_text(text, parts, known, hidden):
                by_text.append(pk)
    found.called = _told(Testimony.objects.filter(pk__in=by_table[:MOST]))
    found.said = _told(Testimony.objects.filter(pk__in=by_text[:MOST]))
    found.beyond = len(by_table[MOST:]) + len(by_text[MOST:])
    return found


def _remembering() -> Callable[[str], Written]:
    """`written`, of words that come back again and again; forgotten with the search."""
    known: dict[str, Written] = {}

    def written(said: str) -> Written:
        if said not in known:
            known[said] = called.written(said)
        return known[said]

    return written


def _met(parts: tuple[str, ...], said: Iterable[Written]) -> frozenset[str]:
    names = list(said)
    return frozenset(part for part in parts if any(name.says(part) for name in names))


def _in_text(text: str, parts: tuple[str, ...], known: frozenset[str], hidden: frozenset[str]) -> bool:
    """Whether the text says, in clear, what the table does not: whole words, near each other where it knows none."""
    numbers = {part for part in parts if called.is_number(part)}
    missing = tuple(part for part in parts if part not in known and part not in numbers and len(part) >= _SHORTEST)
    wanted = numbers - known
    if wanted and not all(any(one in number for number in called.numbers_of(text)) for one in wanted):
        return False
    if not missing:
        return bool(wanted)
    plain = called.plain(text)
    return all(part in plain for part in missing) and called.together(text, missing, hidden)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"

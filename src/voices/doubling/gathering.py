"""What was coded of a double coding: everybody's last word on each of its passages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from voices.doubling.agreeing import Unit
from voices.review import taken_back
from voices.reviewing.holding import senses
from voices.store.models import AssignedPassage, Assignment, Decision, Passage, User


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of the sample. `words` are the last ones, by coder's id; `settled`, what was adjudicated since."""

    order: int
    passage: Passage
    words: dict[int, Decision]
    settled: Decision | None

    @property
    def differing(self) -> bool:
        """Whether its coders said different things: codes, senses, trust. Sub-codes are detail."""
        said = [(one.codes, one.trust) for one in self.words.values()]
        return any(one != said[0] for one in said[1:])

    def unit(self, coders: Iterable[User]) -> Unit:
        """What is compared: the codings of those who gave one."""
        given = [self.words[one.pk] for one in coders if one.pk in self.words]
        return Unit(self.passage.testimony_id, tuple((senses(one.codes), one.trust) for one in given))


@dataclass(frozen=True, slots=True)
class Double:
    """A double coding as it stands. Passages that left since it was drawn (a consent withdrawn) are not there."""

    assignment: Assignment
    coders: tuple[User, ...]
    lines: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """Whether it is still blind."""
        return self.assignment.closed_at is None

    def done(self, coder: User) -> int:
        """How many passages that person coded."""
        return sum(coder.pk in line.words for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether everybody coded everything."""
        return all(len(line.words) == len(self.coders) for line in self.lines)

    @property
    def compared(self) -> tuple[Line, ...]:
        """The passages that two people at least coded."""
        return tuple(line for line in self.lines if len(line.words) > 1)

    @property
    def differing(self) -> tuple[Line, ...]:
        """The passages on which they differ, settled or not."""
        return tuple(line for line in self.lines if line.differing)

    def units(self) -> list[Unit]:
        """What is compared, passage by passage."""
        return [line.unit(self.coders) for line in self.compared]


def gathered(assignment: Assignment, passages: QuerySet[Passage]) -> Double:
    """The double coding, of those of its passages that are among these."""
    rows = list(_standing(assignment, passages))
    coders = tuple(assignment.coders.order_by("name", "pk"))
    words, settled = _said(assignment, [row.passage_id for row in rows], {one.pk for one in coders})
    lines = (Line(row.order, row.passage, words.get(row.passage_id, {}), settled.get(row.passage_id)) for row in rows)
    return Double(assignment, coders, tuple(lines))


def left_to(assignment: Assignment, coder: User, passages: QuerySet[Passage]) -> list[AssignedPassage]:
    """What that person has not coded yet, in order, of those of its passages that are among these."""
    rows = list(assignment.passages.filter(passage__in=passages.order_by().values("pk")).order_by("order"))
    words, _ = _said(assignment, [row.passage_id for row in rows], {coder.pk})
    return [row for row in rows if row.passage_id not in words]


def word_of(given: AssignedPassage, coder: User) -> Decision | None:
    """That person's last word on that passage, in its double coding."""
    words, _ = _said(given.assignment, [given.passage_id], {coder.pk})
    return words.get(given.passage_id, {}).get(coder.pk)


def _standing(assignment: Assignment, passages: QuerySet[Passage]) -> QuerySet[AssignedPassage]:
    found = assignment.passages.filter(passage__in=passages.order_by().values("pk"))
    without = ("passage__lemmas", "passage__vector", "passage__testimony__text", "passage__testimony__turns")
    return found.select_related("passage__testimony__place").defer(*without).order_by("order")


def _said(
    assignment: Assignment, ids: list[int], coders: set[int]
) -> tuple[dict[int, dict[int, Decision]], dict[int, Decision]]:
    """By passage: each coder's last word in this double coding, and what was adjudicated since it is closed."""
    found = Q(assignment=assignment) | Q(undoes__isnull=False) | Q(kind=Decision.Kind.ADJUDICATED)
    rows = list(Decision.objects.filter(found, passage__in=ids).select_related("author").order_by("id"))
    gone = taken_back([(row.pk, row.undoes_id) for row in rows])
    closed = assignment.closed_at
    words: dict[int, dict[int, Decision]] = {}
    settled: dict[int, Decision] = {}
    for row in rows:
        if row.pk in gone:
            continue
        if row.kind == Decision.Kind.ADJUDICATED and closed and row.made_at >= closed:
            settled[row.passage_id] = row
        elif row.kind == Decision.Kind.CODED and row.assignment_id == assignment.pk and row.author_id in coders:
            words.setdefault(row.passage_id, {})[row.author_id] = row
    return words, settled

"""What people said of a passage, for its page: its history, and where two of them differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from voices.review import taken_back
from voices.reviewing.undoing import PERSONAL, root_of
from voices.store.models import Decision, Passage, User
from voices.web.views.review.book import Book
from voices.web.views.review.reasons import Chip, chips

_DID = {
    Decision.Kind.CODED: "a relu",
    Decision.Kind.ADJUDICATED: "a tranché",
    Decision.Kind.COMMENTED: "a commenté",
    Decision.Kind.SPLIT: "a coupé le passage",
    Decision.Kind.JOINED: "a joint deux passages",
}
_NOUN = {
    Decision.Kind.CODED: "sa relecture",
    Decision.Kind.ADJUDICATED: "ce qui avait été tranché",
    Decision.Kind.COMMENTED: "son commentaire",
    Decision.Kind.SPLIT: "la coupe",
    Decision.Kind.JOINED: "la jonction",
}
CODING = (Decision.Kind.CODED, Decision.Kind.ADJUDICATED)


@dataclass(frozen=True, slots=True)
class Event:
    """One decision of the history. `undone`: taken back since; `mine`: the reader may take it back."""

    decision: Decision
    who: str
    did: str
    when: datetime
    coded: bool
    chips: tuple[Chip, ...]
    undone: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Word:
    """The last word of one person on a passage."""

    who: str
    author: int | None
    decision: Decision
    chips: tuple[Chip, ...]
    subcodes: tuple[tuple[str, str], ...]
    """Each with the code that it belongs to."""


def decisions_of(passage: Passage) -> list[Decision]:
    """Everything that was said of the passage and of those it came of, in order; blind words are left out."""
    ids, made = [passage.pk], []
    origin = passage.came_of
    if origin is not None:
        made.append(origin.pk)
        ids += origin.detail["from"]
    rows = Decision.objects.filter(Q(passage__in=ids) | Q(pk__in=made))
    blind = Q(assignment__isnull=False, assignment__closed_at=None)
    blind |= Q(undoes__assignment__isnull=False, undoes__assignment__closed_at=None)
    return list(rows.exclude(blind).select_related("author", "undoes__undoes__undoes").order_by("id"))


def history(book: Book, decisions: Sequence[Decision], user: User) -> list[Event]:
    """The decisions, the last first, with what may still be done with each."""
    gone = taken_back([(one.pk, one.undoes_id) for one in decisions])
    return [_event(book, one, user, undone=one.pk in gone) for one in reversed(decisions)]


def words(book: Book, passage: Passage, decisions: Sequence[Decision]) -> list[Word]:
    """The last word of each person that stands; from the last adjudication on, where there is one."""
    gone = taken_back([(one.pk, one.undoes_id) for one in decisions])
    heard = [one for one in decisions if one.passage_id == passage.pk and one.kind in CODING and one.pk not in gone]
    judged = max((one.pk for one in heard if one.kind == Decision.Kind.ADJUDICATED), default=0)
    last = {one.author_id: one for one in heard if one.pk >= judged}
    return [_word(book, one) for one in last.values()]


def name(author: User | None) -> str:
    """What others see of a person."""
    return str(author) if author else "Quelqu’un dont le compte est effacé"


def did(one: Decision) -> str:
    """« a relu », « a codé à l’aveugle », « a tranché », « a annulé sa relecture »."""
    if one.undoes is not None:
        return _took_back(one, root_of(one))
    blind = one.kind == Decision.Kind.CODED and one.assignment_id is not None
    return "a codé à l’aveugle" if blind else _DID[Decision.Kind(one.kind)]


def _word(book: Book, one: Decision) -> Word:
    subcodes = tuple((code, sub.id) for code in one.codes for sub in book.subcodes(code) if sub.id in one.subcodes)
    return Word(name(one.author), one.author_id, one, chips(book, one.codes), subcodes)


def _event(book: Book, one: Decision, user: User, *, undone: bool) -> Event:
    root = root_of(one)
    return Event(
        decision=one,
        who=name(one.author),
        did=did(one),
        when=one.made_at,
        coded=one.kind in CODING,
        chips=chips(book, one.codes),
        undone=undone,
        mine=not undone and (root.kind not in PERSONAL or root.author_id == user.pk),
    )


def _took_back(one: Decision, root: Decision) -> str:
    """« a annulé la coupe », « a rétabli la coupe »."""
    steps = 0
    while one.undoes is not None:
        one, steps = one.undoes, steps + 1
    return f"a {'annulé' if steps % 2 else 'rétabli'} {_NOUN[Decision.Kind(root.kind)]}"

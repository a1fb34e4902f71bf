"""One passage to review: everything its card shows."""

from dataclasses import dataclass
from uuid import uuid4

from voices import coding, reviewing
from voices.privacy.identifying import flags
from voices.report.gathered import channel_words
from voices.report.words import date_words
from voices.reviewing.holding import codes_of
from voices.reviewing.recutting import joinable
from voices.store.codings import coded_of
from voices.store.models import Passage, Suggestion, User
from voices.web.views.review.asked import Asked
from voices.web.views.review.book import book
from voices.web.views.review.reasons import Row, Stretch, rows, stretches
from voices.web.views.review.said import Event, Word, decisions_of, history, words


@dataclass(frozen=True, slots=True)
class Card:
    """A passage, its neighbours, its codes and their reasons, what people said of it."""

    passage: Passage
    where: tuple[str, ...]
    """Place, date, channel, speaker: those that are told."""
    before: Passage | None
    after: Passage | None
    stretches: list[Stretch]
    rows: list[Row]
    trust: bool
    trust_said: bool
    risks: list[tuple[str, str]]
    """What may tell who somebody is: the words, why."""
    reason: str
    cut: bool
    """Whether what is proposed comes from the passage that this one was cut of, and not from the machine."""
    history: list[Event]
    words: list[Word]
    mine: bool
    """Whether the form starts from the reader's own last word."""
    joinable: bool
    token: str
    address: str
    following: str
    """The address of the next passage of the queue; empty at its end."""
    queue: str
    query: str

    @property
    def differing(self) -> bool:
        """Whether people differ on it."""
        return self.passage.standing == Passage.Standing.DIFFERING


def card_of(passage: Passage, asked: Asked) -> Card:
    """The card of that passage in that queue."""
    the_book, decisions = book(), decisions_of(passage)
    suggested = reviewing.suggestions_of([passage.pk]).get(passage.pk)
    said = words(the_book, passage, decisions)
    codes, subcodes, trust, mine = _start(passage, said, asked.user)
    before, after = neighbours(passage)
    following = asked.following(passage)
    return Card(
        passage=passage,
        where=where(passage),
        before=before,
        after=after,
        stretches=stretches(passage, suggested),
        rows=rows(the_book, codes, subcodes, suggested),
        trust=trust,
        trust_said=bool(suggested and suggested.trust),
        risks=[(passage.text[one.start : one.end], str(one.risk)) for one in flags(passage.text)],
        reason=_reason(suggested),
        cut=passage.came_of is not None and passage.standing == Passage.Standing.MACHINE,
        history=history(the_book, decisions, asked.user),
        words=said,
        mine=mine,
        joinable=joinable(passage) is not None,
        token=uuid4().hex,
        address=asked.address(passage),
        following=asked.address(following) if following else "",
        queue=asked.address(None),
        query=asked.query,
    )


def where(passage: Passage) -> tuple[str, ...]:
    """Place, date, channel, speaker: those that are told."""
    told = passage.testimony
    found = (passage.place.name, date_words(told.date), channel_words(told.channel), told.role, passage.speaker)
    return tuple(one for one in found if one)


def _start(passage: Passage, said: list[Word], user: User) -> tuple[dict[str, str], list[str], bool, bool]:
    """What the form starts from: the reader's own last word, else what holds."""
    own = next((word.decision for word in said if word.author == user.pk), None)
    if own is not None:
        return own.codes, own.subcodes, own.trust, True
    return codes_of(passage), passage.subcodes, passage.trust, False


def neighbours(passage: Passage) -> tuple[Passage | None, Passage | None]:
    """The standing passages of the testimony just before and just after."""
    around = Passage.objects.filter(testimony=passage.testimony_id, retired=False)
    numbers = (passage.number - 1, passage.number + 1)
    found = {one.number: one for one in around.filter(number__in=numbers).defer("lemmas", "vector")}
    return found.get(numbers[0]), found.get(numbers[1])


def _reason(suggested: Suggestion | None) -> str:
    """Why the machine may be wrong here, one sentence."""
    if suggested is None or not suggested.probabilities:
        return ""
    [found] = coding.order([coded_of(suggested)])
    return found.reason

"""Who and what is to be replaced in a testimony, turn by turn: contact details, then persons."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from voices.ports import Progress
from voices.privacy import cues, language, recognising
from voices.privacy.contacts import contacts
from voices.privacy.context import Clues, Context
from voices.privacy.lists import Gender, first_names, known, plain, reserved_surnames, surnames
from voices.privacy.open_data import lexicon
from voices.privacy.persons import Finder, Mention
from voices.privacy.protection import Span
from voices.privacy.words import Words
from voices.raw import RawTestimony

_INITIALS = re.compile(r"(?<![\w-])[A-ZÀ-Þ][hr]?\.(?:\s?-?[A-ZÀ-Þ]\.)?\s$")
_GENERIC = re.compile(r"[A-ZÀ-Þ]{1,3}\.?\s?\d*")
_ROLE = re.compile(r"interv|enquet|anim|particip|temoin|locut|quest|repon|moder|journal|habit|benev|speaker|voix|usag")
_NAME_LENGTH = 3
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A first name or a surname in a text: `text[start:end]`. `key` is the same for the same name."""

    start: int
    end: int
    key: str
    surname: bool
    gender: Gender = Gender.UNTOLD


@dataclass(frozen=True, slots=True)
class Findings:
    """What is to be replaced in one text."""

    contacts: tuple[Span, ...]
    parts: tuple[Part, ...]
    persons: tuple[Span, ...]


def find(
    raws: Sequence[RawTestimony], progress: Progress | None = None, *, rules_alone: bool = False
) -> list[list[Findings]]:
    """For each testimony, for each of its turns, what is to be replaced.

    spaCy and the network that recognises names run once, on the turns in doubt. With `rules_alone` the network does
    not run: that is how the ordinary passages that it learns from are marked.
    """
    details = [[contacts(turn.text) for turn in raw.turns] for raw in raws]
    words = [
        [Words(_hidden(turn.text, spans)) for turn, spans in zip(raw.turns, of_raw, strict=True)]
        for raw, of_raw in zip(raws, details, strict=True)
    ]
    told = [_told(raw) for raw in raws]
    clues = _clues(words, progress, rules_alone=rules_alone)
    return [_testimony(texts, spans, names, clues) for texts, spans, names in zip(words, details, told, strict=True)]


def label_parts(label: str) -> tuple[Part, ...]:
    """The names in a speaker's label: « Mme Martin, bénévole » has one; « L1 », « Une habitante », « Q » have none."""
    words = Words(label)
    index = next((index for index in range(len(words)) if _names_someone(words, index)), None)
    if index is None or _GENERIC.fullmatch(label.strip()):
        return ()
    last = index
    while last + 1 < len(words) and words.joined(last + 1) and _goes_on(words, last + 1):
        last += 1
    title = words.plain(index - 1)
    return parts_of(words, Mention(index, last, cues.TITLES.get(title, Gender.UNTOLD), surname=title in cues.CIVIL))


def _names_someone(words: Words, index: int) -> bool:
    """Whether a label's word starts a name: after a title, a first name, or, alone, a word the language has not."""
    word, alone = words[index], index == 0 and (len(words) == 1 or "," in words.gap(1))
    if len(word.plain) < 2 or word.plain in cues.TITLES:
        return False
    context = Context(words, Clues(is_word=_in_language))
    if (context.titled(index) and not context.never(index)) or (
        _after_a_role(words, index) and not context.is_word(index)
    ):
        return True
    if word.plain in cues.KIN:
        return False
    if word.capital and (words.plain(index - 1) in cues.TITLES or _start(words, index) < word.start):
        return True
    if word.plain in cues.NEVER or not (word.capital or alone) or _ROLE.match(word.plain):
        return False
    name = known(word.text)
    if name is not None:
        return index == 0 or not name.word
    if word.plain in reserved_surnames():
        return True
    first_of_two = index == 0 and len(words) > 1 and words.joined(1) and words[1].capital
    return (alone or first_of_two) and not context.is_word(index)


def _after_a_role(words: Words, index: int) -> bool:
    """« Bénévole Kerbrat », « voisine Kerbrat »."""
    role = words.plain(index - 1)
    return words[index].capital and words.joined(index) and (role in cues.KIN or _ROLE.match(role) is not None)


def _goes_on(words: Words, index: int) -> bool:
    word = words[index]
    return (word.capital and word.plain not in cues.NEVER and len(word.text) > 1) or (
        word.plain in cues.PARTICLES and index + 1 < len(words) and words[index + 1].capital
    )


def _in_language(word: str) -> bool:
    return plain(word) in lexicon()


def _hidden(text: str, spans: Iterable[Span]) -> str:
    """The text with its contact details blotted out, same length: no name is looked for inside them."""
    for span in spans:
        text = text[: span.start] + "0" * (span.end - span.start) + text[span.end :]
    return text


def _told(raw: RawTestimony) -> frozenset[str]:
    """The names that the file itself gives: identity columns, speakers' labels."""
    told = {
        word.plain
        for name in raw.identity.names
        for word in Words(name).items
        if len(word.plain) >= _NAME_LENGTH and word.plain not in cues.TITLES and word.plain not in cues.PARTICLES
    }
    for turn in raw.turns:
        if turn.speaker:
            told |= {part.key for part in label_parts(turn.speaker) if len(part.key) >= _NAME_LENGTH}
    return frozenset(told)


def _clues(words: Sequence[Sequence[Words]], progress: Progress | None, *, rules_alone: bool) -> dict[int, Clues]:
    """By text, what spaCy and the network say of its words."""
    bare = Clues(is_word=_in_language)
    finders = [(text, Finder(text, bare)) for of_raw in words for text in of_raw]
    doubtful = [text for text, finder in finders if finder.in_doubt()]
    ticks = _ticking(len(doubtful) + len(finders), progress)
    entities = dict(zip(map(id, doubtful), language.persons(doubtful, ticks), strict=True)) if doubtful else {}
    found = {}
    for (text, finder), _ in zip(finders, ticks, strict=False):
        persons, others = entities.get(id(text), (frozenset[int](), frozenset[int]()))
        judged = recognising.NOTHING if rules_alone else recognising.judged(text, finder.worth_reading)
        found[id(text)] = replace(bare, entities=persons, others=others, **asdict(judged))
    return found


def _ticking(total: int, progress: Progress | None) -> Iterable[int]:
    for done in range(1, total + 1):
        if progress is not None:
            progress(done, total)
        yield done


def _testimony(
    texts: Sequence[Words],
    details: Sequence[tuple[Span, ...]],
    told: frozenset[str],
    clues: dict[int, Clues],
) -> list[Findings]:
    """Names found anywhere in a testimony are then known everywhere in it."""
    names, found = told, [_mentions(text, told, clues[id(text)]) for text in texts]
    for _ in range(_ROUNDS):
        met = told | _keys(texts, found)
        if met == names:
            break
        names, found = met, [_mentions(text, met, clues[id(text)]) for text in texts]
    return [
        Findings(
            contacts=spans,
            parts=tuple(part for mention in mentions for part in parts_of(text, mention)),
            persons=tuple(_span(text, mention) for mention in mentions),
        )
        for text, mentions, spans in zip(texts, found, details, strict=True)
    ]


def _keys(texts: Sequence[Words], found: Sequence[Sequence[Mention]]) -> frozenset[str]:
    parts = (
        part for text, mentions in zip(texts, found, strict=True) for one in mentions for part in parts_of(text, one)
    )
    return frozenset(part.key for part in parts if len(part.key) >= _NAME_LENGTH)


def _mentions(text: Words, names: frozenset[str], clues: Clues) -> list[Mention]:
    return Finder(text, replace(clues, names=names)).mentions()


def _span(words: Words, mention: Mention) -> Span:
    return Span(_start(words, mention.first), words[mention.last].end, "personne")


def _start(words: Words, index: int) -> int:
    """Where a name starts, its initials counted in: « J.-P. Marchand »."""
    start = words[index].start
    initials = _INITIALS.search(words.text, max(0, start - 8), start)
    if initials is None or plain(initials.group().strip(" .")) in cues.TITLES or known(words[index].text):
        return start
    return start - len(initials.group())


def parts_of(words: Words, mention: Mention) -> tuple[Part, ...]:
    """First name and surname of a mention; initials go with the surname."""
    first, last = mention.first, mention.last
    start = _start(words, first)
    if start != words[first].start or (last > first and len(words[first].text) <= 2 and words[first].capital):
        return (_part(words, first, last, surname=True, gender=mention.gender, start=start),)
    if first == last:
        return (_part(words, first, last, surname=_is_surname(words, mention), gender=mention.gender),)
    if mention.surname and not known(words[first].text):
        return (_part(words, first, last, surname=True, gender=mention.gender),)
    if _reversed(words, first, last):
        return (
            _part(words, first, last - 1, surname=True, gender=mention.gender),
            _part(words, last, last, surname=False, gender=mention.gender),
        )
    return (
        _part(words, first, first, surname=False, gender=mention.gender),
        _part(words, first + 1, last, surname=True, gender=mention.gender),
    )


def _reversed(words: Words, first: int, last: int) -> bool:
    """« Berthelot Huguette »: the surname first."""
    return known(words[first].text) is None and known(words[last].text) is not None


def _is_surname(words: Words, mention: Mention) -> bool:
    word = words[mention.first]
    if mention.surname:
        return word.plain not in first_names() or word.plain in surnames()
    return known(word.text) is None and (word.plain in surnames() or word.plain in reserved_surnames())


def _part(words: Words, first: int, last: int, *, surname: bool, gender: Gender, start: int | None = None) -> Part:
    key = " ".join(words.plain(index) for index in range(first, last + 1))
    name = known(words[first].text)
    if not surname and name and name.gender is not Gender.UNTOLD:
        gender = name.gender
    return Part(words[first].start if start is None else start, words[last].end, key, surname, gender)

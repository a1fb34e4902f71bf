"""What a person corrects of what was replaced: a name that was missed, a word that was no name.

Texts are the turns and the speakers' labels of one testimony that `protect` has been through. Where something was
replaced is found again by what stands instead: no pseudonym is a word of the language, nor a name of its testimony.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from voices.errors import VoicesError
from voices.privacy import cues
from voices.privacy.contacts import MARKS
from voices.privacy.context import Clues, Context
from voices.privacy.detection import Part, parts_of
from voices.privacy.lists import Gender, plain, pseudonyms
from voices.privacy.open_data import lexicon
from voices.privacy.persons import Mention
from voices.privacy.protecting import Replacement
from voices.privacy.protection import Correspondence, Span
from voices.privacy.pseudonyms import cast, dressed
from voices.privacy.words import Words

PERSON = "personne"
DETAIL = "detail"
LONGEST, LONGEST_DETAIL = 80, 300
"""Characters of a name that a person adds, and of anything else."""

_NAME_LENGTH = 3
"""A shorter part of a name is not looked for alone."""
_SMALL = (
    cues.DETERMINERS | cues.PARTICLES | cues.PREPOSITIONS_OF_PLACE | cues.REFLEXIVE | cues.OBJECTS | cues.AUXILIARIES
)
_LETTER = r"[^\W\d_]"
_BEFORE, _AFTER = rf"(?<!{_LETTER})(?<!{_LETTER}-)", rf"(?!{_LETTER}|-{_LETTER})"
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_EDGES_BUT_A_DOT = re.compile(r"^[\W_]+|[^\w.]+$")


def marks(text: str, correspondences: Iterable[Correspondence]) -> tuple[Span, ...]:
    """Where something was replaced in the text, in order, never overlapping."""
    kinds = {one.replacement: one.kind for one in correspondences if one.replacement}
    if not kinds:
        return ()
    longest_first = sorted(kinds, key=lambda instead: (-len(instead), instead))
    found = re.compile("|".join(_bounded(re.escape(one), one) for one in longest_first))
    return tuple(Span(*match.span(), kinds[match.group()]) for match in found.finditer(text))


def added(
    testimony_id: str, texts: Sequence[str], said: str, kind: str, correspondences: Sequence[Correspondence]
) -> list[list[Replacement]]:
    """Text by text, what is replaced everywhere because a person says that `said` is of that kind: PERSON, or of MARKS.

    A name keeps the pseudonym that it has in the testimony already. Raises VoicesError where the words are nowhere,
    stand for something else already, or are too common to be replaced.
    """
    said = unicodedata.normalize("NFC", " ".join(said.split()))[: LONGEST_DETAIL + 1]
    free = [_Free(text, marks(text, correspondences), around=kind == DETAIL) for text in texts]
    if kind == PERSON:
        name = _Name.of(said)
        if name is None:
            return _exactly(testimony_id, free, said, correspondences)
        found = _persons(testimony_id, free, name, correspondences)
    else:
        found = [[(start, end, kind, MARKS[kind]) for start, end in one.literal(_trimmed(said))] for one in free]
    if not any(found):
        raise _nowhere(said, free)
    return found


def places(text: str, found: Sequence[Replacement]) -> list[list[Replacement]]:
    """What is replaced in a text, place by place: a first name and the surname that follows it are at one place."""
    gathered: list[list[Replacement]] = []
    for one in found:
        last = gathered[-1][-1] if gathered else None
        if last and one[2] == PERSON and text[last[1] : one[0]].isspace() and one[3] != last[3]:
            gathered[-1].append(one)
        else:
            gathered.append([one])
    return gathered


def left(texts: Sequence[str], said: str, correspondences: Sequence[Correspondence]) -> int:
    """How many times these words still stand in the texts, written with other capitals; 0 of what is too common."""
    if _is_common(_untitled(_trimmed(said))[0]):
        return 0
    words = _trimmed(said).lower()
    return sum(len(list(_Free(text, marks(text, correspondences)).literal(words))) for text in texts)


def put_back(
    texts: Sequence[str], one: Correspondence, correspondences: Sequence[Correspondence]
) -> list[list[Replacement]]:
    """Text by text, what brings back the original wherever its replacement stands."""
    return [
        [
            (span.start, span.end, one.kind, one.original)
            for span in marks(text, correspondences)
            if text[span.start : span.end] == one.replacement
        ]
        for text in texts
    ]


@dataclass(frozen=True, slots=True)
class _Free:
    """A text, and the stretches of it that were replaced already. `around`: what is written over may hold some, whole:
    « la fille de Clarisse ».
    """

    text: str
    marks: tuple[Span, ...]
    around: bool = False

    def __call__(self, start: int, end: int) -> bool:
        """Whether nothing was replaced there yet."""
        return all(
            end <= mark.start or mark.end <= start or (self.around and start <= mark.start and mark.end <= end)
            for mark in self.marks
        )

    def literal(self, said: str) -> Iterator[tuple[int, int]]:
        """Where these words stand, that were not replaced."""
        for match in _pattern(said).finditer(self.text) if said else ():
            if self(*match.span()):
                yield match.span()


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as a person writes it, without its title; its parts, by key."""

    text: str
    parts: Mapping[str, Part]

    @classmethod
    def of(cls, said: str) -> "_Name | None":
        """The name; None where it is too short or too common for its parts to be looked for. Raises VoicesError where
        it is too long.
        """
        text, gender, surname = _untitled(_trimmed(said))
        if len(text) > LONGEST:
            raise VoicesError("C’est trop long pour un nom.", "Ne garder que le nom de la personne.")
        if _is_common(text):
            return None
        whole = Mention(0, len(Words(text)) - 1, gender, surname)
        return cls(text, {part.key: part for part in _cut(text, whole)})

    @property
    def phrases(self) -> Iterator[str]:
        """The whole name, and the parts of it that are several words."""
        yield self.text
        yield from (self.text[one.start : one.end] for one in self.parts.values() if " " in one.key)

    @property
    def alone(self) -> frozenset[str]:
        """The parts that are one word, and long enough to be looked for alone."""
        return frozenset(key for key in self.parts if " " not in key and len(key) >= _NAME_LENGTH)


def _persons(
    testimony_id: str, free: Sequence[_Free], name: _Name, correspondences: Sequence[Correspondence]
) -> list[list[Replacement]]:
    found = [_mentions(one, name) for one in free]
    before = [
        (part, one.text[part.start - 1 : part.start]) for one, some in zip(free, found, strict=True) for part in some
    ]
    names = _names(testimony_id, before, free, correspondences)
    return [
        [(part.start, part.end, PERSON, dressed(names[part.key], one.text[part.start : part.end])) for part in some]
        for one, some in zip(free, found, strict=True)
    ]


def _exactly(
    testimony_id: str, free: Sequence[_Free], said: str, correspondences: Sequence[Correspondence]
) -> list[list[Replacement]]:
    """« J.-P. M. », « B. »: what is short or common is replaced where it stands exactly so, and no part of it alone."""
    words, gender, surname = _untitled(_EDGES_BUT_A_DOT.sub("", said))
    if not any(char.isalnum() for char in words):
        raise VoicesError("Il n’y a là ni lettre ni chiffre.", "Écrire les mots à remplacer, comme dans le texte.")
    pattern = _exact(words)
    spans = [[match.span() for match in pattern.finditer(one.text) if one(*match.span())] for one in free]
    if not any(spans):
        raise _nowhere(words, free, pattern)
    given = {" ".join(one.original.split()): one.replacement for one in correspondences if one.kind == PERSON}
    part = Part(0, len(words), plain(words), surname, gender)
    instead = given.get(words) or _names(testimony_id, [(part, "")], free, correspondences)[part.key]
    instead = instead.lower() if words.islower() else instead
    return [[(start, end, PERSON, instead) for start, end in some] for some in spans]


def _names(
    testimony_id: str,
    before: Sequence[tuple[Part, str]],
    free: Sequence[_Free],
    correspondences: Sequence[Correspondence],
) -> dict[str, str]:
    """The pseudonym of each part, by key: the one that it has already, or one that nobody has and the text does not."""
    given = _given(correspondences)
    somebody = {plain(one.original) for one in correspondences if one.kind == PERSON}
    standing = {word.plain for one in free for word in Words(one.text).items}
    taken = {plain(pseudonym) for pseudonym in [*given.values(), *(one.replacement for one in correspondences)]}
    fresh = [one for one in before if one[0].key not in given]
    return {**cast(testimony_id, fresh, never=somebody | standing | taken), **given}


def _mentions(free: _Free, name: _Name) -> list[Part]:
    """The parts of the name in a text: where it stands as it was written, and each part where the house's rules take it
    for a name once it was met elsewhere.
    """
    words = Words(free.text)
    starts = {word.start: index for index, word in enumerate(words.items)}
    found: dict[int, Part] = {}
    for phrase in name.phrases:
        for start, end in free.literal(phrase):
            for part in _cut(free.text[start:end], Mention(0, 0)):
                told = name.parts.get(part.key, part)
                found[start + part.start] = _at(told, start + part.start, start + part.end, words, starts)
    context = Context(words, Clues(name.alone, lexicon().__contains__))
    for index, word in enumerate(words.items):
        if context.met(index) and free(word.start, word.end) and not _covered(found.values(), word.start):
            found[word.start] = _at(name.parts[word.plain], word.start, word.end, words, starts)
    return [found[start] for start in sorted(found)]


def _at(part: Part, start: int, end: int, words: Words, starts: Mapping[int, int]) -> Part:
    """The part where it stands there, with what the word before tells of it."""
    title = words.plain(starts[start] - 1) if start in starts else ""
    gender = part.gender if part.gender is not Gender.UNTOLD else cues.TITLES.get(title, Gender.UNTOLD)
    return Part(start, end, part.key, part.surname or title in cues.CIVIL, gender)


def _covered(found: Iterable[Part], place: int) -> bool:
    return any(part.start <= place < part.end for part in found)


def _cut(text: str, mention: Mention) -> tuple[Part, ...]:
    """First name and surname; one part where the text is something else than words that follow one another."""
    words = Words(text)
    last = len(words) - 1
    whole = last >= 0 and words[0].start == 0 and words[last].end == len(text)
    if whole and all(words.joined(index) for index in range(1, len(words))):
        found = parts_of(words, Mention(0, last, mention.gender, mention.surname))
        if all(len(part.key) > 1 for part in found):
            return found
    return (Part(0, len(text), plain(text), mention.surname, mention.gender),)


def _given(correspondences: Iterable[Correspondence]) -> dict[str, str]:
    """The pseudonym of each name that has one, by its key, as the lists write it."""
    written = {plain(name): name for names in pseudonyms().values() for name in names}
    return {
        plain(one.original): written.get(plain(one.replacement), one.replacement)
        for one in correspondences
        if one.kind == PERSON and one.original[1:2] != "."
    }


def _pattern(said: str) -> re.Pattern[str]:
    """Those words, whatever parts them; their capitals count where they have any."""
    words = r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in said.split())
    return re.compile(_bounded(words, said), re.IGNORECASE if said.islower() else 0)


def _bounded(pattern: str, said: str) -> str:
    """The pattern, within no longer word or number."""
    before = _BEFORE if said[0].isalpha() else r"(?<!\d)" if said[0].isdigit() else ""
    after = _AFTER if said[-1].isalpha() else r"(?!\d)" if said[-1].isdigit() else ""
    return before + pattern + after


def _exact(words: str) -> re.Pattern[str]:
    """Those words as they are written, within no longer word, elision or initials: « P. » is not in « J.-P. »."""
    written = r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in words.split())
    return re.compile(rf"(?<!\w)(?<!\w[-.])(?<!\w\.-){written}(?!\w|[-'’]\w|\.-?\w)")


def _introduces(word: str) -> bool:
    """Whether the word comes before a name and is not part of it: « Mme », « la »; with a capital, « La » may be."""
    return plain(word) in cues.TITLES or (word.islower() and plain(word) in _SMALL)


def _untitled(text: str) -> tuple[str, Gender, bool]:
    """The words without what introduces a name, and what it tells: a gender, and that a surname follows."""
    gender, surname = Gender.UNTOLD, False
    while (head := re.match(rf"({_LETTER}+)[.'’]*\s*(?=\S)", text)) and _introduces(head[1]):
        gender = cues.TITLES.get(plain(head[1]), gender)
        surname = plain(head[1]) in cues.CIVIL
        text = text[head.end() :]
    return text, gender, surname


def _is_common(text: str) -> bool:
    """Whether it has initials and small words alone."""
    return not any(len(word.text) > 1 and not _introduces(word.text.lower()) for word in Words(text).items)


def _trimmed(said: str) -> str:
    return _EDGES.sub("", said)


def _nowhere(said: str, free: Sequence[_Free], pattern: re.Pattern[str] | None = None) -> VoicesError:
    words = _trimmed(said)
    pattern = pattern or (_pattern(words) if words else None)
    if pattern and any(pattern.search(one.text) for one in free):
        return VoicesError("Ces mots ont déjà pris la place d’un vrai nom.", "Choisir un mot qui n’est pas surligné.")
    if words and any(_pattern(words.lower()).search(one.text) for one in free):
        return VoicesError(
            "Ce nom est écrit autrement dans ce témoignage : d’autres majuscules, ou dans un mot plus long.",
            "L’écrire comme dans le texte.",
        )
    return VoicesError("Ces mots ne sont pas dans ce témoignage.", "Les écrire exactement comme dans le texte.")

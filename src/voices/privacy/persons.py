"""Where persons are named in one text: lists, titles, context; spaCy's entities settle what these leave in doubt."""

from dataclasses import dataclass

from voices.privacy import cues
from voices.privacy.context import Clues, Context
from voices.privacy.lists import FirstName, Gender, everyday_surnames, known, reserved_surnames, sound, sounds, surnames
from voices.privacy.words import Words


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named: words `first` to `last` (both in), and what title or kinship says of them."""

    first: int
    last: int
    gender: Gender = Gender.UNTOLD
    surname: bool = False


class Finder:
    """Finds the persons named in one text."""

    def __init__(self, words: Words, clues: Clues) -> None:
        self.words = words
        self.context = Context(words, clues)

    def mentions(self) -> list[Mention]:
        """The persons named, in order, never overlapping."""
        found: list[Mention] = []
        index = 0
        while index < len(self.words):
            known_to_all = self.context.famous(index)
            mention = None if known_to_all else self._mention(index, found[-1] if found else None)
            if known_to_all:
                index += known_to_all
            elif mention is None:
                index += 1
            else:
                found.append(mention)
                index = mention.last + 1
        return found

    def in_doubt(self) -> bool:
        """Whether spaCy's view could change anything: a capital that neither lists nor context explain."""
        return any(self._doubtful(index) for index in range(len(self.words)))

    def _doubtful(self, index: int) -> bool:
        word = self.words[index]
        if not word.capital or self.context.never(index):
            return False
        name = known(word.text)
        if name and not name.word:
            return False
        return index not in self.words.starts or name is not None or not self.context.is_word(index)

    def _mention(self, index: int, previous: Mention | None) -> Mention | None:
        if self.context.never(index) or self.context.place(index) or not self._seed(index, previous):
            return None
        title = self.words.plain(index - 1) if self.words.near(index) else ""
        first, last = self._back(index, previous), self._forth(index)
        gender = cues.TITLES.get(title) or cues.KIN.get(title) or Gender.UNTOLD
        family = title in ("les", "famille")
        return Mention(first, last, gender, surname=family or (title in cues.CIVIL and first == index))

    def _seed(self, index: int, previous: Mention | None) -> bool:
        word = self.words[index]
        if (
            self.context.met(index)
            or self.context.titled(index)
            or self.context.announced(index)
            or self.context.kin(index)
        ):
            return True
        if self.context.initialled(index) or self.context.listed(index, previous.last if previous else None):
            return True
        name = known(word.text)
        if name and name.word:
            return self._word_as_name(index)
        if name:
            return self._name(index, name)
        if word.plain in reserved_surnames() and word.capital:
            return True
        if len(word.text) > 5 and not self.context.is_word(index) and sound(word.text) in sounds():
            return True
        return word.capital and self._unknown(index)

    def _name(self, index: int, name: FirstName) -> bool:
        word = self.words[index]
        if not word.capital:
            return name.common and len(word.text) > 3 and not self.context.determined(index)
        if name.common:
            return True
        if (
            self.words.plain(index - 1) in cues.PREPOSITIONS_OF_PLACE
            and self.words.plain(index - 2) in cues.COMING_FROM
        ):
            return False
        return index not in self.words.starts or not self.context.is_word(index) or self.context.acts(index)

    def _word_as_name(self, index: int) -> bool:
        word, before = self.words[index], self.words.plain(index - 1)
        near = self.words.near(index)
        if not word.capital:
            if near and before == "chez":
                return True
            acts = self.words.plain(index + 1) in ("m", "ma") and self.words.joined(index + 1)
            return acts and before in ("", "que", "qu", "et", "puis", "quand") and self.words.plain(index + 2) != "plus"
        if index in self.words.starts:
            return self.context.acts(index) or (index in self.context.clues.entities and self._vocative(index))
        return not (near and before in cues.DETERMINERS and self.words.joined(index))

    def _vocative(self, index: int) -> bool:
        return "," in self.words.gap(index + 1) if index + 1 < len(self.words) else False

    def _unknown(self, index: int) -> bool:
        """A capital that no list knows: by what it does, by what announces it, by spaCy."""
        word, before = self.words[index], self.words.plain(index - 1)
        a_word = self.context.is_word(index)
        if word.text.isupper():
            return False
        if index in self.words.starts:
            return not a_word and self.context.acts(index) and self.words.plain(index + 1) != "qui"
        if before in cues.DETERMINERS and self.words.joined(index):
            return before in ("les", "des") and index in self.context.clues.entities and not a_word
        if before in cues.PREPOSITIONS_OF_PLACE and self.words.near(index):
            return False
        if self.context.acts(index, strict=True) and not a_word:
            return True
        if before in cues.AFTER_WHICH_NAMES and not a_word and self.words.joined(index):
            return before != "chez" or index in self.context.clues.entities
        return index in self.context.clues.entities and (not a_word or word.plain in surnames())

    def _forth(self, index: int) -> int:
        last = index
        probe = index + 1
        while probe < len(self.words) and self.words.joined(probe) and not self._apostrophe_closes(probe):
            word = self.words[probe]
            if word.plain in cues.PARTICLES and (word.capital or probe + 1 < len(self.words)):
                probe += 1
                continue
            if not self._continues(index, probe):
                break
            last = probe
            probe += 1
        return last

    def _apostrophe_closes(self, probe: int) -> bool:
        return self.words.gap(probe) in ("'", "’") and self.words.plain(probe - 1) not in ("d", "l", "o")

    def _continues(self, seed: int, probe: int) -> bool:
        word = self.words[probe]
        if self.context.never(probe):
            return word.capital and word.plain in cues.SURNAMES_STILL and probe == seed + 1
        if word.capital:
            towards_a_place = self.words.plain(probe - 1) in ("de", "du", "d", "des", "la") and probe - 1 > seed
            nobiliary = self.words[probe - 1].capital or word.plain in surnames() or self.context.titled(seed)
            nobiliary = nobiliary and self.words[seed].capital
            return not towards_a_place or nobiliary or not self.context.is_word(probe)
        lower = not self.words[seed].capital and probe == seed + 1
        return (
            lower
            and (word.plain in surnames() or word.plain in self.context.clues.names)
            and not self._everyday(word.plain)
        )

    def _everyday(self, word: str) -> bool:
        return word in everyday_surnames() or word in cues.ACTS or word in cues.DETERMINERS

    def _back(self, index: int, previous: Mention | None) -> int:
        """Where the name starts: « Berthelot Huguette » is found by its second word, « Mme » stays out."""
        first = index
        floor = previous.last if previous else -1
        while first - 1 > floor and self.words.joined(first) and self._precedes(first - 1):
            first -= 1
        return first

    def _precedes(self, index: int) -> bool:
        word = self.words[index]
        if not word.capital or self.context.never(index) or word.plain in cues.TITLES or word.text.isupper():
            return False
        if self.words.plain(index - 1) in cues.PREPOSITIONS_OF_PLACE and self.words.joined(index):
            return False
        return index not in self.words.starts or word.plain in surnames() or known(word.text) is not None

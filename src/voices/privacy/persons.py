"""Where persons are named in one text: lists, titles, context; spaCy's entities settle what these leave in doubt."""

import re
from dataclasses import dataclass

from voices.privacy import cues
from voices.privacy.capitals import Capitals
from voices.privacy.context import Clues, Context
from voices.privacy.lists import FirstName, Gender, everyday_surnames, known, reserved_surnames, sound, sounds, surnames
from voices.privacy.lowercase import LowerCase
from voices.privacy.open_data import places, surnames_of_the_world
from voices.privacy.words import Words

_SEVERAL = ("les", "des", "aux", "nos", "ces", "deux")
_PEOPLES = re.compile(r"(?:ois|ais|[ée]ens|iens|ains|ards|ins|ols)(?:es)?$")
_NEVER_IN_LOWER_CASE = (cues.NEVER - cues.FEASTS) | cues.NO_NAME_AFTER_A_TITLE


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
        self.lower = LowerCase(words, self.context)
        self.capitals = Capitals(words, self.context)

    def mentions(self) -> list[Mention]:
        """The persons named, in order, never overlapping."""
        found: list[Mention] = []
        index = 0
        while index < len(self.words):
            previous = found[-1] if found else None
            said = index in self.context.clues.recognised or self._nicknamed(index, previous)
            known_to_all = 0 if said else self.context.famous(index)
            mention = None if known_to_all else self._mention(index, previous)
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

    def worth_reading(self, index: int) -> bool:
        """Whether that word alone makes what stands around it worth reading by the network."""
        word = self.words[index]
        if self.words.without_capitals:
            return True
        quoted = any(mark in self.words.gap(index) for mark in '«“":')
        if word.capital and (quoted or index not in self.words.starts):
            return True
        if "-" in word.text or not self.context.is_word(index):
            return word.plain not in cues.TEXT_MESSAGES
        return known(word.text) is not None or self.words.plain(index - 1) in cues.CALLING

    def _doubtful(self, index: int) -> bool:
        word = self.words[index]
        if not word.capital or self.context.never(index):
            return False
        name = known(word.text)
        if name and not name.word:
            return False
        return index not in self.words.starts or name is not None or not self.context.is_word(index)

    def _nicknamed(self, index: int, previous: Mention | None) -> bool:
        """Whether a name known to all is a private person's here: « Tintin, c’est comme ça qu’on l’appelle »."""
        context = self.context
        if not self.words[index].capital:
            return False
        said = context.announced(index) or context.kin(index) or self.capitals.apposed(index)
        again = self.words.plain(index - 1) in ("alias", "enfin") and previous is not None
        return said or (again and context.listed(index, previous.last if previous else None))

    def _mention(self, index: int, previous: Mention | None) -> Mention | None:
        letters = self.capitals.spelt_out(index)
        if letters:
            return Mention(index, index + letters - 1, surname=True)
        if self.capitals.initials(index):
            return Mention(index, self._forth(index))
        if not self._recognised(index) and not self._told(index, previous):
            return None
        title = self.words.plain(index - 1) if self.words.near(index) else ""
        first, last = self._back(index, previous), self._forth(index)
        gender = cues.TITLES.get(title) or cues.KIN.get(title) or Gender.UNTOLD
        family = title in ("les", "famille")
        return Mention(first, last, gender, surname=family or (title in cues.CIVIL and first == index))

    def _recognised(self, index: int) -> bool:
        """Whether the network says that it is a name, and surely enough for what the rules see there."""
        word, clues = self.words[index], self.context.clues
        if len(word.plain) < 2 or not word.latin or (not word.capital and word.plain in _NEVER_IN_LOWER_CASE):
            return False
        if self._people(index):
            return False
        if index in clues.certain:
            return True
        town = word.plain in places() or word.plain in cues.TOWNS_FIRST
        return index in clues.recognised and not (town or self.context.never(index) or self.context.place(index))

    def _people(self, index: int) -> bool:
        """Whether it is who lives somewhere (« les Lillois »), and no surname that a list has (« les Langlois »)."""
        word = self.words[index]
        if not (word.capital and self.words.near(index) and self.words.plain(index - 1) in _SEVERAL):
            return False
        return _PEOPLES.search(word.plain) is not None and word.plain not in surnames_of_the_world()

    def _told(self, index: int, previous: Mention | None) -> bool:
        """Whether the rules take it for a name, and the network does not say that it is none."""
        if self.context.never(index) or self.context.place(index) or not self._seed(index, previous):
            return False
        opens = self.words.plain(index) in ("le", "la")  # « madame le goff »: the network refuses its article
        return opens or index not in self.context.clues.refused or self.context.met(index)

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
        if not word.capital:
            return self.lower.named(index, listed=self._follows(index, previous))
        return self._with_a_capital(index)

    def _follows(self, index: int, previous: Mention | None) -> bool:
        """Whether it comes right after a name, with nothing between: « elo juju »."""
        return previous is not None and previous.last == index - 1 and self.words.joined(index)

    def _with_a_capital(self, index: int) -> bool:
        word, name = self.words[index], known(self.words[index].text)
        if self.capitals.field(index) or self.capitals.nickname(index) or self.capitals.apposed(index):
            return True
        if word.plain in cues.TEXT_MESSAGES and index in self.words.starts:
            return False
        if name and name.word:
            return self._word_as_name(index)
        if name:
            return self._name(index, name)
        if self.capitals.label(index) or word.plain in reserved_surnames():
            return True
        if len(word.text) > 5 and not self.context.is_word(index) and sound(word.text) in sounds():
            return True
        return self._a_word(index) if self.context.is_word(index) else self.capitals.foreign(index)

    def _name(self, index: int, name: FirstName) -> bool:
        if name.common:
            return True
        if (
            self.words.plain(index - 1) in cues.PREPOSITIONS_OF_PLACE
            and self.words.plain(index - 2) in cues.COMING_FROM
        ):
            return False
        return index not in self.words.starts or not self.context.is_word(index) or self.context.acts(index)

    def _word_as_name(self, index: int) -> bool:
        near, before = self.words.near(index), self.words.plain(index - 1)
        if index in self.words.starts:
            return self._acts_surely(index) or (index in self.context.clues.entities and self._vocative(index))
        return not (near and before in cues.DETERMINERS and self.words.joined(index))

    def _acts_surely(self, index: int) -> bool:
        """What a person does and a thing does not: neither « Rose est la couleur » nor « Prudence avec »."""
        after, then = self.words.plain(index + 1), self.words.plain(index + 2)
        return self.context.acts(index) and after != "avec" and not (after == "est" and then in cues.DETERMINERS)

    def _vocative(self, index: int) -> bool:
        return "," in self.words.gap(index + 1) if index + 1 < len(self.words) else False

    def _a_word(self, index: int) -> bool:
        """A word of French with a capital inside a sentence, where spaCy sees a person and a list a surname."""
        word, before = self.words[index], self.words.plain(index - 1)
        if word.text.isupper() or index in self.words.starts or index not in self.context.clues.entities:
            return False
        if self.words.joined(index) and before in cues.DETERMINERS | cues.PREPOSITIONS_OF_PLACE:
            return False
        return word.plain in surnames()

    def _forth(self, index: int) -> int:
        last = index
        probe = index + 1
        while probe < len(self.words) and self.words.joined(probe) and not self._apostrophe_closes(probe):
            word = self.words[probe]
            if self._initial(probe):
                last = self._initials(probe)
                break
            if word.plain in cues.PARTICLES and (word.capital or probe + 1 < len(self.words)):
                probe += 1
                if word.plain in ("le", "la") and probe < len(self.words) and self.words.joined(probe):
                    last = probe if self._by_what_he_is(probe) else last
                continue
            if not self._continues(index, probe):
                break
            last = probe
            probe += 1
        return last

    def _initial(self, probe: int) -> bool:
        """« Fatou B. », « Gérard T. »: the initial of a surname goes with the first name."""
        word, before = self.words[probe], self.words[probe - 1]
        return before.capital and len(word.text) == 1 and word.capital and self.words.text.startswith(".", word.end)

    def _initials(self, probe: int) -> int:
        """The last of the initials that start there: « Hélène V.-D. »."""
        while probe + 1 < len(self.words) and self.words.gap(probe + 1) in (".-", "."):
            word = self.words[probe + 1]
            if len(word.text) > 1 or not word.capital or probe + 1 not in self.context.clues.certain:
                break
            probe += 1
        return probe

    def _by_what_he_is(self, probe: int) -> bool:
        """« Pat le Rouge »."""
        return self.words[probe].capital and self.words[probe - 2].capital and not self.words[probe].text.isupper()

    def _apostrophe_closes(self, probe: int) -> bool:
        if {probe - 1, probe} <= self.context.clues.recognised:  # « Le Floc’h »
            return False
        return self.words.gap(probe) in ("'", "’") and self.words.plain(probe - 1) not in ("d", "l", "o")

    def _continues(self, seed: int, probe: int) -> bool:
        word = self.words[probe]
        if probe in self.context.clues.recognised:
            alike = word.capital == self.words[seed].capital and (word.capital or known(word.text) is None)
            return alike or self._links(seed, probe) or self.words.gap(probe) in ("'", "’")
        if probe == seed + 1 and self.words.plain(seed) in ("le", "la"):
            return True
        if probe in self.context.clues.refused:
            return False
        if self.context.never(probe):
            return word.capital and word.plain in cues.SURNAMES_STILL and probe == seed + 1
        if word.capital:
            towards_a_place = self.words.plain(probe - 1) in ("de", "du", "d", "des", "la") and probe - 1 > seed
            nobiliary = self.words[probe - 1].capital or word.plain in surnames() or self.context.titled(seed)
            nobiliary = nobiliary and self.words[seed].capital
            return not towards_a_place or nobiliary or not self.context.is_word(probe)
        if self.words[seed].capital or probe != seed + 1 or self._everyday(word.plain):
            return False
        return word.plain in self.context.clues.names or self.lower.surname(probe)

    def _links(self, seed: int, probe: int) -> bool:
        """« Rosalinda de los Santos », « Batlle i Roure »: a small word between two capitals of one name."""
        after = range(probe + 1, min(probe + 3, len(self.words)))
        upto = next((index for index in after if self.words[index].capital), None)
        if upto is None or not self.words[seed].capital:
            return False
        return all(
            index in self.context.clues.recognised and self.words.joined(index) for index in range(probe, upto + 1)
        )

    def _everyday(self, word: str) -> bool:
        return word in everyday_surnames() or word in cues.ACTS or word in cues.DETERMINERS

    def _back(self, index: int, previous: Mention | None) -> int:
        """Where the name starts: « Berthelot Huguette » is found by its second word, « Mme » stays out."""
        first = index
        floor = previous.last if previous else -1
        while first - 1 > floor and (self._opens(first) or (self.words.joined(first) and self._precedes(first - 1))):
            first -= 1
        return first

    def _opens(self, index: int) -> bool:
        """Whether a letter or two before that word are of the name: « D’Agostino », « m’hamed », « N. Ferhat »."""
        before, gap = self.words[index - 1], self.words.gap(index)
        if not {index - 1, index} <= self.context.clues.recognised:
            return False
        initial = before.capital and len(before.text) <= 2 and gap in (".", ". ", ".\u00a0", ".-")
        return initial or (len(before.text) == 1 and gap in ("'", "’"))

    def _precedes(self, index: int) -> bool:
        word = self.words[index]
        if word.capital and word.plain in cues.PARTICLES_OF_SURNAMES:
            return index not in self.words.starts or self.context.after_an_initial(index)
        if index in self.context.clues.refused:
            return False
        if index in self.context.clues.recognised and word.capital and len(word.text) > 1:
            return word.plain not in cues.TITLES
        titled = word.plain in cues.TITLES or word.plain in cues.KIN or word.plain in ("fam", "familia")
        if not word.capital or self.context.never(index) or titled or word.text.isupper():
            return False
        if self.words.plain(index - 1) in cues.PREPOSITIONS_OF_PLACE and self.words.joined(index):
            return False
        if index not in self.words.starts or word.plain in surnames() or known(word.text) is not None:
            return True
        return not self.context.is_word(index) and word.plain not in places()

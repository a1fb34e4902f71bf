"""What stands around a word: a title, kinship, a street, a verb. Each method answers one question on one word."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, field

from voices.privacy import cues
from voices.privacy.lists import first_names, known, surnames
from voices.privacy.open_data import places
from voices.privacy.words import Words

_INITIAL = re.compile(r"(?<![\w-])[A-ZÀ-Þ][hr]?\.(?:\s?-?[A-ZÀ-Þ]\.)?\s(?:L[ea]\s|D[eu]\s|de\s)?$")
_NO_SURNAMES = (
    cues.NO_NAME_AFTER_A_TITLE | cues.ACTS | cues.DETERMINERS | cues.PARTICLES | cues.KIN.keys() - cues.SURNAMES_STILL
)
_DEMONYM = re.compile(r"(?:ienne?s?|oise?s?|aise?s?|ains?|aines?)$")


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known beyond the text: names already met, words of the language, words that spaCy takes for persons, for
    other things that have a name; words that the network takes for names, those of which it is certain, those that it
    refuses."""

    names: Set[str] = frozenset()
    is_word: Callable[[str], bool] = field(default=frozenset[str]().__contains__)
    entities: Set[int] = frozenset()
    others: Set[int] = frozenset()
    recognised: Set[int] = frozenset()
    certain: Set[int] = frozenset()
    refused: Set[int] = frozenset()


class Context:
    """What stands around each word of one text."""

    def __init__(self, words: Words, clues: Clues) -> None:
        self.words = words
        self.clues = clues

    def is_word(self, index: int) -> bool:
        """Whether the language knows it, written so or without its accents, whole or by each of its halves."""
        word = self.words[index]
        if self.clues.is_word(word.text.lower()) or self.clues.is_word(word.plain):
            return True
        halves = word.text.lower().split("-")
        return len(halves) > 1 and all(self.clues.is_word(half) for half in halves)

    def never(self, index: int) -> bool:
        """Whether it is no name whatever stands around: a pronoun, a month, a brand, an acronym, a people."""
        word = self.words[index]
        if len(word.plain) < 2:
            return True
        if word.plain in cues.PARTICLES and word.capital and self.titled(index) and self.words.joined(index + 1):
            return not (index + 1 < len(self.words) and self.words[index + 1].capital)
        if word.plain in ("le", "la") and not word.capital and self.titled(index):
            return False
        if self._conjugated(index):
            return True
        if word.plain in cues.NEVER:
            return not (self._still_a_surname(index) or (word.plain in cues.FEASTS and self._as_person(index)))
        shouted = word.text.isupper() and len(word.text) <= 5
        if (
            _DEMONYM.search(word.plain)
            and known(word.text) is None
            and not (self.titled(index) or self.announced(index))
        ):
            return word.plain not in self.clues.names
        name = known(word.text)
        return shouted and (name is None or not name.common) and word.plain not in self.clues.names

    def _conjugated(self, index: int) -> bool:
        """« on se marie », « le maire nous marie »: a verb, whatever first name it looks like."""
        word, before = self.words[index], self.words.plain(index - 1)
        if word.capital or not self.words.joined(index) or self.words[index - 1].text == "Me":
            return False
        if before in ("m", "s", "t"):
            return self.words.gap(index) in ("'", "’")
        return before in cues.REFLEXIVE or (before in cues.OBJECTS and word.plain in cues.CONJUGATED)

    def _still_a_surname(self, index: int) -> bool:
        """« Madame Petit », « monsieur leclerc », and « Petit » again once he was named so."""
        word = self.words[index]
        if word.plain not in cues.SURNAMES_STILL:
            return False
        if self.words.plain(index - 1) in cues.CIVIL and self.titled(index):
            return True
        return word.capital and word.plain in self.clues.names

    def _as_person(self, index: int) -> bool:
        """Whether a feast is a person here: « Tonton Noël », « Noël m’a dit », « je m’appelle Noël »."""
        if self.words.plain(index - 1) == "pere":
            return False
        said = self.titled(index) or self.announced(index) or self.kin(index)
        return said or (
            self.words[index].capital
            and self.words.plain(index + 1) in ("m", "qui", "nous")
            and self.words.joined(index + 1)
        )

    def place(self, index: int) -> bool:
        """Whether the name is that of a street, a school, a saint… (« rue Victor Hugo », « Sainte-Thérèse »)."""
        words = self.words
        if self._of_a_pet(index) or self._of_a_named_place(index):
            return True
        if words[index].plain.startswith(("saint-", "sainte-", "st-", "ste-")):
            return True
        if words[index].plain in cues.NAMED_LIKE_TOWNS and self._town(index):
            return True
        walked = index
        while walked > 0 and index - walked < 4 and words.gap(walked) in (" ", "-", "'", "’", "\u00a0"):
            walked -= 1
            before = words.plain(walked)
            if before in cues.STREETS:
                return True
            if before in cues.PLACES and words[walked].plain not in cues.PARTICLES:
                return walked == index - 1 or words[walked + 1].capital
            if not (words[walked].capital or before in cues.PARTICLES):
                return False
        return False

    def _of_a_pet(self, index: int) -> bool:
        """« mon perroquet Marcel », « ma chatte, Minette »."""
        return self.words.near(index) and self.words.plain(index - 1) in cues.PETS and self.words[index].capital

    def _of_a_named_place(self, index: int) -> bool:
        """« notre local s’appelle La Louise »."""
        before = [self.words.plain(i) for i in range(max(0, index - 5), index)]
        called = next(
            (at for at, word in enumerate(before) if word in ("appelle", "appelait", "baptise", "baptisee", "nomme")),
            None,
        )
        return (
            called is not None
            and called > 0
            and not {"je", "elle", "qui"} & set(before)
            and any(word in cues.NAMED_PLACES | cues.PETS for word in before[:called])
        )

    def _town(self, index: int) -> bool:
        """Whether a name that is also a town's is the town's here: « à Nancy », « Nancy me manque »."""
        word, before = self.words[index], self.words.plain(index - 1)
        if before in cues.PREPOSITIONS_OF_PLACE:
            whose = word.plain in cues.NAMES_FIRST and before in ("d", "de")
            return not whose or self.words.plain(index - 2) in cues.COMING_FROM
        return word.plain in cues.TOWNS_FIRST and word.plain not in self.clues.names and not self._of_a_person(index)

    def _of_a_person(self, index: int) -> bool:
        words = self.words
        if self.titled(index) or self.announced(index) or self.kin(index):
            return True
        if words.near(index) and words.plain(index - 1) in cues.BEFORE_A_PERSON:
            return True
        if words.joined(index + 1) and words[index + 1].capital and not self.never(index + 1):
            return True
        missed = words.plain(index + 2).startswith("manqu")
        return (self.acts(index) and not missed) or self._beside_a_name(index)

    def _beside_a_name(self, index: int) -> bool:
        """« Josiane et Nancy », « Nancy, Josiane »: a first name that nothing else can be stands next to it."""
        for step in (-1, 1):
            beside = index + step * (2 if self.words.plain(index + step) == "et" else 1)
            if 0 <= beside < len(self.words) and self.words[beside].capital:
                name = known(self.words[beside].text)
                if name and name.common and not name.word and self.words[beside].plain not in cues.NAMED_LIKE_TOWNS:
                    return True
        return False

    def famous(self, index: int) -> int:
        """How many words from here name someone known to all, 0 for none."""
        if not self.words[index].capital:
            return 0
        for length in (3, 2, 1):
            said = " ".join(self.words.plain(i) for i in range(index, index + length))
            if said in cues.FAMOUS:
                return length
        return 0

    def met(self, index: int) -> bool:
        """Whether it is a name met elsewhere in the testimony, and not the word that looks like it."""
        word = self.words[index]
        if word.plain not in self.clues.names:
            return False
        name = known(word.text)
        is_word = name.word if name else self.is_word(index)
        if not is_word:
            return True
        if not word.capital:
            return not self.determined(index) and self.words.text.islower()
        return index not in self.words.starts or self.acts(index)

    def titled(self, index: int) -> bool:
        """« Mme X », « Tonton X », « Sœur X », « les X » for a family."""
        before = self.words.plain(index - 1)
        word = self.words[index]
        if index == 0 or self.words.gap(index) not in (" ", ". ", "\u00a0", ".", ".\u00a0"):
            return False
        if before in ("les", "famille") and word.capital and self._of_a_family(index):
            return True
        if before not in cues.TITLES or (before == "me" and self.words[index - 1].text != "Me"):
            return False
        if before in ("m", "pr") and not self.words[index - 1].capital:
            return False
        dotted = "." in self.words.gap(index)
        if dotted and before not in ("m", "mr", "mme", "dr", "mlle", "me", "pr"):
            return False
        if word.capital:
            return True
        if word.plain in ("ait", "ben", "bent", "el", "ould") and self.words.joined(index + 1):
            return True
        if word.plain in ("le", "la") and before in cues.CIVIL:
            return self._surname_of_two_words(index)
        if before in cues.ABBREVIATED:
            return word.plain in surnames() or known(word.text) is not None or not self.is_word(index)
        name = known(word.text)
        return bool(name and not name.word) or (before in cues.CIVIL and self._surname_in_lower_case(index))

    def _surname_of_two_words(self, index: int) -> bool:
        """« madame le goff », and neither « madame la directrice » nor « madame le docteur »."""
        after = index + 1
        if after >= len(self.words) or not self.words.joined(after) or len(self.words[after].plain) < 3:
            return False
        return not self.is_word(after) and self.words[after].plain not in cues.NEVER

    def _surname_in_lower_case(self, index: int) -> bool:
        """« monsieur leblanc », and neither « un monsieur âgé » nor « monsieur le maire »."""
        word, listed = self.words[index].plain, self.words[index].plain in surnames()
        if len(word) < 3 or word in _NO_SURNAMES or (word in cues.NEVER and word not in cues.SURNAMES_STILL):
            return False
        if self.words.plain(index - 1) not in cues.FULL:
            return listed
        if self.words.joined(index - 1) and self.words.plain(index - 2) in cues.DETERMINERS | cues.KIN.keys():
            return False
        return listed or not self.is_word(index) or self.acts(index)

    def _of_a_family(self, index: int) -> bool:
        word = self.words[index]
        listed = word.plain in surnames() or word.plain in first_names() or not self.is_word(index)
        headed = index not in self.words.starts and not _DEMONYM.search(word.plain)
        return listed and headed and word.plain not in places() | cues.NEVER

    def announced(self, index: int) -> bool:
        """« je m’appelle X », « moi c’est X », « signé X »."""
        endings = cues.NAMING_BY_LAST_WORD.get(self.words.plain(index - 1))
        if endings is None or not (self.words.near(index) or ":" in self.words.gap(index)):
            return False
        before = tuple(self.words.plain(i) for i in range(max(0, index - 3), index))
        for parts in endings:
            if before[-len(parts) :] == parts and (parts != ("dit",) or "me" in before or "s" in before):
                return self._believed(index, weak=" ".join(parts) in cues.WEAK_NAMING)
        return False

    def _believed(self, index: int, *, weak: bool) -> bool:
        word = self.words[index]
        name = known(word.text)
        if word.capital:
            return name is not None or not weak or not self.is_word(index)
        if name and (name.common or not self.is_word(index)):
            return not name.word or not weak
        return not weak and not self.is_word(index)

    def kin(self, index: int) -> bool:
        """« ma voisine, X », « le petit X »: with a capital that does not start a sentence."""
        word = self.words[index]
        if not word.capital or index in self.words.starts or self.words.gap(index) not in (" ", ", "):
            return False
        if self.words.plain(index - 1) not in cues.KIN:
            return False
        return self.words.plain(index - 2) in cues.DETERMINERS and not word.text.isupper()

    def after_an_initial(self, index: int) -> bool:
        """« C. Le Dantec »."""
        start = self.words[index].start
        return _INITIAL.search(self.words.text, max(0, start - 12), start) is not None

    def initialled(self, index: int) -> bool:
        """« H. Delmas », « J.-P. Marchand »."""
        word = self.words[index]
        if (
            not word.capital
            or word.text.isupper()
            or not _INITIAL.search(self.words.text, max(0, word.start - 12), word.start)
        ):
            return False
        return word.plain in surnames() or not self.is_word(index)

    def listed(self, index: int, last: int | None) -> bool:
        """« Nadia, X et Y »: a name right after a name, in a list."""
        if last is None:
            return False
        gap = self.words.gap(index)
        if last == index - 1:
            linked = gap in (", ", " & ", " + ", "/")
        else:
            links = ("et", "ou", "puis", "enfin", "non", "pardon", "pi", "pui", "alias", "dit", "é")
            linked = last == index - 2 and self.words.plain(index - 1) in links and gap in (" ", ", ")
        word = self.words[index]
        name = known(word.text)
        if not linked:
            return False
        if word.capital:
            return word.plain not in places() and (name is not None or not self.is_word(index))
        return name is not None and not name.word and self.words.plain(index - 1) in ("et", "ou", "pi", "pui")

    def acts(self, index: int, *, strict: bool = False) -> bool:
        """Whether what follows is what a person does: « X m’a… », « X garde les clés », « X et Y se… »."""
        if index + 1 >= len(self.words) or not self.words.joined(index + 1):
            return False
        after = self.words.plain(index + 1)
        if self.words[index + 1].text == "à":
            return False
        if after == "et" and not strict:
            other = self.words[index + 2] if index + 2 < len(self.words) else None
            return bool(other and (other.plain == "moi" or (other.capital and known(other.text))))
        if after in ("a", "m", "nous") and strict:
            return True
        if after in ("l", "n", "d"):
            return self.words.plain(index + 2) in cues.AUXILIARIES
        return after in cues.ACTS if not strict else after in ("elle", "il", "qui", "dit", "disait", "m'a")

    def determined(self, index: int) -> bool:
        """« la marine », « un jules »: after an article or a possessive, a name in lower case is a word again."""
        before = self.words.plain(index - 1)
        return before in cues.DETERMINERS and self.words.joined(index) and self.is_word(index)

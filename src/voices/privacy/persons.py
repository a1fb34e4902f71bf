"""Where persons are named in one text: lists, titles, context; spaCy's entities settle what these leave in doubt."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache

from voices.privacy import cues
from voices.privacy.lists import FirstName, Gender, first_names, plain, pseudonyms, sound, sounds, surnames
from voices.privacy.words import Words

_INITIAL = re.compile(r"(?<![\w-])[A-ZÀ-Þ]\.(?:\s?-?[A-ZÀ-Þ]\.)?\s$")
_DEMONYM = re.compile(r"(?:ienne?s?|oise?s?|aise?s?|ains?|aines?)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named: words `first` to `last` (both in), and what title or kinship says of them."""

    first: int
    last: int
    gender: Gender = Gender.UNTOLD
    surname: bool = False


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known beyond the text: names already met, words of the language, words that spaCy takes for persons."""

    names: Set[str] = frozenset()
    is_word: Callable[[str], bool] = field(default=lambda word: False)
    entities: Set[int] = frozenset()


@cache
def reserved_surnames() -> frozenset[str]:
    """The surnames we give, in plain form: believed alone, so that a protected text is known again."""
    return frozenset(plain(n) for title in ("nom consonne", "nom voyelle") for n in pseudonyms()[title])


@lru_cache(maxsize=50_000)
def known(text: str) -> FirstName | None:
    """What the lists know of a first name; « Jean-Lou » is known by its first half."""
    names = first_names()
    found = names.get(plain(text))
    if found is None and "-" in text:
        head, *rest = text.split("-")
        half = names.get(plain(head))
        if half and (half.common or not half.word) and all(len(part) > 1 for part in rest):
            capitals = all(part[0].isupper() for part in text.split("-"))
            if capitals or all(plain(part) in names for part in rest):
                return FirstName(half.gender, common=True, word=False)
    return found


class Finder:
    """Finds the persons named in one text."""

    def __init__(self, words: Words, clues: Clues) -> None:
        self.words = words
        self.clues = clues

    def mentions(self) -> list[Mention]:
        """The persons named, in order, never overlapping."""
        found: list[Mention] = []
        index = 0
        while index < len(self.words):
            known_to_all = self._public(index)
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
        if not word.capital or self._never(index):
            return False
        name = known(word.text)
        if name and not name.word:
            return False
        return index not in self.words.starts or name is not None or not self._is_word(index)

    def _mention(self, index: int, previous: Mention | None) -> Mention | None:
        if self._never(index) or self._is_place(index) or not self._seed(index, previous):
            return None
        title = self.words.plain(index - 1) if self.words.near(index) else ""
        first, last = self._back(index, previous), self._forth(index)
        gender = cues.TITLES.get(title) or cues.KIN.get(title) or Gender.UNTOLD
        family = title in ("les", "famille")
        return Mention(first, last, gender, surname=family or (title in cues.CIVIL and first == index))

    def _is_word(self, index: int) -> bool:
        """Whether the language knows it, written so or without its accents, whole or by each of its halves."""
        word = self.words[index]
        if self.clues.is_word(word.text.lower()) or self.clues.is_word(word.plain):
            return True
        halves = word.text.lower().split("-")
        return len(halves) > 1 and all(self.clues.is_word(half) for half in halves)

    # what can never be a name ---------------------------------------------------------------------------------------

    def _never(self, index: int) -> bool:
        word = self.words[index]
        if len(word.plain) < 2:
            return True
        if word.plain in cues.PARTICLES and word.capital and self._titled(index) and self.words.joined(index + 1):
            return not (index + 1 < len(self.words) and self.words[index + 1].capital)
        if word.plain in cues.NEVER:
            return word.plain not in cues.FEASTS or not self._as_person(index)
        shouted = word.text.isupper() and len(word.text) <= 5
        if (
            _DEMONYM.search(word.plain)
            and known(word.text) is None
            and not (self._titled(index) or self._announced(index))
        ):
            return word.plain not in self.clues.names
        return shouted and known(word.text) is None and word.plain not in self.clues.names

    def _as_person(self, index: int) -> bool:
        """Whether a feast is a person here: « Tonton Noël », « Noël m’a dit », « je m’appelle Noël »."""
        if self.words.plain(index - 1) == "pere":
            return False
        said = self._titled(index) or self._announced(index) or self._kin(index)
        return said or (
            self.words[index].capital
            and self.words.plain(index + 1) in ("m", "qui", "nous")
            and self.words.joined(index + 1)
        )

    def _is_place(self, index: int) -> bool:
        """Whether the name is that of a street, a school, a saint… (« rue Victor Hugo », « Sainte-Thérèse »)."""
        words = self.words
        if words[index].plain.startswith(("saint-", "sainte-", "st-", "ste-")):
            return True
        if words[index].plain in cues.NAMED_LIKE_TOWNS and words.plain(index - 1) in cues.PREPOSITIONS_OF_PLACE:
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

    def _public(self, index: int) -> int:
        """How many words from here name someone known to all, 0 for none."""
        for length in (3, 2, 1):
            said = " ".join(self.words.plain(i) for i in range(index, index + length))
            if said in cues.PUBLIC and self.words[index].capital:
                return length
        return 0

    # what makes a name ----------------------------------------------------------------------------------------------

    def _seed(self, index: int, previous: Mention | None) -> bool:
        word = self.words[index]
        if self._met(index) or self._titled(index) or self._announced(index) or self._kin(index):
            return True
        if self._initialled(index) or self._listed(index, previous):
            return True
        name = known(word.text)
        if name and name.word:
            return self._word_as_name(index)
        if name:
            return self._name(index, name)
        if word.plain in reserved_surnames() and word.capital:
            return True
        if len(word.text) > 5 and not self._is_word(index) and sound(word.text) in sounds():
            return True
        return word.capital and self._unknown(index)

    def _met(self, index: int) -> bool:
        word = self.words[index]
        if word.plain not in self.clues.names:
            return False
        name = known(word.text)
        is_word = name.word if name else self._is_word(index)
        if not is_word:
            return True
        return word.capital and (index not in self.words.starts or self._acts(index))

    def _name(self, index: int, name: FirstName) -> bool:
        word = self.words[index]
        if not word.capital:
            return name.common and len(word.text) > 3 and not self._determined(index, lower=True)
        if name.common:
            return True
        if (
            self.words.plain(index - 1) in cues.PREPOSITIONS_OF_PLACE
            and self.words.plain(index - 2) in cues.COMING_FROM
        ):
            return False
        return index not in self.words.starts or not self._is_word(index) or self._acts(index)

    def _word_as_name(self, index: int) -> bool:
        word, before = self.words[index], self.words.plain(index - 1)
        near = self.words.near(index)
        if not word.capital:
            if near and before == "chez":
                return True
            acts = self.words.plain(index + 1) in ("m", "ma") and self.words.joined(index + 1)
            return acts and before in ("", "que", "qu", "et", "puis", "quand") and self.words.plain(index + 2) != "plus"
        if index in self.words.starts:
            return self._acts(index) or (index in self.clues.entities and self._vocative(index))
        return not (near and before in cues.DETERMINERS and self.words.joined(index))

    def _vocative(self, index: int) -> bool:
        return "," in self.words.gap(index + 1) if index + 1 < len(self.words) else False

    def _unknown(self, index: int) -> bool:
        """A capital that no list knows: by what it does, by what announces it, by spaCy."""
        word, before = self.words[index], self.words.plain(index - 1)
        a_word = self._is_word(index)
        if word.text.isupper():
            return False
        if index in self.words.starts:
            return not a_word and self._acts(index) and self.words.plain(index + 1) != "qui"
        if before in cues.DETERMINERS and self.words.joined(index):
            return before in ("les", "des") and index in self.clues.entities and not a_word
        if before in cues.PREPOSITIONS_OF_PLACE and self.words.near(index):
            return False
        if self._acts(index, strict=True) and not a_word:
            return True
        if before in cues.AFTER_WHICH_NAMES and not a_word and self.words.joined(index):
            return before != "chez" or index in self.clues.entities
        return index in self.clues.entities and (not a_word or word.plain in surnames())

    def _titled(self, index: int) -> bool:
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
        if before in cues.ABBREVIATED:
            return word.plain in surnames() or known(word.text) is not None or not self._is_word(index)
        name = known(word.text)
        return bool(name and not name.word)

    def _of_a_family(self, index: int) -> bool:
        word = self.words[index]
        listed = word.plain in surnames() or word.plain in first_names()
        return listed and index not in self.words.starts and not word.plain.endswith("ais")

    def _announced(self, index: int) -> bool:
        """« je m’appelle X », « moi c’est X », « signé X »."""
        before = [self.words.plain(i) for i in range(max(0, index - 3), index)]
        if not before or (not self.words.near(index) and ":" not in self.words.gap(index)):
            return False
        for cue in cues.NAMING:
            parts = cue.split()
            if before[-len(parts) :] == parts and (cue != "dit" or "me" in before or "s" in before):
                return self._believed(index, weak=cue in cues.WEAK_NAMING)
        return False

    def _believed(self, index: int, *, weak: bool) -> bool:
        word = self.words[index]
        name = known(word.text)
        if word.capital:
            return name is not None or not weak or not self._is_word(index)
        if name and (name.common or not self._is_word(index)):
            return not name.word or not weak
        return not weak and not self._is_word(index)

    def _kin(self, index: int) -> bool:
        """« ma voisine, X », « le petit X »: with a capital that does not start a sentence."""
        word = self.words[index]
        if not word.capital or index in self.words.starts or self.words.gap(index) not in (" ", ", "):
            return False
        if self.words.plain(index - 1) not in cues.KIN:
            return False
        return self.words.plain(index - 2) in cues.DETERMINERS and not word.text.isupper()

    def _initialled(self, index: int) -> bool:
        """« H. Delmas », « J.-P. Marchand »."""
        word = self.words[index]
        if not word.capital or word.text.isupper() or not _INITIAL.search(self.words.text[: word.start][-8:]):
            return False
        return word.plain in surnames() or not self._is_word(index)

    def _listed(self, index: int, previous: Mention | None) -> bool:
        """« Nadia, X et Y »: a name right after a name, in a list."""
        if previous is None:
            return False
        gap = self.words.gap(index)
        if previous.last == index - 1:
            linked = gap in (", ", " & ", " + ", "/")
        else:
            linked = previous.last == index - 2 and self.words.plain(index - 1) in ("et", "ou", "puis") and gap == " "
        word = self.words[index]
        name = known(word.text)
        if not linked:
            return False
        if word.capital:
            return name is not None or not self._is_word(index)
        return name is not None and name.common and self.words.plain(index - 1) == "et"

    def _acts(self, index: int, *, strict: bool = False) -> bool:
        """Whether what follows is what a person does: « X m’a… », « X garde les clés », « X et Y se… »."""
        if index + 1 >= len(self.words) or not self.words.joined(index + 1):
            return False
        after = self.words.plain(index + 1)
        if self.words[index + 1].text == "à":
            return False
        if after == "et" and not strict:
            other = self.words[index + 2] if index + 2 < len(self.words) else None
            return bool(
                other and (known(other.text) or other.plain == "moi") and (other.capital or other.plain == "moi")
            )
        if after in ("a", "m", "nous") and strict:
            return True
        if after in ("l", "n", "d"):
            return self.words.plain(index + 2) in cues.AUXILIARIES
        return after in cues.SUBJECT_VERBS if not strict else after in ("elle", "il", "qui", "dit", "disait", "m'a")

    def _determined(self, index: int, *, lower: bool) -> bool:
        """« la marine », « un jules »: an article or a possessive right before takes a lower-case name back to a word."""
        before = self.words.plain(index - 1)
        return (
            lower
            and before in cues.DETERMINERS
            and self.words.joined(index)
            and self.clues.is_word(self.words[index].text.lower())
            and before not in ("tout", "bien", "si", "plus")
        )

    # how far it goes ------------------------------------------------------------------------------------------------

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
        if self._never(probe):
            return False
        if word.capital:
            towards_a_place = self.words.plain(probe - 1) in ("de", "du", "d", "des", "la") and probe - 1 > seed
            nobiliary = self.words[probe - 1].capital or word.plain in surnames() or self._titled(seed)
            return not towards_a_place or nobiliary or not self._is_word(probe)
        lower = not self.words[seed].capital and probe == seed + 1
        return lower and (word.plain in surnames() or word.plain in self.clues.names) and not self._everyday(word.plain)

    def _everyday(self, word: str) -> bool:
        return word in _EVERYDAY_SURNAMES or word in cues.SUBJECT_VERBS or word in cues.DETERMINERS

    def _back(self, index: int, previous: Mention | None) -> int:
        """Where the name starts: « Berthelot Huguette » is found by its second word, « Mme » stays out."""
        first = index
        floor = previous.last if previous else -1
        while first - 1 > floor and self.words.joined(first) and self._precedes(first - 1):
            first -= 1
        return first

    def _precedes(self, index: int) -> bool:
        word = self.words[index]
        if not word.capital or self._never(index) or word.plain in cues.TITLES or word.text.isupper():
            return False
        if self.words.plain(index - 1) in cues.PREPOSITIONS_OF_PLACE and self.words.joined(index):
            return False
        return index not in self.words.starts or word.plain in surnames() or known(word.text) is not None


_EVERYDAY_SURNAMES = frozenset(
    [
        "petit",
        "grand",
        "blanc",
        "noir",
        "roux",
        "roy",
        "roi",
        "leger",
        "gros",
        "lebon",
        "bon",
        "brun",
        "jeune",
        "vieux",
        "premier",
        "dernier",
        "marchand",
        "boucher",
        "boulanger",
        "berger",
        "meunier",
        "mercier",
        "marin",
        "michel",
        "benoit",
        "page",
        "vidal",
        "colin",
        "rey",
        "gay",
        "lopez-la",
        "pages",
        "olive",
        "salle",
        "simple",
        "carre",
        "pons",
        "jour",
        "maillot",
        "faure",
        "fleur",
        "fleury",
        "costa",
        "pires",
        "neves",
        "mars",
        "la",
        "le",
        "da",
        "a",
        "ou",
        "et",
        "bas",
        "pelletier",
        "pasquier",
        "texier",
        "guillon",
        "remy",
        "marion",
        "charrier",
        "clerc",
        "delabre",
        "collet",
        "poulain",
        "gilles",
        "besson",
        "barre",
        "vallee",
        "leclerc",
        "cousin",
        "camus",
        "prevost",
        "humbert",
        "voisin",
        "masse",
        "maillard",
        "menard",
        "pinto",
        "lambert",
        "gomes-la",
        "chauvin",
        "legrand",
        "lecoq",
        "potier",
        "tessier",
        "hardy",
        "gallet",
        "laine",
        "antoine",
        "alves",
        "verte",
    ]
)

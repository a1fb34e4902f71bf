"""Capitals that no list of first names explains: names of other countries, nicknames that are words, initials."""

import re

from voices.privacy import cues
from voices.privacy.context import Context
from voices.privacy.lists import known, surnames
from voices.privacy.open_data import lexicon, places, surnames_of_the_world
from voices.privacy.words import Words

_LETTERS = re.compile(r"[^\W\d_](?:-[^\W\d_]){3,}")
_INITIALS_OF_TWO = re.compile(r"[JM]-?[A-Z]")
_INITIALS = re.compile(r"[A-ZÀ-Þ](?:-?[A-ZÀ-Þ]){1,2}")
"""Any initials, where the network tells a person."""
_FIELD = frozenset(
    ("nom", "prenom", "prenoms", "noms", "famille", "usage", "naissance", "de", "a", "signe", "signature")
)


class Capitals:
    """Answers whether a word with a capital starts a name."""

    def __init__(self, words: Words, context: Context) -> None:
        self.words, self.context = words, context

    def spelt_out(self, index: int) -> int:
        """How many words from here are the letters of a name said one by one: « K-O-W-A », « m o r v a n »."""
        if _LETTERS.fullmatch(self.words[index].text):
            return 1
        count = 0
        while index + count < len(self.words) and len(self.words[index + count].text) == 1:
            if count and self.words.gap(index + count) not in (" ", ", ", "-"):
                break
            count += 1
        return count if count >= 4 else 0

    def initials(self, index: int) -> bool:
        """« JP m’a dit », « merci à MJ »: initials that stand for a first name, where something tells a person."""
        around = [self.words[i].text for i in (index - 1, index + 1) if 0 <= i < len(self.words)]
        usual = _INITIALS_OF_TWO if index not in self.context.clues.recognised else _INITIALS
        if not usual.fullmatch(self.words[index].text) or any(word.isupper() and len(word) > 1 for word in around):
            return False
        before = self.words.plain(index - 1) if self.words.near(index) else ""
        return self.context.acts(index) or before in cues.BEFORE_A_PERSON or before in ("a", "c", "est", "par", "moi")

    def field(self, index: int) -> bool:
        """« NOM : BOURDIN », « De : Clarisse »."""
        gap, before = self.words.gap(index), self.words.plain(index - 1)
        if ":" not in gap or "\n" in gap or before not in _FIELD:
            return False
        if before in ("de", "a") and index - 1 not in self.words.starts:
            return False
        word = self.words[index]
        return word.plain not in cues.NEVER and (before not in ("de", "a") or not self.context.is_word(index))

    def label(self, index: int) -> bool:
        """« Rokhaya : moi je… » at the head of a line."""
        if index not in self.words.starts or ("\n" not in self.words.gap(index) and index):
            return False
        after = self.words.gap(index + 1) if index + 1 < len(self.words) else ""
        return (
            after.lstrip("\u00a0\u202f ").startswith(":") and not self.context.is_word(index) and not self._town(index)
        )

    def nickname(self, index: int) -> bool:
        """A word with a capital inside a sentence, right after what a person follows: « j’ai croisé Minouche »."""
        if index in self.words.starts or not self.words.joined(index):
            return False
        before = self.words.plain(index - 1)
        if before in ("la", "le") and not self.words[index].text.isupper():
            called = self.words.plain(index - 2) in cues.CALLING and self.words.plain(index - 3) in (
                "l",
                "m",
                "surnomme",
            )
            lives = self.words.plain(index + 1) in cues.LIVING and self.words.joined(index + 1)
            return called or lives
        if self._town(index):
            return False
        if before in cues.MEETING:
            return not self.words[index].text.isupper()
        called = before in ("est", "c") and self._apposed(index)
        return called and self.words.plain(index - 2) in ("c", "moi", "")

    def apposed(self, index: int) -> bool:
        """« Doudou, le cuisinier sénégalais »: at the head, then what the person is."""
        if index not in self.words.starts:
            return False
        if (
            self.words.plain(index + 1) in ("le", "la")
            and self.words.joined(index + 2)
            and self.words[index + 2].capital
        ):
            return self.words.joined(index + 1) and known(self.words[index].text) is not None
        said = " ".join(self.words.plain(i) for i in range(index + 1, index + 8))
        called = said.startswith(("c est comme ca qu", "c est son surnom", "c est mon surnom", "on l appel"))
        return called or (self._apposed(index) and self.words.plain(index + 2) in cues.KIN)

    def _apposed(self, index: int) -> bool:
        after = index + 1
        return (
            after < len(self.words)
            and "," in self.words.gap(after)
            and self.words.plain(after) in ("le", "la", "l", "un", "une", "mon", "ma", "notre")
        )

    def foreign(self, index: int) -> bool:
        """A capital that is no French word, no place: a name, unless spaCy says that it is another thing."""
        word = self.words[index]
        if self.context.is_word(index) or word.text.isupper() or len(word.text) < 3 or self._town(index):
            return False
        if self._glued(word.plain) or word.plain in cues.TEXT_MESSAGES:
            return False
        before = self.words.plain(index - 1) if self.words.near(index) and not self._opens(index - 1) else ""
        listed = word.plain in surnames_of_the_world() or word.plain in surnames()
        if index in self.words.starts:
            return self.context.acts(index) or listed or index not in self.context.clues.others
        if before in cues.DETERMINERS and self.words.joined(index):
            return before in ("les", "des") and (listed or index in self.context.clues.entities)
        if before in cues.PREPOSITIONS_OF_PLACE and self.words.joined(index):
            return before in ("a", "de", "d") and listed and self._of_somebody(index)
        return listed or index in self.context.clues.entities or index not in self.context.clues.others

    def _opens(self, index: int) -> bool:
        """Whether that word opens a surname: « les Le Guilloux »."""
        word = self.words[index]
        return word.capital and word.plain in cues.PARTICLES_OF_SURNAMES and index not in self.words.starts

    def _glued(self, word: str) -> bool:
        """« Jai », « Cetait », « Jpeu »: a pronoun and a verb whose apostrophe was left out."""
        return word[:1] in "jcdlmnst" and word[1:] in lexicon() and len(word) > 2

    def _of_somebody(self, index: int) -> bool:
        """« la fille de Thierno », « demandé à Ruben »; not « parti de Kananga »."""
        return self.words.plain(index - 2) not in cues.COMING_FROM and index not in self.context.clues.others

    def _town(self, index: int) -> bool:
        word = self.words[index]
        return word.plain in places() and known(word.text) is None and word.plain not in surnames()

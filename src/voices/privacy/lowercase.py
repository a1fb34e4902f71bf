"""Names without their capital: speech turned to text, text messages. What is believed depends on how the text is spelt.

Where words are spelt as the dictionary has them, one that it has not is likely to be a name; in a text message it is
likely to be a word, so something around must tell a person.
"""

from functools import cache

from voices.privacy import cues
from voices.privacy.context import Context
from voices.privacy.lists import first_names, known, plain, sound, sounds, surnames
from voices.privacy.open_data import given_in_france, lexicon, places, surnames_of_the_world
from voices.privacy.words import Words

_WELL_SPELT = 0.12
"""At most this share of words that the dictionary has not: speech turned to text, not a text message."""
_VERY_OFTEN = 20_000
_SHORTENED = 4
_SUBJECTS = frozenset(("g", "ge", "il", "ils", "j", "je", "jai", "on", "tu", "vou", "vous"))
"""After these, whatever the spelling, comes a verb."""


class LowerCase:
    """Answers whether a word in lower case starts a name."""

    def __init__(self, words: Words, context: Context) -> None:
        self.words, self.context = words, context
        self._spelt: bool | None = None

    def well_spelt(self) -> bool:
        """Whether the text is in French as the dictionary has it."""
        if self._spelt is None:
            said = [word.plain for word in self.words.items if not word.capital and len(word.plain) > 1]
            strange = sum(word not in lexicon() and word not in cues.PARTICLES and not known(word) for word in said)
            self._spelt = len(said) > 4 and strange <= _WELL_SPELT * len(said)
        return self._spelt

    def named(self, index: int, *, listed: bool) -> bool:
        """Whether that word, in lower case, is a person's first name or nickname here. `listed`: right after a name."""
        word = self.words[index]
        determined = self.words.plain(index - 1) in cues.DETERMINERS and self.words.joined(index)
        if (determined and not listed and not self._article(index)) or word.plain in cues.TEXT_MESSAGES | cues.RESUMING:
            return False
        name = known(word.text)
        if name and name.word:
            return self._a_word_too(index)
        if self.words.plain(index - 1) in _SUBJECTS and self.words.joined(index):
            return False
        told = listed or self._told(index)
        if name:
            return self._first_name(index, common=name.common, told=told)
        if word.plain in lexicon() or word.plain in places() or word.plain in cues.NEVER:
            return False
        if len(word.plain) > 5 and sound(word.text) in sounds():
            return True
        return told and (shortened(word.plain) or (self.well_spelt() and len(word.plain) > 3))

    def _article(self, index: int) -> bool:
        """« la josy », « le momo »: in speech an article stands before a first name that is no word."""
        name = known(self.words[index].text)
        return self.words.plain(index - 1) in ("la", "le", "l") and name is not None and not self.context.is_word(index)

    def _first_name(self, index: int, *, common: bool, told: bool) -> bool:
        word = self.words[index].plain
        if word in lexicon() and given_in_france().get(word, ("", 0))[1] < _VERY_OFTEN:
            return common and (told or len(word) > 3)
        if len(word) > 5 and sound(word) in sounds():
            return True
        if common and len(word) > 3:
            return True
        return told or (len(word) > 3 and word not in lexicon() and word not in places() and self.well_spelt())

    def _a_word_too(self, index: int) -> bool:
        """« olive elle aime », « une dame laure », « bonsoir c nadir »."""
        before = self.words.plain(index - 1)
        if before in cues.DETERMINERS and self.words.joined(index):
            return False
        if self._resumed(index) or self._of_kin(index) or self._presents(index):
            return True
        if self.words.near(index) and before == "chez":
            return True
        acts = self.words.plain(index + 1) in ("m", "ma") and self.words.joined(index + 1)
        return acts and before in ("", "que", "qu", "et", "puis", "quand") and self.words.plain(index + 2) != "plus"

    def _told(self, index: int) -> bool:
        """Whether what stands around tells a person."""
        return (
            self._resumed(index)
            or self._of_kin(index)
            or self._presents(index)
            or self._before_a_name(index)
            or self._after_a_cue(index)
        )

    def _before_a_name(self, index: int) -> bool:
        """« jo bruno et bakary »: a name comes right after."""
        if index + 1 >= len(self.words) or not self.words.joined(index + 1):
            return False
        name = known(self.words[index + 1].text)
        return name is not None and name.common and not name.word and not self.context.is_word(index + 1)

    def _resumed(self, index: int) -> bool:
        """« jean il porte », « olive elle aime », « pauline el a »: the pronoun says the name again."""
        if index + 2 >= len(self.words) or not self.words.joined(index + 1):
            return False
        return self.words.plain(index + 1) in cues.RESUMING and self.words.near(index + 2)

    def _of_kin(self, index: int) -> bool:
        """« un bénévole guy », « une dame laure »; not « la petite rose »."""
        if index < 2 or not self.words.joined(index):
            return False
        before = self.words.plain(index - 1)
        if before not in cues.KIN or before in cues.ADJECTIVES_OF_KIN:
            return False
        name, count = known(self.words[index].text), given_in_france().get(self.words[index].plain, ("", 0))[1]
        believed = name is not None and (not name.word or count >= _VERY_OFTEN)
        return believed and self.words.plain(index - 2) in cues.DETERMINERS | {"2", "d", "une", "un"}

    def _presents(self, index: int) -> bool:
        """« bonjour c'est nadir », « slt c nadir »: who writes, after a greeting, at the head."""
        before = [self.words.plain(i) for i in range(max(0, index - 3), index)]
        if not before or before[-1] not in ("c", "est", "cest", "ici", "sai", "se"):
            return False
        greeted = any(word in cues.GREETINGS for word in before)
        name = known(self.words[index].text)
        return greeted and name is not None and index <= len(before) + 1

    def _after_a_cue(self, index: int) -> bool:
        """« avec gwen », « mrc a gwen », « chez yass »."""
        if index == 0 or not self.words.joined(index):
            return index == 0 and self._spoken_to(index)
        before = self.words.plain(index - 1)
        if before in cues.BEFORE_A_NAME_IN_LOWER_CASE:
            return True
        return before in ("a", "de", "d", "o") and self.words.plain(index - 2) in cues.GIVEN_TO

    def _spoken_to(self, index: int) -> bool:
        """« bast c pa possible », « elo, tu viens »: at the head, a person is called."""
        after = self.words.plain(index + 1)
        return after in cues.AFTER_ONE_CALLED or "," in self.words.gap(index + 1)

    def surname(self, index: int) -> bool:
        """Whether that word goes on a name in lower case: « henri castagnet »."""
        word = self.words[index].plain
        if len(word) < 3 or word in lexicon() or word in cues.NEVER or word in cues.RESUMING:
            return False
        if word in surnames() or word in first_names():
            return True
        return self.well_spelt() and len(word) > 3 and (word in surnames_of_the_world() or word not in places())


@cache
def _beginnings() -> frozenset[str]:
    often = [name for name, (_, count) in given_in_france().items() if count >= _VERY_OFTEN and "-" not in name]
    return frozenset(plain(name)[:length] for name in often for length in (3, 4, 5) if len(name) > length + 1)


def shortened(word: str) -> bool:
    """Whether it is how a first name that is very common begins: « yass », « bast », « anto »."""
    vowel = any(letter in "aeiouy" for letter in word)
    return vowel and len(word) >= _SHORTENED and word[:5] in _beginnings() and word not in lexicon()

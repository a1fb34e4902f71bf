"""The motive of an erasure, which the proof keeps: it may not hold the name that is erased."""

from collections.abc import Iterable

from voices.errors import PrivacyError, VoicesError
from voices.privacy import Correspondence, cues
from voices.receiving.sealing import names_opener
from voices.rights import called
from voices.settings import Settings
from voices.store.models import Testimony

_SHORTEST = 2
_DETAIL = "detail"
"""What a person hid that is no name: its words are everyday ones, and all together alone tell who somebody is."""
_ORDINARY = cues.PARTICLES | cues.TITLES.keys() | cues.STREETS


def check(testimonies: Iterable[int], why: str, settings: Settings) -> None:
    """Nothing. Raises VoicesError where the motive holds a word or a number that was replaced in one of these.

    Where the key no longer opens the names, it lets the motive pass: who asks to be erased shall be.
    """
    said, numbers = set(called.words_of(why)), set(called.numbers_of(why))
    opened = names_opener(settings)
    for sealed in Testimony.objects.filter(pk__in=list(testimonies)).values_list("names", flat=True):
        try:
            table = opened(sealed) if sealed else ()
        except PrivacyError:
            continue
        for one in table:
            if _tells(one, said, numbers):
                raise VoicesError(
                    "Ce motif contient un nom, ou un autre mot caché dans ce témoignage, et la preuve le garderait.",
                    "Dire comment et quand la demande est venue, sans nommer personne\u202f: "
                    "«\u202fdemande reçue par lettre le 3 mai\u202f».",
                )


def _tells(one: Correspondence, said: set[str], numbers: set[str]) -> bool:
    words = _words(one.original)
    named = bool(words) and words <= said if one.kind == _DETAIL else not words.isdisjoint(said)
    return named or not numbers.isdisjoint(called.numbers_of(one.original))


def _words(original: str) -> frozenset[str]:
    """Those that tell who: neither a title nor a small word, nor the figures of a street or of a telephone."""
    words = (word for word in called.words_of(original) if len(word) >= _SHORTEST and not word.isdecimal())
    return frozenset(words) - _ORDINARY

"""Coded passages of writers' sets V1, V2…, for tests of what tunes an encoder."""

from functools import cache
from pathlib import Path

from tokenizers import Tokenizer

from voices.coding import Labelled
from voices.domain import Sense

SHIPPED = Path(__file__).parents[2] / "models" / "e5-small-fr" / "tokenizer.json"

_SAID: tuple[tuple[str, dict[str, Sense], tuple[str, ...], bool], ...] = (
    ("On m’a tiré une chaise et servi un café.", {"accueil": Sense.PRESENCE}, ("autres",), False),
    ("Personne ne m’a dit bonjour.", {"accueil": Sense.LACK}, (), False),
    ("Quand je manque un mardi, on m’appelle.", {"appartenance": Sense.PRESENCE}, ("lien",), False),
    ("J’épluche, puis on m’écarte ; je compte sur eux.", {"action": Sense.MIXED, "appartenance": Sense.LACK}, (), True),
    ("Le bus passe à huit heures.", {}, (), False),
)


def passages(sets: int, *, testimonies: int = 3) -> list[Labelled]:
    """Five passages a testimony."""
    return [
        Labelled(f"V{number}-{testimony}", place, f"{text} Le {testimony}.", codes, trust=trust, subcodes=subcodes)
        for number in range(1, sets + 1)
        for testimony in range(1, testimonies + 1)
        for place, (text, codes, subcodes, trust) in enumerate(_SAID, 1)
    ]


@cache
def tokenizer() -> Tokenizer:
    """The shipped one."""
    return Tokenizer.from_file(str(SHIPPED))

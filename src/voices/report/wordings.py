"""The words of the report's sentences: shares as a person says them, and what each code is called when it is told.

Nothing here is computed from a text: a sentence is one of these, chosen by counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from voices.domain import Code
from voices.report.tellers import Part, Side
from voices.report.words import HARD, count

ENOUGH_FOR_WORDS = 10
"""Under this many testimonies, no share is put in words: « 3 témoignages sur 7 »."""

SHARES: tuple[tuple[float, str], ...] = (
    (0.90, "presque tous les témoignages"),
    (0.78, "environ quatre témoignages sur cinq"),
    (0.70, "environ trois témoignages sur quatre"),
    (0.62, "environ deux témoignages sur trois"),
    (0.55, "plus de la moitié des témoignages"),
    (0.45, "environ la moitié des témoignages"),
    (0.37, "environ deux témoignages sur cinq"),
    (0.29, "environ un témoignage sur trois"),
    (0.225, "environ un témoignage sur quatre"),
    (0.175, "environ un témoignage sur cinq"),
    (0.13, "environ un témoignage sur sept"),
    (0.08, "environ un témoignage sur dix"),
    (0.03, "peu de témoignages"),
    (0.0, "de rares témoignages"),
)
"""From which share on (both bounds in [0, 1]) each is said, of many testimonies, where it is neither none nor all."""


def share_words(part: int, whole: int) -> tuple[str, bool]:
    """« environ un témoignage sur trois », and whether its verb is in the plural; counts alone where they are few."""
    if part == 0:
        return "aucun témoignage", False
    if whole < ENOUGH_FOR_WORDS:
        if part == whole:
            return ("le seul témoignage", False) if whole == 1 else (f"les {whole}{HARD}témoignages", True)
        return f"{count(part, 'témoignage')} sur {whole}", part > 1
    if part == whole:
        return "tous les témoignages", True
    words = next(words for least, words in SHARES if part / whole >= least)
    return words, "un témoignage" not in words


def others_are_many(part: Part, before: Part) -> bool:
    """Whether the verb of the second count of a sentence is in the plural: « à peu près autant disent »."""
    words, plural = share_words(part.part, part.of)
    if part.of < ENOUGH_FOR_WORDS:
        return part.part > 1
    return plural or words == share_words(before.part, before.of)[0]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a code is told: verbs in the singular and in the plural after « un témoignage », nouns with their article.

    `absent` says that no testimony tells that side.
    """

    lived: tuple[str, str]
    lacking: tuple[str, str]
    lived_noun: str
    lacking_noun: str
    absent: Mapping[Side, str]

    def verb(self, side: Side, *, plural: bool) -> str:
        """« raconte un accueil qui a eu lieu », agreeing."""
        return (self.lived if side is Side.LIVED else self.lacking)[plural]

    def told(self, side: Side) -> str:
        """« raconte … un accueil qui a eu lieu » after « on », the adverb in between left to the sentence."""
        return "raconte" if side is Side.LIVED else "dit"

    def noun(self, side: Side) -> str:
        """« un accueil vécu »."""
        return self.lived_noun if side is Side.LIVED else self.lacking_noun


WORDINGS: Mapping[str, Wording] = {
    "accueil": Wording(
        ("raconte un accueil qui a eu lieu", "racontent un accueil qui a eu lieu"),
        ("dit un accueil qui a manqué", "disent un accueil qui a manqué"),
        "un accueil qui a eu lieu",
        "un accueil manqué",
        {
            Side.LIVED: "Personne ne raconte un accueil qui a eu lieu.",
            Side.LACKING: "Personne ne dit que l’accueil a manqué. Ce n’est pas la preuve qu’il n’a manqué à personne.",
        },
    ),
    "appartenance": Wording(
        ("raconte un lien qui s’est noué", "racontent un lien qui s’est noué"),
        ("dit un lien qui a manqué", "disent un lien qui a manqué"),
        "un lien qui s’est noué",
        "un lien manqué",
        {
            Side.LIVED: "Personne ne raconte un lien qui s’est noué.",
            Side.LACKING: "Personne ne dit que le lien a manqué. Ce n’est pas la preuve qu’il n’a manqué à personne.",
        },
    ),
    "action": Wording(
        ("raconte une part prise, un geste, une initiative", "racontent une part prise, un geste, une initiative"),
        ("dit n’avoir pas pu prendre part", "disent n’avoir pas pu prendre part"),
        "une part prise",
        "une part refusée ou empêchée",
        {
            Side.LIVED: "Personne ne raconte une part prise, un geste ou une initiative.",
            Side.LACKING: "Personne ne dit avoir été tenu à l’écart. Ce n’est pas la preuve que personne ne l’a été.",
        },
    ),
}
"""For the codes of the code book that comes with voices; others are told by their label."""


def wording(code: Code) -> Wording:
    """How that code is told."""
    said = f"«\u202f{code.label}\u202f»"
    return WORDINGS.get(code.id) or Wording(
        (f"raconte {said} comme une chose vécue", f"racontent {said} comme une chose vécue"),
        (f"dit que {said} a manqué", f"disent que {said} a manqué"),
        f"{said} vécu",
        f"{said} manqué",
        {
            Side.LIVED: f"Personne ne raconte {said} comme une chose vécue.",
            Side.LACKING: f"Personne ne dit que {said} a manqué.",
        },
    )

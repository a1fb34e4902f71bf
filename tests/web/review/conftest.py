"""A place with an interview in four passages, read by a machine with its reasons, and two people to review it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices import reviewing
from voices.store.models import Passage, Place, User
from voices.store.models import Testimony as Letter

TEXT = (
    "Qu’est-ce qui vous a fait revenir ? "
    "Une dame m’a tiré une chaise. Personne ne m’a jugée. "
    "Depuis, on m’appelle quand je rate un mardi. "
    "J’ai servi la soupe jeudi. "
    "Il pleuvait, ce jour-là."
)
QUESTION = TEXT.index("Une dame")
STARTS = [TEXT.index(word) for word in ("Une dame", "Depuis", "J’ai servi", "Il pleuvait")]
SECOND = TEXT.index("Personne")


@dataclass
class Desk:
    """What a test of the desk needs. `passages` are in the order of the testimony."""

    here: Place
    letter: Letter
    passages: list[Passage]
    marie: User
    paul: User

    def browser(self, user: User | None = None) -> Any:
        """Marie's browser, or that person's."""
        return signed_in(user or self.marie)

    def now(self, index: int) -> Passage:
        """That passage as it is now."""
        return Passage.objects.get(pk=self.passages[index].pk)


def laid() -> Desk:
    """A desk. The most useful passage to review is the second, then the first, the fourth, the third."""
    here = place("La Cantine du Lavoir")
    turns = [
        [0, QUESTION - 1, "intervieweur", "Enquêtrice", False, None],
        [QUESTION, len(TEXT), "temoin", "Odile", False, None],
    ]
    letter = testimony(here, TEXT, turns=turns, channel="entretien")
    ends = [*(start - 1 for start in STARTS[1:]), len(TEXT)]
    passages: list[Passage] = []
    for start, end in zip(STARTS, ends, strict=True):
        first = not passages
        sentences = [[start, SECOND - 1], [SECOND, end]] if first else [[start, end]]
        passages.append(
            passage(
                letter,
                start,
                end,
                turn=1,
                speaker="Odile",
                sentences=sentences,
                question=TEXT[: QUESTION - 1] if first else "",
                previous="" if first else passages[-1].text,
                chance=(len(passages) * 3 % 4) / 4,
            )
        )
    said = [({"accueil": "+"}, 0.6), ({"appartenance": "+"}, 0.8), ({"action": "+"}, 0.1), ({}, 0.3)]
    for one, (codes, useful) in zip(passages, said, strict=True):
        _read(one, codes, useful)
    reviewing.refresh([one.pk for one in passages])
    marie, paul = person("evaluation", name="Marie"), person("evaluation", name="Paul")
    return Desk(here, letter, passages, marie, paul)


def _read(one: Passage, codes: dict[str, str], useful: float) -> None:
    """What the machine says of it, with reasons for what it puts and certainties for the rest."""
    row = suggested(
        one,
        codes,
        useful=useful,
        probabilities={code: 0.62 if code in codes else 0.1 for code in ("accueil", "appartenance", "action")},
        certainties=dict.fromkeys(("accueil", "appartenance", "action"), "sûr") | dict.fromkeys(codes, "probable"),
    )
    for coding in row.codings:
        coding["subcodes"] = {"accueil": ["autres", "soi"]}.get(coding["code"], [])
        coding["evidence"] = {
            "start": one.sentences[0][0],
            "end": one.sentences[0][1],
            "neighbours": [{"text": "On m’a donné un tablier.", "codes": codes, "similarity": 0.9}],
            "against": [{"text": "La porte était fermée.", "codes": {}, "similarity": 0.8}],
        }
    row.save()


@pytest.fixture(autouse=True)
def nobody_looks() -> None:
    """Who looks at what is kept in memory, beyond a test's base."""
    cache.clear()


@pytest.fixture
def desk() -> Desk:
    return laid()

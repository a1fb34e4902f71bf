"""Two places with testimonies read by a machine, three evaluators, and a sample that two of them code blind."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices import doubling, reviewing
from voices.doubling import Sampling, Way
from voices.store.models import Assignment, Passage, Place, User

SECRET = "La machine le dit."
"""What only a machine's reasons hold."""
_SAID: tuple[dict[str, str], ...] = ({"accueil": "+"}, {"appartenance": "-"}, {"action": "±"}, {})


@dataclass
class Sample:
    """What a test of double coding needs: `passages` are all; `one` is coded by Marie and Paul, made by Lise."""

    here: Place
    there: Place
    passages: list[Passage]
    marie: User
    paul: User
    lise: User
    made: list[Assignment] = field(default_factory=list)

    @property
    def one(self) -> Assignment:
        """The double coding."""
        return Assignment.objects.get(pk=self.made[0].pk)

    def browser(self, user: User | None = None) -> Any:
        """Marie's browser, or that person's."""
        return signed_in(user or self.marie)

    def url(self, name: str, *args: int) -> str:
        """An address of the double coding."""
        return reverse(name, args=[self.one.pk, *args])

    def orders(self) -> list[int]:
        """The orders of its passages."""
        return list(self.one.passages.values_list("order", flat=True))

    def at(self, order: int) -> Passage:
        """The passage that comes there."""
        return self.one.passages.get(order=order).passage

    def code(self, user: User, order: int, **fields: Any) -> Any:
        """Sends a coding; « accueil » stands for « code-accueil »."""
        sent = {
            f"code-{name}" if name in ("accueil", "appartenance", "action") else name: value
            for name, value in fields.items()
        }
        return self.browser(user).post(self.url("double_decide", order), sent)

    def code_all(self, user: User, **fields: Any) -> None:
        """Codes the whole sample alike."""
        for order in self.orders():
            self.code(user, order, **fields)

    def closed(self) -> "Sample":
        """The same, once Marie and Paul agreed on all but the first two, and the codes are side by side."""
        self.code_all(self.marie, accueil="+")
        for order in self.orders():
            self.code(self.paul, order, **({"action": "-"} if order < 3 else {"accueil": "+"}))
        self.browser().post(self.url("double_close"))
        return self

    def now(self, order: int) -> Passage:
        """That passage as it is now."""
        return Passage.objects.get(pk=self.at(order).pk)


def drawn(testimonies: int = 6, size: int = 6) -> Sample:
    """A sample of that many passages; each testimony has two."""
    here, there = place("La Cantine du Lavoir"), place("Le Grain de Sel")
    passages = []
    for at in range(testimonies):
        letter = testimony(
            here if at % 2 else there, f"On m’a tiré une chaise, le jour {at}. J’ai servi la soupe {at}."
        )
        cut = letter.text.index("J’ai")
        for start, end in ((0, cut - 1), (cut, len(letter.text))):
            one = passage(letter, start, end)
            row = suggested(
                one,
                _SAID[(at + bool(start)) % 4],
                probabilities={"accueil": 0.5 + at / 20},
                certainties={"accueil": "probable"},
            )
            for coding in row.codings:
                coding["evidence"] = {
                    "start": start,
                    "end": end,
                    "neighbours": [{"text": SECRET, "codes": {}, "similarity": 0.9}],
                    "against": [],
                }
            row.save()
            passages.append(one)
    reviewing.refresh([one.pk for one in passages])
    marie, paul, lise = (person("evaluation", name=name) for name in ("Marie", "Paul", "Lise"))
    found = Sample(here, there, passages, marie, paul, lise)
    sampling = Sampling(size, Way.PLACES, 12, (here.name, there.name))
    found.made.append(doubling.assign("Automne", [marie, paul], Passage.objects.all(), sampling, lise))
    return found


@pytest.fixture(autouse=True)
def nobody_looks() -> None:
    """Who looks at what is kept in memory, beyond a test's base."""
    cache.clear()


@pytest.fixture
def sample() -> Sample:
    return drawn()

"""Two places and who publishes for them, with letters that may be quoted, named, or not at all."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, testimony
from voices.domain import Consent
from voices.store.models import Passage, Place, User
from voices.store.search import vectors

SAID = "On m’a tiré une chaise près du poêle. Personne ne m’a jugée, mais on ne m’a pas parlé. Je suis revenue mardi."
SENTENCES = [SAID.index("On m’a"), SAID.index("Personne"), SAID.index("Je suis")]


@dataclass
class Town:
    """What a test of quotes needs: two places, Claire who publishes for both, and her browser."""

    here: Place
    there: Place
    claire: User
    browser: Client = field(init=False)

    def __post_init__(self) -> None:
        self.browser = signed_in(self.claire)

    def said(self, text: str, at: Place | None = None, **fields: Any) -> Passage:
        """A letter of one passage, sentence by sentence, that tells a welcome; `fields` are those of the letter, and
        under `coded` those of the passage."""
        coded = {"accueil": "+", "useful": 0.1} | fields.pop("coded", {})
        letter = testimony(at or self.here, text, channel="courrier", **fields)
        starts = [0, *(found.end() for found in re.finditer(r"[.!?]\s+", text))]
        ends = [*(len(text[:start].rstrip()) for start in starts[1:]), len(text)]
        return passage(letter, sentences=[list(pair) for pair in zip(starts, ends, strict=True)], **coded)

    def page(self, name: str, *args: Any, **query: str) -> str:
        """The text of a page that Claire opens: without tags, entities read, spaces made one."""
        answer = self.browser.get(reverse(name, args=args), query)
        assert answer.status_code == 200, answer.status_code
        return read(answer)


def read(answer: Any) -> str:
    """What a page says."""
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(bare).split())


def laid() -> Town:
    """The two places, empty."""
    return Town(place("Le Lavoir"), place("Le Fournil", colour="#1f4a86"), person("communication", name="Claire"))


def every_consent(town: Town) -> dict[str, Passage]:
    """A letter of each consent, whose words tell it."""
    return {
        one.value: town.said(f"Voici ce que {one.value} raconte du repas partagé avec nous tous.", consent=one.value)
        for one in Consent
    }


@pytest.fixture
def town() -> Town:
    return laid()


@pytest.fixture(autouse=True)
def _vectors_of_this_test() -> Iterator[None]:
    vectors.KEPT.forget()
    yield
    vectors.KEPT.forget()

"""What one is to code blind: no page tells its codes, whatever roles one has besides.

Each page is opened twice, everything that is said of the passage changed in between: to who is to code it blind, it is
the same page.
"""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices import quoting, reviewing
from voices.domain import Sense
from voices.reviewing import Coding
from voices.store.models import (
    AssignedPassage,
    Assignment,
    Decision,
    Grant,
    Passage,
    PassageTheme,
    Publication,
    Shortlist,
    Suggestion,
    Theme,
    ThemeRun,
)
from voices.store.search import vectors
from voices.web.settings import VOICES

pytestmark = pytest.mark.django_db

FIRST = "On m’a tiré une chaise près du poêle, et personne ne m’a jugée ce jour-là."
THEN = "Le jeudi suivant j’ai servi la soupe avec deux autres dames du quartier."
SAID: tuple[dict[str, Any], ...] = (
    {"codes": {"accueil": "+"}, "subcodes": ["autres"], "trust": True, "comment": "Un accueil."},
    {"codes": {"appartenance": "-", "action": "±"}, "subcodes": [], "trust": False, "comment": "Un manque."},
)
"""What is said of the passage, by people and by the machine, first one thing, then another."""


class Scene:
    """A letter of two passages, the first to be coded blind by Marie, who has every role."""

    def __init__(self) -> None:
        self.here = place("Le Lavoir")
        self.letter = testimony(self.here, f"{FIRST} {THEN}", channel="courrier")
        self.one = passage(self.letter, 0, len(FIRST), useful=0.5)
        self.other = passage(self.letter, len(FIRST) + 1, previous=FIRST, accueil="+", useful=0.5)
        suggested(self.other, {"accueil": "+"})
        suggested(self.one, {"accueil": "+"}, probabilities={"accueil": 0.9, "appartenance": 0.2, "action": 0.1})
        self.marie, self.lise = person("evaluation", name="Marie"), person("evaluation", name="Lise")
        for role in ("communication", "coordination", "administration"):
            Grant.objects.create(user=self.marie, role=role, place=None)
        reviewing.decide(self.one, self.lise, Coding({"accueil": Sense.PRESENCE}), token="a")
        self.double = Assignment.objects.create(title="Essai")
        self.double.coders.set([self.marie, self.lise])
        AssignedPassage.objects.create(assignment=self.double, passage=self.one, order=1)
        self.list = Shortlist.objects.create(name="Affiche", made_by=self.lise)
        for held in (self.one, self.other):
            quoting.put_aside(self.list, quoting.worded(held, settings=VOICES))
        Publication.objects.create(testimony=self.letter, passage=self.one, text=FIRST, form="texte", where="Affiche")
        self.theme = Theme.objects.create(run=ThemeRun.objects.create(), label="La chaise")
        for rank, held in enumerate((self.one, self.other)):
            PassageTheme.objects.create(theme=self.theme, passage=held, rank=rank)

    def say(self, said: dict[str, Any]) -> None:
        """People and machine say that of the passage, and it is what holds."""
        held = {code: said["codes"].get(code, "") for code in ("accueil", "appartenance", "action")}
        Passage.objects.filter(pk=self.one.pk).update(**held, subcodes=said["subcodes"], trust=said["trust"])
        Decision.objects.filter(passage=self.one).update(**said)
        row = Suggestion.objects.get(passage=self.one)
        row.codings = [
            {**row.codings[0], "code": code, "sense": sense, "subcodes": []} for code, sense in said["codes"].items()
        ]
        row.save()

    def addresses(self) -> dict[str, str]:
        """Every page that shows passages, codes, or counts of them."""
        one, at = [self.one.pk], [self.letter.pk]
        arguments: dict[str, list[Any]] = {
            "home": [],
            "place": [self.here.slug],
            "place_passages": [self.here.slug],
            "testimonies": [],
            "testimony": at,
            "names": at,
            "testimony_consent": at,
            "review": [],
            "review_passage": one,
            "review_card": one,
            "review_split": one,
            "review_differences": [],
            "review_passes": [],
            "review_testimony": at,
            "double": [],
            "double_one": [self.double.pk],
            "double_passage": [self.double.pk, 1],
            "double_card": [self.double.pk, 1],
            "book": [],
            "themes": [],
            "themes_map": [],
            "themes_none": [],
            "theme": [self.theme.pk],
            "search": [],
            "tables": [],
            "history": [],
            "report_new": [],
            "quotes": [],
            "quote_cut": one,
            "quote_around": one,
            "quote_testimony": one,
            "quote_cards": one,
            "shortlists": [],
            "shortlist": [self.list.pk],
            "publications": [],
        }
        found = {name: reverse(name, args=args) for name, args in arguments.items()}
        found["history_export"] = reverse("history_export", args=["csv"])
        other = self.other.pk
        found["the next passage on the desk"] = reverse("review_passage", args=[other])
        found["around the next quote"] = reverse("quote_around", args=[other])
        found["the whole testimony of the next quote"] = reverse("quote_testimony", args=[other])
        found["cutting the next quote"] = reverse("quote_cut", args=[other])
        found["the pass of the machine"] = reverse(
            "review_pass", args=[Suggestion.objects.get(passage=self.one).machine_pass_id]
        )
        found["the tables as a file"] = reverse("tables_export", args=["csv"])
        for query in ("accueil=presence", "accueil=manque", "action=mixte", "q=chaise", "codes=aucun", "avis=relu"):
            found[f"search {query}"] = f"{reverse('search')}?{query}"
            found[f"queue {query}"] = f"{reverse('review')}?avis=tous&{query}"
        for query in ("a=accueil", "a=appartenance", "a=action", "ton=manque", "q=chaise"):
            found[f"quotes {query}"] = f"{reverse('quotes')}?{query}"
        for query in ("par=lieu", "par=mois", "par=moyen"):
            found[f"tables {query}"] = f"{reverse('tables')}?{query}"
        for code in ("accueil", "appartenance", "action"):
            found[f"history {code}"] = f"{reverse('history')}?code={code}"
            found[f"place {code}"] = f"{reverse('place_passages', args=[self.here.slug])}?code={code}"
            found[f"theme {code}"] = f"{reverse('theme', args=[self.theme.pk])}?{code}=presence"
        found["testimonies without a code"] = f"{reverse('testimonies')}?codes=sans"
        return found


def pages(scene: Scene, browser: Client, said: dict[str, Any]) -> dict[str, str]:
    """Each page once that is said, without what is drawn anew each time."""
    scene.say(said)
    cache.clear()
    vectors.KEPT.forget()
    shown = {}
    for name, address in scene.addresses().items():
        answer = browser.get(address, follow=True)
        told = b"".join(getattr(answer, "streaming_content", ())) if answer.streaming else answer.content
        text = told.decode("utf-8", "replace")
        shown[name] = re.sub(r"[0-9A-Za-z]{32,}", "…", f"{answer.status_code} {text}")
    return shown


def different(scene: Scene, browser: Client) -> set[str]:
    before, after = (pages(scene, browser, said) for said in SAID)
    return {name for name in before if before[name] != after[name]}


def test_no_page_tells_who_is_to_code_it_blind_what_is_said_of_it():
    scene = Scene()
    browser = signed_in(scene.marie)
    pages(scene, browser, SAID[0])  # some pages are other the first time that one looks
    assert different(scene, browser) == set()


def test_the_same_pages_tell_it_once_the_double_coding_is_closed():
    scene = Scene()
    Assignment.objects.update(closed_at="2026-01-01T00:00:00Z")
    browser = signed_in(scene.marie)
    pages(scene, browser, SAID[0])
    told = different(scene, browser)
    assert {"testimony", "review_passage", "search accueil=presence", "shortlist", "quotes", "tables", "theme"} <= told

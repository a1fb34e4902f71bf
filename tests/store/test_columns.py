"""What is held to count passages gives what the base gives, whatever was written since and whoever may see it."""

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import passage, person, place, testimony
from voices.defining import book
from voices.domain import Sense
from voices.reviewing.deciding import Coding, decide
from voices.store.columns.asked import chosen, chosen_testimonies
from voices.store.columns.held import KEPT
from voices.store.models import Passage, PassageTheme, Place, Theme, ThemeRun, UnthemedPassage, User
from voices.store.models import Testimony as Letter
from voices.store.search import text, words
from voices.web.access import Action, Reach, reach_of
from voices.web.views import testimonies_filters
from voices.web.views.search_filters import where
from voices.web.views.tables_counts import By
from voices.web.views.tables_told import rows, tables

ASKED: tuple[dict[str, str], ...] = (
    {},
    {"lieu": "lieu-a"},
    {"du": "2024-02", "au": "2024"},
    {"canal": "-"},
    {"accord": "analyse"},
    {"periode": "2024-T1"},
    {"accueil": "oui"},
    {"appartenance": "non", "action": "manque"},
    {"souscode": "soi"},
    {"ajout": "fete"},
    {"ajout": "fete", "ajout_sens": "presence"},
    {"confiance": "oui"},
    {"avis": "personne"},
    {"voix": "Odile"},
)
"""Filters, as addresses say them."""


@pytest.fixture
def drawn(transactional_db: None) -> Iterator[random.Random]:
    """What is drawn, on a base that keeps what is written: in a transaction nothing is held."""
    del transactional_db
    KEPT.forget()
    yield random.Random(7)
    KEPT.forget()


def laid(draw: random.Random) -> None:
    """Two places, a few testimonies, their passages, a theme."""
    places = [place("A", slug="lieu-a"), place("B", slug="lieu-b")]
    theme = Theme.objects.create(run=ThemeRun.objects.create(), label="Thème")
    for at in range(8):
        consent = draw.choice(("analyse", "citations_anonymes", "retire"))
        one = testimony(places[at % 2], consent=consent, date=draw.choice(("", "2024", "2024-02-03", "2023-12")))
        Letter.objects.filter(pk=one.pk).update(channel=draw.choice(("", "sms")))
        for _ in range(3):
            some = passage(one, speaker=draw.choice(("", "Odile")), **codes(draw))
            if draw.random() < 0.6:
                PassageTheme.objects.create(theme=theme, passage=some, rank=1)


def codes(draw: random.Random) -> dict[str, Any]:
    """What a passage is said to tell."""
    return {code: draw.choice(("", "+", "-", "±")) for code in ("accueil", "appartenance", "action")} | {
        "trust": draw.random() < 0.5,
        "subcodes": draw.sample(("soi", "autres"), draw.randint(0, 2)),
        "own": draw.choice(({}, {"fete": "+"}, {"fete": "-"})),
        "standing": draw.choice(Passage.Standing.values),
    }


def same(asked: QuerySet[Passage]) -> None:
    """The columns give what the base gives."""
    assert sorted(chosen(asked).ids.tolist()) == sorted(asked.values_list("pk", flat=True))


def same_testimonies(asked: QuerySet[Letter]) -> None:
    """The same, of testimonies."""
    assert sorted(chosen_testimonies(asked).ids.tolist()) == sorted(asked.values_list("pk", flat=True))


def everything_is_the_same(reaches: list[Reach]) -> None:
    theme = Theme.objects.order_by("pk").first()
    for reach in reaches:
        for asked in ({}, {"lieu": "lieu-a"}, {"canal": "-"}, {"du": "2024", "au": "2024-02"}, {"noms": "a_verifier"}):
            form = testimonies_filters.TestimonyFilters(QueryDict(urlencode(asked)), reach=reach)
            letters = reach.testimonies(Action.READ)
            same_testimonies(form.among(letters))
            same_testimonies(letters.filter(place__slug="lieu-a"))
        for action in (Action.TABLES, Action.QUOTES, Action.PLACE):
            for asked in (*ASKED, {"theme": str(theme.pk) if theme else "0"}):
                same(reach.passages(action).filter(where(asked)))


def moved(draw: random.Random) -> None:
    """Something is written, as anything that writes in the base could."""
    some = Passage.objects.order_by("?").first()
    assert some is not None
    acts = (
        lambda: Passage.objects.filter(pk=some.pk).update(**codes(draw)),
        lambda: Passage.objects.filter(pk=some.pk).update(retired=not some.retired),
        lambda: Letter.objects.filter(pk=some.testimony_id).update(consent=draw.choice(("retire", "analyse"))),
        lambda: Letter.objects.filter(pk=some.testimony_id).update(date="2024-01", channel="sms"),
        lambda: some.delete() if Passage.objects.count() > 6 else None,
        lambda: passage(some.testimony, **codes(draw)),
        lambda: passage(testimony(some.place), **codes(draw)),
        lambda: PassageTheme.objects.filter(passage=some).delete(),
        lambda: Place.objects.filter(slug="lieu-a").update(name=f"A{draw.random()}"),
    )
    draw.choice(acts)()


def test_any_query_gives_what_the_base_gives_after_any_writing(drawn: random.Random):
    laid(drawn)
    local = person("evaluation", Place.objects.get(slug="lieu-a"))
    reaches = [reach_of(person("evaluation")), reach_of(local), reach_of(person("communication")), Reach()]
    everything_is_the_same(reaches)
    for _ in range(12):
        for _ in range(drawn.randint(1, 3)):
            moved(drawn)
        everything_is_the_same(reaches)


@given(st.lists(st.sampled_from(("accueil", "appartenance", "action")), max_size=3), st.sampled_from(list(Sense)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_decision_is_counted_at_once(drawn: random.Random, told: list[str], sense: Sense):
    if not Passage.objects.exists():
        laid(drawn)
    author = User.objects.first() or person("evaluation")
    some = Passage.objects.filter(retired=False).order_by("?").first()
    assert some is not None
    chosen(Passage.objects.all())
    decide(some, author, Coding(dict.fromkeys(told, sense)), token=f"{drawn.getrandbits(100):x}")
    for code in ("accueil", "appartenance", "action"):
        same(Passage.objects.filter(**{code: sense.value}))
    shown = figures()
    with transaction.atomic():  # where nothing is held: all is counted anew
        assert figures() == shown


def figures() -> list[tuple[Any, ...]]:
    """Every figure of the tables, for who sees the whole network."""
    passages = reach_of(person("evaluation")).passages(Action.TABLES)
    return [row for by in By for row in rows(tables(passages, by, book(), QueryDict()))]


def test_what_a_transaction_took_back_is_not_held(drawn: random.Random):
    laid(drawn)
    some = Passage.objects.all()[0]
    before = chosen(Passage.objects.filter(accueil="+")).ids.tolist()
    with transaction.atomic():
        Passage.objects.filter(pk=some.pk).update(accueil="-" if some.accueil == "+" else "+")
        same(Passage.objects.filter(accueil="+"))
        transaction.set_rollback(True)
    assert chosen(Passage.objects.filter(accueil="+")).ids.tolist() == before
    Passage.objects.filter(pk=some.pk).update(accueil="±")
    same(Passage.objects.filter(accueil="+"))


def test_what_is_not_held_is_asked_of_the_base(drawn: random.Random):
    laid(drawn)
    everyone = Passage.objects.filter(retired=False)
    same(text.containing(everyone, words.exact("chaise")))
    same(text.among(everyone, [1, 2, 3]))
    same(everyone.filter(text__contains="chaise"))
    same(everyone.exclude(text__contains="chaise"))
    same(everyone.filter(Q(accueil="+") | Q(text__contains="jugée")))
    same(everyone.filter(testimony__deposit=None))
    same(everyone.exclude(testimony__deposit__pk=4))
    same(everyone.filter(testimony__place__slug="lieu-a"))
    same(everyone.filter(themes__theme__label="Thème"))
    same(everyone.order_by("pk")[2:5])
    same(everyone.none())


def test_themes_are_held_with_their_passages(drawn: random.Random):
    laid(drawn)
    chosen(Passage.objects.all())
    theme, run = Theme.objects.get(), ThemeRun.objects.get()
    PassageTheme.objects.all().delete()
    one, other = Passage.objects.order_by("pk")[:2]
    PassageTheme.objects.create(theme=theme, passage=one, rank=4, x=0.25)
    UnthemedPassage.objects.create(run=run, passage=other, left_out=True, y=0.5)
    found = chosen(Passage.objects.all())
    told = {
        pk: row
        for pk, *row in zip(
            *(found.number(name).tolist() for name in ("id", "theme", "rank", "run", "left_out", "x", "y")), strict=True
        )
    }
    assert told.pop(one.pk) == [theme.pk, 4, 0, False, 0.25, 0.0]
    assert told.pop(other.pk) == [0, 0, run.pk, True, 0.0, 0.5]
    assert all(row == [0, 0, 0, False, 0.0, 0.0] for row in told.values())

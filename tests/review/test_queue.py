"""The queue: every order is total, and what comes after a passage is the rest of it, without gap or repetition."""

import pytest

from tests.web.conftest import passage, place, testimony
from voices.store.models import Passage, PassageTheme, Theme, ThemeRun
from voices.store.queue import Order, after, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def many() -> list[Passage]:
    """Nine passages of two places, with ties in every field, and themes of an old run and of the last."""
    letters = [testimony(place()), testimony(place()), testimony(place(), date="2023")]
    codes: list[dict[str, str]] = [{"action": "+"}, {"accueil": "-", "action": "+"}, {}]
    made = [
        passage(letter, index, index + 5, useful=index % 2, doubt=index / 3, chance=(7 * index % 3) / 3, **codes[index])
        for letter in letters
        for index in range(3)
    ]
    for run in (ThemeRun.objects.create(), ThemeRun.objects.create()):
        themes = [Theme.objects.create(run=run, label=label) for label in ("soupe", "chaise")]
        for index, one in enumerate(made[:6]):
            PassageTheme.objects.create(theme=themes[index % 2], passage=one, rank=index)
    return made


FIRSTS = {
    Order.USEFUL: lambda one: -one.useful,
    Order.DOUBT: lambda one: -one.doubt,
    Order.PLACE: lambda one: (one.place_id, one.testimony_id, one.start),
    Order.CODE: lambda one: 0 if one.accueil else 2 if one.action else 3,
    Order.CHANCE: lambda one: one.chance,
}


@pytest.mark.parametrize("order", FIRSTS)
def test_passages_come_in_the_order_asked_for(many: list[Passage], order: Order):
    keys = [FIRSTS[order](one) for one in ordered(Passage.objects.all(), order)]
    assert keys == sorted(keys)
    assert len(keys) == 9


def test_by_theme_the_passages_of_the_last_search_come_theme_by_theme_the_most_central_first(many: list[Passage]):
    found = list(ordered(Passage.objects.all(), Order.THEME))
    assert found == [many[index] for index in (0, 2, 4, 1, 3, 5)]


@pytest.mark.parametrize("order", Order)
def test_what_comes_after_a_passage_is_the_rest_of_the_queue(many: list[Passage], order: Order):
    everything = Passage.objects.all()
    queue = list(ordered(everything, order))
    for index, one in enumerate(queue):
        assert list(after(everything, order, one)) == queue[index + 1 :]


def test_a_passage_that_left_the_queue_keeps_its_place_in_it(many: list[Passage]):
    first, second, *rest = ordered(Passage.objects.all(), Order.USEFUL)
    waiting = Passage.objects.exclude(pk__in=[first.pk, second.pk])
    assert list(after(waiting, Order.USEFUL, second)) == rest


def test_after_a_passage_that_the_order_does_not_know_comes_all_of_it(many: list[Passage]):
    assert after(Passage.objects.all(), Order.THEME, many[8]).count() == 6

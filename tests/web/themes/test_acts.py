"""What people do to themes holds, from one search to the next, and can be undone."""

import pytest

from tests.web.conftest import person
from tests.web.themes.conftest import Ground, search
from voices.errors import VoicesError
from voices.store.models import Passage, PassageTheme, Theme, ThemeChange, ThemeRun, UnthemedPassage
from voices.store.queue import Order, ordered
from voices.theming import acting

pytestmark = pytest.mark.django_db


def names() -> set[str]:
    return {one.name for one in acting.shown().filter(hidden=False)}


def held(theme: Theme) -> set[int]:
    """The passages that are shown in that theme."""
    leaves = [theme.pk, *theme.merged.values_list("pk", flat=True)]
    return set(PassageTheme.objects.filter(theme__in=leaves).values_list("passage", flat=True))


@pytest.fixture
def three(ground: Ground) -> tuple[Theme, Theme, Theme]:
    garden, bikes, meals = search([ground.ids(one) for one in ("jardin", "vélo", "repas")])
    return garden, bikes, meals


def test_a_theme_found_again_keeps_its_row_its_name_and_its_hiding(ground: Ground, three: tuple[Theme, ...]):
    garden, bikes, meals = three
    acting.rename(garden, " Le  potager ", ground.marie)
    acting.hide(bikes, ground.marie)
    again = search([ground.ids("repas"), ground.ids("vélo"), ground.ids("jardin")], labels=["Midi", "Roues", "Salades"])
    assert [one.pk for one in again] == [meals.pk, bikes.pk, garden.pk]
    assert [(one.name, one.label, one.hidden) for one in again] == [
        ("Midi", "Midi", False),
        ("Roues", "Roues", True),
        ("Le potager", "Salades", False),
    ]
    assert ThemeRun.objects.latest("pk").changes == {"new": [], "moved": {}, "gone": []}


def test_what_is_new_gone_or_moved_is_told(ground: Ground, three: tuple[Theme, ...]):
    garden, bikes, meals = three
    acting.rename(bikes, "Les vélos", ground.marie)
    more = ground.ids("vélo")[:1]
    (again, new) = search([[*ground.ids("jardin"), *more], ground.ids("vélo")[1:2]], alone=ground.ids("repas"))
    changes = ThemeRun.objects.latest("pk").changes
    assert again.pk == garden.pk
    assert changes["moved"][str(garden.pk)] == [1, 0]
    assert meals.label in changes["gone"]
    assert not Theme.objects.filter(pk=meals.pk).exists()
    assert UnthemedPassage.objects.count() == 4
    assert new.pk == bikes.pk, "a third of it is left: it is still itself"


def test_a_named_theme_that_went_comes_back_with_its_name(ground: Ground, three: tuple[Theme, ...]):
    acting.rename(three[0], "Le potager", ground.marie)
    search([ground.ids("repas")], alone=[*ground.ids("jardin"), *ground.ids("vélo")])
    assert names() == {"Groupe 1"}
    search([ground.ids("repas"), ground.ids("jardin")], alone=ground.ids("vélo"))
    assert names() == {"Groupe 1", "Le potager"}


@pytest.mark.parametrize("together", [False, True], ids=["found apart", "found together"])
def test_merged_themes_stay_merged(ground: Ground, three: tuple[Theme, ...], together: bool):
    garden, bikes, _ = three
    acting.rename(garden, "Dehors", ground.marie)
    acting.merge(garden, [bikes], ground.marie)
    outside = [*ground.ids("jardin"), *ground.ids("vélo")]
    assert held(garden) == set(outside)
    groups = [outside] if together else [ground.ids("jardin"), ground.ids("vélo")]
    for _ in range(2):
        search([ground.ids("repas"), *groups])
        assert names() == {"Groupe 1", "Dehors"}
        assert held(Theme.objects.get(pk=garden.pk)) == set(outside)
    search([ground.ids("repas"), ground.ids("jardin"), ground.ids("vélo")])
    assert names() == {"Groupe 1", "Dehors"}


def test_a_theme_that_holds_others_stands_while_one_of_them_does(ground: Ground, three: tuple[Theme, ...]):
    garden, bikes, _ = three
    acting.rename(garden, "Dehors", ground.marie)
    acting.merge(garden, [bikes], ground.marie)
    search([ground.ids("vélo"), ground.ids("repas")], alone=ground.ids("jardin"))
    assert "Dehors" in names()
    assert held(Theme.objects.get(pk=garden.pk)) == set(ground.ids("vélo"))


def test_what_was_split_stays_split_and_what_comes_goes_where_it_is_nearest(ground: Ground):
    meals, bikes = ground.ids("repas"), ground.ids("vélo")
    whole, _ = search([meals, ground.ids("jardin")], alone=bikes)
    change = acting.split(whole, meals[:2], "Avant de manger", ground.marie)
    part = Theme.objects.get(pk=change.detail["into"])
    assert (held(whole), held(part)) == (set(meals[2:]), set(meals[:2]))
    search([[*meals, *bikes], ground.ids("jardin")])
    assert held(part) | held(whole) == {*meals, *bikes}
    assert set(meals[:2]) <= held(part)
    assert set(meals[2:]) <= held(whole)
    assert Theme.objects.get(pk=part.pk).name == "Avant de manger"


def test_each_act_is_undone_the_last_first(ground: Ground, three: tuple[Theme, ...]):
    garden, bikes, meals = three
    before = {one.pk: (one.name, one.hidden, held(one)) for one in three}
    acting.rename(garden, "Dehors", ground.marie)
    acting.merge(garden, [bikes], ground.marie)
    acting.split(garden, ground.ids("vélo")[:1], "La roue", ground.marie)
    acting.hide(meals, ground.marie)
    acting.detach(Theme.objects.get(pk=bikes.pk), ground.marie)
    changes = list(ThemeChange.objects.order_by("-pk"))
    with pytest.raises(VoicesError):
        acting.undo(changes[-1], ground.marie)
    for one in changes:
        acting.undo(one, ground.marie)
    now = {one.pk: (one.name, one.hidden, held(one)) for one in acting.shown()}
    assert now == before
    with pytest.raises(VoicesError):
        acting.undo(changes[0], ground.marie)


def test_undoing_holds_after_a_search(ground: Ground, three: tuple[Theme, ...]):
    change = acting.split(three[2], ground.ids("repas")[:2], "Avant", ground.marie)
    search([ground.ids("repas"), ground.ids("jardin")])
    acting.undo(change, ground.marie)
    assert held(three[2]) == set(ground.ids("repas"))
    assert not Theme.objects.filter(given="Avant").exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda ground, one, other: acting.rename(one, other.name.upper(), ground.marie),
        lambda ground, one, other: acting.merge(one, [one], ground.marie),
        lambda ground, one, other: acting.detach(one, ground.marie),
        lambda ground, one, other: acting.split(one, ground.ids("jardin"), "Tout", ground.marie),
        lambda ground, one, other: acting.split(one, ground.ids("vélo"), "Rien", ground.marie),
        lambda ground, one, other: acting.split(one, ground.ids("jardin")[:1], "  ", ground.marie),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_no_trace(ground: Ground, three: tuple[Theme, ...], act):
    with pytest.raises(VoicesError):
        act(ground, three[0], three[1])
    assert not ThemeChange.objects.exists()
    assert acting.shown().count() == 3


def test_an_act_on_a_theme_merged_meanwhile_is_refused(ground: Ground, three: tuple[Theme, ...]):
    acting.merge(three[0], [three[1]], ground.marie)
    with pytest.raises(VoicesError):
        acting.rename(three[1], "Trop tard", person())


def test_the_queue_by_theme_follows_what_people_merged_and_hid(ground: Ground, three: tuple[Theme, ...]):
    acting.merge(three[0], [three[1]], ground.marie)
    acting.hide(three[2], ground.marie)
    passages = ordered(Passage.objects.all(), Order.THEME)
    assert all(vars(one)["theme_of"] == three[0].pk for one in passages)
    assert passages.count() == 6

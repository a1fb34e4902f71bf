"""Who may see what, as a table: each role, for a place and for the network, with each action and each address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

from tests.web.conftest import passage, person, place, signed_in, testimony
from tests.web.doors import DOORS, FOR_ALL, MAY, PUBLIC, ROLES, Door
from voices.domain import Consent
from voices.store import models
from voices.store.models import Grant, Passage, Place
from voices.web.access import Action, reach_of, require

pytestmark = pytest.mark.django_db

SCOPES = ("here", "elsewhere", "network")
ANALYSED = {"inconnu", "analyse", "citations_anonymes", "citations_prenom"}
QUOTED = {"citations_anonymes", "citations_prenom"}


@dataclass
class Two:
    """Two places, each with a testimony of every consent and its passage."""

    here: Place
    elsewhere: Place

    def someone(self, role: str, scope: str) -> Any:
        """A person with that role here, elsewhere or everywhere."""
        return person(role, {"here": self.here, "elsewhere": self.elsewhere, "network": None}[scope])


@pytest.fixture
def two() -> Two:
    places = Two(place("Ici"), place("Là-bas"))
    for one in (places.here, places.elsewhere):
        for consent in Consent:
            passage(testimony(one, consent=consent.value))
    return places


def test_the_table_names_every_action():
    assert set(MAY) == set(Action)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("letter", ROLES)
def test_a_role_for_one_place_reaches_that_place_alone(two: Two, letter: str, action: Action):
    reach = reach_of(two.someone(ROLES[letter], "here"))
    may = letter in MAY[action][0]
    assert reach.may(action) is may
    assert reach.at(action, two.here.pk) is may
    assert not reach.at(action, two.elsewhere.pk)
    assert not reach.everywhere(action)
    if action not in (Action.BOOK, Action.PEOPLE, Action.ACTIVITY, Action.RIGHTS, Action.REAL_NAMES):
        assert set(reach.places(action)) == ({two.here} if may else set())
        assert _seen(reach.testimonies(action)) == (_of(two.here, action) if may else set())
        assert _seen_passages(reach.passages(action)) == (_of(two.here, action) if may else set())


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("letter", ROLES)
def test_a_role_for_the_network_reaches_every_place(two: Two, letter: str, action: Action):
    reach = reach_of(two.someone(ROLES[letter], "network"))
    may = letter in MAY[action][1]
    both = _of(two.here, action) | _of(two.elsewhere, action)
    assert reach.may(action) is may
    assert reach.at(action, two.here.pk) is may
    assert reach.at(action, two.elsewhere.pk) is may
    assert reach.everywhere(action) is may
    assert set(reach.places(action)) == ({two.here, two.elsewhere} if may else set())
    assert _seen(reach.testimonies(action)) == (both if may else set())
    assert _seen_passages(reach.passages(action)) == (both if may else set())


def test_a_withdrawn_testimony_is_seen_by_nobody(two: Two):
    everyone = person()
    for role in ROLES.values():
        Grant.objects.create(user=everyone, role=role)
    for action in Action:
        assert not reach_of(everyone).testimonies(action).filter(consent="retire").exists()
        assert not reach_of(everyone).passages(action).filter(testimony__consent="retire").exists()


def test_communications_see_nothing_without_consent_to_be_quoted(two: Two):
    reach = reach_of(person("communication"))
    for action in Action:
        assert {consent for _, consent in _seen(reach.testimonies(action))} <= QUOTED


def test_a_retired_passage_is_seen_by_nobody(two: Two):
    Passage.objects.update(retired=True)
    assert not reach_of(person("evaluation")).passages(Action.REVIEW).exists()


def test_two_roles_at_two_places_do_not_add_up(two: Two):
    someone = person("coordination", two.here)
    Grant.objects.create(user=someone, role="communication", place=two.elsewhere)
    reach = reach_of(someone)
    assert reach.at(Action.DEPOSIT, two.here.pk)
    assert not reach.at(Action.DEPOSIT, two.elsewhere.pk)
    assert _seen(reach.testimonies(Action.READ)) == _of(two.here, Action.READ)
    assert _seen(reach.testimonies(Action.QUOTES)) == _of(two.elsewhere, Action.QUOTES)


def test_a_closed_account_and_one_without_role_reach_nothing(two: Two):
    for someone in (person("evaluation", is_active=False), person()):
        reach = reach_of(someone)
        assert not any(reach.may(action) or reach.testimonies(action).exists() for action in Action)


def test_require_refuses_as_soon_as_one_place_is_out_of_reach(two: Two):
    from django.core.exceptions import PermissionDenied

    reach = reach_of(person("coordination", two.here))
    require(reach, Action.DEPOSIT, [two.here.pk])
    with pytest.raises(PermissionDenied):
        require(reach, Action.DEPOSIT, [two.here.pk, two.elsewhere.pk])


def test_every_address_is_public_by_name_for_all_by_name_or_asks_for_an_action():
    for pattern in _patterns():
        actions = getattr(pattern.callback, "actions", None)
        needs_no_one = getattr(pattern.callback, "login_required", True) is False
        if pattern.name in PUBLIC:
            assert needs_no_one, pattern.name
        else:
            assert not needs_no_one, pattern.name
            assert actions is not None, f"{pattern.name} has neither @allowed nor @open_to_all"
            assert (actions == ()) is (pattern.name in FOR_ALL), pattern.name


def test_who_is_not_signed_in_is_sent_to_the_door(client: Client):
    for pattern in _patterns():
        if pattern.name in PUBLIC:
            continue
        address = _address(pattern)
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, address
            assert answer["Location"].startswith(reverse("sign_in")), address


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("letter", ROLES)
def test_every_address_refuses_the_roles_that_its_actions_leave_out(two: Two, letter: str, scope: str):
    browser = signed_in(two.someone(ROLES[letter], scope))
    column = scope == "network"
    for pattern in _patterns():
        actions = getattr(pattern.callback, "actions", ())
        if pattern.name in PUBLIC | FOR_ALL or any(letter in MAY[action][column] for action in actions):
            continue
        address = _address(pattern)
        given = {browser.get(address).status_code, browser.post(address).status_code}
        assert given in ({403}, {403, 405}), f"{address}: {given}"


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_each_role_here_elsewhere_and_everywhere_opens_what_the_table_says(two: Two, door: Door):
    address = reverse(door.name, kwargs=door.kwargs(two.here))
    for scope in SCOPES:
        for letter, role in ROLES.items():
            given = signed_in(two.someone(role, scope)).get(address).status_code
            assert given in _expected(door, letter, scope), f"{role}, {scope}: {given}"


@pytest.mark.parametrize("door", [door for door in DOORS if door.of_a_place], ids=lambda door: door.name)
def test_what_one_sends_to_another_place_is_refused(two: Two, door: Door):
    address = reverse(door.name, kwargs=door.kwargs(two.here))
    for role in ROLES.values():
        given = signed_in(two.someone(role, "elsewhere")).post(address).status_code
        assert given in {403, 404, 405}, f"{role}: {given}"


def _expected(door: Door, letter: str, scope: str) -> set[int]:
    if letter not in MAY[door.action][scope == "network"]:
        return {403, 405} if door.answer == 405 else {403}
    if scope == "elsewhere" and door.of_a_place:
        return {403, 404, 405} if door.answer == 405 else {403, 404}
    return {door.answer}


def _of(one: Place, action: Action) -> set[tuple[int, str]]:
    return {(one.pk, consent) for consent in (QUOTED if action == Action.QUOTES else ANALYSED)}


def _seen(found: Any) -> set[tuple[int, str]]:
    rows: set[tuple[int, str]] = set(models.Testimony.objects.filter(pk__in=found).values_list("place_id", "consent"))
    return rows


def _seen_passages(found: Any) -> set[tuple[int, str]]:
    rows: set[tuple[int, str]] = set(Passage.objects.filter(pk__in=found).values_list("place_id", "testimony__consent"))
    return rows


def _patterns(among: list[Any] | None = None) -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns if among is None else among:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one


def _address(pattern: URLPattern) -> str:
    """The address, with something in place of each of its variables: the door is before the object."""
    said = pattern.pattern
    asked = {name: converter.regex for name, converter in said.converters.items()}
    if isinstance(said, RegexPattern):
        asked = dict(re.findall(r"\(\?P<(\w+)>([^)]*)\)", said.regex.pattern))
    return reverse(pattern.name or "", kwargs={name: _sample(regex) for name, regex in asked.items()})


def _sample(regex: str) -> str:
    samples = (*regex.split("|"), "1", "00000000-0000-0000-0000-000000000000", "x")
    return next(one for one in samples if re.fullmatch(regex, one))

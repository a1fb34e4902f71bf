"""Anything may be sent to any address: what comes back is a page or a refusal, never a fault of the site."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.mutations import TOKENS
from tests.web.conftest import passage, person, place, signed_in, testimony
from tests.web.doors import DOORS, FOR_ALL, PUBLIC, Door
from voices import web
from voices.store.models import Place
from voices.store.models.people import Role

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("FUZZ", "0")) // 20
DRAWN = settings(
    max_examples=EXAMPLES or 3,
    derandomize=not EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LEAVES = {"sign_out", "person_close", "grant_remove", "account_password"}
"""After these, who knocks would stand outside."""
SHORT = {"book_export"}
"""Their numbers have few figures: no address holds more."""
_SOURCES = Path(web.__file__).parent / "views"
_NAMED = re.compile(
    r"""(?:GET|POST|sent|asked|query)(?:\.get|\.getlist|\[)\(?"([\w-]+)"|^    (\w+) = forms\.""", re.MULTILINE
)
FIELDS = sorted(
    {
        name
        for path in _SOURCES.rglob("*.py")
        for names in _NAMED.findall(path.read_text(encoding="utf-8"))
        for name in names
        if name
    }
)
"""The fields that the site's views ask for."""
STRANGE = (
    *("", " ", "0", "-1", "1", "2", str(2**31), str(2**63), str(10**30), "1e999", "NaN", "²", "oui", "on", "None"),
    *("=1+1", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "' OR 1=1 --", '"', "%", "\\", "a" * 5_000),
    *(
        "\u202etxt",
        "é\u0301\u200b",
        "\N{GRINNING FACE}",
        "2024-13-45",
        "0000-00-00",
        "9999999-01-01",
        "[]",
        "{}",
        "null",
    ),
    *("accueil", "accueil:+", "utile", "page", "\x00", "a\x00b", "*", "(", "a OR", '"a', "NEAR(", "a:b:c", "-", "~"),
)
values = st.one_of(
    st.sampled_from(STRANGE),
    st.text(max_size=40),
    st.sampled_from([one.decode("latin-1") for one in TOKENS]),
    st.integers(-(2**70), 2**70).map(str),
)
fields = st.dictionaries(st.sampled_from(FIELDS), st.one_of(values, st.lists(values, max_size=3)), max_size=9)


@pytest.fixture
def here() -> Place:
    one = place("Ici")
    passage(testimony(one))
    return one


@pytest.fixture
def client_of(here: Place) -> Client:
    """Someone who may do everything."""
    someone = person()
    for role in Role:
        someone.grants.create(role=role)
    return signed_in(someone)


def knock(client: Client, address: str, asked: dict[str, Any], sent: dict[str, Any]) -> None:
    for answer in (client.get(address, asked), client.post(address, sent)):
        assert answer.status_code != 500, address  # 503: a probe is told that no worker is there
        if answer.streaming:
            b"".join(answer)


def test_the_fields_are_found():
    assert len(FIELDS) > 60
    assert {"fichiers", "place", "label", "q"} & set(FIELDS)


@pytest.mark.parametrize("door", [door for door in DOORS if door.name not in LEAVES], ids=lambda door: door.name)
def test_whatever_is_sent_to_an_address_is_answered(here: Place, client_of: Client, door: Door):
    address = reverse(door.name, kwargs=door.kwargs(here))

    @DRAWN
    @given(fields, fields)
    def answered(asked: dict[str, Any], sent: dict[str, Any]) -> None:
        knock(client_of, address, asked, sent)

    answered()


@pytest.mark.parametrize("door", [door for door in DOORS if door.name not in LEAVES], ids=lambda door: door.name)
def test_a_number_that_no_row_has_is_not_found(here: Place, client_of: Client, door: Door):
    kwargs = door.kwargs(here)
    numbers = [name for name, value in kwargs.items() if isinstance(value, int) and door.name not in SHORT]
    for name in numbers:
        for number in (0, 2**31, 2**63, 10**30):
            address = reverse(door.name, kwargs=kwargs | {name: number})
            knock(client_of, address, {}, {})


@pytest.mark.parametrize("name", sorted((FOR_ALL | PUBLIC) - LEAVES - {"invitation", "reset"}))
def test_whatever_is_sent_to_who_is_not_known_yet_is_answered(here: Place, client_of: Client, name: str):
    @DRAWN
    @given(fields, fields)
    def answered(asked: dict[str, Any], sent: dict[str, Any]) -> None:
        for client in (Client(), client_of):
            knock(client, reverse(name), asked, sent)

    answered()


@pytest.mark.parametrize("wanted", ["0", "home", "javascript:alert(1)", "//ailleurs.fr", "/\\ailleurs.fr", "\x00"])
def test_a_page_to_come_back_to_is_an_address_of_the_site_or_nothing(client_of: Client, wanted: str):
    answer = client_of.post(f"{reverse('sign_in')}", {"next": wanted})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")

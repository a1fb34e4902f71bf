"""What every address serves: of which type, under which file name, whatever number is asked for; and its way out."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from tests.web.doors import DOORS, PUBLIC, ROLES, Door
from tests.web.test_access import _address, _patterns
from voices.store.models import Place, ReportVersion, Shortlist

pytestmark = pytest.mark.django_db

EVIL = 'a"b;\r\nX-Evil: 1/../..\\é\u202e\N{GRINNING FACE}<script>'
TYPES = {
    *("text/html; charset=utf-8", "application/json", "application/zip", "application/pdf"),
    *("text/csv; charset=utf-8", "text/markdown; charset=utf-8", "text/plain; charset=utf-8"),
    *("application/toml; charset=utf-8", "image/png", "image/svg+xml; charset=utf-8"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""JSON is UTF-8 by its own standard; what is packed has no characters."""
_NAMED = re.compile(r"""(inline|attachment)(; filename="[\w.-]+")?(; filename\*=utf-8''[\w.%-]+)?""", re.ASCII)


def everyone() -> Client:
    someone = person()
    for role in ROLES.values():
        someone.grants.create(role=role)
    client = signed_in(someone)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_answer_says_its_type_and_a_file_its_name(door: Door):
    client, here = everyone(), place()
    address = reverse(door.name, kwargs=door.kwargs(here))
    for model, field in ((ReportVersion, "title"), (Shortlist, "name")):
        model.objects.update(**{field: EVIL})
    Place.objects.filter(pk=here.pk).update(name=EVIL)
    for answer in (client.get(address), client.post(address, {"x": "1"})):
        assert answer.status_code < 500
        assert "X-Evil" not in answer.headers
        if answer.status_code not in (301, 302, 405):
            assert answer.headers["Content-Type"] in TYPES
        if said := answer.headers.get("Content-Disposition"):
            assert _NAMED.fullmatch(said), said
            assert ".." not in said


def test_a_number_that_no_base_holds_is_one_of_nothing():
    number, client = 2**63, everyone()
    asked = "&".join(f"{name}={number}" for name in ("page", "apres", "qui", "lieu", "theme", "depuis", "n"))
    sent = dict.fromkeys(("place", "number", "where", "theme", "consent", "role"), str(number))
    for pattern in _patterns():
        kinds = pattern.pattern.converters
        told: dict[str, Any] = {name: number if kind.regex == "[0-9]+" else "1" for name, kind in kinds.items()}
        address = reverse(pattern.name or "", kwargs=told) if told else _address(pattern)
        if pattern.name != "health":  # it tells of the site, well or not
            assert client.get(f"{address}?{asked}").status_code < 500, address
        if number in told.values():
            assert client.post(address, sent).status_code < 500, address


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/HEAD", "/.env", "/secret", "/cle", "/voices.sqlite3", "/sauvegardes/", "/static/", "/static/web/"),
        *("/static/../pyproject.toml", "/static/%2e%2e/%2e%2e/pyproject.toml", "/static/..%2f..%2fsettings.py"),
        *("/static//etc/passwd", "/static/web/../../settings.py", "/static/web/js/base.js~", "/manage.py", "/admin/"),
    ],
)
def test_what_is_not_of_the_pages_is_not_served(client: Client, path: str):
    assert client.get(path).status_code == 404


def test_every_page_of_somebody_has_its_way_out():
    client = everyone()
    pages = [client.get(_address(one)) for one in _patterns() if one.name not in PUBLIC and not one.pattern.converters]
    whole = [one.text for one in pages if one.headers["Content-Type"] == "text/html; charset=utf-8"]
    whole = [page for page in whole if page.startswith("<!doctype html>")]
    assert len(whole) > 20
    for page in whole:
        assert f'<form method="post" action="{reverse("sign_out")}">' in page

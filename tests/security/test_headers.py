"""What browsers are told with every answer, and what they may send."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.conftest import person, signed_in
from tests.web.test_access import _address, _patterns

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DIRECTIVES = {
    "default-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def _sound(headers) -> None:
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    assert "camera=()" in headers["Permissions-Policy"]
    policy = {one.strip() for one in headers["Content-Security-Policy"].split(";")}
    assert policy >= DIRECTIVES
    assert not any(word in headers["Content-Security-Policy"] for word in ("unsafe", "http:", "https:", "*"))
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers


def test_every_address_says_it_signed_in_or_not():
    for client in (Client(), signed_in(person("administration")), signed_in(person("evaluation"))):
        for pattern in _patterns():
            for answer in (client.get(_address(pattern)), client.post(_address(pattern))):
                _sound(answer.headers)


@pytest.mark.parametrize(
    "path", ["/rien/", "/static/web/css/tokens.css", "/static/web/icons.svg", "/static/web/rien.css"]
)
def test_so_do_files_and_pages_that_are_not_there(client: Client, path: str):
    answer = client.get(path)
    _sound(answer.headers)
    answer.close()


def test_no_page_of_somebody_is_kept_by_a_cache():
    for role in ("administration", "evaluation", "coordination", "communication"):
        client = signed_in(person(role))
        for pattern in _patterns():
            answer = client.get(_address(pattern))
            kept = answer.headers.get("Cache-Control", "")
            assert "no-store" in kept or "no-cache" in kept, f"{pattern.name}: {kept}"


@pytest.mark.parametrize(
    "host", ["ailleurs.example", "localhost.ailleurs.example", "localhost:80@ailleurs.example", ""]
)
def test_another_host_is_not_answered(client: Client, host: str):
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]"]):
        answer = client.get(reverse("sign_in"), headers={"Host": host or "."})
        assert answer.status_code == 400
        assert "ailleurs" not in answer.text


def test_a_host_that_a_header_forwards_is_not_believed(client: Client):
    answer = client.get("/", headers={"X-Forwarded-Host": "ailleurs.example", "X-Forwarded-Proto": "https"})
    assert "ailleurs" not in answer.headers["Location"]
    assert not answer.wsgi_request.is_secure()


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "FOO"])
def test_other_methods_change_nothing(method: str):
    someone = person("administration")
    answer = signed_in(someone).generic(method, reverse("account_name"), "name=Autre")
    assert answer.status_code in (403, 405)
    someone.refresh_from_db()
    assert someone.name != "Autre"


def test_every_address_that_changes_something_asks_for_its_token():
    client = Client(enforce_csrf_checks=True)
    someone = person()
    for role in ("administration", "evaluation", "coordination", "communication"):
        someone.grants.create(role=role)
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    for pattern in _patterns():
        assert client.post(_address(pattern), {"x": "1"}).status_code == 403, pattern.name


def test_nothing_changes_by_a_get():
    """Leaving, closing, deleting, keeping: a link or an image somewhere else could ask for it."""
    from voices.store.models import Grant, Link, Place, User

    client = signed_in(person("administration"))
    tables = (User, Grant, Place, Link)
    before = [list(one.objects.order_by("pk").values()) for one in tables]
    for pattern in _patterns():
        client.get(_address(pattern))
    assert [list(one.objects.order_by("pk").values()) for one in tables] == before

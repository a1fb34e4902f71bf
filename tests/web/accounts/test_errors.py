"""The pages for what goes wrong."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.web.conftest import person, signed_in
from voices.web.views import errors


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_and_shows_a_way_back():
    page = signed_in(person()).get("/nulle/part/")
    assert page.status_code == 404
    assert "Cette page n’existe pas" in page.text
    assert 'href="/"' in page.text


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_told_to_who_is_not_signed_in_too(client: Client):
    assert client.get("/nulle/part/").status_code == 404


@pytest.mark.django_db
def test_a_page_that_is_not_ones_own_says_whom_to_ask():
    page = signed_in(person()).get("/personnes/")
    assert page.status_code == 403
    assert "la personne qui administre" in page.text


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_failure_is_told_without_the_base(theme: str):
    request: Any = RequestFactory().get("/")
    request.COOKIES["theme"] = theme
    page = errors.failed(request)
    assert page.status_code == 500
    assert "Quelque chose a échoué de notre côté" in page.text
    assert f'data-theme="{theme}"' in page.text

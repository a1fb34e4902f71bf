"""Who codes by the book reads it; who evaluates the whole network changes it."""

import pytest
from django.urls import reverse

from tests.web.conftest import person, place, signed_in

pytestmark = pytest.mark.django_db


def test_an_evaluator_of_one_place_reads_the_book_and_cannot_change_it():
    browser = signed_in(person("evaluation", place()))
    shown = browser.get(reverse("book")).text
    assert "être salué, attendu" in shown
    assert reverse("book") in browser.get(reverse("review")).text
    for name in ("book_new", "book_rules", "book_import"):
        assert reverse(name) not in shown
        assert browser.get(reverse(name)).status_code == 403
    assert browser.get(reverse("book_versions")).status_code == 200


def test_an_evaluator_of_the_network_is_shown_what_changes_it():
    assert reverse("book_new") in signed_in(person("evaluation")).get(reverse("book")).text

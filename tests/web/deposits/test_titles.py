"""The title that a person typed: shown without « .txt », to those who hand in at the place and to nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import person, signed_in
from tests.web.deposits.conftest import LETTER, last, text_of
from voices.store import models as store
from voices.store.models import Grant
from voices.store.models.people import Role

pytestmark = pytest.mark.django_db
TITLE = "lettre de Bénédicte v1.2"


@pytest.fixture
def typed(hand_in: Any, work_on: Any) -> store.Testimony:
    hand_in(text=LETTER, title=TITLE)
    work_on()
    return store.Testimony.objects.get()


def pages(typed: store.Testimony, user: store.User) -> dict[str, str]:
    """Every page that names the testimony and that the person may open."""
    asked: dict[str, list[Any]] = {
        "deposit": [last().pk],
        "deposits": [],
        "deposit_consent": [last().pk],
        "testimony_consent": [typed.pk],
        "testimonies": [],
        "testimony": [typed.pk],
        "names": [typed.pk],
        "review_testimony": [typed.pk],
        "review_passage": [typed.passages.get().pk],
        "history": [],
        "place": [typed.place.slug],
        "search": [],
        "tables": [],
    }
    browser = signed_in(user)
    answers = {name: browser.get(reverse(name, args=args)) for name, args in asked.items()}
    return {name: text_of(answer) for name, answer in answers.items() if answer.status_code == 200}


def test_who_hands_in_finds_the_title_without_its_suffix(typed, coordinator):
    shown = pages(typed, coordinator)
    with_title = {name for name, page in shown.items() if TITLE in page}
    assert with_title == {"deposit", "testimony_consent", "testimonies", "testimony"}
    assert not [name for name, page in shown.items() if f"{TITLE}.txt" in page]


def test_who_reviews_at_the_place_too_finds_it_on_the_document(typed, coordinator, here):
    Grant.objects.create(user=coordinator, role=Role.EVALUATOR, place=here)
    assert TITLE in pages(typed, coordinator)["review_testimony"]


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.COMMUNICATIONS, Role.ADMINISTRATOR])
def test_nobody_else_sees_it_since_it_may_hold_a_name(typed, role):
    shown = pages(typed, person(role))
    assert not [name for name, page in shown.items() if "Bénédicte" in page]


def test_an_evaluator_is_told_of_columns_to_check_without_the_file_s_name(hand_in, work_on, here):
    hand_in({"réponses de Bénédicte.csv": "Racontez\nOn m’a tiré une chaise près de la fenêtre.\n"})
    work_on()
    shown = text_of(signed_in(person(Role.EVALUATOR)).get(reverse("place", args=[here.slug])))
    assert "à vérifier par la coordination" in shown
    assert "Bénédicte" not in shown

"""« Mon compte »."""

import pytest
from django.contrib import auth
from django.test import Client
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from voices.store.models import Grant, User

pytestmark = pytest.mark.django_db

PASSWORD, PHRASE = "mot de passe long", "trois bols et un chat"


@pytest.fixture
def anne() -> User:
    return person("coordination", place("La Petite Cantine"), username="anne", name="Anne")


def test_it_says_what_one_was_given(anne: User):
    Grant.objects.create(user=anne, role="evaluation")
    page = signed_in(anne).get(reverse("account")).text
    assert "Coordination, La Petite Cantine" in page
    assert "Évaluation, tout le réseau" in page


def test_one_may_write_ones_name_otherwise(anne: User):
    client = signed_in(anne)
    assert "obligatoire" in client.post(reverse("account_name"), {"name": " "}).text
    client.post(reverse("account_name"), {"name": "Anne Petit"})
    anne.refresh_from_db()
    assert anne.name == "Anne Petit"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"present": "faux"}, "pas votre mot de passe"),
        ({"again": "autre chose encore"}, "pas les mêmes"),
        ({"password": "court", "again": "court"}, "au minimum 10"),
        ({"password": "", "again": ""}, "obligatoire"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(anne: User, answers: dict[str, str], told: str):
    sent = {"present": PASSWORD, "password": PHRASE, "again": PHRASE} | answers
    assert told in signed_in(anne).post(reverse("account_password"), sent).text
    anne.refresh_from_db()
    assert anne.check_password(PASSWORD)


def test_a_changed_password_ends_the_other_sessions_and_this_one_goes_on(anne: User):
    here, elsewhere = signed_in(anne), signed_in(anne)
    here.post(reverse("account_password"), {"present": PASSWORD, "password": PHRASE, "again": PHRASE})
    assert auth.get_user(here).is_authenticated
    assert here.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302


@pytest.mark.parametrize(("theme", "attribute"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"')])
def test_colours_chosen_without_scripts_hold(anne: User, theme: str, attribute: str):
    client = signed_in(anne)
    client.post(reverse("account_theme"), {"theme": theme})
    assert attribute in client.get(reverse("account")).text
    client.post(reverse("account_theme"), {"theme": "auto"})
    assert attribute not in client.get(reverse("account")).text


def test_a_made_up_colour_is_none(anne: User):
    client = signed_in(anne)
    client.post(reverse("account_theme"), {"theme": '"><script>'})
    assert client.cookies.get("theme") is None or client.cookies["theme"].value == ""


def test_a_form_sent_from_elsewhere_changes_nothing(anne: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(anne, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(reverse("account_name"), {"name": "Autre"})
    assert page.status_code == 403
    assert "Ce formulaire n’est plus valable" in page.text
    anne.refresh_from_db()
    assert anne.name == "Anne"


def test_pages_of_people_signed_in_are_kept_by_no_cache(anne: User):
    assert "no-store" in signed_in(anne).get(reverse("account"))["Cache-Control"]

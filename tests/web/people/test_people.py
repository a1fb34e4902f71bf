"""What who administers the site does with people."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from voices.store.models import Grant, Link, Place, Trace, User
from voices.web import links

pytestmark = pytest.mark.django_db

ORDER = ["éloi", "Emma", "Ève", "Yann", "Zoé"]


@pytest.fixture
def chief() -> User:
    return person("administration", username="chef", name="Chef")


@pytest.fixture
def desk(chief: User) -> Client:
    """The administrator's browser."""
    return signed_in(chief)


def send(desk: Client, page: str, /, *ids: Any, **answers: Any) -> Any:
    return desk.post(reverse(page, args=ids), answers, follow=True)


def test_everyone_is_listed_with_what_they_were_given(desk: Client):
    anne = person("coordination", place("La Petite Cantine"), name="Anne", username="anne")
    Grant.objects.create(user=anne, role="communication")
    person(name="Partie", is_active=False)
    page = desk.get(reverse("people")).text
    for told in ("Anne", "anne", "Coordination, La Petite Cantine", "Communication, tout le réseau", "fermé"):
        assert told in page


def test_an_invitation_shows_its_link_once(desk: Client, client: Client):
    there = place("La Petite Cantine")
    page = send(desk, "person_invite", name="Anne", role="coordination", where=str(there.pk))
    path = page.text.split('value="http://testserver')[1].split('"')[0]
    assert client.get(path).status_code == 200
    link = Link.objects.get()
    assert (link.name, link.role, link.place) == ("Anne", "coordination", there)
    waiting = desk.get(reverse("people")).text
    assert "Anne" in waiting
    assert path not in waiting


def test_a_cancelled_invitation_opens_nothing(desk: Client, client: Client):
    path = links.invite("Anne", "evaluation", None, None)
    send(desk, "invitation_cancel", Link.objects.get().pk)
    assert client.get(path).status_code == 410


def test_an_invitation_that_was_used_cannot_be_cancelled(desk: Client):
    links.invite("Anne", "evaluation", None, None)
    link = Link.objects.get()
    anne = links.accept(link, "anne", "Anne", "trois bols et un chat")
    assert desk.post(reverse("invitation_cancel", args=[link.pk])).status_code == 404
    assert User.objects.get(username="anne") == anne


@pytest.mark.parametrize(
    ("role", "where", "told"),
    [
        ("administration", "lieu", "pour tout le réseau, ou pas du tout"),
        ("coordination", "", "Dites pour quel lieu"),
        ("coordination", "ferme", "valide"),
        ("coordination", "999999", "valide"),
        ("roi", "reseau", "valide"),
        ("", "reseau", "obligatoire"),
    ],
)
def test_what_cannot_be_given_is_not(desk: Client, role: str, where: str, told: str):
    places = {"lieu": str(place().pk), "ferme": str(place(closed=True).pk)}
    anne = person()
    for name, ids in (("person", [anne.pk]), ("person_invite", [])):
        page = send(desk, name, *ids, name="Anne", role=role, where=places.get(where, where))
        assert told in page.text
    assert not anne.grants.exists()
    assert not Link.objects.exists()


def test_the_administration_asks_for_no_place(desk: Client):
    page = desk.get(reverse("person_invite")).content.decode()
    assert "required" not in page[page.index('name="where"') :].partition(">")[0]
    send(desk, "person_invite", name="Anne", role="administration", where="")
    assert [(one.role, one.place) for one in Link.objects.all()] == [("administration", None)]


def test_names_are_in_the_order_of_the_alphabet_whatever_their_accents(desk: Client):
    for name in ("Yann", "Ève", "éloi", "Zoé", "Emma"):
        person(name=name)
        place(name)
    everyone = [one.name for one in desk.get(reverse("people")).context["people"]]
    assert [name for name in everyone if name in ORDER] == ORDER
    assert [one.name for one in desk.get(reverse("places")).context["listed"]] == ORDER
    offered = desk.get(reverse("activity")).context["form"].fields["who"].choices
    assert [name for _, name in offered if name in ORDER] == ORDER


def test_a_role_is_given_then_taken_back(desk: Client):
    anne, there = person(name="Anne"), place("La Petite Cantine")
    for _ in range(2):
        send(desk, "person", anne.pk, role="coordination", where=str(there.pk))
    send(desk, "person", anne.pk, role="evaluation", where="reseau")
    assert sorted(anne.grants.values_list("role", "place")) == [("coordination", there.pk), ("evaluation", None)]
    send(desk, "grant_remove", anne.pk, anne.grants.get(place=there).pk)
    assert list(anne.grants.values_list("role", flat=True)) == ["evaluation"]


def test_a_role_is_kept_once_whatever_is_sent_at_the_same_moment(chief: User):
    for at in (place(), None):
        anne = person("evaluation", at)
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(user=anne, role="evaluation", place=at)


def test_a_grant_is_taken_from_whose_it_is_only(desk: Client):
    anne, benoit = person("evaluation"), person("evaluation")
    answer = desk.post(reverse("grant_remove", args=[anne.pk, benoit.grants.get().pk]))
    assert answer.status_code == 404
    assert benoit.grants.exists()


def test_the_last_who_administers_stays(desk: Client, chief: User):
    person("administration", is_active=False)
    for name, ids in (("grant_remove", [chief.pk, chief.grants.get().pk]), ("person_close", [chief.pk])):
        assert "la dernière personne qui administre" in send(desk, name, *ids).text
    chief.refresh_from_db()
    assert chief.is_active
    assert chief.grants.exists()


def test_one_of_two_who_administer_may_leave(desk: Client, chief: User):
    other = person("administration")
    assert send(desk, "grant_remove", chief.pk, chief.grants.get().pk).redirect_chain[0][0] == reverse("home")
    assert not chief.grants.exists()
    assert desk.get(reverse("people")).status_code == 403
    answer = signed_in(other).post(reverse("person_close", args=[other.pk]), follow=True)
    assert "la dernière personne" in answer.text


def test_a_closed_account_is_out_at_once_and_comes_back_with_its_roles(desk: Client):
    anne = person("evaluation", name="Anne")
    theirs, link = signed_in(anne), links.reset(anne, None)
    send(desk, "person_close", anne.pk)
    assert theirs.get(reverse("account")).status_code == 302
    assert Client().get(link).status_code == 410
    assert "Rouvrir" in desk.get(reverse("person", args=[anne.pk])).text
    send(desk, "person_reopen", anne.pk)
    anne.refresh_from_db()
    assert anne.is_active
    assert list(anne.grants.values_list("role", flat=True)) == ["evaluation"]


def test_a_link_for_a_new_password_is_shown_once_and_opens(desk: Client, client: Client):
    anne = person(name="Anne")
    page = send(desk, "person_link", anne.pk).text
    path = page.split('value="http://testserver')[1].split('"')[0]
    assert "Pour Anne" in client.get(path).text
    assert anne.links.get().made_by is not None


def test_who_lost_their_telephone_enters_with_their_password(desk: Client):
    anne = person(totp_secret=b"x")
    send(desk, "person_no_code", anne.pk)
    anne.refresh_from_db()
    assert anne.totp_secret is None
    assert desk.post(reverse("person_no_code", args=[anne.pk])).status_code == 404


def test_what_was_done_is_kept(desk: Client, chief: User):
    anne = person(name="Anne", totp_secret=b"x")
    send(desk, "person_invite", name="Benoît", role="evaluation", where="reseau")
    send(desk, "invitation_cancel", Link.objects.get().pk)
    send(desk, "person", anne.pk, role="evaluation", where="reseau")
    send(desk, "grant_remove", anne.pk, anne.grants.get().pk)
    send(desk, "person_no_code", anne.pk)
    send(desk, "person_link", anne.pk)
    send(desk, "person_close", anne.pk)
    send(desk, "person_reopen", anne.pk)
    assert list(Trace.objects.order_by("pk").values_list("what", "about")) == [
        ("Invitation", "Benoît\u202f: Évaluation, tout le réseau"),
        ("Invitation annulée", "Benoît"),
        ("Rôle donné", "Anne\u202f: Évaluation, tout le réseau"),
        ("Rôle retiré", "Anne\u202f: Évaluation, tout le réseau"),
        ("Code à la connexion retiré", "Anne"),
        ("Lien de nouveau mot de passe", "Anne"),
        ("Compte fermé", "Anne"),
        ("Compte rouvert", "Anne"),
    ]
    assert set(Trace.objects.values_list("user", flat=True)) == {chief.pk}


def test_places_are_made_written_otherwise_closed_and_reopened(desk: Client):
    answers = {"name": "La Petite Cantine", "type": "petite cantine", "town": "Épinal", "colour": "#123abc"}
    send(desk, "place_new", **answers)
    there = Place.objects.get()
    assert (there.slug, there.colour, there.town) == ("la-petite-cantine", "#123abc", "Épinal")
    send(desk, "place_edit", there.pk, **answers | {"name": "La Grande Cantine"})
    there.refresh_from_db()
    assert (there.name, there.slug) == ("La Grande Cantine", "la-petite-cantine"), "its address stays"
    send(desk, "place_close", there.pk)
    assert "fermés" in desk.get(reverse("places")).text
    send(desk, "place_reopen", there.pk)
    there.refresh_from_db()
    assert not there.closed


def test_two_places_whose_short_names_are_the_same_have_two_addresses(desk: Client):
    for name in ("Le Café !", "Le café", "Le Cafe"):
        send(desk, "place_new", name=name, colour="#94590a")
    assert sorted(Place.objects.values_list("slug", flat=True)) == ["le-cafe", "le-cafe-2", "le-cafe-3"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"name": "la petite CANTINE"}, "porte déjà ce nom"),
        ({"name": ""}, "obligatoire"),
        ({"colour": "rouge"}, "couleur s’écrit"),
        ({"colour": "#12345g"}, "couleur s’écrit"),
    ],
)
def test_a_place_that_cannot_be_is_not(desk: Client, answers: dict[str, str], told: str):
    place("La Petite Cantine")
    page = send(desk, "place_new", **{"name": "Une autre", "colour": "#94590a"} | answers)
    assert told in page.text
    assert Place.objects.count() == 1


def test_the_activity_is_shown_by_person_by_kind_and_by_page(desk: Client, chief: User):
    anne = person(name="Anne")
    Trace.objects.bulk_create([Trace(user=anne, what="Connexion", about=f"n° {n}") for n in range(60)])
    Trace.objects.create(user=chief, what="Export", about="passages.csv")
    first, second = desk.get(reverse("activity")).text, desk.get(reverse("activity"), {"page": "2"}).text
    assert "passages.csv" in first
    assert "n° 59" in first
    assert "n° 0<" not in first
    assert "n° 0<" in second
    exports = desk.get(reverse("activity"), {"what": "Export"}).text
    assert "passages.csv" in exports
    assert "n° 59" not in exports
    assert "passages.csv" not in desk.get(reverse("activity"), {"who": anne.pk}).text
    assert "page=2" in desk.get(reverse("activity"), {"what": "Connexion"}).text


@pytest.mark.parametrize("query", ["page=abc", "who=abc", "what=abc", "page=99999999999", "who=99999999999999999999"])
def test_a_made_up_filter_shows_a_page_all_the_same(desk: Client, query: str):
    assert desk.get(f"{reverse('activity')}?{query}").status_code == 200


def test_a_name_that_holds_a_page_is_shown_as_it_is_written(desk: Client):
    anne = person("evaluation", place("<img src=x>"), name="<script>alert(1)</script>{{ 7 }}")
    for address in (reverse("people"), reverse("person", args=[anne.pk]), reverse("places"), reverse("activity")):
        page = desk.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page

"""Drawing a sample and giving it: from where, how, to whom; and why it cannot be."""

from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from tests.web.double.conftest import Sample
from voices import doubling, reviewing
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.store.models import Assignment, Passage, Trace

pytestmark = pytest.mark.django_db


def asked(sample: Sample, **fields: Any) -> dict[str, Any]:
    people = [sample.marie.pk, sample.paul.pk]
    return {"titre": "Hiver", "personnes": people, "taille": 4, "tirage": "lieux", "graine": 12, "lieu": ""} | fields


def made(sample: Sample, user: Any = None, **fields: Any) -> Assignment:
    before = set(Assignment.objects.values_list("pk", flat=True))
    answer = sample.browser(user).post(reverse("double_new"), asked(sample, **fields))
    assert answer.status_code == 302, answer.context["form"].errors
    return Assignment.objects.exclude(pk__in=before).get()


def test_the_draw_gives_each_place_its_part_and_says_how_it_was_drawn(sample: Sample):
    Assignment.objects.all().delete()
    one = made(sample, user=sample.lise)
    places = [row.passage.place_id for row in one.passages.all()]
    assert sorted(places) == sorted([sample.here.pk, sample.there.pk] * 2)
    shown = sample.browser().get(reverse("double_one", args=[one.pk])).content.decode()
    for words in ("Au hasard, réparti entre les lieux", "La Cantine du Lavoir, Le Grain de Sel", ">12<", "par Lise"):
        assert words in shown, words
    assert list(Trace.objects.values_list("what", "about")) == [("Double codage donné", "Hiver, 4\xa0passages")]


def test_the_same_seed_draws_the_same_passages_and_another_others(sample: Sample):
    found = []
    for seed in (5, 5, 6):
        Assignment.objects.all().delete()
        found.append(list(made(sample, graine=seed, taille=6).passages.values_list("passage", flat=True)))
    assert found[0] == found[1] != found[2]


def test_it_is_drawn_where_the_machine_hesitates_most(sample: Sample):
    Assignment.objects.all().delete()
    found = [row.passage.doubt for row in made(sample, tirage="doute", taille=4).passages.all()]
    assert sorted(found) == sorted(Passage.objects.values_list("doubt", flat=True))[-4:]
    assert min(found) > Passage.objects.order_by("doubt")[0].doubt


def test_it_is_drawn_with_as_many_of_each_code(sample: Sample):
    Assignment.objects.all().delete()
    codes = ("accueil", "appartenance", "action")
    drawn_of = [row.passage for row in made(sample, tirage="codes", taille=4).passages.all()]
    first = [next((code for code in codes if getattr(one, code)), "") for one in drawn_of]
    assert sorted(first) == ["", "accueil", "action", "appartenance"]


def test_what_one_of_them_reviewed_what_is_being_coded_and_what_was_cut_are_left_out(sample: Sample):
    assigned = set(sample.one.passages.values_list("passage", flat=True))
    free = [one for one in sample.passages if one.pk not in assigned]
    reviewing.decide(free[0], sample.paul, Coding(), token="p")
    cut = free[1]
    reviewing.split(cut, sample.lise, [cut.start + 5], token="c")
    expected = {one.pk for one in free[2:]}
    one = made(sample, taille=50)
    assert set(one.passages.values_list("passage", flat=True)) == expected
    assert set(doubling.drawable(Passage.objects.all(), [sample.lise]).values_list("pk", flat=True)) == {free[0].pk}


def test_fewer_than_were_asked_for_is_said(sample: Sample):
    answer = sample.browser().post(reverse("double_new"), asked(sample, taille=50), follow=True)
    assert "6 passages. On en demandait 50" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"personnes": []}, "Ce champ est obligatoire"),
        ({"titre": ""}, "Ce champ est obligatoire"),
        ({"taille": 1}, "supérieure ou égale à 2"),
        ({"taille": 5000}, "inférieure ou égale à 500"),
        ({"tirage": "autre"}, "choix valide"),
        ({"personnes": [999]}, "choix valide"),
    ],
)
def test_a_draw_that_cannot_be_made_says_why(sample: Sample, fields: dict[str, Any], told: str):
    answer = sample.browser().post(reverse("double_new"), asked(sample, **fields))
    errors = " ".join(str(error) for found in answer.context["form"].errors.values() for error in found)
    assert answer.status_code == 200
    assert told.lower() in errors.lower()
    assert Assignment.objects.count() == 1


def test_two_people_at_least(sample: Sample):
    answer = sample.browser().post(reverse("double_new"), asked(sample, personnes=[sample.marie.pk]))
    assert "au moins deux personnes" in answer.content.decode()
    with pytest.raises(VoicesError):
        doubling.assign(
            "x", [sample.marie], Passage.objects.all(), doubling.Sampling(3, doubling.Way.PLACES, 1), sample.lise
        )


def test_when_nothing_is_left_to_draw_it_says_so(sample: Sample):
    made(sample, taille=50)
    answer = sample.browser().post(reverse("double_new"), asked(sample))
    assert "Aucun passage à coder" in answer.content.decode()


def test_one_draws_only_where_one_may_and_where_all_the_coders_may(sample: Sample):
    Assignment.objects.all().delete()
    here = person("evaluation", sample.here, name="Nora")
    one = made(sample, user=here, personnes=[here.pk, sample.marie.pk], taille=50)
    assert {row.passage.place_id for row in one.passages.all()} == {sample.here.pk}
    answer = sample.browser().post(
        reverse("double_new"), asked(sample, personnes=[here.pk, sample.marie.pk], lieu=sample.there.pk)
    )
    assert "ne peuvent pas toutes coder" in answer.content.decode()
    answer = signed_in(here).post(reverse("double_new"), asked(sample, lieu=sample.there.pk))
    assert answer.status_code == 200
    assert Assignment.objects.count() == 1


def test_people_of_other_places_and_of_other_roles_are_not_offered(sample: Sample):
    here = person("evaluation", sample.here, name="Nora")
    person("evaluation", place(), name="Ailleurs")
    person("coordination", sample.here, name="Coordinatrice")
    person("evaluation", name="Partie", is_active=False)
    shown = signed_in(here).get(reverse("double_new")).content.decode()
    assert all(name in shown for name in ("Nora", "Marie", "Paul", "Lise"))
    assert not any(name in shown for name in ("Ailleurs", "Coordinatrice", "Partie"))

"""Double coding from the draw to what is settled: who may, what is drawn, what is kept, what is taken away."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.review.test_together import at_once
from tests.web.conftest import person, place, signed_in
from tests.web.double.conftest import Sample, drawn
from voices import doubling, reviewing
from voices.coding.agreement import alpha
from voices.domain import Sense
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.store.models import Assignment, Decision, Passage, Trace

pytestmark = pytest.mark.django_db


def asked(sample: Sample, **fields: Any) -> dict[str, Any]:
    people = [sample.marie.pk, sample.paul.pk]
    return {"titre": "Hiver", "personnes": people, "taille": 4, "tirage": "lieux", "graine": 12, "lieu": ""} | fields


def made(sample: Sample, user: Any = None, **fields: Any) -> Assignment:
    before = set(Assignment.objects.values_list("pk", flat=True))
    answer = sample.browser(user).post(reverse("double_new"), asked(sample, **fields))
    assert answer.status_code == 302, answer.context["form"].errors
    return Assignment.objects.exclude(pk__in=before).get()


def table(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def closed(sample: Sample) -> Sample:
    """Marie and Paul agree on all passages but the first two."""
    sample.code_all(sample.marie, accueil="+")
    for order in sample.orders():
        sample.code(sample.paul, order, **({"action": "-"} if order < 3 else {"accueil": "+"}))
    sample.browser().post(sample.url("double_close"))
    return sample


# ---- The draw


def test_the_draw_gives_each_place_its_part_and_says_how_it_was_drawn(sample: Sample):
    Assignment.objects.all().delete()
    one = made(sample, user=sample.lise)
    places = [row.passage.place_id for row in one.passages.all()]
    assert sorted(places) == sorted([sample.here.pk, sample.there.pk] * 2)
    shown = sample.browser().get(reverse("double_one", args=[one.pk])).content.decode()
    for words in ("Au hasard, réparti entre les lieux", "La Cantine du Lavoir, Le Grain de Sel", ">12<", "par Lise"):
        assert words in shown, words
    assert list(Trace.objects.values_list("what", "about")) == [("double codage donné", "Hiver, 4 passages")]


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


# ---- Who may


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


def test_a_double_coding_over_two_places_is_not_there_for_who_has_one(sample: Sample):
    here = person("evaluation", sample.here)
    assert signed_in(here).get(sample.url("double_one")).status_code == 404
    assert "Automne" not in signed_in(here).get(reverse("double")).content.decode()
    closed(sample)
    for name in ("double_one", "double_differences", "double_codings", "double_differences_csv"):
        assert signed_in(here).get(sample.url(name)).status_code == 404
    assert signed_in(here).post(sample.url("double_settle", 1), {}).status_code == 404


def test_who_does_not_code_in_it_has_no_desk(sample: Sample):
    for name in ("double_passage", "double_card"):
        assert sample.browser(sample.lise).get(sample.url(name, 1)).status_code == 404
    assert sample.code(sample.lise, 1, accueil="+").status_code == 404
    with pytest.raises(VoicesError):
        doubling.code(sample.one, sample.at(1), sample.lise, Coding(), token="l")
    assert not Decision.objects.exists()


def test_passages_of_a_testimony_withdrawn_since_are_asked_for_no_more(sample: Sample):
    gone = sample.at(2)
    gone.testimony.consent = "retire"
    gone.testimony.save()
    left = [order for order in sample.orders() if sample.at(order).testimony_id != gone.testimony_id]
    assert sample.browser().get(sample.url("double_passage", 2)).status_code == 404
    for user in (sample.marie, sample.paul):
        for order in left:
            sample.code(user, order, accueil="+")
    sample.browser().post(sample.url("double_close"))
    assert sample.one.closed_at
    assert gone.text not in b"".join(sample.browser().get(sample.url("double_codings"))).decode()


# ---- Coding


def test_one_s_sample_says_what_is_left_and_where_to_resume(sample: Sample):
    def page(name: str = "double_one") -> Any:
        return sample.browser().get(sample.url(name))

    assert page().context["resume"] == sample.url("double_passage", 1)
    answer = sample.code(sample.marie, 1, accueil="+")
    assert answer.url == sample.url("double_passage", 2)
    sample.code(sample.marie, 3, action="-")
    assert page().context["resume"] == sample.url("double_passage", 2)
    assert page().context["left"] == 4
    assert "Reprendre" in sample.browser().get(reverse("double")).content.decode()
    assert sample.code(sample.marie, 2).url == sample.url("double_passage", 4)
    assert sample.code(sample.marie, 6).url == sample.url("double_one")
    for order in (4, 5):
        sample.code(sample.marie, order)
    assert page().context["resume"] == ""
    assert "Vous avez tout codé" in page().content.decode()


def test_coding_again_replaces_one_s_word_and_the_form_starts_from_it(sample: Sample):
    sample.code(sample.marie, 1, accueil="+", commentaire="Un mot.")
    sample.code(sample.marie, 1, action="-", confiance="on", commentaire="Un autre.")
    shown = sample.browser().get(sample.url("double_passage", 1)).content.decode()
    assert 'name="code-action" value="-" checked' in shown
    assert "Un autre." in shown
    [line] = [one for one in doubling.gathered(sample.one, Passage.objects.all()).lines if one.words]
    assert line.words[sample.marie.pk].codes == {"action": "-"}
    assert Decision.objects.count() == 2


def test_what_is_sent_twice_is_kept_once_and_answered_alike(sample: Sample):
    address = sample.url("double_decide", 1)
    said = {"code-accueil": "+", "token": "t"}
    answers = [sample.browser().post(address, said, headers={"Accept": "application/json"}).json() for _ in range(2)]
    assert answers[0]["kept"]
    assert answers[0]["decision"] == answers[1]["decision"]
    assert set(answers[0]) == {"kept", "address", "told", "decision"}
    assert Decision.objects.count() == 1


def test_the_last_coding_is_undone_and_only_one_s_own(sample: Sample):
    sample.code(sample.paul, 1, accueil="-")
    sample.code(sample.marie, 1, accueil="+")
    sample.code(sample.marie, 2, action="+")
    undo = sample.url("double_undo")
    assert [sample.browser().post(undo).url for _ in range(2)] == [sample.url("double_passage", at) for at in (2, 1)]
    answer = sample.browser().post(undo, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["problem"]) == (409, "Il n’y a rien à annuler.")
    found = doubling.gathered(sample.one, Passage.objects.all())
    assert (found.done(sample.marie), found.done(sample.paul)) == (0, 1)
    # The undo of the desk of the review does not reach what was coded blind.
    assert reviewing.last_of(sample.paul) is None


def test_codes_that_no_form_of_ours_sends_are_refused(sample: Sample):
    sample.browser().post(sample.url("double_decide", 1), {"code-inconnu": "+"})
    sample.browser().post(sample.url("double_decide", 1), {"code-accueil": "?"})
    assert not Decision.objects.exists()


# ---- Closing


@pytest.mark.parametrize(
    ("who", "coded", "may"),
    [
        ("lise", "", True),
        ("marie", "", False),
        ("marie", "marie", False),
        ("marie", "marie paul", True),
        ("paul", "marie", False),
    ],
)
def test_nobody_closes_before_having_coded(sample: Sample, who: str, coded: str, may: bool):
    for name in coded.split():
        sample.code_all(getattr(sample, name), accueil="+")
    user = getattr(sample, who)
    sample.browser(user).post(sample.url("double_close"))
    assert (sample.one.closed_at is not None) is may


def test_who_made_it_and_codes_in_it_closes_early_once_their_own_part_is_done(sample: Sample):
    Assignment.objects.update(made_by=sample.marie)
    sample.browser().post(sample.url("double_close"))
    assert sample.one.closed_at is None
    sample.code_all(sample.marie, accueil="+")
    sample.browser().post(sample.url("double_close"))
    assert sample.one.closed_at
    shown = sample.browser().get(sample.url("double_one")).content.decode()
    assert "il n’y a rien à comparer" in shown


def test_after_it_closed_nothing_blind_is_kept(sample: Sample):
    closed(sample)
    number = Decision.objects.count()
    assert sample.browser().get(sample.url("double_passage", 1)).url == sample.url("double_one")
    assert sample.browser().get(sample.url("double_card", 1)).status_code == 404
    answer = sample.browser().post(sample.url("double_decide", 1), {}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["problem"]) == (409, "Ce double codage est clos.")
    sample.browser().post(sample.url("double_undo"))
    assert Decision.objects.count() == number


def test_closing_makes_reviews_of_what_was_coded_and_differences_of_what_differs(sample: Sample):
    sample.code_all(sample.marie, accueil="+")
    assert {one.standing for one in map(sample.now, sample.orders())} == {"machine"}
    closed(sample)
    standing = [sample.now(order).standing for order in sample.orders()]
    assert standing == ["divergent"] * 2 + ["relu"] * 4
    before = sample.one.closed_at
    sample.browser().post(sample.url("double_close"))
    assert sample.one.closed_at == before


def test_the_agreement_is_that_of_the_library(sample: Sample):
    closed(sample)
    shown = sample.browser().get(sample.url("double_one"))
    told = {one.label: one for one in shown.context["agreements"]}
    expected = alpha([(True, order > 2) for order in sample.orders()])
    assert told["Accueil"].figure.alpha == expected
    assert (told["Accueil"].figure.same, told["Accueil"].figure.passages) == (4, 6)
    assert told["Accueil"].mark == "faible"
    assert f"{expected:.2f}".replace(".", ",").lstrip("-") in shown.content.decode()
    assert "rien qui permette de le mesurer" in told["Appartenance"].meaning


# ---- Settling


def test_what_is_settled_holds_with_its_history(sample: Sample):
    closed(sample)
    shown = sample.browser().get(sample.url("double_differences")).content.decode()
    assert "2 passages à départager, sur 2" in shown
    answer = sample.browser(sample.lise).post(sample.url("double_settle", 1), {"code-action": "-"})
    assert answer.url == sample.url("double_differences")
    now = sample.now(1)
    assert (now.standing, now.accueil, now.action) == ("tranche", "", "-")
    decision = Decision.objects.latest("pk")
    assert (decision.kind, decision.author, decision.assignment) == ("tranche", sample.lise, sample.one)
    assert decision.before["standing"] == "divergent"
    shown = sample.browser().get(sample.url("double_differences")).content.decode()
    assert "1 passage à départager, sur 2" in shown
    assert "Tranché par Lise" in shown
    # What is settled at the desk of the review is settled here too.
    sample.browser().post(reverse("review_decide", args=[sample.at(2).pk]), {"code-accueil": "±", "tranche": "1"})
    assert "Tout est départagé" in sample.browser().get(sample.url("double_differences")).content.decode()


def test_settling_otherwise_starts_from_a_word_and_shows_both(sample: Sample):
    closed(sample)
    shown = sample.browser().get(sample.url("double_settle", 2)).content.decode()
    assert 'name="code-action" value="-" checked' in shown
    assert "Marie" in shown
    assert "Paul" in shown
    sample.browser().post(sample.url("double_settle", 2), {"code-appartenance": "±", "confiance": "on"})
    now = sample.now(2)
    assert (now.standing, now.appartenance, now.trust, now.action) == ("tranche", "±", True, "")
    assert sample.browser().get(sample.url("double_settle", 5)).status_code == 404


def test_nothing_is_settled_while_it_is_blind(sample: Sample):
    sample.code_all(sample.marie, accueil="+")
    sample.code_all(sample.paul)
    assert sample.browser().post(sample.url("double_settle", 1), {}).status_code == 404
    with pytest.raises(VoicesError):
        doubling.settle(sample.one, sample.at(1), sample.lise, Coding(), token="s")


# ---- Tables


def test_the_codings_are_a_table_with_a_line_a_person(sample: Sample):
    closed(sample)
    rows = table(sample.browser().get(sample.url("double_codings")))
    assert len(rows) == 12
    first = [row for row in rows if row["numero"] == "1"]
    assert [(row["personne"], row["accueil"], row["action"]) for row in first] == [
        ("Marie", "présence", ""),
        ("Paul", "", "manque"),
    ]
    assert Trace.objects.filter(what="export du double codage").exists()


def test_the_differences_are_a_table_with_what_each_says_and_what_was_settled(sample: Sample):
    closed(sample)
    sample.browser(sample.lise).post(sample.url("double_settle", 1), {"code-action": "-"})
    rows = table(sample.browser().get(sample.url("double_differences_csv")))
    assert [
        (row["numero"], row["code"], row["Marie"], row["Paul"], row["tranche"], row["tranche_par"]) for row in rows
    ] == [
        ("1", "accueil", "présence", "absent", "absent", "Lise"),
        ("1", "action", "absent", "manque", "manque", "Lise"),
        ("2", "accueil", "présence", "absent", "", ""),
        ("2", "action", "absent", "manque", "", ""),
    ]


@pytest.mark.parametrize("name", ["double_codings", "double_differences_csv"])
def test_no_cell_is_a_formula(sample: Sample, name: str):
    Passage.objects.update(text="=1+1")
    sample.marie.name = "@marie"
    sample.marie.save()
    for order in sample.orders():
        sample.code(sample.marie, order, accueil="+", commentaire="=HYPERLINK(1)")
        sample.code(sample.paul, order)
    sample.browser().post(sample.url("double_close"))
    text = b"".join(sample.browser().get(sample.url(name))).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert "'=1+1" in cells
    assert "'@marie" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.django_db(transaction=True)
def test_two_coders_at_once_lose_nothing_and_one_who_comes_after_the_close_is_told():
    sample = drawn()
    one, passages = sample.one, [sample.at(order) for order in sample.orders()]

    def coding(user: Any, sense: Sense) -> Any:
        return lambda: [
            doubling.code(one, each, user, Coding({"accueil": sense}), token=uuid4().hex).pk for each in passages * 4
        ]

    kept = at_once(coding(sample.marie, Sense.PRESENCE), coding(sample.paul, Sense.LACK))
    assert len({pk for each in kept for pk in each}) == 48  # type: ignore[attr-defined]
    found = doubling.gathered(one, Passage.objects.all())
    assert found.complete
    assert len(found.differing) == 6
    at_once(*[lambda: doubling.close(one)] * 3)
    assert set(Passage.objects.filter(assigned__assignment=one).values_list("standing", flat=True)) == {"divergent"}
    with pytest.raises(VoicesError):
        doubling.code(one, passages[0], sample.marie, Coding(), token="late")


def test_the_list_begins_with_what_waits_for_the_reader(sample: Sample):
    shown = sample.browser().get(reverse("double"))
    assert [row.double.assignment for row in shown.context["waiting"]] == [sample.one]
    assert sample.browser(sample.lise).get(reverse("double")).context["waiting"] == []
    sample.code_all(sample.marie)
    assert sample.browser().get(reverse("double")).context["waiting"] == []
    assert "les autres codent" in sample.browser().get(reverse("double")).content.decode()


def test_a_text_that_would_be_markup_is_only_text(sample: Sample):
    bad = "<script>alert(1)</script>{{ x }}"
    Passage.objects.update(text=bad)
    Assignment.objects.update(title=bad)
    sample.code(sample.marie, 1, accueil="+", commentaire=bad)
    pages = [sample.url("double_one"), sample.url("double_passage", 1), reverse("double")]
    closed(sample)
    pages += [sample.url("double_one"), sample.url("double_differences"), sample.url("double_settle", 1)]
    for page in pages:
        assert "<script>alert" not in sample.browser().get(page).content.decode()

"""Coding blind, closing, comparing, settling: who may, what is kept, what holds."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.review.test_together import at_once
from tests.web.conftest import person, signed_in
from tests.web.double.conftest import Sample, drawn
from voices import doubling, reviewing
from voices.coding.agreement import alpha
from voices.domain import Sense
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.store.models import Assignment, Decision, Passage

pytestmark = pytest.mark.django_db


def test_a_double_coding_over_two_places_is_not_there_for_who_has_one(sample: Sample):
    here = person("evaluation", sample.here)
    assert signed_in(here).get(sample.url("double_one")).status_code == 404
    assert "Automne" not in signed_in(here).get(reverse("double")).content.decode()
    sample.closed()
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
    sample.closed()
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
    sample.closed()
    standing = [sample.now(order).standing for order in sample.orders()]
    assert standing == ["divergent"] * 2 + ["relu"] * 4
    before = sample.one.closed_at
    sample.browser().post(sample.url("double_close"))
    assert sample.one.closed_at == before


def test_the_agreement_is_that_of_the_library(sample: Sample):
    sample.closed()
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
    sample.closed()
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
    sample.closed()
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
    at_once(*[lambda: doubling.close(one, None)] * 3)
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
    sample.closed()
    pages += [sample.url("double_one"), sample.url("double_differences"), sample.url("double_settle", 1)]
    for page in pages:
        assert "<script>alert" not in sample.browser().get(page).content.decode()

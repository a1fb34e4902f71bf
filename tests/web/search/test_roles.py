"""The role of who speaks: said at the deposit, found by a filter, shown with the testimony, and never beside quotes."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, testimony
from voices.store import testimonies as kept
from voices.store.keeping import role_fields
from voices.store.models import Deposit
from voices.web.access import Action, reach_of
from voices.web.views.review.asked import QueueForm
from voices.web.views.search import SearchForm

pytestmark = pytest.mark.django_db


def test_passages_are_found_by_the_role_of_who_speaks():
    here, away = place(), place()
    said = ["Bénévole", "bénévoles du mardi", "trésorière", ""]
    passages = [passage(testimony(here, **role_fields(one))) for one in said]
    passage(testimony(away, **role_fields("maçon")))
    reach = reach_of(person("evaluation", here))
    found = reach.passages(Action.SEARCH)
    for form in (SearchForm, QueueForm):
        for asked, ranks in (
            ("benevole", [0, 1]),
            ("trésorière", [2]),
            ("-", [3]),
            ("convive", []),
            ("", [0, 1, 2, 3]),
        ):
            filtered = form(QueryDict(f"role={asked}"), reach=reach, action=Action.SEARCH)
            ids = set(filtered.among(found).values_list("pk", flat=True))
            assert ids == {passages[rank].pk for rank in ranks}, asked
    offered = dict(SearchForm(QueryDict(), reach=reach, action=Action.SEARCH).fields["role"].choices)  # type: ignore[attr-defined]
    assert "trésorière" in offered
    assert "maçon" not in offered
    assert kept.testimony_of(passages[1].testimony).origin.role == "bénévoles du mardi"


def test_the_role_is_shown_with_the_testimony_and_never_to_who_quotes():
    here = place()
    letter = testimony(here, **role_fields("Trésorière"))
    one = passage(letter, accueil="+")
    marie, claire = signed_in(person("evaluation")), signed_in(person("communication"))
    for address in (reverse("review_testimony", args=[letter.pk]), reverse("testimony", args=[letter.pk])):
        assert "Trésorière" in marie.get(address).content.decode(), address
    for name in ("quote_around", "quote_testimony", "quote_cut", "quote_cards"):
        assert "Trésorière" not in claire.get(reverse(name, args=[one.pk])).content.decode(), name
    assert "Trésorière" not in claire.get(reverse("quotes")).content.decode()


@pytest.mark.parametrize(("said", "role"), [("bénévoles", "bénévoles"), ("", ""), ("mère de Léo", None)])
def test_a_deposit_says_the_role_of_those_who_speak(said: str, role: str | None):
    here = place()
    user = person("coordination", here)
    sent = {"place": here.pk, "consent": "analyse", "source": "lettre", "text": "On m’a tiré une chaise.", "role": said}
    answer = signed_in(user).post(reverse("deposit_new"), sent)
    made = Deposit.objects.first()
    if role is None:
        assert made is None
        assert "sans nom ni chiffre" in answer.content.decode()
    else:
        assert made is not None
        assert made.role == role

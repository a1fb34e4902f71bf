"""Passages of the base read anew by the machine."""

import pytest
from django.conf import settings as site

from tests.receiving.conftest import appear
from tests.receiving.fakes import VECTOR, QuickMachine
from tests.web.conftest import passage, person, place, suggested
from tests.web.conftest import testimony as testified
from voices.receiving.appearing import Appearance
from voices.receiving.recoding import recode
from voices.store.models import MachinePass, Passage, Suggestion
from voices.store.models.people import Role

pytestmark = pytest.mark.django_db


def ready(*passages: Passage) -> Appearance:
    by = person(Role.EVALUATOR)
    ids = [one.pk for one in passages]
    return recode(ids, by=by, machine=QuickMachine(site.VOICES), watch=lambda _: lambda *_: None)


@pytest.fixture
def sitting() -> Passage:
    return passage(testified(place()))  # « On m’a tiré une chaise… »


def test_a_passage_read_anew_has_a_new_pass_of_its_own(sitting):
    suggested(sitting, {"action": "-"})
    appear(ready(sitting))
    sitting.refresh_from_db()
    assert (sitting.accueil, sitting.action) == ("+", "")
    assert bytes(sitting.vector) == VECTOR
    assert "chaise" in sitting.lemmas
    assert [one.coder for one in MachinePass.objects.order_by("pk")] == ["essai", "codeur-essai@1"]
    assert Suggestion.objects.filter(passage=sitting).count() == 2


def test_a_passage_whose_words_changed_meanwhile_is_left_as_it_is(sitting):
    found = ready(sitting)
    Passage.objects.update(text="Personne ne m’a jugée.")
    appear(found)
    sitting.refresh_from_db()
    assert (sitting.accueil, sitting.vector) == ("", None)


def test_a_retired_passage_is_not_read(sitting):
    Passage.objects.update(retired=True)
    appear(ready(sitting))
    assert not MachinePass.objects.exists()

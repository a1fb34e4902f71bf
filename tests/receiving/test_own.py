"""Own codes beside those of the 3A: what the machine adds of the book in force."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as site

from tests.web.conftest import passage, place, testimony
from voices import coding, defining
from voices.defining import Book
from voices.domain import CodedPassage, Coding, OwnCode, OwnCodings, Passage, Sense
from voices.receiving.machine import Machine
from voices.store.testimonies import passages_of

pytestmark = pytest.mark.django_db

FEAST = OwnCode("fete", "Fête", "On fête ensemble.")


class Seeker:
    """Finds the own code in every passage."""

    def code(self, passages: list[Passage], encoder: object) -> tuple[OwnCodings, ...]:
        del encoder
        found = tuple(Coding(one.id, "fete", Sense.PRESENCE, 0.4, 1.0) for one in passages)
        return (OwnCodings(FEAST, found, {}),)


def machine(*, blind: bool = False) -> Any:
    made: Any = Machine(site.VOICES)
    made._coder, made._reader = SimpleNamespace(blind=blind), None
    made._own = {(FEAST,): Seeker()}
    return made


def coded(made: Any, *, outside: bool = False) -> list[str]:
    read = passages_of([passage(testimony(place()))])
    said = CodedPassage(read[0].id, (), {"accueil": 0.1}, trust=False, trust_probability=0.1, outside=outside)
    [both] = made._with_own(read, [said])
    return [one.code for one in both.codings]


def test_the_machine_follows_the_book_in_force():
    assert coded(machine()) == []
    defining.keep(Book(coding.codebook(), (FEAST,)), base=0, note="", by=None)
    assert coded(machine()) == ["fete"]
    assert machine()._describe_own() == {"Codes ajoutés": "Fête"}
    defining.keep(Book(coding.codebook()), base=1, note="", by=None)
    assert coded(machine()) == []


def test_what_is_not_for_the_coder_gets_no_own_code():
    defining.keep(Book(coding.codebook(), (FEAST,)), base=0, note="", by=None)
    assert coded(machine(), outside=True) == []


def test_a_coder_that_reads_without_vectors_seeks_none_and_says_so():
    defining.keep(Book(coding.codebook(), (FEAST,)), base=0, note="", by=None)
    assert coded(machine(blind=True)) == []
    assert "non cherchés" in machine(blind=True)._describe_own()["Codes ajoutés"]

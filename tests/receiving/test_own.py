"""Own codes beside those of the 3A: what the machine adds of the book in force."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as site

from tests.web.conftest import passage, person, place, testimony
from voices import coding, defining, reviewing
from voices.defining import Book
from voices.domain import CodedPassage, Coding, OwnCode, OwnCodings, Passage, Sense
from voices.receiving.decided import decided
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
    made._built = ((FEAST,), (), Seeker())
    return made


def coded(made: Any, *, outside: bool = False) -> list[str]:
    read = passages_of([passage(testimony(place()))])
    said = CodedPassage(read[0].id, (), {"accueil": 0.1}, trust=False, trust_probability=0.1, outside=outside)
    [both] = made._with_own(read, [said], made._seeker())
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


def test_it_learns_from_what_people_said_since_the_code_came():
    marie = person("evaluation")
    before, there, absent, unread = (passage(testimony(place())) for _ in range(4))
    reviewing.decide(before, marie, reviewing.Coding({"accueil": Sense.PRESENCE}), token="a")
    defining.keep(Book(coding.codebook(), (FEAST,)), base=0, note="", by=None)
    reviewing.decide(there, marie, reviewing.Coding({"fete": Sense.PRESENCE}), token="b")
    reviewing.decide(absent, marie, reviewing.Coding(), token="c")
    defining.keep(Book(coding.codebook(), (replace(FEAST, definition="Autrement."),)), base=1, note="", by=None)
    found = {(one.testimony_id, "fete" in one.codes) for one in decided([FEAST])}
    assert found == {(there.testimony.key, True), (absent.testimony.key, False)}
    assert unread.testimony.key not in {one for one, _ in found}
    assert decided([OwnCode("autre", "Autre", "x")]) == ()

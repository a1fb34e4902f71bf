"""What is printed of an origin is shared by five voices at least, or it is nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.studies import small
from voices import domain
from voices.domain import Origin, Quote, Role, Turn
from voices.exchange.journal import journal
from voices.neighbours import FEW, Neighbours
from voices.quotes import widened

ORIGINS = st.builds(
    Origin,
    place=st.sampled_from([None, "Le Fournil", "La Clé"]),
    place_type=st.sampled_from([None, "tiers_lieu"]),
    date=st.sampled_from([None, "2023", "2023-05", "2024-01-02"]),
    channel=st.sampled_from([None, "sms"]),
)


def spoken(name: str, origin: Origin, *voices: str) -> domain.Testimony:
    turns = tuple(Turn(at, at + 1, Role.WITNESS, voice) for at, voice in enumerate(voices or ("V",)))
    return domain.Testimony(name, "x" * len(turns), turns, origin)


@given(st.lists(ORIGINS, max_size=30))
def test_what_is_printed_is_shared_by_five_voices(origins):
    told = [spoken(f"t{at}", origin) for at, origin in enumerate(origins)]
    neighbours = Neighbours(told)
    for origin in origins:
        printed = neighbours.printable(origin)
        fits = [
            other
            for other in origins
            if (printed.place in (None, other.place))
            and (printed.date is None or (other.date or "")[:4] == printed.date[:4])
            and (printed.place_type is None or printed.place or other.place_type == printed.place_type)
        ]
        assert printed == Origin() or len(fits) >= FEW


@pytest.mark.parametrize(
    ("here", "elsewhere", "printed"),
    [
        pytest.param(5, 0, Origin("Le Fournil", "tiers_lieu", "2023-05", "sms"), id="enough of that year"),
        pytest.param(4, 1, Origin("Le Fournil", "tiers_lieu"), id="enough at that place"),
        pytest.param(4, 0, Origin(), id="nobody near"),
    ],
)
def test_an_origin_is_as_wide_as_it_must_be(here, elsewhere, printed):
    origin = Origin("Le Fournil", "tiers_lieu", "2023-05", "sms")
    told = [spoken(f"a{at}", origin) for at in range(here)]
    told += [spoken(f"b{at}", replace(origin, date="2021")) for at in range(elsewhere)]
    assert Neighbours(told).printable(origin) == printed


def test_the_kind_of_place_is_left_where_the_place_may_not_be():
    told = [spoken(f"t{at}", Origin(f"Lieu {at}", "jardin_partage", "2023")) for at in range(5)]
    assert Neighbours(told).printable(told[0].origin) == Origin(place_type="jardin_partage")


def test_one_testimony_of_many_voices_is_many():
    group = spoken("t", Origin("Le Fournil"), *"ABCDEF")
    assert not Neighbours([group]).alone(group)


def test_a_quote_that_would_be_known_has_a_wider_attribution_and_the_journal_says_so():
    told = [spoken(f"t{at}", Origin("Le Fournil", "tiers_lieu", "2023")) for at in range(5)]
    told.append(spoken("seul", Origin("La Clé", "tiers_lieu", "2023")))
    quotes = [
        Quote(f"{one.id}-1", one.id, "accueil", None, "x", ((0, 1),), "La Clé, 2023", 1.0) for one in (told[0], told[5])
    ]
    usual, wide = widened(quotes, told)
    assert usual == quotes[0]
    assert (wide.attribution, wide.widened) == ("Une personne, tiers lieu", True)
    counts = journal(replace(small(), quotes=(usual, wide)))["comptes"]
    assert counts["citations_a_signature_elargie"] == 1

"""Within what limits a consent was given, as tables and front matter say it."""

from datetime import date

import pytest

from voices.domain import OUTLETS, Outlet
from voices.ingest.limits import end_of, outlets_of, settle_collected, settle_terms, way_of
from voices.terms import Collected, Terms, Way


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("interne", (Outlet.INTERNAL,)),
        ("Presse, site", (Outlet.WEB, Outlet.PRESS)),
        ("rapport interne et financeur", (Outlet.INTERNAL, Outlet.FUNDER)),
        ("Site + réseaux sociaux", (Outlet.WEB,)),
        ("tous", OUTLETS),
        ("Tous les canaux", OUTLETS),
        ("tous sauf la presse", None),
        ("tous, presse", None),
        ("pas la presse", None),
        ("affiche", None),
    ],
)
def test_channels(written, found):
    assert outlets_of(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("31/12/2027", date(2027, 12, 31)),
        ("2027", date(2027, 12, 31)),
        ("février 2028", date(2028, 2, 29)),
        ("2027-06", date(2027, 6, 30)),
        ("la fin du projet", None),
    ],
)
def test_the_last_day(written, found):
    assert end_of(written) == found


@pytest.mark.parametrize(
    ("written", "way"),
    [
        ("formulaire signé", Way.WRITTEN),
        ("Écrit", Way.WRITTEN),
        ("De vive voix", Way.SPOKEN),
        ("case cochée", Way.BOX),
        ("?", None),
    ],
)
def test_how_it_was_collected(written, way):
    assert way_of(written) == way


def test_what_nothing_says_has_no_limit():
    assert settle_terms([{}, {"canaux": " "}]) == (Terms(), ())


def test_the_narrowest_of_what_is_written_holds():
    terms, doubts = settle_terms([{"canaux": "presse, site", "jusqu_au": "2027"}, {"canaux": "presse"}])
    assert (terms, doubts) == (Terms((Outlet.PRESS,), date(2027, 12, 31)), ())


@pytest.mark.parametrize("row", [{"canaux": "affiche"}, {"jusqu_au": "un jour"}, {"canaux": "presse ?? oui"}])
def test_what_is_not_understood_is_never_quoted_and_is_said(row):
    terms, doubts = settle_terms([row])
    assert terms.outlets == ()
    assert len(doubts) == 1
    assert "rien n’en sera cité" in doubts[0]


def test_an_end_said_not_to_be_is_none():
    assert settle_terms([{"jusqu_au": "sans limite"}]) == (Terms(), ())


def test_who_collected_it_and_how():
    rows = [{"recueil": "oral"}, {"recueilli_par": "Nadia", "recueil": "écrit"}]
    assert settle_collected(rows) == Collected("Nadia", Way.SPOKEN)

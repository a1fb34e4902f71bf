"""Which of the site's own backups stay."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices.safekeeping.rotating import moment_of, named, of_the_site, too_many

KEPT = (7, 4, 12)
NOW = datetime(2026, 11, 23, 20, 5).astimezone()


def every_day(count, start=NOW):
    return [Path(named(start - timedelta(days=number))) for number in range(count)]


def left(paths, kept=KEPT):
    gone = set(too_many(paths, kept))
    return [path for path in paths if path not in gone]


def test_a_name_tells_its_moment():
    assert moment_of(Path("/mnt") / named(NOW)) == NOW


@pytest.mark.parametrize(
    "name", ["voices-2026-11-23-200500.sauvegarde", "avant-mise-a-jour-2026-11-23-200500.sauvegarde", "echec.json",
             "site-2026-13-40-990000.sauvegarde", ".site-2026-11-23-200500.sauvegarde.12.part", "ma copie.sauvegarde"],
)  # fmt: skip
def test_what_people_put_there_is_never_taken_away(name):
    assert moment_of(Path(name)) is None
    assert too_many([Path(name)], (1, 0, 0)) == []


def test_two_years_leave_seven_days_four_weeks_twelve_months():
    stay = left(every_day(730))
    assert stay[:7] == every_day(7)
    assert len(stay) <= 7 + 4 + 12
    moments = list(of_the_site(stay).values())
    assert len({f"{moment:%Y-%m}" for moment in moments}) == 12
    assert moments[-1] < NOW - timedelta(days=300)


def test_the_last_of_each_day_stays():
    twice = [Path(named(NOW - timedelta(hours=hours))) for hours in (0, 3, 6, 24, 27)]
    assert left(twice, (7, 0, 0)) == [twice[0], twice[3]]


@given(st.lists(st.integers(0, 3000), max_size=80, unique=True), st.tuples(*[st.integers(0, 9)] * 3))
@settings(max_examples=200, deadline=None)
def test_whatever_lies_there(ages, kept):
    paths = [Path(named(NOW - timedelta(hours=age))) for age in ages]
    stay = left(paths, kept)
    assert len(stay) <= max(sum(kept), 1)
    assert not paths or next(iter(of_the_site(paths))) in stay  # the last never goes
    assert left(stay, kept) == stay  # done twice, nothing more goes

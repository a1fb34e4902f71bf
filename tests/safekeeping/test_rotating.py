"""Which of the site's own backups stay."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices.safekeeping.rotating import (
    BEFORE_RESTORING,
    BEFORE_UPDATE,
    before_too_many,
    moment_of,
    named,
    of_the_site,
    too_many,
)

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


def before(*ages, prefix=BEFORE_UPDATE):
    return [Path(named(NOW - timedelta(days=age), prefix)) for age in ages]


BEFORE = {
    "three of each stay": (
        [*before(1, 2, 3, 4, 5), *before(1, 2, prefix=BEFORE_RESTORING), *every_day(9)],
        before(4, 5),
    ),
    "a young site keeps what is older than its first daily one": ([*before(30), *every_day(9)], []),
    "none outlives the daily ones": ([*before(10, 390, 500), *left(every_day(730))], before(390, 500)),
    "none without daily ones goes because these failed": ([*before(700)], []),
    "what people named is theirs": (
        [Path("avant-mise-a-jour-du-printemps.sauvegarde"), Path("avant-la-version.sauvegarde"), *every_day(730)],
        [],
    ),
}


@pytest.mark.parametrize(("paths", "gone"), BEFORE.values(), ids=BEFORE.keys())
@pytest.mark.parametrize("jump", [0, -4000, 4000], ids=["today", "clock back", "clock ahead"])
def test_those_of_before_an_update(paths, gone, jump):
    assert list(before_too_many(paths, KEPT, NOW + timedelta(days=jump))) == gone


def test_those_of_before_an_update_stay_a_year_where_no_daily_one_is_wanted():
    assert list(before_too_many(before(10, 360, 370), (), NOW)) == before(370)

"""The site killed while the worker works: what was asked for comes once and whole, however often it was stopped."""

import re
from collections.abc import Iterator
from itertools import count

import pytest

from tests.web.killed.killing import Act, kill_during
from tests.web.killed.site import Browser, Site


@pytest.mark.parametrize("site", ["themes"], indirect=True)
def test_a_search_for_themes_is_whole_or_is_the_one_before(site: Site):
    evaluator = Browser(site, "evaluation")
    evaluator.enter("/themes/")

    def search() -> None:
        status, page = evaluator.send("/themes/calculer/")
        assert status == 302, page[-2000:]
        site.wait_for_work()

    kill_during(site, (search for _ in count()), within=4, seed=5)
    assert site.rows(_UNENDED) == []  # told with a button, where it was stopped three times
    search()
    assert site.faults() == []
    assert site.rows("SELECT count(*) > 0 FROM store_theme") in ([(1,)], [(True,)])


@pytest.mark.parametrize("site", ["reports"], indirect=True)
def test_a_report_comes_once_and_is_frozen_once(site: Site):
    evaluator = Browser(site, "evaluation")
    evaluator.enter("/rapports/nouveau/")
    jobs: list[str] = []

    def composing(number: int) -> Act:
        def ask() -> None:
            status, leads = evaluator.send("/rapports/nouveau/", title=f"Rapport {number}", audience="conseil")
            assert status == 302, leads[-2000:]
            jobs.append(re.findall(r"\d+", leads)[-1])
            site.wait_for_work()

        return ask

    def freezing() -> None:
        for (pk,) in site.rows("SELECT id FROM store_reportversion WHERE frozen_at IS NULL"):
            status, page = evaluator.send(f"/rapports/{pk}/figer/")
            assert status == 302, page[-2000:]

    def acts() -> Iterator[Act]:
        for number in count():
            yield composing(number)
            yield freezing

    kill_during(site, acts(), within=3, seed=6)
    freezing()
    assert site.rows(_UNENDED) == []
    assert site.faults() == []
    asked = [str(pk) for (pk,) in site.rows("SELECT id FROM store_job WHERE kind = 'rapport' ORDER BY id")]
    assert asked == sorted(set(jobs), key=int)
    assert site.rows("SELECT title FROM store_reportversion GROUP BY title HAVING count(*) > 1") == []
    assert site.rows("SELECT count(*) FROM store_reportversion WHERE frozen_at IS NULL") == [(0,)]


_UNENDED = """SELECT kind, problem FROM store_job
    WHERE state <> 'fini' AND NOT (state = 'echec' AND problem LIKE '%trois fois%')"""

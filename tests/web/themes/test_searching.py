"""A true search, by the worker, with testimonies that keep coming: what people did is found again."""

import numpy as np
import pytest

from tests.themes.test_themes import corpus
from tests.web.conftest import passage, person, place, testimony
from voices.store.models import Job, Passage, Place, Theme, ThemeRun, User
from voices.store.search.vectors import DIM, packed
from voices.theming import acting
from voices.web.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


def deposit(here: Place, among: slice) -> None:
    """Those of forty-eight passages on three subjects."""
    passages, vectors = corpus(48)
    padded = np.zeros((48, DIM), np.float32)
    padded[:, : vectors.shape[1]] = vectors
    for one, vector in list(zip(passages, packed(padded), strict=True))[among]:
        passage(testimony(here, one.text), vector=vector, lemmas=f" {one.text.lower()} ")


def search(by: User) -> ThemeRun:
    Job.objects.create(kind=Job.Kind.THEMES, made_by=by)
    assert Worker().one()
    assert Job.objects.latest("pk").state == Job.State.DONE
    return ThemeRun.objects.latest("pk")


def test_names_merges_and_hiding_hold_while_testimonies_keep_coming():
    here, marie = place(), person("evaluation")
    deposit(here, slice(0, 36))
    search(marie)
    first, second, third = acting.shown().order_by("pk")
    acting.rename(first, "Mon thème", marie)
    acting.hide(third, marie)
    acting.merge(first, [second], marie)
    before = {one.pk: set(one.members.values_list("passage", flat=True)) for one in Theme.objects.all()}

    assert search(marie).changes == {"new": [], "moved": {}, "gone": []}, "the same gives the same"
    deposit(here, slice(36, 48))
    run = search(marie)
    shown = {one.pk: (one.name, one.hidden) for one in acting.shown()}
    assert shown[first.pk] == ("Mon thème", False)
    assert shown[third.pk][1]
    assert Theme.objects.get(pk=second.pk).merged_into_id == first.pk
    assert (run.changes["gone"], run.changes["new"]) == ([], [])
    now = {one.pk: set(one.members.values_list("passage", flat=True)) for one in Theme.objects.all()}
    assert all(len(before[pk] & now[pk]) > len(before[pk]) / 2 for pk in before)
    assert sum(map(len, now.values())) + run.unthemed.count() == Passage.objects.count()

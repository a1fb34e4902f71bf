"""What the first visitor would wait for is ready before, or is not: the site answers all the same."""

import gc
from collections.abc import Iterator

import pytest

from tests.web.conftest import passage, place, testimony
from voices import searching
from voices.errors import ModelError
from voices.store.columns.held import KEPT
from voices.store.search import vectors
from voices.web import warming


@pytest.fixture
def unready(transactional_db: None) -> Iterator[None]:
    del transactional_db
    KEPT.forget()
    vectors.KEPT.forget()
    yield
    KEPT.forget()
    vectors.KEPT.forget()
    gc.unfreeze()


def test_what_counts_and_what_searches_is_held_beforehand(unready: None):
    passage(testimony(place("A")))
    warming.start().join()
    assert KEPT.held() == 1
    assert gc.get_freeze_count() > 0


def test_what_fails_is_not_met_by_the_site(unready: None, monkeypatch: pytest.MonkeyPatch):
    def missing(settings: object) -> None:
        raise ModelError("L’encodeur manque.", "Le poser dans le dossier des modèles.")

    monkeypatch.setattr(searching, "warm", missing)
    thread = warming.start()
    thread.join()
    assert thread.daemon
    assert KEPT.held() == 0

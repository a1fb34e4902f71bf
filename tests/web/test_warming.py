"""What the first visitor would wait for is ready before, or is not: the site answers all the same."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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


_TOLD = """
import os, sys
import voices.web.wsgi
import numpy
from threadpoolctl import threadpool_info
print([one["num_threads"] for one in threadpool_info()], os.environ.get("OPENBLAS_NUM_THREADS"))
"""


@pytest.mark.parametrize(("said", "told"), [(None, "[1] None"), ("2", "] 2")])
def test_products_of_a_page_take_one_thread_unless_told_otherwise(tmp_path: Path, said: str | None, told: str):
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    asked = {"OPENBLAS_NUM_THREADS": said} if said else {}
    environment = kept | asked | {"VOICES_DONNEES": str(tmp_path), "DJANGO_SETTINGS_MODULE": "voices.web.settings"}
    done = subprocess.run([sys.executable, "-c", _TOLD], env=environment, capture_output=True, text=True, check=True)
    if "[]" in done.stdout:
        pytest.skip("numpy is not built with a library that threadpoolctl knows")
    assert done.stdout.strip().endswith(told)

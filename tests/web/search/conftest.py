"""A base whose vectors are read anew in each test: what a test wrote is taken back, and this process would not know."""

from collections.abc import Iterator

import pytest

from voices.store.search import vectors


@pytest.fixture(autouse=True)
def _vectors_of_this_test() -> Iterator[None]:
    vectors.KEPT.forget()
    yield
    vectors.KEPT.forget()

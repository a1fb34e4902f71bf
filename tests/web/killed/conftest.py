"""A site to be killed, that holds the world which the test names:
`@pytest.mark.parametrize("site", ["names"], indirect=True)`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.killed.base import Base
from tests.web.killed.site import Site, migrated


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The base of a site that holds nothing, made once: others are copies of it."""
    made = migrated(tmp_path_factory.mktemp("killed") / "empty")
    yield made
    made.drop()


@pytest.fixture
def site(request: pytest.FixtureRequest, empty: Base, tmp_path: Path) -> Iterator[Site]:
    made = Site(Base(tmp_path / "site", empty))
    try:
        made.fill(request.param)
        made.start()
        yield made
    finally:
        made.close()

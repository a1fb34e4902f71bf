"""What swells is refused while it is still small."""

import pytest

from tests.hostile.bombs import BOMBS
from tests.hostile.expected import becomes
from tests.hostile.watched import fates


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bombes")
    for name, make in BOMBS.items():
        (folder / name).write_bytes(make())
    return {path.name: fate for path, fate in fates(sorted(folder.iterdir())).items()}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_bounds_and_in_plain_words(found, name):
    fate = found[name]
    assert becomes(fate) == "refuse"
    assert all("Error" not in str(report["reason"]) for report in fate.reports)
    assert fate.kib < 2**20


def test_what_swells_is_told_from_its_announced_size(found):
    assert "démesuré" in str(found["zeros.zip"].reports[0]["reason"])
    assert "démesuré" in str(found["chevauche.zip"].reports[0]["reason"])
    assert "démesuré" in str(found["loin.xlsx"].reports[0]["reason"])

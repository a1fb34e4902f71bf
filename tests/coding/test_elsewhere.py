import pytest

from voices.coding.elsewhere import Elsewhere, read, write
from voices.coding.figures import Figure
from voices.errors import ReadingError

ONE = Elsewhere("SetFit, 8 exemples", "mesuré hier.", {"macro": Figure(0.5, 0.4, 0.6)})
OTHER = Elsewhere("SetFit, 16 exemples", "mesuré hier.", {"macro": Figure(0.6, 0.5, 0.7)})


def test_what_is_written_is_read(tmp_path):
    path = tmp_path / "measures" / "setfit.json"
    write(path, [ONE])
    write(path, [OTHER])
    assert read(path) == (ONE, OTHER)


def test_a_measure_done_again_replaces_the_old_one(tmp_path):
    path = tmp_path / "setfit.json"
    write(path, [ONE, OTHER])
    again = Elsewhere(ONE.name, "mesuré aujourd’hui.", {"macro": Figure(0.7, 0.6, 0.8)})
    write(path, [again])
    assert read(path) == (again, OTHER)


def test_there_may_be_no_measure(tmp_path):
    assert read(tmp_path / "setfit.json") == ()


@pytest.mark.parametrize(
    "content", ["{", '[{"name": "a"}]', "[3]", '[{"name": "a", "told": "b", "figures": {"m": {}}}]']
)
def test_a_damaged_file_is_told(tmp_path, content):
    path = tmp_path / "setfit.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadingError, match=r"setfit\.json"):
        read(path)

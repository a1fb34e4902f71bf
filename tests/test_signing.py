"""Quotes under the first names of the sealed table, and a caution where one of them is somebody else’s too."""

from dataclasses import replace

import pytest

from tests.report.studies import small
from voices import privacy, signing
from voices.errors import PrivacyError
from voices.privacy import Correspondence


@pytest.fixture
def sealed(tmp_path):
    """A table where the speaker of the first quote was called Céline: the name that another testimony now holds."""
    study = small()
    first = next(one for one in study.quotes if one.testimony_id == "t01")
    speaker = next(one.speaker for one in study.passages if one.id == first.passage_id)
    privacy.new_key(tmp_path / "cle")
    table = {"t01": [Correspondence("personne", "Céline", str(speaker))], "t02": []}
    privacy.write_table(tmp_path / "noms", table, key_file=tmp_path / "cle")
    return study, first, tmp_path


def test_a_quote_is_signed_and_a_namesake_told(sealed):
    study, first, folder = sealed
    plain = [replace(one, cautions=()) for one in study.quotes]
    signed = signing.signed(plain, study, table=folder / "noms", key=folder / "cle")
    mine = [one for one in signed if one.testimony_id == "t01"]
    assert {one.attribution.partition(", ")[0] for one in mine} == {"Céline"}
    assert all("parle de «\u202fCéline\u202f»" in one.cautions[0] for one in mine)
    assert [one for one in signed if one.testimony_id != "t01"] == [one for one in plain if one.testimony_id != "t01"]
    alone = signing.signed([replace(first, cautions=())], study, table=folder / "noms", key=folder / "cle")
    assert alone[0].cautions == ()


def test_a_key_that_does_not_open_the_table_is_refused(sealed):
    study, first, folder = sealed
    privacy.new_key(folder / "autre")
    with pytest.raises(PrivacyError):
        signing.signed([first], study, table=folder / "noms", key=folder / "autre")

from pathlib import Path

import pytest

from voices.errors import ReadingError
from voices.ingest.document import Parsed, ReadOptions
from voices.ingest.elan import read

REAL = Path(__file__).parents[2] / "../shared/interop/transcripts/openpecha_expected_elan.eaf"


def tier(name: str, *notes: tuple[str, str, str], **attributes: str) -> str:
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    said = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="{start}" TIME_SLOT_REF2="{end}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        for start, end, text in notes
    )
    return f'<TIER TIER_ID="{name}"{more}>{said}</TIER>'


SLOTS = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{rank}" TIME_VALUE="{1000 * rank}"/>' for rank in range(10))


def parsed(*tiers: str, slots: str = SLOTS) -> Parsed:
    xml = f"<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{''.join(tiers)}</ANNOTATION_DOCUMENT>"
    return read(xml.encode(), ReadOptions())


def said(*tiers: str, slots: str = SLOTS) -> list[tuple[str | None, str]]:
    (document,) = parsed(*tiers, slots=slots).documents
    return [(stretch.speaker, stretch.text) for stretch in document.stretches]


def test_tiers_are_told_in_order_of_time_by_their_participant_else_their_name():
    rose = tier("r", ("t1", "t2", "oui"), ("t5", "t6", "non"), PARTICIPANT="Rose")
    anne = tier("Anne", ("t0", "t1", "alors ?"), ("t3", "t4", "et puis ?"))
    assert said(rose, anne) == [("Anne", "alors ?"), ("Rose", "oui"), ("Anne", "et puis ?"), ("Rose", "non")]


def test_two_tiers_of_one_participant_are_one_speaker():
    tiers = tier("L1", ("t0", "t1", "oui"), PARTICIPANT="Rose"), tier("SD", ("t1", "t2", "bien"), PARTICIPANT="Rose")
    assert said(*tiers) == [("Rose", "oui bien")]


def test_glosses_and_empty_tiers_are_left_out():
    gloss = tier("mots", ("t0", "t1", "GLOSE"), PARENT_REF="Rose")
    assert said(tier("Rose", ("t0", "t1", "oui")), gloss, tier("default")) == [("Rose", "oui")]


def test_a_default_tier_names_no_one():
    assert said(tier("default", ("t0", "t1", "oui"))) == [(None, "oui")]


def test_tiers_of_gestures_are_left_out_and_said():
    found = parsed(tier("Rose", ("t0", "t1", "oui")), tier("gestes", ("t0", "t1", "main")))
    assert [stretch.text for stretch in found.documents[0].stretches] == ["oui"]
    assert "laissés de côté\u202f: 1" in found.details[1]


def test_slots_without_value_take_their_place_and_are_said():
    slots = '<TIME_SLOT TIME_SLOT_ID="t0" TIME_VALUE="500"/><TIME_SLOT TIME_SLOT_ID="t1"/>'
    slots += '<TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="900"/>'
    rose = tier("Rose", ("t0", "t1", "je"), ("t1", "t2", "viens"))
    assert said(rose, slots=slots) == [("Rose", "je viens")]
    assert parsed(rose, slots=slots).warnings


def test_seconds_come_from_milliseconds():
    (document,) = parsed(tier("Rose", ("t3", "t4", "oui"))).documents
    assert document.stretches[0].seconds == 3.0


@pytest.mark.parametrize("data", [b"", b"<ANNOTATION_DOCUMENT", b"<html/>"])
def test_what_is_no_transcription_is_refused(data):
    with pytest.raises(ReadingError):
        read(data, ReadOptions())


def test_a_real_file_is_read_whole():
    if not REAL.is_file():
        pytest.skip("needs the ELAN file of OpenPecha")
    (document,) = read(REAL.read_bytes(), ReadOptions()).documents
    values = REAL.read_text(encoding="utf-8").split("<ANNOTATION_VALUE>")[1:]
    words = " ".join(value.partition("</ANNOTATION_VALUE>")[0] for value in values).split()
    assert " ".join(stretch.text for stretch in document.stretches).split() == words

import re
from pathlib import Path

import pytest

from voices.errors import ReadingError
from voices.ingest.document import Parsed, ReadOptions
from voices.ingest.transcriber import read

REAL = Path(__file__).parents[2] / "../shared/interop/transcripts/kallaama_wol_41011.trs"
SPEAKERS = '<Speakers><Speaker id="spk1" name="Enquêtrice"/><Speaker id="spk2" name="Rose"/></Speakers>'


def parsed(turns: str, *, encoding: str = "ISO-8859-1", topics: str = "") -> Parsed:
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n'
        f'<Trans version="4">{topics}{SPEAKERS}<Episode><Section type="report" startTime="0" endTime="60">'
        f"{turns}</Section></Episode></Trans>"
    )
    return read(xml.encode(encoding), ReadOptions())


def said(turns: str, **options) -> list[tuple[str | None, str]]:
    (document,) = parsed(turns, **options).documents
    return [(stretch.speaker, stretch.text) for stretch in document.stretches]


CASES = {
    "words after a mark": (
        '<Turn speaker="spk1" startTime="0" endTime="2"><Sync time="0"/>\nÇa va ?\n</Turn>',
        [("Enquêtrice", "Ça va ?")],
    ),
    "several marks": (
        '<Turn speaker="spk2" startTime="0" endTime="4"><Sync time="0"/>\nje viens\n<Sync time="2"/>\nsouvent\n</Turn>',
        [("Rose", "je viens souvent")],
    ),
    "events among the words": (
        '<Turn speaker="spk2" startTime="0" endTime="4"><Sync time="0"/>\nje '
        '<Event desc="rire" type="noise" extent="instantaneous"/> viens <Comment desc="tout bas"/> ici\n</Turn>',
        [("Rose", "je viens ici")],
    ),
    "two people at once": (
        '<Turn speaker="spk1 spk2" startTime="0" endTime="4"><Sync time="0"/>\n<Who nb="1"/>\nalors ?\n'
        '<Who nb="2"/>\nattendez\n</Turn>',
        [("Enquêtrice", "alors ?"), ("Rose", "attendez")],
    ),
    "a turn of music": (
        '<Turn startTime="0" endTime="4"><Sync time="0"/>\n<Event desc="musique" type="noise"/>\n</Turn>'
        '<Turn speaker="spk2" startTime="4" endTime="6"><Sync time="4"/>oui</Turn>',
        [("Rose", "oui")],
    ),
    "words of no one": (
        '<Turn startTime="0" endTime="4"><Sync time="0"/>allô</Turn>', [("Locuteur inconnu", "allô")]
    ),
    "a long silence": (
        '<Turn speaker="spk2" startTime="0" endTime="9"><Sync time="0"/>oui'
        '<Sync time="1"/>\n<Sync time="6"/>non</Turn>',
        [("Rose", "oui\nnon")],
    ),
    "two turns of one speaker": (
        '<Turn speaker="spk2" startTime="0" endTime="1"><Sync time="0"/>oui</Turn>'
        '<Turn speaker="spk2" startTime="1" endTime="2"><Sync time="1"/>non</Turn>',
        [("Rose", "oui non")],
    ),
    "a speaker missing in the table": (
        '<Turn speaker="spk9" startTime="0" endTime="1"><Sync time="0"/>oui</Turn>', [("spk9", "oui")]
    ),
    "a who out of range": (
        '<Turn speaker="spk1 spk2" startTime="0" endTime="1"><Sync time="0"/><Who nb="7"/>oui</Turn>',
        [("Locuteur inconnu", "oui")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("turns", "expected"), CASES.values(), ids=CASES)
def test_words_go_to_who_says_them(turns, expected):
    assert said(turns) == expected


def test_utf8_is_read_as_declared():
    assert said(CASES["words after a mark"][0], encoding="UTF-8") == [("Enquêtrice", "Ça va ?")]


def test_overlaps_events_and_topics_are_said():
    found = parsed(
        CASES["two people at once"][0] + CASES["a turn of music"][0],
        topics='<Topics><Topic id="to1" desc="la soupe"/></Topics>',
    )
    assert "Tours où plusieurs personnes parlent à la fois\u202f: 1" in found.warnings[0]
    assert len(found.details) == 2


def test_turns_begin_when_their_mark_says():
    (document,) = parsed(CASES["several marks"][0].replace('time="0"', 'time="0.5"')).documents
    assert document.stretches[0].seconds == 0.5


@pytest.mark.parametrize("data", [b"", b"<Trans", b"<html/>", b"oui"])
def test_what_is_no_transcription_is_refused(data):
    with pytest.raises(ReadingError):
        read(data, ReadOptions())


def test_entities_are_not_fetched():
    data = (
        b'<!DOCTYPE Trans [<!ENTITY x SYSTEM "file:///etc/passwd">]><Trans><Turn><Sync time="0"/>a &x; b</Turn></Trans>'
    )
    with pytest.raises(ReadingError, match="placé ailleurs"):
        read(data, ReadOptions())


def test_a_real_file_loses_no_word():
    if not REAL.is_file():
        pytest.skip("needs the Kallaama transcription")
    (document,) = read(REAL.read_bytes(), ReadOptions()).documents
    body = REAL.read_text(encoding="utf-8").partition("<Episode>")[2]
    words = sorted(re.sub(r"<[^>]*>", " ", body).replace("&amp;", "&").split())
    assert sorted(" ".join(stretch.text for stretch in document.stretches).split()) == words
    assert {stretch.speaker for stretch in document.stretches} <= {f"locuteur {rank}" for rank in range(1, 5)}

import json
from pathlib import Path

import pytest

from voices.errors import ReadingError
from voices.ingest.document import ReadOptions, Stretch
from voices.ingest.otranscribe import read
from voices.ingest.turns import label_turns

REAL = Path(__file__).parents[2] / "../shared/interop/transcripts/openpecha_input_otr.otr"


def stamp(seconds: float | str) -> str:
    return f'<span class="timestamp" data-timestamp="{seconds}">00:00</span>'


def stretches(html: str) -> tuple[Stretch, ...]:
    data = json.dumps({"text": html, "media": "a.mp3", "media-time": 12.5}).encode()
    (document,) = read(data, ReadOptions()).documents
    return document.stretches


LINES = {
    "paragraphs": ("<p>Oui.</p><p>Non.</p>", ["Oui.", "Non."]),
    "line breaks": ("<p>Oui.<br />Non.<br></p>", ["Oui.", "Non."]),
    "a time at the head": (f"<p>{stamp(9.48)} Oui.</p>", ["Oui."]),
    "a time amid the words": (f"<p>{stamp(1)} Je viens {stamp(5)}souvent.</p>", ["Je viens souvent."]),
    "markup and entities": ("<p>Toi <b>&amp;</b> <i>moi</i></p>", ["Toi & moi"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("html", "expected"), LINES.values(), ids=LINES)
def test_each_line_gives_a_stretch_without_its_times(html, expected):
    assert [stretch.text for stretch in stretches(html)] == expected


def test_the_first_time_of_a_line_is_kept():
    html = f"<p>{stamp(9.48)} Oui {stamp(12)} non</p><p>Rien</p><p>{stamp('01:02')} Si</p>"
    assert [stretch.seconds for stretch in stretches(html)] == [9.48, None, 62.0]


def test_speakers_typed_in_the_words_are_recognised():
    html = (
        f"<p>{stamp(1)} <b>Anne :</b> Comment ça va ?</p><p>{stamp(3)} <b>Luc :</b> Bien.<br />Merci.</p>"
        f"<p>{stamp(5)} <b>Anne :</b> Et puis ?</p><p>Luc : Voilà.</p>"
    )
    turns = label_turns(stretches(html)).turns
    assert [(turn.speaker, turn.text, turn.seconds) for turn in turns] == [
        ("Anne", "Comment ça va ?", 1.0),
        ("Luc", "Bien.\nMerci.", 3.0),
        ("Anne", "Et puis ?", 5.0),
        ("Luc", "Voilà.", None),
    ]


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"text": 3}', b"{}", b'{"text": "Oui", "text": "Non"}'])
def test_what_is_no_transcription_is_refused(data):
    with pytest.raises(ReadingError):
        read(data, ReadOptions())


def test_a_real_file_keeps_its_words_and_no_time():
    if not REAL.is_file():
        pytest.skip("needs the oTranscribe file of OpenPecha")
    (document,) = read(REAL.read_bytes(), ReadOptions()).documents
    assert document.stretches[0].seconds == pytest.approx(9.483782)
    assert not any(character.isascii() and character.isdigit() for one in document.stretches for character in one.text)

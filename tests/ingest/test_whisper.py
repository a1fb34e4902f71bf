import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.errors import ReadingError
from voices.ingest.document import Parsed, ReadOptions
from voices.ingest.whisper import read


def parsed(found: object) -> Parsed:
    return read(json.dumps(found).encode(), ReadOptions())


def said(found: object) -> list[tuple[str | None, str, float | None]]:
    (document,) = parsed(found).documents
    return [(stretch.speaker, stretch.text, stretch.seconds) for stretch in document.stretches]


def segment(text: str, start: float, end: float, **more) -> dict[str, object]:
    return {"id": 0, "start": start, "end": end, "text": text, **more}


DIALECTS = {
    "openai": {
        "text": " Je viens. Souvent.",
        "language": "fr",
        "segments": [
            segment(" Je viens.", 0.0, 1.0, words=[{"word": " Je", "start": 0.0, "end": 0.3, "probability": 0.9}]),
            segment(" Souvent.", 1.0, 2.0),
        ],
    },
    "whisper-timestamped": {
        "text": " Je viens. Souvent.",
        "segments": [
            segment(" Je viens.", 0.0, 1.0, words=[{"text": "Je", "start": 0.0, "end": 0.3, "confidence": 0.9}]),
            segment(" Souvent.", 1.0, 2.0, words=[{"text": "Souvent.", "start": 1.0, "end": 2.0}]),
        ],
    },
    "WhisperX": {
        "segments": [
            segment(" Je viens.", 0.0, 1.0, words=[{"word": "Je", "start": 0.0, "end": 0.3, "score": 0.9}]),
            segment(" Souvent.", 1.0, 2.0, words=[{"word": "Souvent."}]),
        ],
        "word_segments": [{"word": "Je", "start": 0.0, "end": 0.3}],
    },
    "whisper.cpp": {
        "transcription": [
            {
                "timestamps": {"from": "00:00:00,000", "to": "00:00:01,000"},
                "offsets": {"from": 0, "to": 1000},
                "text": " Je viens.",
            },
            {"offsets": {"from": 1000, "to": 2000}, "text": " Souvent."},
        ]
    },
    "a bare list": [segment(" Je viens.", 0.0, 1.0), segment(" Souvent.", 1.0, 2.0)],
}


@pytest.mark.parametrize("found", DIALECTS.values(), ids=DIALECTS)
def test_each_dialect_gives_the_same_words(found):
    assert said(found) == [(None, "Je viens. Souvent.", 0.0)]


def test_speakers_of_segments_make_stretches():
    found = {
        "segments": [
            segment(" Alors ?", 0.0, 1.0, speaker="SPEAKER_00"),
            segment(" Oui.", 1.0, 2.0, speaker="SPEAKER_01"),
            segment(" Bien.", 2.0, 3.0, speaker="SPEAKER_01"),
        ]
    }
    assert said(found) == [("SPEAKER_00", "Alors ?", 0.0), ("SPEAKER_01", "Oui. Bien.", 1.0)]


def test_words_by_another_speaker_are_parted_and_words_without_time_stay():
    words = [
        {"word": "Alors", "start": 0.0, "end": 0.4, "speaker": "A"},
        {"word": "?"},
        {"word": "Oui", "start": 1.0, "end": 1.4, "speaker": "B"},
        {"word": "2024", "speaker": "B"},
    ]
    found = {"segments": [segment(" Alors ? Oui 2024", 0.0, 2.0, speaker="A", words=words)]}
    assert said(found) == [("A", "Alors ?", 0.0), ("B", "Oui 2024", 1.0)]


def test_empty_segments_give_no_words():
    assert said({"text": "", "segments": []}) == []
    assert said({"segments": [segment(" ", 0.0, 1.0), segment(" Oui.", 1.0, 2.0)]}) == [(None, "Oui.", 1.0)]


def test_hallucinated_repeats_are_kept_once_and_said():
    found = {"segments": [segment(" Merci.", rank, rank + 1.0) for rank in range(6)] + [segment(" Oui.", 6.0, 7.0)]}
    assert said(found) == [(None, "Merci. Oui.", 0.0)]
    assert "5 répétitions ôtées" in parsed(found).warnings[0]


def test_words_said_three_times_are_kept():
    found = {"segments": [segment(" Merci.", rank, rank + 1.0) for rank in range(3)]}
    assert said(found) == [(None, "Merci. Merci. Merci.", 0.0)]
    assert not parsed(found).warnings


def test_a_pause_between_segments_ends_a_line():
    assert said([segment(" Oui.", 0.0, 1.0), segment(" Non.", 5.0, 6.0)]) == [(None, "Oui.\nNon.", 0.0)]


def test_times_that_are_no_numbers_do_not_stop_the_reading():
    assert said([{"start": None, "end": "x", "text": "Oui."}, {"start": True, "text": "Non."}]) == [
        (None, "Oui. Non.", None)
    ]


TWICE = b'{"segments": [{"text": "Oui."}], "segments": [{"text": "Non."}]}'
"""One of the two would be lost without a word."""


@pytest.mark.parametrize(
    "data", [b"{", b"[" * 100_000, b'"oui"', b"{}", b"[1, 2]", b'{"segments": {}}', b"\xff", TWICE]
)
def test_what_is_no_transcription_is_refused(data):
    with pytest.raises(ReadingError):
        read(data, ReadOptions())


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["segments", "words", "text", "word", "speaker", "start", "offsets", "from"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read_or_refused(found):
    try:
        documents = parsed(found).documents
    except ReadingError:
        return
    assert all(stretch.text.strip() for stretch in documents[0].stretches)

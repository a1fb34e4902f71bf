from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.ingest.document import Parsed, ReadOptions, Stretch
from voices.ingest.subtitles import read

FILES = Path(__file__).parents[2] / "../shared/interop/transcripts"


def parsed(text: str | bytes) -> Parsed:
    return read(text.encode() if isinstance(text, str) else text, ReadOptions())


def stretches(text: str | bytes) -> tuple[Stretch, ...]:
    (document,) = parsed(text).documents
    return document.stretches


def said(text: str | bytes) -> list[tuple[str | None, str]]:
    return [(stretch.speaker, stretch.text) for stretch in stretches(text)]


def cues(*texts: str) -> str:
    timed = (f"00:00:0{rank}.000 --> 00:00:0{rank + 1}.000\n{text}" for rank, text in enumerate(texts))
    return "WEBVTT\n\n" + "\n\n".join(timed) + "\n"


CASES = {
    "a BOM": ("\ufeffWEBVTT\n\n00:00:01.000 --> 00:00:02.000\nOui.\n", [(None, "Oui.")]),
    "old Mac line ends": ("WEBVTT\r\r00:00:01.000 --> 00:00:02.000\rOui.\r", [(None, "Oui.")]),
    "Windows line ends": ("WEBVTT\r\n\r\n00:00:01.000 --> 00:00:02.000\r\nOui.\r\n", [(None, "Oui.")]),
    "no header": ("00:00:01.000 --> 00:00:02.000\nOui.\n", [(None, "Oui.")]),
    "times without hours": ("WEBVTT\n\n00:01.000 --> 00:02.000\nOui.\n", [(None, "Oui.")]),
    "times of Graph": ("WEBVTT\n\n0:0:5.320 --> 0:0:6.0\nOui.\n\n0:0:6.0 --> 0:0:7.5\nNon.\n", [(None, "Oui. Non.")]),
    "cue settings": ("WEBVTT\n\n00:01.000 --> 00:02.000 align:start position:0%\nOui.\n", [(None, "Oui.")]),
    "a voice": (cues("<v Anne Roux>Oui.</v>"), [("Anne Roux", "Oui.")]),
    "a voice with classes": (cues("<v.loud.first Anne>Oui.</v>"), [("Anne", "Oui.")]),
    "a voice left open": (cues("<v Anne>Oui.", "<v Luc>Non."), [("Anne", "Oui."), ("Luc", "Non.")]),
    "a voice without name": (cues("<v Anne>Oui.</v>", "<v>Encore.</v>"), [("Anne", "Oui. Encore.")]),
    "two voices in a cue": (cues("<v Anne>Oui.</v>\n<v Luc>Non.</v>"), [("Anne", "Oui."), ("Luc", "Non.")]),
    "entities": (cues("<v A &amp; B>Toi &amp; moi &lt;3&nbsp;!</v>"), [("A & B", "Toi & moi <3\u00a0!")]),
    "inline markup": (cues("<i>Oui</i> <b>bien</b> <c.jaune>sûr</c> <00:00:01.500>moi"), [(None, "Oui bien sûr moi")]),
    "what is not markup": (cues("a < b et c > d"), [(None, "a < b et c > d")]),
    "an identifier of Teams": (
        "WEBVTT\n\n0b3c1f7e-9a3c-4c5e-8f1d-2f1f5a6b7c8d/12-0\n00:01.000 --> 00:02.000\n<v Anne>Oui.</v>\n",
        [("Anne", "Oui.")],
    ),
    "an identifier in words": (
        "WEBVTT\n\nintroduction\n00:01.000 --> 00:02.000\nOui.\n\nsuite\n00:02.000 --> 00:03.000\nNon.\n",
        [(None, "Oui. Non.")],
    ),
    "notes, styles, regions": (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE à moi\nrien\n\n00:01.000 --> 00:02.000\nOui.\n",
        [(None, "Oui.")],
    ),
    "Zoom": (
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAnne Roux: Oui.\n\n2\n00:02.000 --> 00:03.000\nAnne Roux: Bien.\n\n"
        "3\n00:03.000 --> 00:04.000\nLuc: Non.\n\n4\n00:04.000 --> 00:05.000\nLuc: Si.\n",
        [("Anne Roux", "Oui. Bien."), ("Luc", "Non. Si.")],
    ),
    "an hour that is no speaker": (cues("10:30 réunion : la salle", "puis la soupe"), [
        (None, "10:30 réunion : la salle puis la soupe")
    ]),
    "a speaker named when it changes": (
        cues("<v Anne>Oui.</v>", "Bien.", "<v Luc>Non.</v>"), [("Anne", "Oui. Bien."), ("Luc", "Non.")]
    ),
    "dashes": (cues("- Oui ?\n- Non."), [(None, "- Oui ?\n- Non.")]),
    "two lines in a cue": (cues("Je viens\nle mardi."), [(None, "Je viens le mardi.")]),
    "captions that roll": (
        "WEBVTT\n\n00:00.000 --> 00:02.000\nje<00:00:00.500><c> viens</c>\n\n00:02.000 --> 00:02.010\nje viens\n\n"
        "00:02.010 --> 00:04.000\nje viens\nle<00:00:03.000><c> mardi</c>\n\n00:04.000 --> 00:04.010\nle mardi\n",
        [(None, "je viens le mardi")],
    ),
    "words that are said twice": (cues("oui", "oui"), [(None, "oui oui")]),
    ".srt": ("1\n00:00:01,000 --> 00:00:02,000\nOui.\n\n2\n00:00:02,000 --> 00:00:03,000\nNon", [(None, "Oui. Non")]),
    ".srt with points": ("1\n00:00:01.000 --> 00:00:02.000\nOui.\n", [(None, "Oui.")]),
    ".srt without numbers": (
        "00:00:01,000 --> 00:00:02,000\nOui.\n\n00:00:02,000 --> 00:00:03,000\nNon.\n", [(None, "Oui. Non.")]
    ),
    ".srt whose words are a number": ("1\n00:00:01,000 --> 00:00:02,000\n42\n", [(None, "42")]),
    ".srt with a NOTE said": ("1\n00:00:01,000 --> 00:00:02,000\nOui.\n\n2\n00:00:02,000 --> 00:00:03,000\nNOTE ça\n", [
        (None, "Oui. NOTE ça")
    ]),
    "a cue without words": ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\nOui.\n", [(None, "Oui.")]),
    "positions of .srt": ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Oui.\n", [(None, "Oui.")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_words_and_speakers_are_read_however_the_file_is_written(text, expected):
    assert said(text) == expected
    assert not parsed(text).warnings


def test_a_long_pause_ends_a_line_inside_the_turn():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nje viens\n\n00:02.500 --> 00:03.000\nsouvent\n\n"
    text += "00:09.000 --> 00:10.000\net puis voilà\n"
    assert said(text) == [(None, "je viens souvent\net puis voilà")]


def test_the_first_cue_tells_when_the_turn_begins():
    text = "WEBVTT\n\n01:00:05.500 --> 01:00:06.000\n<v Anne>Oui.\n\n01:00:07.000 --> 01:00:08.000\n<v Luc>Non.\n"
    assert [stretch.seconds for stretch in stretches(text)] == [3605.5, 3607.0]


def test_cp1252_is_read():
    assert said("1\n00:00:01,000 --> 00:00:02,000\nÇa a été très gai.\n".encode("cp1252")) == [
        (None, "Ça a été très gai.")
    ]


BROKEN = {
    "a time that cannot be read": "WEBVTT\n\n00:01.000 --> 00:0d.000\nJe viens.\n\n00:03.000 --> 00:04.000\nOui.\n",
    "a missing time": "WEBVTT\n\n00:01.000 --> 00:02.000\nJe viens.\n\nOui.\n",
    ".srt with a missing time": "1\n00:00:01,000 --> 00:00:02,000\nJe viens.\n\n2\nOui.\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_words_without_a_good_time_are_kept_and_said(text):
    assert " ".join(stretch.text for stretch in stretches(text)).split() == ["Je", "viens.", "Oui."]
    assert parsed(text).warnings


@pytest.mark.parametrize(
    ("words", "told"),
    [("<v <v Anne>Je viens.", True), ("<c.jaune Je viens.", True), ("Je viens <3, <i>oui</i>", False)],
)
def test_tags_that_do_not_close_are_kept_and_said(words, told):
    warnings = parsed(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n").warnings
    assert any("mal fermées" in one for one in warnings) is told


def test_a_time_pasted_twice_is_not_words():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n00:01.000 --> 00:02.000\nOui.\n"
    assert said(text) == [(None, "Oui.")]


@pytest.mark.parametrize("suffix", ["vtt", "srt"])
def test_real_files_give_every_caption_once(suffix):
    if not FILES.is_dir():
        pytest.skip("needs the transcripts of webvtt-py")
    for file in sorted(FILES.glob(f"webvtt-py_*.{suffix}")):
        data = file.read_bytes()
        text = " ".join(stretch.text for stretch in stretches(data))
        numbers = [word for word in text.split() if word.startswith("#")]
        assert numbers == [word for word in data.decode("utf-8-sig").split() if word.startswith("#") and word != "##"]
        assert "-->" not in text


@given(st.text(alphabet=st.sampled_from("0123456789:.,->< v/\n\rWEBVTNOéa&;#{\\}"), max_size=200))
def test_any_text_is_read_without_failing(text):
    assert all(stretch.text.strip() for stretch in stretches(text))


@given(st.text(max_size=200))
def test_any_characters_are_read_without_failing(text):
    assert parsed(text).documents


WORDS = st.lists(st.sampled_from(["oui", "non", "42", "merci.", "la soupe"]), min_size=1, max_size=3)


@given(st.lists(WORDS, min_size=1, max_size=6), st.booleans())
def test_no_word_of_a_sound_file_is_lost(texts, numbered):
    blocks = [
        (f"{rank}\n" if numbered else "") + f"00:00:{rank:02d},000 --> 00:00:{rank + 1:02d},000\n" + " ".join(words)
        for rank, words in enumerate(texts, start=1)
    ]
    kept = " ".join(stretch.text for stretch in stretches("\n\n".join(blocks) + "\n"))
    assert kept.split() == " ".join(" ".join(words) for words in texts).split()

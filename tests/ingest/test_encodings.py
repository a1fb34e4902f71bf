import codecs
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.ingest.encodings import decode, looks_garbled

FRENCH = " ".join((Path(__file__).parent / "assets" / "francais.txt").read_text(encoding="utf-8").split())
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "coded_passages.jsonl"
# What a typist of the time wrote where the code page had no such character.
TYPED = str.maketrans({"’": "'", "œ": "oe", "Œ": "Oe", "…": "...", "–": "-", "—": "-", "\u202f": "\u00a0"})


def excerpts(encoding: str, text: str, length: int) -> list[str]:
    typed = text.translate(TYPED) if encoding == "cp850" else text
    typed = typed.encode(encoding, errors="ignore").decode(encoding)
    source = random.Random(3)
    starts = [source.randrange(len(typed) - length) for _ in range(300)]
    return [excerpt for start in starts if not (excerpt := typed[start : start + length]).isascii()]


@pytest.mark.parametrize("length", [200, 400, 1000])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_98_french_excerpts_in_100_are_read_in_the_encoding_they_were_written_in(encoding, length):
    found = excerpts(encoding, FRENCH, length)
    right = sum(decode(excerpt.encode(encoding)).text == excerpt for excerpt in found)
    assert right / len(found) >= 0.98


@pytest.mark.skipif(not GOLD.exists(), reason="les passages de référence ne sont pas à côté du projet")
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_texts_by_other_hands_are_read_as_well(encoding):
    import json

    lines = GOLD.read_text(encoding="utf-8").splitlines()
    found = excerpts(encoding, " ".join(json.loads(line)["text"] for line in lines), 200)
    right = sum(decode(excerpt.encode(encoding)).text == excerpt for excerpt in found)
    assert right / len(found) >= 0.98


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param("déjà".encode(), "utf-8", id="UTF-8"),
        pytest.param("déjà".encode("utf-8-sig"), "utf-8", id="UTF-8 with a mark"),
        pytest.param("déjà".encode("utf-16"), "utf-16-le", id="UTF-16 with a mark"),
        pytest.param(codecs.BOM_UTF16_BE + "déjà".encode("utf-16-be"), "utf-16-be", id="UTF-16 the other way round"),
        pytest.param("déjà venu".encode("utf-16-le"), "utf-16-le", id="UTF-16 without a mark"),
        pytest.param("déjà venu".encode("utf-16-be"), "utf-16-be", id="UTF-16 without a mark, the other way round"),
        pytest.param("déjà".encode("utf-32"), "utf-32-le", id="UTF-32"),
        pytest.param(b"deja", "utf-8", id="ASCII"),
        pytest.param("L’été".encode("cp1252"), "cp1252", id="five letters"),
    ],
)
def test_marks_and_shapes_tell_the_encoding(data, encoding):
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert decoded.text.replace(" venu", "") in {"déjà", "deja", "L’été"}


def test_the_choice_is_shown():
    assert decode("Là-bas, l’été dernier".encode("cp1252")).details == ("Encodage\u202f: Windows (cp1252).",)


def test_a_few_broken_bytes_do_not_turn_a_utf8_text_into_another_encoding():
    decoded = decode(FRENCH.encode()[:2000].rsplit(b" ", 1)[0] + b" \xe9 fin")
    assert (decoded.encoding, len(decoded.warnings)) == ("utf-8", 1)


def test_a_damaged_utf8_text_stays_one_and_what_cannot_be_read_is_said():
    data = bytearray(FRENCH.encode()[:3000])
    data[::60] = b"\xe9" * len(data[::60])
    decoded = decode(bytes(data))
    assert (decoded.encoding, len(decoded.warnings)) == ("utf-8", 1)
    assert decoded.text.count("\ufffd") >= 40
    assert "é" in decoded.text


def test_a_mark_that_lies_is_not_believed_and_that_is_said():
    decoded = decode(codecs.BOM_UTF16_LE + "L’été, on cuisine".encode())
    assert (decoded.text, len(decoded.warnings)) == ("L’été, on cuisine", 1)
    assert not decode(codecs.BOM_UTF16_LE + "L’été, 我们".encode("utf-16-le")).warnings


@pytest.mark.parametrize("data", [b"ab\x98cd", "Un café".encode() + b"\xc0\xaf\xed\xa0\x80" * 9], ids=["one", "many"])
def test_a_doubtful_choice_is_said(data):
    assert any("incertain" in warning for warning in decode(data).warnings)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_text_decoded_twice_is_seen_as_garbled(encoding):
    assert looks_garbled("Déjà l’été, à côté de l’épicerie".encode().decode(encoding, errors="replace"))
    assert not looks_garbled("Déjà l’été, à côté de l’épicerie. ÂGE, MAÎTRE, « Ça »…")


def test_showing_a_decoded_text_shows_none_of_its_words():
    assert "secret" not in repr(decode(b"secret"))


@given(st.text(alphabet="abcé àç’«»œ\n.", min_size=0, max_size=80))
def test_what_is_written_in_utf8_is_read_as_written(text):
    assert decode(text.encode()).text == text

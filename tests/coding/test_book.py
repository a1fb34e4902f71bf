from pathlib import Path

import pytest

from voices import coding
from voices.domain import Sense
from voices.errors import SettingsError

SHARED = Path(__file__).parents[2] / "corpora" / "codebook" / "codebook.md"


def test_the_shipped_book_has_three_codes_and_their_sub_codes():
    book = coding.codebook()
    assert book.version == "1.2"
    assert {code.id: [sub.id for sub in code.subcodes] for code in book.codes} == {
        "accueil": ["autres", "soi"],
        "appartenance": ["lien", "besoin", "difference"],
        "action": ["contribution", "initiative", "elan"],
    }


def test_the_shipped_book_tells_what_is_not_coded_and_twenty_seven_rules():
    book = coding.codebook()
    assert len(book.not_coded) == 5
    assert len(book.rules) == 27
    assert book.rules[7].startswith("Doute\u202f: si le code demande d’inventer")
    assert book.rules[26] == "Obstacle habituel sans scène ni ressenti\u202f: rien."


@pytest.mark.parametrize(
    ("sense", "subcodes", "beginnings"),
    [
        pytest.param(Sense.PRESENCE, ("besoin", "lien"), ["dire «"], id="the first sub-code"),
        pytest.param(Sense.PRESENCE, (), ["Un lien qui dure"], id="the definition where no sub-code is told"),
        pytest.param(Sense.PRESENCE, ("soi",), ["Un lien qui dure"], id="the sub-code of another code is none"),
        pytest.param(Sense.LACK, ("lien",), ["Clans, entre-soi"], id="a lack"),
        pytest.param(Sense.MIXED, ("lien",), ["être connu par son prénom", "Clans, entre-soi"], id="both"),
    ],
)
def test_the_book_tells_the_line_of_a_coding(sense, subcodes, beginnings):
    lines = coding.codebook().lines("appartenance", sense, subcodes)
    assert [line[: len(start)] for line, start in zip(lines, beginnings, strict=True)] == beginnings


def _letters(text: str) -> str:
    return "".join(one for one in text.replace("’", "'") if one.isalnum())


def test_the_shipped_book_says_the_words_of_the_readable_one():
    readable = _letters(SHARED.read_text(encoding="utf-8"))
    book = coding.codebook()
    texts = [*book.rules, *book.not_coded]
    for code in book.codes:
        texts += [code.motto, code.definition, code.lack[1:]]
        texts += [one for sub in code.subcodes for one in (sub.label, sub.includes, *sub.examples)]
    assert [text for text in texts if _letters(text) not in readable] == []


def test_the_shipped_book_keeps_french_typography():
    text = (Path(coding.__file__).parent / "codebook.toml").read_text(encoding="utf-8")
    body = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in body if "'" in line or " ;" in line or "« " in line or " »" in line] == []


FAULTY = """
version = 12
rules = "une"
[[codes]]
id = "accueil"
label = ""
motto = "m"
definition = "d"
lack = "l"
[[codes.subcodes]]
id = "accueil"
label = "x"
includes = "y"
examples = "z"
"""


def test_every_fault_of_a_book_is_told_at_once(tmp_path):
    path = tmp_path / "grille.toml"
    path.write_text(FAULTY, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        coding.codebook(path)
    for fault in ("version", "rules", "code 1", "label", "sous-code 1", "examples", "sert deux fois"):
        assert fault in caught.value.problem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "ne s’ouvre pas", id="no file"),
        pytest.param(b"version = ", "TOML", id="not TOML"),
        pytest.param(b'version = "1"', "[[codes]]", id="no codes"),
        pytest.param(b'version = "1"\ncodes = ["a"]', "[[codes]]", id="codes that are words"),
        pytest.param(b"\xff\xfe", "UTF-8", id="not UTF-8"),
    ],
)
def test_a_book_that_cannot_be_read_is_refused_with_its_name(tmp_path, content, said):
    path = tmp_path / "grille.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"grille\.toml") as caught:
        coding.codebook(path)
    assert said in caught.value.problem

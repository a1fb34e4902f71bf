"""« […] » at both ends of a quote, wherever words are left out there."""

import pytest

from voices import domain
from voices.domain import Passage, Quote, Role, Turn
from voices.quotes import marked
from voices.quotes.marking import printed

TEXT = "Bonjour à tous. J’ai poussé la porte, et on m’a gardé une chaise près du poêle\u202f! Je reviens jeudi."
QUESTION = "Et puis ?"


def told(text: str, said: str, kept: tuple[str, ...]) -> tuple[domain.Testimony, Passage, tuple[tuple[int, int], ...]]:
    """A testimony whose second turn is that text; the passage `said` in it; the spans of `kept`."""
    whole = f"{QUESTION} {text}"
    turns = (Turn(0, len(QUESTION), Role.INTERVIEWER), Turn(len(QUESTION) + 1, len(whole), Role.WITNESS))
    start = whole.index(said)
    passage = Passage("p", "t", 1, start, start + len(said), said, 1, ((start, start + len(said)),))
    spans = tuple((whole.index(one), whole.index(one) + len(one)) for one in kept)
    return domain.Testimony("t", whole, turns), passage, spans


@pytest.mark.parametrize(
    ("text", "said", "kept", "expected"),
    [
        pytest.param(TEXT, TEXT, (TEXT,), TEXT, id="whole"),
        pytest.param(
            TEXT, TEXT, ("Je reviens jeudi.",), "[…] Je reviens jeudi.", id="sentences before it in the passage"
        ),
        pytest.param(TEXT, TEXT, ("Bonjour à tous.",), "Bonjour à tous. […]", id="sentences after it in the passage"),
        pytest.param(
            TEXT, TEXT, ("Bonjour à tous.", "Je reviens jeudi."), "Bonjour à tous. […] Je reviens jeudi.", id="inside"
        ),
        pytest.param(TEXT, "Je reviens jeudi.", ("Je reviens jeudi.",), "Je reviens jeudi.", id="a whole passage"),
        pytest.param(
            TEXT,
            "et on m’a gardé une chaise",
            ("et on m’a gardé une chaise",),
            "[…] et on m’a gardé une chaise […]",
            id="a passage that is a part of a sentence",
        ),
        pytest.param("Accueil au top\nOn rit", "Accueil au top", ("Accueil au top",), "Accueil au top", id="a line"),
        pytest.param("Accueil au top\nOn rit", "On rit", ("On rit",), "On rit", id="a last line without a full stop"),
        pytest.param("« Il a dit oui. » Je ris.", "Je ris.", ("Je ris.",), "Je ris.", id="after a closing mark"),
        pytest.param("– Je ris.", "– Je ris.", ("Je ris.",), "Je ris.", id="a dash is no word"),
    ],
)
def test_what_is_left_out_at_either_end_is_marked(text: str, said: str, kept: tuple[str, ...], expected: str):
    testimony, passage, spans = told(text, said, kept)
    assert printed(testimony, passage, spans) == expected


def test_a_quote_of_an_older_study_gains_its_marks_once():
    testimony, passage, spans = told(TEXT, TEXT, ("Je reviens jeudi.",))
    old = Quote("p", "t", "accueil", None, "Je reviens jeudi.", spans, "Dole", 0.5)
    once = marked([old], [testimony], [passage])
    assert [one.text for one in once] == ["[…] Je reviens jeudi."]
    assert marked(once, [testimony], [passage]) == once

"""What a figure of agreement is said to mean."""

from typing import Any

import pytest

from voices.doubling import Figure
from voices.web.views.double import told
from voices.web.views.review.book import Book


def said(**fields: Any) -> told.Told:
    usual = {
        "code": "accueil",
        "sense": False,
        "passages": 60,
        "same": 50,
        "put": 30,
        "alpha": 0.9,
        "low": 0.8,
        "high": 0.95,
    }
    return told._told(Figure(**(usual | fields)), Book(None))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Book, "label", lambda self, code: code.capitalize())


@pytest.mark.parametrize(
    ("fields", "mark", "words"),
    [
        ({}, "bon", "On peut s’y fier"),
        ({"alpha": 0.8, "low": 0.67}, "bon", "On peut s’y fier"),
        ({"low": 0.5}, "bon", "trop petit pour en être sûr"),
        ({"low": None, "high": None}, "bon", "trop petit pour en être sûr"),
        ({"alpha": 0.79, "low": 0.7}, "moyen", "À prendre avec prudence"),
        ({"alpha": 0.7, "low": 0.4}, "moyen", "trop petit pour en être sûr"),
        ({"alpha": 0.66, "low": 0.4}, "faible", "Trop peu d’accord"),
        ({"alpha": 0.0, "low": -0.1}, "faible", "Pas plus d’accord qu’au hasard"),
        ({"alpha": -0.2, "low": -0.4}, "faible", "Pas plus d’accord qu’au hasard"),
        ({"alpha": None, "put": 0}, "sans", "Personne ne l’a mis"),
        ({"alpha": None, "put": 60}, "sans", "Tout le monde l’a mis partout"),
        ({"alpha": None, "sense": True}, "sans", "Toujours le même sens"),
    ],
)
def test_a_figure_is_said_in_plain_words_with_its_doubt(fields: dict[str, Any], mark: str, words: str):
    one = said(**fields)
    assert one.mark == mark
    assert words in one.meaning


def test_the_margin_is_said_and_drawn_and_never_out_of_the_bar():
    one = said(alpha=-0.1, low=-0.25, high=0.3)
    assert one.doubt == "entre −0,25 et 0,30"
    assert (one.low, one.high) == (0.0, 30.0)
    assert one.shapes[0]["width"] == 0
    assert said(low=None, high=None).doubt == "trop peu de témoignages pour donner une marge"
    assert said(sense=True).label == "Accueil, son sens"
    assert said(code="confiance").label == "Confiance"

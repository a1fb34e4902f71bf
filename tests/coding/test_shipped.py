"""The shipped coder with the shipped encoder: clear sentences, none of them from the coded passages."""

from pathlib import Path

import pytest

from tests.coding.fakes import passage
from voices import coding, encoders
from voices.coding.model import CoderModel
from voices.domain import Sense
from voices.ports import Encoder
from voices.settings import shipped_models


@pytest.fixture(scope="module")
def shipped() -> CoderModel:
    return coding.load(shipped_models())


@pytest.fixture(scope="module")
def e5() -> Encoder:
    return encoders.load("e5-small-fr", models=shipped_models(), cache=None, threads=2)


CLEAR = [
    pytest.param(
        "On m’a tiré une chaise et on m’a servi un café sans me demander qui j’étais.",
        ("accueil", Sense.PRESENCE),
        id="a chair and a coffee",
    ),
    pytest.param(
        "Je suis restée dix minutes debout à l’entrée, personne ne m’a dit bonjour, ils m’ont regardée de travers.",
        ("accueil", Sense.LACK),
        id="nobody says hello",
    ),
    pytest.param(
        "Quand je ne viens pas le mardi, Odette m’appelle pour savoir si je vais bien. C’est devenu ma famille.",
        ("appartenance", Sense.PRESENCE),
        id="missed when away",
    ),
    pytest.param(
        "J’ai proposé un atelier de réparation de vélos et depuis c’est moi qui l’anime tous les samedis.",
        ("action", Sense.PRESENCE),
        id="a workshop of one's own",
    ),
    pytest.param("Ouvert du mardi au samedi de 9 h à 17 h.", None, id="opening hours"),
    pytest.param("Le parking est derrière la mairie, il coûte deux euros de l’heure.", None, id="the car park"),
]


@pytest.mark.parametrize(("text", "expected"), CLEAR)
def test_a_clear_sentence_is_coded_as_a_person_would(shipped, e5, text, expected):
    (found,) = shipped.code([passage(text)], e5)
    said = [(one.code, one.sense) for one in found.codings]
    assert expected in said if expected else said == []


def test_the_method_section_has_its_facts(shipped):
    facts = shipped.describe()
    assert "F1" in facts["Mesures"]
    assert "Aucune personne réelle" in facts["Limites"]


def test_the_shipped_coder_was_trained_on_the_passages_that_ship(shipped):
    path = Path(__file__).parents[2] / "corpora" / "gold" / "coded_passages.jsonl"
    assert len(shipped.examples.passages) == sum(bool(one.codes) for one in coding.read_labelled(path))

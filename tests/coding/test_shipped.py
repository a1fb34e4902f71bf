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
    return coding.load(shipped_models() / coding.NAME)


@pytest.fixture(scope="module")
def e5() -> Encoder:
    return encoders.load("e5-small-3a", models=shipped_models(), cache=None, threads=2)


CODED = {
    "On m’a tiré une chaise et on m’a servi un café sans me demander qui j’étais.": ("accueil", Sense.PRESENCE),
    "Je suis restée dix minutes debout à l’entrée, personne ne m’a dit bonjour, ils m’ont regardée de travers.": (
        "accueil",
        Sense.LACK,
    ),
    "Quand je ne viens pas le mardi, Odette m’appelle pour savoir si je vais bien. C’est devenu ma famille.": (
        "appartenance",
        Sense.PRESENCE,
    ),
    "J’ai proposé un atelier couture, ils ont dit oui, et maintenant je l’organise chaque jeudi.": (
        "action",
        Sense.PRESENCE,
    ),
    "J’ai proposé un atelier de réparation de vélos et depuis c’est moi qui l’anime tous les samedis.": (
        "action",
        Sense.PRESENCE,
    ),
    "Je n’ose plus rien proposer, on ne me laisse rien faire, je me sens inutile.": ("action", Sense.LACK),
}
NOT_CODED = [
    pytest.param("Ouvert du mardi au samedi de 9 h à 17 h.", id="opening hours"),
    pytest.param("Le parking est derrière la mairie, il coûte deux euros de l’heure.", id="the car park"),
]


@pytest.mark.parametrize("text", CODED, ids=range(len(CODED)))
def test_a_clear_sentence_gets_its_code(shipped, e5, text):
    (found,) = shipped.code([passage(text)], e5)
    assert found.sense(CODED[text][0]) is not None


def test_the_sense_of_clear_sentences_is_mostly_right(shipped, e5):
    """Mostly: about 0.7 of the senses are right on the coded passages, and the proposal accepted is taken for one
    refused."""
    found = shipped.code([passage(text) for text in CODED], e5)
    right = [one.sense(code) == sense for one, (code, sense) in zip(found, CODED.values(), strict=True)]
    assert sum(right) >= 5


@pytest.mark.parametrize("text", NOT_CODED)
def test_a_practical_fact_gets_no_code(shipped, e5, text):
    (found,) = shipped.code([passage(text)], e5)
    assert found.codings == ()


def test_the_method_section_has_its_facts(shipped):
    facts = shipped.describe()
    assert "F1" in facts["Mesures"]
    assert "Aucune personne réelle" in facts["Limites"]


def test_the_shipped_coder_was_trained_on_the_passages_that_ship(shipped):
    path = Path(__file__).parents[2] / "corpora" / "gold" / "coded_passages.jsonl"
    assert len(shipped.examples.passages) == len(coding.read_labelled(path))

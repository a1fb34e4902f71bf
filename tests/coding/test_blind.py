"""A coder without vectors: n-grams alone, no encoder."""

import json
from dataclasses import replace

import pytest

from tests.coding.fakes import labelled, passage
from tests.coding.test_model import PASSAGES
from voices import coding, loading, settings
from voices.coding.detecting import fit_border
from voices.coding.fitting import tabulate
from voices.coding.model import CoderModel
from voices.coding.sightless import NO_ENCODER
from voices.domain import OwnCode
from voices.errors import ModelError

ELSEWHERE = [f"Faites revenir {number} oignons dans le beurre, salez." for number in range(20)]


@pytest.fixture(scope="module")
def fast() -> CoderModel:
    return coding.train(labelled(), coding.blind(), seed=3)


def test_it_finds_what_words_tell(fast):
    found = fast.code(PASSAGES, coding.blind())
    assert found[0].codings
    figures = coding.evaluate_on(labelled(testimonies=5), fast, coding.blind())
    assert figures.macro_f1.value > 0.8
    assert fast.doubt.levels
    assert len(fast.calibration) == len(fast.thresholds) == 4


def test_it_shows_a_sentence_and_no_example(fast):
    text = "On m'a tiré une chaise hier soir. Le bus est passé à huit heures."
    sentences = ("On m'a tiré une chaise hier soir.", "Le bus est passé à huit heures.")
    (found,) = fast.code([passage(text, sentences=sentences)], coding.blind())
    evidence = next(one.evidence for one in found.codings if one.code == "accueil")
    assert evidence
    assert (evidence.start, evidence.end) == (100, 100 + len(sentences[0]))
    assert evidence.neighbours == evidence.against == ()
    assert "exemples proches" in fast.describe()["Codeur rapide"]


def test_it_is_saved_and_loaded_and_says_that_it_has_no_encoder(fast, tmp_path):
    revision = coding.save(fast, tmp_path)
    loaded = coding.load(tmp_path)
    assert loaded.code(PASSAGES, coding.blind()) == fast.code(PASSAGES, coding.blind())
    assert loaded.identity == f"coder-3a-rapide@{revision}"
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["encoder"] == NO_ENCODER
    card = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert "Sans encodeur" in card
    assert "--rapide" in card


def test_what_is_no_testimony_is_outside(fast):
    border = fit_border(fast, tabulate(labelled(), coding.blind()), ELSEWHERE, coding.blind(), seed=3)
    (found,) = replace(fast, border=border).code(
        [passage("Faites revenir trois oignons dans le beurre.")], coding.blind()
    )
    assert found.outside


def test_the_same_passages_train_the_same_coder(fast, tmp_path):
    again = coding.train(labelled(), coding.blind(), seed=3)
    assert coding.save(again, tmp_path / "a") == coding.save(fast, tmp_path / "b")


def test_it_refuses_an_encoder(fast, encoder):
    with pytest.raises(ModelError, match=NO_ENCODER):
        fast.code(PASSAGES, encoder)


def test_it_does_not_look_for_own_codes(fast):
    code = OwnCode("repas", "Le repas", "Ce que l’on mange.")
    with pytest.raises(ModelError, match="codes à soi"):
        coding.seek([code], PASSAGES, fast, coding.blind())


def test_a_coder_is_asked_for_by_its_name_and_loads_no_encoder(fast, tmp_path):
    coding.save(fast, tmp_path / "coder-3a-rapide")
    chosen = settings.load({"VOICES_CODEUR": "coder-3a-rapide", "VOICES_MODELES": str(tmp_path)})
    coder = loading.coder_of(chosen)
    assert coder.blind
    assert loading.reader_of(coder, chosen).identity == NO_ENCODER  # that folder of models has no encoder to load

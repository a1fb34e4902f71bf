import json

import numpy as np
import pytest

from tests.coding.fakes import WordEncoder, labelled
from voices import coding
from voices.coding.baselines import dictionary
from voices.coding.fitting import layout_of, tabulate
from voices.coding.judging import Judged, figures_of
from voices.errors import ModelError


@pytest.fixture(scope="module")
def found(encoder):
    steps = []
    figures = coding.evaluate(labelled(), encoder, folds=3, seed=3, progress=lambda *step: steps.append(step))
    assert steps == [(done, 9) for done in range(1, 10)]
    return figures


def test_every_label_is_counted_and_measured(found):
    assert [(one.name, one.passages) for one in found.labels] == [
        ("accueil", 24),
        ("appartenance", 24),
        ("action", 24),
        ("confiance", 6),
    ]
    assert found.counts["accueil"] == {"+": 8, "-": 8, "±": 8}
    assert found.counts["aucun code"] == {"oui": 24}
    for one in found.labels:
        assert one.f1.low <= one.f1.value <= one.f1.high


def test_what_is_easy_is_found(found):
    assert found.macro_f1.value > 0.9
    assert found.sense_accuracy.value > found.sense_majority


def test_the_coder_stands_beside_simpler_ways(found):
    assert list(found.compared) == [
        "Dictionnaire de mots clés",
        "N-grammes (TF-IDF) seuls",
        "Vecteurs seuls",
        "Codeur",
    ]
    assert found.compared["Codeur"]["macro"] == found.macro_f1


def test_every_writer_s_set_is_left_out_once(found):
    assert {name: passages for name, (passages, _) in found.writer_sets.items()} == {
        "W1": 32,
        "W2": 32,
        "W3": 32,
        "ensemble": 96,
    }


def test_the_figures_are_json_and_a_page(found):
    assert json.loads(json.dumps(found.as_json()))["folds"] == 3
    page = found.as_markdown()
    for line in ("# Évaluation du codeur", "| accueil | 24 |", "Dictionnaire de mots clés", "| W2 | 32 |"):
        assert line in page


def test_a_trained_coder_is_judged_on_a_file(model, encoder):
    figures = coding.evaluate_on(labelled(testimonies=5), model, encoder)
    assert figures.passages == 20
    assert model.identity in figures.as_markdown()
    with pytest.raises(ModelError):
        coding.evaluate_on(labelled(testimonies=5), model, WordEncoder("autre@2"))


def test_figures_are_those_counted_by_hand(encoder):
    table = tabulate(labelled(testimonies=6), encoder)
    judged = Judged(table, layout_of(coding.codebook()))
    judged.said[:, 0] = True  # 6 right among 24 said
    judged.senses[:] = 0  # the presence, true for 2 of 6 of each code
    figures = figures_of(judged, seed=3)
    assert figures.labels[0].precision == pytest.approx(6 / 24)
    assert figures.labels[0].recall == 1
    assert figures.macro_f1.value == pytest.approx(2 * 6 / (24 + 6) / 3)
    assert figures.sense_accuracy.value == pytest.approx(1 / 3)
    assert figures.sense_majority == pytest.approx(1 / 3)


def test_the_dictionary_finds_the_words_of_the_code_book(encoder):
    table = tabulate(labelled(testimonies=1), encoder)
    said = dictionary(table, layout_of(coding.codebook()))
    assert said.dtype == np.bool_
    assert said[0].tolist() == [True, False, False, False]

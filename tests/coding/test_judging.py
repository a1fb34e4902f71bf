import json
import xml.etree.ElementTree as ElementTree
from dataclasses import fields, replace

import numpy as np
import pytest

from tests.coding.fakes import WordEncoder, labelled
from voices import coding
from voices.coding import Labelled
from voices.coding.baselines import dictionary, simpler
from voices.coding.diagram import reliability
from voices.coding.doubt import LEVELS
from voices.coding.elsewhere import Elsewhere
from voices.coding.figures import Figure
from voices.coding.fitting import fit, layout_of, tabulate
from voices.coding.judged import CERTAINTIES, Judged, words_of
from voices.coding.measuring import figures_of
from voices.coding.page import BEGIN, END, page, with_figures
from voices.domain import Sense
from voices.errors import ModelError

WAYS = [
    "Dictionnaire de mots clés",
    "Descriptions de la grille, sans exemple",
    "TF-IDF et régression logistique",
    "Vecteurs d’un encodeur ordinaire et régression logistique",
    "Codeur",
]


def _channelled():
    """The tiny set, each testimony by letter or by telephone, a third of them from nobody knows where."""
    return tuple(
        replace(one, channel=("courrier", "sms")[row // 4 % 2], place_type=(None, "cafe", "autre")[row // 4 % 3])
        for row, one in enumerate(labelled())
    )


@pytest.fixture(scope="module")
def found(encoder):
    steps = []
    figures = coding.evaluate(_channelled(), encoder, folds=3, seed=3, progress=lambda *step: steps.append(step))
    assert steps == [(done, 6) for done in range(1, 7)]
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


def test_new_voices_have_all_the_figures_of_known_ones(found):
    new = found.new_voices
    for field in fields(new):
        if field.name not in ("new_voices", "folds"):
            assert type(getattr(new, field.name)) is type(getattr(found, field.name))
            assert bool(getattr(new, field.name)) == bool(getattr(found, field.name))
    assert new.new_voices is None
    assert new.counts == found.counts


def test_the_coder_stands_beside_simpler_ways(found):
    for figures in (found, found.new_voices):
        assert list(figures.compared) == WAYS
        assert figures.compared["Codeur"] == {**figures.presence(), "macro": figures.macro_f1}


def test_every_writer_s_set_is_left_out_once(found):
    parts = found.new_voices.parts["writer_set"]
    assert [(one.name, one.passages) for one in parts] == [("W1", 32), ("W2", 32), ("W3", 32)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param("channel", {"courrier": 48, "sms": 48}, id="channel"),
        pytest.param("place_type", {"cafe": 32, "autre": 32}, id="place, where it is told"),
    ],
)
def test_figures_are_given_by_sort_of_passage(found, kind, expected):
    assert {one.name: one.passages for one in found.parts[kind]} == expected


def test_thirds_by_length_hold_every_passage(found):
    assert sum(one.passages for one in found.parts["length"]) == found.passages


def test_bins_of_reliability_hold_every_passage_in_order_of_probability(found):
    for bins in found.reliability.values():
        assert sum(one.passages for one in bins) == found.passages
        assert [one.probability for one in bins] == sorted(one.probability for one in bins)
        assert all(one.frequency.low <= one.frequency.value <= one.frequency.high for one in bins)


def test_the_figures_are_json(found):
    told = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert told["folds"] == 3
    assert told["new_voices"]["macro_f1"].keys() == {"value", "low", "high"}
    assert [one["level"] for one in told["acceptance"]] == [0.95, 0.9]


def test_the_page_has_both_protocols_and_what_was_measured_elsewhere(found):
    half = Figure(0.5, 0.4, 0.6)
    way = Elsewhere("SetFit", "mesuré hier.", {"accueil": half, "macro": half})
    text = page(found, elsewhere=[way], diagram="images/d.svg")
    lines = ["# Évaluation du codeur", "## Des voix nouvelles", "| sms | 48 |", "| W2 | 32 |", "](images/d.svg)", *WAYS]
    lines += ["| à relire | ", "| accueil | 95\u202f% | "]
    assert not [line for line in lines if line not in text]
    row = "| SetFit | 0,50 [0,40 – 0,60] | — | — | — | 0,50 [0,40 – 0,60] |"
    assert text.count(row) == 1
    assert text.index(row) < text.index("témoignages nouveaux")


def test_the_card_s_figures_are_made_new_and_the_rest_is_kept(found):
    once = with_figures("# Codeur\n\nAvant.\n", found, source="hier")
    again = with_figures(f"{once}\nAprès.\n", found, source="aujourd’hui")
    assert again.startswith("# Codeur\n\nAvant.\n")
    assert again.endswith(f"{END}\n\nAprès.\n")
    assert again.count(BEGIN) == again.count(END) == 1
    assert "hier" not in again.replace("aujourd’hui", "")
    assert str(found.new_voices.macro_f1) in again


def test_the_diagram_has_a_panel_a_label_and_a_point_a_bin(found):
    drawn = ElementTree.fromstring(reliability(found.reliability))
    names = [one.tag.rpartition("}")[2] for one in drawn.iter()]
    assert names.count("g") == 4
    assert names.count("circle") == sum(map(len, found.reliability.values()))


def test_a_trained_coder_is_judged_on_a_file(model, encoder):
    figures = coding.evaluate_on(labelled(testimonies=5), model, encoder)
    assert figures.passages == 20
    assert list(figures.compared) == ["Dictionnaire de mots clés", "Codeur"]
    assert model.identity in page(figures)
    with pytest.raises(ModelError):
        coding.evaluate_on(labelled(testimonies=5), model, WordEncoder("autre@2"))


def test_a_file_of_one_testimony_gets_its_figures_too(model, encoder):
    figures = coding.evaluate_on(labelled(testimonies=1), model, encoder)
    assert [one.share.value for one in figures.acceptance] == [0, 0]
    assert figures.labels[0].f1.value == figures.labels[0].f1.low == figures.labels[0].f1.high


def _judged(encoder, *, testimonies=6):
    return Judged(tabulate(labelled(testimonies=testimonies), encoder), layout_of(coding.codebook()))


def test_figures_are_those_counted_by_hand(encoder):
    judged = _judged(encoder)
    judged.said[:, 0] = True  # 6 right among 24 said
    judged.senses[:] = 0  # the presence, true for 2 of 6 of each code
    figures = figures_of(judged, seed=3)
    assert figures.labels[0].precision.value == pytest.approx(6 / 24)
    assert figures.labels[0].recall.value == 1
    assert figures.macro_f1.value == pytest.approx(2 * 6 / (24 + 6) / 3)
    assert figures.sense_accuracy.value == pytest.approx(1 / 3)
    assert figures.sense_majority == pytest.approx(1 / 3)
    presence = figures.senses[Sense.PRESENCE]
    assert presence.pairs == 6
    assert presence.recall.value == pytest.approx(2 / 6)  # two of the six are `accueil`
    assert presence.coded_f1.value == pytest.approx(2 * 2 / (6 + 24))
    assert presence.f1.value == pytest.approx(2 * 6 / (6 + 18))


def test_a_coder_that_says_the_truth_decides_everything(encoder):
    judged = _judged(encoder, testimonies=40)
    judged.present[:] = np.where(judged.truth, 0.99, 0.01)
    judged.senses = np.maximum(judged.true_senses(), 0)
    judged.senses[:, 2] = 1  # a lack of action each time: true of one in three
    judged.part = np.arange(160) // 4 % 4
    (first, _) = figures_of(judged, seed=3).acceptance
    assert first.share.value == 1
    assert (first.put, first.nothing) == (120, 40)
    for right in (first.put_right, first.left_right, first.nothing_right):
        assert right == Figure(1, 1, 1)
    assert first.sense_right
    assert first.sense_right.value == pytest.approx((80 + 13) / 120, abs=0.02)


def test_what_is_never_decided_has_no_figure(encoder):
    judged = _judged(encoder)
    judged.present[:] = 0.5
    judged.part = np.arange(24) // 4 % 2
    (first, _) = figures_of(judged, seed=3).acceptance
    assert (first.share.value, first.put, first.nothing) == (0, 0, 0)
    assert first.put_right is first.left_right is first.nothing_right is None


def test_each_certainty_is_counted_by_hand(encoder):
    judged = _judged(encoder)
    judged.said[:, 0] = True  # `accueil` put everywhere, right for 6 of 24
    judged.certainties[:] = 2
    judged.certainties[judged.truth[:, 0], 0] = 0  # sure of those that are right
    nothing = ~judged.truth[:, :3].any(axis=1)
    judged.certainties[nothing], judged.said[nothing] = 0, False
    judged.said[0, 0] = False  # a code missed
    sure, probable, review = figures_of(judged, seed=3).certainties
    assert [one.name for one in (sure, probable, review)] == ["sûr", "probable", "à relire"]
    assert (sure.put, sure.left, sure.nothing) == (5, 1 + 3 * 6, 6)
    assert sure.put_right == sure.nothing_right == Figure(1, 1, 1)
    assert sure.left_right
    assert sure.left_right.value == pytest.approx(18 / 19)
    assert sure.share.value == pytest.approx(6 / 24)
    assert (probable.put, probable.put_right, probable.share.value) == (0, None, 0)
    assert review.put_right == Figure(0, 0, 0)
    assert review.share.value == pytest.approx(18 / 24)


def test_prediction_sets_are_counted_by_hand(encoder):
    judged = _judged(encoder)
    judged.sets[:] = False
    judged.sets[:, 0, 0, 1] = True  # only « present » at the first level of `accueil`
    judged.sets[:, 0, 1] = True  # both answers at the second
    first, second, *others = figures_of(judged, seed=3).coverage
    assert (first.name, first.level, second.level) == ("accueil", 0.95, 0.8)
    assert [one.value for one in (first.covered, first.single)] == [pytest.approx(6 / 24), 1]
    assert (first.present, first.absent) == (Figure(1, 1, 1), Figure(0, 0, 0))
    assert [one.value for one in (second.covered, second.single)] == [1, 0]
    assert {one.covered.value for one in others} == {0}


def test_certainties_and_sets_are_those_that_the_coder_says(model, encoder):
    passages = labelled(testimonies=5)
    table = tabulate(passages, encoder)
    words = words_of(model, table)
    predicted = model.predict(passages, table.vectors)
    for row in range(len(passages)):
        for k in range(3):
            put, probability = bool(words.said[row, k]), float(predicted.present[row, k])
            assert CERTAINTIES[words.certainties[row, k]] == model.certainty(predicted, row, k, put=put)
            for level, held in zip(LEVELS, words.sets[row, k], strict=True):
                found = {answer for answer, holds in zip((False, True), held, strict=True) if holds}
                assert found == model.doubt.levels[k][level].prediction_set(probability)


def test_figures_are_the_same_in_one_process_and_in_two(found, encoder):
    again = coding.evaluate(_channelled(), encoder, folds=3, seed=3, processes=2)
    assert again == found


def test_the_dictionary_finds_the_words_of_the_code_book(encoder):
    table = tabulate(labelled(testimonies=1), encoder)
    said = dictionary(table, layout_of(coding.codebook()))
    assert said.dtype == np.bool_
    assert said[0].tolist() == [True, False, False, False]


def test_descriptions_find_the_passage_that_says_them(encoder):
    """Of many passages, those that are the code book's own words are the likest to it."""
    book = coding.codebook()
    said = book.codes[0].subcodes[0].examples[0]
    passages = [replace(one, text=said) if "accueil" in one.codes else one for one in labelled()]
    table = tabulate(passages, encoder)
    rows = np.arange(len(passages))
    ways = simpler(table, layout_of(book), book, encoder, seed=3).say(rows[:48], rows[48:])
    truth = np.array(["accueil" in one.codes for one in passages[48:]])
    assert (ways["Descriptions de la grille, sans exemple"][:, 0] == truth).mean() > 0.9


def test_simpler_ways_read_with_the_ordinary_encoder(encoder):
    plain = WordEncoder("ordinaire@1")
    coding.evaluate(labelled(), encoder, folds=2, seed=3, plain=plain)
    assert coding.codebook().codes[0].lack in plain.asked


def test_what_is_learnt_from_also_is_never_judged(encoder: WordEncoder) -> None:
    mine, others = labelled(testimonies=24), [replace(one, testimony_id=f"V1-{one.testimony_id}") for one in labelled()]
    found = coding.evaluate(mine, encoder, also=others, folds=3, seed=3)
    assert (found.passages, found.testimonies) == (len(mine), 24)


def test_a_coder_knows_what_only_the_other_corpus_tells(encoder: WordEncoder) -> None:
    def uncoded(one: Labelled) -> Labelled:
        return one if "accueil" not in one.codes else replace(one, text="…", codes={}, subcodes=())

    mine = [uncoded(one) for one in labelled()]
    mine[0] = replace(mine[0], codes={"accueil": Sense.PRESENCE}, subcodes=("autres",))
    mine[-1] = replace(mine[-1], codes={"accueil": Sense.LACK}, subcodes=("autres",))
    layout, told = layout_of(coding.codebook()), labelled()
    table = tabulate(mine, encoder, also=told)
    assert len(table.whole().passages) == len(mine) + len(told)
    model = fit(table, layout, encoder_identity=encoder.identity, seed=3)
    texts = ["On m'a tiré une chaise", "J'ai épluché des carottes"]
    vectors = tabulate([replace(mine[0], text=text, question=None, previous=None) for text in texts], encoder).vectors
    welcomed, peeled = model.weights.scores(model.scaling.dense(vectors), texts)[:, 0]
    assert welcomed > peeled

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from tests.coding.fakes import SplittingWordEncoder, WordEncoder, labelled, passage
from voices import coding
from voices.coding.evidence import folded_choices
from voices.coding.features import BUCKETS, counts, plain
from voices.coding.folds import groups, splits, writer_splits
from voices.domain import Sense
from voices.errors import ModelError

PASSAGES = [
    passage(
        "Hier il pleuvait. J'ai épluché des carottes pour tous. Le bus est passé.",
        sentences=["Hier il pleuvait.", "J'ai épluché des carottes pour tous.", "Le bus est passé."],
    ),
    passage("On m'a tiré une chaise en souriant.", start=300, question="Et la première fois ?"),
    passage("Leur clan m'a oubliée.", start=400),
    passage("Ouvert le mardi de neuf à dix-sept heures, entrée libre.", start=500),
]


def test_each_passage_gets_the_code_it_was_taught(model, encoder):
    found = model.code(PASSAGES, encoder)
    assert [[coding.code for coding in one.codings] for one in found] == [["action"], ["accueil"], ["appartenance"], []]
    assert [one.sense("appartenance") for one in found] == [None, None, Sense.LACK, None]


def test_probabilities_cover_every_code_and_lie_between_0_and_1(model, encoder):
    for one in model.code(PASSAGES, encoder):
        assert set(one.probabilities) == {"accueil", "appartenance", "action"}
        values = [*one.probabilities.values(), one.trust_probability]
        values += [value for coding in one.codings for value in (coding.probability, coding.sense_probability)]
        assert all(0 <= value <= 1 for value in values)


@pytest.mark.parametrize("reader", [WordEncoder(), SplittingWordEncoder()], ids=["each alone", "taken away"])
@pytest.mark.parametrize("turn", range(3), ids=lambda turn: f"turn {turn}")
def test_the_evidence_is_the_sentence_that_says_it_wherever_it_stands(model, reader, turn):
    said = ["Hier il pleuvait encore un peu.", "J'ai épluché des carottes.", "Le bus est passé."]
    sentences = [*said[turn:], *said[:turn]]
    found = passage(" ".join(sentences), sentences=sentences)
    (coded,) = model.code([found], reader)
    evidence = next(one for one in coded.codings if one.code == "action").evidence
    assert found.text[evidence.start - found.start : evidence.end - found.start] == "J'ai épluché des carottes."


def test_an_accent_in_two_characters_does_not_move_the_sentences_after_it():
    typed = passage(
        "e\u0301te\u0301 comme hiver ici. On m'a dit bonjour.",
        sentences=["e\u0301te\u0301 comme hiver ici.", "On m'a dit bonjour."],
    )
    assert [plain(typed.text)[start:end] for start, end in folded_choices(typed)] == [
        "été comme hiver ici.",
        "On m'a dit bonjour.",
    ]


def test_neighbours_for_and_against_come_nearest_first(model, encoder):
    for one in model.code(PASSAGES, encoder):
        for found in one.codings:
            for near, coded in ((found.evidence.neighbours, True), (found.evidence.against, False)):
                assert len(near) == 3
                assert all((found.code in neighbour.codes) == coded for neighbour in near)
                similarities = [neighbour.similarity for neighbour in near]
                assert similarities == sorted(similarities, reverse=True)


def test_passages_that_nobody_coded_are_examples_too(model):
    assert {bool(one.codes) for one in model.examples.passages} == {False, True}


def test_a_training_passage_is_not_its_own_neighbour(model, encoder):
    known = labelled()[0].text
    (found,) = model.code([passage(known)], encoder)
    assert known not in [one.text for coding in found.codings for one in coding.evidence.neighbours]


def test_a_passage_is_coded_the_same_alone_and_among_others(model, encoder):
    together = model.code(PASSAGES, encoder)
    assert tuple(model.code([one], encoder)[0] for one in PASSAGES) == together


def test_word_s_apostrophes_and_spaces_change_nothing(model, encoder):
    typed = passage("On m'a tiré une chaise : merci !")
    word = passage("On m’a tiré une chaise\u202f: merci\u202f!")
    one, two = (model.code([text], encoder)[0] for text in (typed, word))
    assert one.probabilities == two.probabilities


def test_only_sentences_of_coded_passages_are_encoded(model):
    encoder = WordEncoder()
    model.code([PASSAGES[0], PASSAGES[3]], encoder)
    assert encoder.asked == [
        PASSAGES[0].text,
        PASSAGES[3].text,
        *("J'ai épluché des carottes pour tous.", "Le bus est passé."),
    ]


def test_an_encoder_that_splits_reads_each_text_once(model):
    encoder = SplittingWordEncoder()
    calls = []
    model.code(PASSAGES, encoder, progress=lambda done, total: calls.append((done, total)))
    assert encoder.asked == [*(one.text for one in PASSAGES), PASSAGES[1].question]
    assert calls == [(4, 4)]


def test_an_encoder_that_splits_gives_the_same_codes(model, encoder):
    one, other = (model.code(PASSAGES, some) for some in (encoder, SplittingWordEncoder()))
    assert [found.probabilities for found in one] == [found.probabilities for found in other]


def test_no_passage_gives_no_coding(model, encoder):
    assert model.code([], encoder) == ()


@pytest.mark.parametrize("text", ["…", "!", "\u202f", "🙂"], ids=["dots", "mark", "space", "emoji"])
def test_a_passage_without_a_word_is_judged_all_the_same(model, encoder, text):
    (found,) = model.code([passage(text)], encoder)
    assert np.isfinite(list(found.probabilities.values())).all()


def test_another_encoder_is_refused_with_the_remedy(model):
    with pytest.raises(ModelError) as caught:
        model.code(PASSAGES, WordEncoder("autre@2"))
    assert "mots@1" in caught.value.problem
    assert "autre@2" in caught.value.problem
    assert "voices train --encoder" in caught.value.remedy


def test_sub_codes_are_those_of_the_code_likeliest_first(model):
    probabilities = np.array([0.1, 0.2, 0.9, 0.45, 0.3, 0.9, 0.9, 0.9])
    assert model.suggested(probabilities, "accueil") == ("soi",)
    assert model.suggested(probabilities, "appartenance") == ("lien", "besoin")


def test_what_is_saved_is_loaded_whole(model, encoder, tmp_path):
    revision = coding.save(model, tmp_path / "coder-3a")
    loaded = coding.load(tmp_path / "coder-3a")
    assert loaded.identity == f"coder-3a@{revision}"
    assert loaded.code(PASSAGES, encoder) == model.code(PASSAGES, encoder)
    assert loaded.describe() == {**model.describe(), "Codeur": loaded.identity}


def test_a_folder_without_a_coder_is_named_even_where_one_lies_deeper(model, tmp_path):
    coding.save(model, tmp_path / "modeles" / "coder-3a")
    with pytest.raises(ModelError, match="manifest") as caught:
        coding.load(tmp_path / "modeles")
    assert str(tmp_path / "modeles") in caught.value.problem
    assert "voices train" in caught.value.remedy


def test_the_same_coder_has_the_same_revision(model, tmp_path):
    other = replace(model, thresholds=(0.5,) * 4)
    revisions = [coding.save(one, tmp_path / str(number)) for number, one in enumerate((model, model, other))]
    assert revisions[0] == revisions[1] != revisions[2]


def test_the_same_seed_trains_the_same_coder(model, encoder, tmp_path):
    again = coding.train(labelled(), encoder, seed=3)
    assert coding.save(again, tmp_path / "a") == coding.save(model, tmp_path / "b")


@pytest.mark.parametrize("name", ["weights.safetensors", "examples.jsonl"])
@pytest.mark.parametrize("harm", ["cut", "changed", "gone"])
def test_a_damaged_file_is_named(model, tmp_path, name, harm):
    coding.save(model, tmp_path)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    if harm != "gone":
        (tmp_path / name).write_bytes(data[:-1] + (b"" if harm == "cut" else bytes([data[-1] ^ 1])))
    with pytest.raises(ModelError, match=name):
        coding.load(tmp_path)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        pytest.param(None, "manque", id="no manifest"),
        pytest.param("{", "abîmé", id="not JSON"),
        pytest.param("[]", "format", id="a list"),
        pytest.param(json.dumps({"format": 9}), "format", id="another format"),
        pytest.param(json.dumps({"format": 1}), "format", id="the format before"),
        pytest.param(json.dumps({"format": 2}), "abîmé", id="nothing but the format"),
    ],
)
def test_a_folder_that_is_no_coder_is_refused(tmp_path, manifest, said):
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        coding.load(tmp_path if manifest is not None else tmp_path / "nulle-part")


def test_the_card_says_who_does_not_speak_and_how_well_it_does(model, tmp_path):
    revision = coding.save(model, tmp_path)
    card = (tmp_path / "card.md").read_text(encoding="utf-8")
    for fact in (revision, "mots@1", "macro-F1", "Aucune personne réelle", "sans pickle"):
        assert fact in card


def test_coding_needs_neither_scikit_learn_nor_scipy_nor_torch(model, tmp_path):
    coding.save(model, tmp_path)
    script = (
        "import sys; from pathlib import Path; from voices import coding\n"
        "assert 'numpy' not in sys.modules; coding.codebook(); assert 'numpy' not in sys.modules\n"
        "from tests.coding.fakes import WordEncoder, passage\n"
        f"print(len(coding.load(Path({str(tmp_path)!r})).code([passage('Leur clan.')], WordEncoder())))\n"
        "heavy = {'sklearn', 'scipy', 'torch', 'pandas', 'spacy'} & set(sys.modules); assert not heavy, heavy"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "1"), ran.stderr


def test_too_few_passages_are_refused(encoder):
    with pytest.raises(ModelError, match="ne suffisent pas"):
        coding.train(labelled(testimonies=2), encoder, seed=3)
    with pytest.raises(ModelError) as caught:
        coding.train([replace(one, trust=False) for one in labelled()], encoder, seed=3)
    assert "confiance" in caught.value.remedy


@pytest.mark.parametrize("seed", range(5))
def test_no_testimony_stands_on_two_sides(seed):
    passages = labelled()
    judged = []
    for learn, judge in splits(passages, 4, seed=seed):
        assert not {passages[row].testimony_id for row in learn} & {passages[row].testimony_id for row in judge}
        judged += list(judge)
    assert sorted(judged) == list(range(len(passages)))


def test_testimonies_that_say_the_same_words_stand_together():
    passages = list(labelled())
    words = "Voilà ce que j'ai écrit deux fois de suite, ici et là-bas."
    passages[0] = replace(passages[0], text=words)
    passages[-1] = replace(passages[-1], text=words.upper().replace("'", "’"))
    found = groups(passages)
    assert found[0] == found[-1]
    assert len(set(found)) == 23


def test_short_answers_do_not_tie_testimonies():
    assert len(set(groups([replace(one, text="Oui, merci.") for one in labelled()]))) == 24


def test_a_writer_s_set_is_left_out_whole():
    passages = labelled()
    found = dict(writer_splits(passages))
    assert list(found) == ["W1", "W2", "W3"]
    learn, judge = found["W2"]
    assert {passages[row].writer_set for row in learn} == {"W1", "W3"}
    assert {passages[row].writer_set for row in judge} == {"W2"}


def test_the_same_words_fall_in_the_same_buckets_whatever_their_case():
    one, two = counts("L'ACCUEIL, ici"), counts("l’accueil ici")
    assert one[0].tolist() == two[0].tolist()
    assert one[0].max() < BUCKETS
    assert plain("l’été\u202f!") == "l'été !"

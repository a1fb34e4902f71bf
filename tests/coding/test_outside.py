from dataclasses import replace

import numpy as np
import pytest

from tests.coding.fakes import WordEncoder, labelled, passage
from voices import coding
from voices.coding.book import read_codebook
from voices.coding.detecting import FLAGGED, fit_border
from voices.coding.fitting import fit, layout_of, tabulate, with_examples
from voices.coding.model import CoderModel
from voices.coding.outside import unreadable
from voices.domain import Aim, Certainty, WhyOutside
from voices.errors import ModelError, SettingsError
from voices.settings import shipped_outside

FAR = tuple(
    f"{verb} le {thing} {how}, réglage {number}."
    for number, (verb, thing, how) in enumerate(
        (verb, thing, how)
        for verb in ("Vissez", "Serrez", "Purgez", "Branchez")
        for thing in ("boulon", "radiateur", "capteur")
        for how in ("à fond", "doucement")
    )
)


@pytest.fixture(scope="module")
def careful(encoder: WordEncoder) -> CoderModel:
    """A coder that learnt what to leave alone."""
    table = tabulate(labelled(), encoder)
    bare = fit(table, layout_of(read_codebook(None)), encoder_identity=encoder.identity, seed=3)
    model = with_examples(bare, table)
    return replace(model, border=fit_border(model, table, FAR, encoder, seed=3))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Vissez le capteur doucement.", WhyOutside.UNLIKE),
        ("Purgez le boulon à fond.", WhyOutside.UNLIKE),
        ("Tighten the bolts with the key of the radiator.", WhyOutside.FOREIGN),
        ("…", WhyOutside.WORDLESS),
        ("12 + 8", WhyOutside.WORDLESS),
    ],
)
def test_what_is_like_nothing_learnt_is_flagged_and_not_coded(careful, encoder, text, why):
    (found,) = careful.code([passage(text)], encoder)
    assert (found.outside, found.why) == (True, why)
    assert (found.codings, found.trust) == ((), False)
    assert set(found.certainties.values()) == {Certainty.REVIEW}
    assert set(found.probabilities) == {"accueil", "appartenance", "action"}


def test_passages_of_the_coder_s_own_kind_are_rarely_flagged(careful, encoder):
    table = tabulate(labelled(testimonies=60)[96:], encoder)
    flagged = careful.predict(table.passages, table.vectors).outside
    assert flagged.mean() <= FLAGGED + 0.03


def test_a_flagged_passage_counts_as_said_to_have_no_code(careful, encoder):
    table = tabulate(labelled(), encoder)
    predicted = careful.predict(table.passages, table.vectors)
    flagged = replace(predicted, outside=np.ones(len(table.passages), bool))
    assert careful.says(predicted).any()
    assert not careful.says(flagged).any()


def test_the_context_does_not_make_a_text_one_s_own(careful, encoder):
    alone, asked = passage(FAR[0]), passage(FAR[0], question="Racontez une journée ?")
    assert [one.outside for one in careful.code([alone, asked], encoder)] == [True, True]


def test_the_border_the_doubt_and_the_aims_are_saved(careful, encoder, tmp_path):
    coding.save(careful, tmp_path)
    loaded = coding.load(tmp_path)
    assert (loaded.doubt, loaded.aims) == (careful.doubt, careful.aims)
    texts = [passage(text) for text in (FAR[0], labelled()[0].text)]
    assert loaded.code(texts, encoder) == careful.code(texts, encoder)


def test_the_same_passages_and_texts_make_the_same_coder(encoder, tmp_path):
    two = [coding.train(labelled(), encoder, seed=3, outside=FAR) for _ in range(2)]
    assert len({coding.save(one, tmp_path / str(number)) for number, one in enumerate(two)}) == 1
    assert two[0].border is not None
    assert "hors domaine" in two[0].describe()["Certitude"]


@pytest.mark.parametrize("aim", [one.value for one in Aim])
def test_a_coder_takes_the_thresholds_of_an_aim(careful, aim):
    assert careful.aiming(aim).thresholds == careful.aims[Aim(aim)]


def test_an_unknown_aim_is_refused_with_the_known_ones(careful):
    with pytest.raises(SettingsError) as caught:
        careful.aiming("strict")
    assert all(one in caught.value.remedy for one in Aim)


@pytest.mark.parametrize("text", ["…", "", "12 : 30", "_ _"])
def test_a_text_without_a_letter_cannot_be_read(text):
    assert unreadable(text) is WhyOutside.WORDLESS
    assert unreadable(f"{text} à") is None


@pytest.mark.parametrize("content", [None, "", "\n \n"], ids=["missing", "empty", "blank"])
def test_a_missing_file_of_texts_is_told_with_its_remedy(tmp_path, content):
    path = tmp_path / "learn.txt"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="learn") as caught:
        coding.read_outside(path)
    assert "corpora/outside/learn.txt" in caught.value.remedy


def test_the_shipped_texts_are_many_and_all_different():
    texts = coding.read_outside(shipped_outside())
    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)


def test_no_text_to_learn_from_is_among_those_that_check():
    learnt = set(coding.read_outside(shipped_outside()))
    assert not learnt & set(coding.read_outside(shipped_outside().with_name("test.txt")))

import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices import settings
from voices.domain import Role
from voices.errors import ModelError
from voices.networks.network import Network
from voices.privacy import recognising
from voices.privacy.detection import find
from voices.privacy.words import Words
from voices.raw import RawTestimony, RawTurn

EVERY = lambda index: True  # noqa: E731
TEXTS = st.text(alphabet="ab Éz.!?\n'’«»-,0", max_size=900)


def found(text, **options):
    ((findings,),) = find([RawTestimony("t", (RawTurn(text, Role.WITNESS),))], **options)
    return [text[span.start : span.end] for span in findings.persons]


@given(TEXTS)
def test_windows_tile_the_text_and_none_is_longer_than_eighty_words(text):
    words = Words(text)
    stretches = list(recognising.windows(words))
    assert [first for first, _ in stretches] == [0, *[last for _, last in stretches[:-1]]][: len(stretches)]
    assert (stretches[-1][1] if stretches else 0) == len(words)
    assert all(0 < last - first <= 80 for first, last in stretches)


@given(TEXTS)
def test_every_word_that_is_read_has_a_score(text):
    words = Words(text)
    scores = recognising.scores(words, EVERY)
    assert scores.shape == (len(words),)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mercredi j'ai vu zorgulian qui m'a aidée à remplir les papiers", "zorgulian"),
        ("Ilderiza m'a dit de revenir, alors je suis revenue.", "Ilderiza"),
        ("slt c tchouko jpeu pa venir 2main jsui malade", "tchouko"),
    ],
)
def test_a_name_that_no_list_has_is_told_by_its_sentence(text, name):
    words = Words(text)
    assert words[int(recognising.scores(words, EVERY).argmax())].text == name
    assert name in found(text)


def test_a_word_far_in_a_long_text_has_its_own_score():
    before = "On a mangé ensemble et on a ri. " * 60
    words = Words(before + "Ensuite Ilderiza m'a montré la cuisine.")
    scores = recognising.scores(words, EVERY)
    assert [words[int(index)].text for index in np.flatnonzero(scores > 0)] == ["Ilderiza"]


def test_what_is_not_worth_reading_is_not_read():
    words = Words("On a mangé ensemble. Ensuite Ilderiza m'a montré la cuisine.")
    assert (recognising.scores(words, lambda index: False) == recognising.LOWEST).all()
    assert recognising.judged(words, lambda index: False) == recognising.NOTHING


def test_a_text_has_the_same_answer_whatever_comes_with_it():
    one, other = "tonton moussavi il a cuisiné", "On a vu Ilderiza et Kourtaneuf hier."
    raws = [RawTestimony(str(rank), (RawTurn(text, Role.WITNESS),)) for rank, text in enumerate((one, other, one))]
    first, _, third = find(raws)
    assert first == third == find(raws[:1])[0]


def test_a_damaged_network_is_told_and_nothing_is_read_without_it(tmp_path, monkeypatch):
    shutil.copytree(settings.shipped_models() / recognising.NAME, tmp_path / recognising.NAME)
    model = tmp_path / recognising.NAME / "model.onnx"
    model.write_bytes(model.read_bytes()[:-1])
    monkeypatch.setattr(recognising, "_network", lambda: Network(tmp_path / recognising.NAME))
    with pytest.raises(ModelError, match=r"model.onnx.*incomplet"):
        found("J'ai vu Ilderiza.")


def test_the_rules_can_still_be_asked_alone():
    text = "slt c tchouko jpeu pa venir 2main jsui malade"
    assert found(text) == ["tchouko"]
    assert found(text, rules_alone=True) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Merci à Corentin Le Floc'h qui m'a ramenée chez moi.", ["Corentin Le Floc'h"]),
        ("j'ai vu madame le goff au marché et monsieur le guen aussi", ["le goff", "le guen"]),
        ("madame la directrice et monsieur le maire ont ri", []),
        ("madame D'Agostino ne supporte pas l'odeur de la térébenthine", ["D'Agostino"]),
        ("j'ai fait le service avec m'hamed le soir du repas des voisins", ["m'hamed"]),
        ("Problème de la gouttière, présenté par N. Ferhat.", ["N. Ferhat"]),
        ("Présents : Y. Chanfi, Odile Marrou, les deux Mansouri.", ["Y. Chanfi", "Odile Marrou", "Mansouri"]),
        ("On a vu Odile F.-L. suspendue à la tonnelle.", ["Odile F.-L"]),
        ("Rosalinda de los Santos garde quatre enfants.", ["Rosalinda de los Santos"]),
        ("Il signe Kalimero13 sur le groupe, sa mère en rit.", ["Kalimero13"]),
        ("Max et Petit Max se détestaient, puis ils ont repeint la salle.", ["Max", "Petit Max"]),
    ],
)
def test_a_name_is_found_to_its_last_letter(text, names):
    assert found(text) == names


def test_words_in_another_alphabet_are_left_to_the_rules():
    assert found("\u202eشكرا \u200f🙂 merci de votre accueil") == []

"""Themes: small corpora are treated as small, repeats and non-answers make none, and the same gives the same."""

import os
import random
import re
import subprocess
import sys

import numpy as np
import pytest

from voices.domain import Passage
from voices.themes import find
from voices.themes.groups import LEAST

SUBJECTS = {
    "jardin": (
        ["Au jardin partagé", "Dans les bacs du jardin", "Derrière la serre du jardin", "Près du compost du jardin"],
        [
            "j’ai semé des tomates",
            "nous avons arrosé les salades",
            "on a cueilli les courgettes",
            "j’ai planté des fèves",
        ],
        [
            "avec les voisins",
            "avant la sécheresse",
            "malgré les limaces",
            "sous un soleil brûlant",
            "avec un râteau cassé",
        ],
    ),
    "vélo": (
        ["À l’atelier vélo", "Sur le pied d’atelier", "Avec les outils de l’atelier", "Dans le garage à vélos"],
        ["j’ai réparé ma roue", "on a changé les freins", "nous avons graissé la chaîne", "j’ai démonté un pédalier"],
        ["avec une clé tordue", "en deux heures", "devant des enfants curieux", "sans savoir lire la notice"],
    ),
    "papiers": (
        [
            "Au bureau des papiers",
            "Devant l’ordinateur de la mairie",
            "Pour le dossier de retraite",
            "Avec l’écrivain public",
        ],
        [
            "j’ai rempli le formulaire",
            "on a écrit à la préfecture",
            "nous avons trié les factures",
            "j’ai signé la lettre",
        ],
        ["avant la date limite", "grâce au tampon", "sans comprendre le courrier", "avec une attestation périmée"],
    ),
}


def corpus(n, *, seed=1, subjects=tuple(SUBJECTS)):
    """n different passages on those subjects, and vectors (n, 48): one direction a subject, and noise."""
    rng = np.random.default_rng(seed)
    draw = random.Random(seed)
    directions = np.eye(48, dtype=np.float32)
    texts: dict[str, int] = {}
    while len(texts) < n:
        which = len(texts) % len(subjects)
        start, middle, end = (draw.choice(parts) for parts in SUBJECTS[subjects[which]])
        extra = draw.choice(
            ["", " Je rentre fatiguée.", " Rien ne marchait.", " Quelle matinée !", " Je recommence demain."]
        )
        texts.setdefault(f"{start}, {middle} {end}, le {draw.randint(1, 31)}.{extra}", which)
    passages = [passage(number, text) for number, text in enumerate(texts)]
    vectors = directions[list(texts.values())] + rng.normal(scale=0.06, size=(n, 48)).astype(np.float32)
    return passages, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def passage(number, text):
    return Passage(f"p{number:05d}", f"t{number // 2}", number % 2 + 1, 0, len(text), text, 0, ((0, len(text)),))


def with_texts(before, texts):
    """The corpus and those texts, each at a place of its own."""
    passages, vectors = before
    more = [passage(len(passages) + number, text) for number, text in enumerate(texts)]
    new = np.random.default_rng(9).normal(size=(len(texts), vectors.shape[1])).astype(np.float32)
    return [*passages, *more], np.vstack([vectors, new / np.linalg.norm(new, axis=1, keepdims=True)])


def test_every_passage_is_in_one_theme_or_alone_or_left_out_and_labels_differ():
    passages, vectors = with_texts(corpus(90), ["RAS", "Rien à ajouter, merci.", "Voilà, c’est tout."])
    found = find(passages, vectors, seed=3)
    placed = [id_ for theme in found.themes for id_ in theme.passage_ids] + [*found.outliers, *found.left_out]
    assert sorted(placed) == [passage.id for passage in passages]
    assert len({theme.label for theme in found.themes}) == len(found.themes)
    assert [theme.id for theme in found.themes] == [f"theme-{n:02d}" for n in range(1, len(found.themes) + 1)]
    assert all(set(theme.central) <= set(theme.passage_ids) and len(theme.central) >= 3 for theme in found.themes)
    assert all(1 <= len(theme.keywords) <= 8 for theme in found.themes)
    assert all(theme.label[0].isupper() for theme in found.themes)


@pytest.mark.parametrize("n", [30, 60, 150], ids=lambda n: f"{n} passages")
def test_three_subjects_are_told_apart_at_every_size(n):
    passages, vectors = corpus(n)
    found = find(passages, vectors, seed=3)
    subject = {passage.id: number % 3 for number, passage in enumerate(passages)}
    assert len(found.themes) >= 3
    for theme in found.themes:
        counts = np.bincount([subject[id_] for id_ in theme.passage_ids])
        assert counts.max() >= 0.9 * counts.sum()
    assert len(found.outliers) <= 0.15 * n


def test_a_theme_is_named_with_words_of_its_passages():
    passages, vectors = corpus(45)
    said = " ".join(passage.text.lower() for passage in passages)
    for theme in find(passages, vectors, seed=3).themes:
        assert all(
            part.removeprefix("le ").removeprefix("la ").removeprefix("les ").removeprefix("l’") in said
            for part in theme.label.lower().split(", ")
        )


@pytest.mark.parametrize("n", [45, 90])
def test_the_most_central_passages_say_a_word_of_the_name(n):
    passages, vectors = corpus(n)
    said = {passage.id: passage.text.lower() for passage in passages}
    for theme in find(passages, vectors, seed=3).themes:
        words = [word for word in re.findall(r"\w{3,}", theme.label.lower()) if word not in ("les", "des")]
        assert all(any(word in said[one] for word in words) for one in theme.central[:3]), theme.label


@pytest.mark.parametrize("n", [0, 1, 2, 12, LEAST - 1])
def test_too_few_passages_give_no_theme_and_say_so(n):
    found = find(*corpus(n), seed=3)
    assert found.themes == ()
    assert found.note == f"Trop peu de passages ({n}) pour dégager des thèmes."
    assert len(found.outliers) == n


def test_a_small_corpus_does_without_bertopic():
    code = (
        "import sys; from tests.themes.test_themes import corpus; from voices.themes import find;"
        "find(*corpus(30), seed=3); print('bertopic' in sys.modules, 'umap' in sys.modules, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]


def test_non_answers_are_left_out_however_many():
    said = ["RAS", "Rien à dire.", "Merci !", "Non.", "Voilà c’est tout, merci.", "Euh, ben non, rien."] * 8
    passages, vectors = with_texts(corpus(30), said)
    found = find(passages, vectors, seed=3)
    assert set(found.left_out) == {passage.id for passage in passages[30:]}


def test_repeats_count_once_to_find_themes_and_all_in_their_size():
    passages, vectors = corpus(30)
    copies = [passage(100 + number, passages[0].text.upper()) for number in range(3)]
    close = [passage(200, "Un tout autre texte mais que l’encodeur place exactement au même endroit.")]
    found = find([*passages, *copies, *close], np.vstack([vectors, np.repeat(vectors[:1], 4, axis=0)]), seed=3)
    assert found.left_out == ()
    home = next(theme for theme in found.themes if passages[0].id in theme.passage_ids)
    assert {passage.id for passage in copies + close} <= set(home.passage_ids)
    assert not {passage.id for passage in copies + close} & set(home.central)
    alone = find(passages, vectors, seed=3)
    assert [theme.label for theme in found.themes] == [theme.label for theme in alone.themes]


@pytest.mark.parametrize("n", [45, 90])
def test_the_same_passages_give_the_same_themes_in_whatever_order_they_come(n):
    passages, vectors = corpus(n)
    order = np.random.default_rng(4).permutation(n)
    assert find(passages, vectors, seed=3) == find([passages[at] for at in order], vectors[order], seed=3)


def test_another_process_gives_the_same_themes():
    code = (
        "from tests.themes.test_themes import corpus; from voices.themes import find; print(find(*corpus(75), seed=3))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert other.stdout.strip() == str(find(*corpus(75), seed=3))


def test_themes_that_leave_many_alone_or_hold_nearly_all_say_so():
    passages, _ = corpus(40, subjects=("jardin",))
    vectors = np.random.default_rng(2).normal(size=(40, 48)).astype(np.float32)
    found = find(passages, vectors, seed=3)
    largest = max((len(theme.passage_ids) for theme in found.themes), default=0)
    weak = len(found.outliers) > 0.15 * 40 or largest > 0.6 * 40 or not found.holding
    assert (found.note is not None) is weak


def test_reading_words_tells_how_far_it_is():
    calls: list[tuple[int, int]] = []
    find(*corpus(70), seed=3, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (70, 70)

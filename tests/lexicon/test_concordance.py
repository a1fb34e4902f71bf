"""Where words are said, verbatim, and in what order a French reader expects them."""

import random
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from tests.lexicon.made import spoken, told_in_two, whole
from voices.errors import SettingsError
from voices.lexicon import collation, read
from voices.lexicon.concordance import of_forms, of_lemmas


def found(text, query):
    one = spoken(text)
    return [line.found for line in of_forms([whole(one)], [one], query).lines]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("La Porte, la porte ; des portes, la porté.", "porte", ["Porte", "porte"]),
        ("accueil, accueillir, l’accueillante, recueil", "accueil*", ["accueil", "accueillir", "accueillante"]),
        ("lentement, vraiment, mental", "*ment", ["lentement", "vraiment"]),
        ("port, porte, ports, portes", "port?", ["porte", "ports"]),
        ("On m’a dit bonjour. On m'a dit rien.", "on m'a dit", ["On m’a dit", "On m'a dit"]),
        ("On nous attend. On l’attend. On attend.", "on * attend", ["On nous attend"]),
        ("Un café\u00a0chaud, café\nchaud, café, chaud", "café chaud", ["café\u00a0chaud", "café\nchaud"]),
        ("ma sœur et son cœur", "soeur", ["sœur"]),
        ("L’arrêt, c'est l'heure", "l'", ["L’", "l'"]),
        ("à l'heure, à l’heure dite", "l' heure", ["l'heure", "l’heure"]),
        ("ma soeur", "sœur", ["soeur"]),
        ("des (mots) et du mot+", "mot+", ["mot+"]),
        ("grand-mère et mère", "mère", ["mère", "mère"]),
        ("Élève, élèves", "ÉLÈVE", ["Élève"]),
    ],
)
def test_words_are_found_as_they_are_written(text, query, expected):
    assert found(text, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("accueillir", ["accueillie", "accueillons"]),
        ("accueil*", ["accueillie", "accueil", "accueillons"]),
        ("bien accueillir", ["bien accueillie"]),
        ("grand-mère", ["grand-mères"]),
    ],
)
def test_lemmas_find_all_their_forms(query, expected):
    one = spoken("On m’a bien accueillie. L’accueil est bon. Nous accueillons bien, les grand-mères aussi.")
    lines = of_lemmas(read([whole(one)]), [one], query).lines
    assert [line.found for line in lines] == expected


def test_punctuation_parts_what_lemmas_look_for():
    one = spoken("Nous parlons bien. Nous parlons, bien sûr.")
    assert len(of_lemmas(read([whole(one)]), [one], "parler bien").lines) == 1


def test_a_line_holds_no_word_of_another_turn():
    one, passage = told_in_two("Vous aimez la soupe ?", "Oui, la soupe me plaît. Beaucoup.")
    [line] = of_forms([passage], [one], "soupe").lines
    assert (line.left, line.found, line.right) == ("Oui, la ", "soupe", " me plaît. Beaucoup.")
    assert one.text[line.start : line.end] == "soupe"


def test_words_of_the_context_are_whole():
    one = spoken("abcdef ghij soupe klmn opqrst")
    [line] = of_forms([whole(one)], [one], "soupe", width=8).lines
    assert (line.left, line.right) == (" ghij ", " klmn ")


@given(some.text(alphabet="ab é’'-,.\n", max_size=60), some.integers(0, 20))
@example("a.aaaaaaa\na", 9)  # a line ends within the width
def test_a_line_is_verbatim(text, width):
    one = spoken(text)
    for line in of_forms([whole(one)], [one], "a*", width=width).lines:
        assert text[line.start : line.end] == line.found
        assert text[: line.start].endswith(line.left)
        assert text[line.end :].startswith(line.right)
        assert max(len(line.left), len(line.right)) <= width
        assert re.fullmatch("a[abé]*", line.found)


def test_the_order_is_that_of_a_french_dictionary():
    expected = ["cœur", "coffre", "cote", "Cote", "coté", "côte", "côté", "élan", "élève", "Élève", "elle", "zone"]
    assert sorted(random.Random(1).sample(expected, len(expected)), key=collation.of) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("ordre", [0, 1, 2, 3]),
        ("gauche", [2, 0, 3, 1]),
        ("droite", [3, 2, 1, 0]),
        ("lieu", [3, 1, 0, 2]),
        ("date", [3, 0, 1, 2]),
    ],
)
def test_lines_are_sorted_as_asked(sort, expected):
    said = [
        spoken("ici une étape soupe zut", "a", place="Épinal", date="2023"),
        spoken("là une zone soupe verte", "b", place="Brest", date="2024"),
        spoken("or un école soupe élue", "c"),
        spoken("un etc. mur soupe douce", "d", place="Brest", date="2022"),
    ]
    lines = of_forms([whole(one) for one in said], said, "soupe", sort=sort).lines
    assert ["abcd".index(line.testimony_id) for line in lines] == expected


@pytest.mark.parametrize("asked", [{"query": " * "}, {"query": "soupe", "sort": "longueur"}], ids=str)
def test_what_cannot_be_asked_is_told(asked):
    with pytest.raises(SettingsError):
        of_forms([], [], **asked)

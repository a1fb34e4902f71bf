"""What is kept of what a passage says."""

import pytest

from voices.themes import words
from voices.themes.labels import Spoken, name
from voices.themes.words import Phrase, Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J’ai gardé les épluchures du jeudi.", {"épluchures", "épluchures du jeudi"}),
        ("On a poussé mon fauteuil roulant.", {"fauteuil", "fauteuil roulant"}),
        ("Euh, ben voilà quoi, du coup, hein.", set()),
        ("Nous avons déjeuné avec Joël et Odile à Annonay.", set()),
        ("Un jour une dame a dit une chose.", set()),
        ("J’ai gardé les épluchures du jeudi [adresse] [téléphone].", {"épluchures", "épluchures du jeudi"}),
    ],
)
def test_noun_phrases_are_taken_without_article_filler_or_name(text, expected):
    [read] = words.read([text])
    assert {phrase.surface for phrase in read.phrases} == expected


@pytest.mark.parametrize(
    ("text", "few"),
    [("RAS", True), ("Rien à dire, merci.", True), ("On mange bien ici pour pas cher.", False)],
)
def test_what_says_little_weighs_little(text, few):
    assert (words.read([text])[0].weight < 4) is few


def labels(groups, others):
    return [one.label if one else None for one in name(groups, others)]


def _spoken(testimony, *phrases):
    said = tuple(Phrase(tuple(phrase.split()), phrase) for phrase in phrases)
    return Spoken(testimony, Words(tuple(word for phrase in phrases for word in phrase.split()), said, 9))


def test_a_label_is_told_by_several_voices_before_one_that_repeats_itself():
    group = [_spoken("a", "cadenas"), _spoken("a", "cadenas"), _spoken("b", "clé"), _spoken("c", "clé")]
    assert labels([group], [_spoken("d", "soupe")] * 8)[0] == "Clé"


def test_a_label_tells_the_theme_from_the_others():
    group = [_spoken("a", "table", "clé"), _spoken("b", "table", "clé"), _spoken("c", "table")]
    others = [_spoken(str(n), "table") for n in range(20)]
    assert labels([group], others)[0] == "Clé"


@pytest.mark.parametrize(
    ("group", "why"),
    [
        ([_spoken("a", "cadenas"), _spoken("a", "cadenas"), _spoken("a", "cadenas")], "one voice"),
        ([_spoken("a", "table"), _spoken("b", "clé"), _spoken("c", "four")], "nothing told twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_has_no_shared_words_has_no_name(group, why):
    assert name([group], [_spoken("d", "soupe")] * 8) == [None], why


def test_a_label_takes_the_article_its_noun_is_told_with():
    said = [Phrase(("vaisselle",), "vaisselle", article) for article in ("la", "", "la")]
    group = [Spoken(str(n), Words(("vaisselle",), (phrase,), 5)) for n, phrase in enumerate(said)]
    assert labels([group], [_spoken("d", "soupe")] * 8)[0] == "La vaisselle"


FILL = [_spoken(f"f{n}", f"mot{n}") for n in range(20)]
"""Passages of a theme that have no word in common."""


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ([_spoken(f"a{n}", "clé") for n in range(10)] + FILL[:2], "Clé"),
        ([_spoken(f"a{n}", "clé") for n in range(3)] + [_spoken(f"b{n}", "four") for n in range(3)] + FILL[:14], None),
        (
            [_spoken(f"{word}{n}", word) for word in ("clé", "four", "lavoir", "piano") for n in range(3)] + FILL[:20],
            "Clé, four, lavoir",
        ),
        ([_spoken(f"a{n}", "clé") for n in range(2)] + FILL[:18], "Sans nom sûr\u202f: clé"),
        ([_spoken(f"a{n}", "clé") for n in range(3)] + FILL[:18], "Sans nom sûr\u202f: clé"),
    ],
    ids=["one word", "two words", "three words", "two passages of twenty", "three of twenty-one"],
)
def test_a_name_is_said_by_a_fifth_of_its_passages_or_tells_that_it_is_not_sure(group, expected):
    [found] = name([group], [_spoken("d", "soupe")] * 30)
    assert found
    assert found.label == (expected or "Clé, four")
    assert bool(found.lemmas) is not found.label.startswith("Sans nom sûr")


def test_a_verb_names_what_no_noun_sums_up():
    eaten = [Spoken(f"a{n}", Words(("manger",), (), 5, frozenset({"manger"}))) for n in range(8)]
    plates = [_spoken(f"b{n}", "assiette") for n in range(3)]
    assert labels([[*eaten, *plates, *FILL]], [_spoken("d", "soupe")] * 40) == ["Manger, assiette"]
    assert labels([[*eaten[:2], *plates, *plates, *FILL[:5]]], [_spoken("d", "soupe")] * 40) == ["Assiette"]


def test_verbs_are_known_by_their_infinitives():
    [read] = words.read(["On a mangé ensemble, et j’ai lavé les assiettes."])
    assert read.verbs == {"manger", "laver"}


def test_two_themes_have_two_labels():
    group = [_spoken("a", "clé", "four"), _spoken("b", "clé", "four")]
    found = labels([group, list(group)], [_spoken("d", "soupe")] * 8)
    assert len(set(found)) == 2
    assert None not in found

"""What is kept of the words of passages, and how often each is said."""

import numpy as np
import pytest

from tests.lexicon.made import passage, words_of
from voices.lexicon import read
from voices.lexicon.table import count
from voices.lexicon.words import KINDS, MIDDLE, NO_MARK, STRONG, WEAK


def told(text):
    """(lemma, part of speech) of each word of a text."""
    found = read([passage(text)])
    return [
        (found.lemmas[lemma], KINDS[kind], text[start:end])
        for lemma, kind, start, end in zip(found.lemma, found.kind, found.start, found.end, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Les bénévoles nous accueillaient.", ["le", "bénévole", "nous", "accueillir"]),
        ("L’après-midi, peut-être.", ["le", "après-midi", "peut-être"]),
        ("Les grand-mères, là-bas.", ["le", "grand-mère", "là-bas"]),
        ("Quelqu’un aujourd’hui ?", ["quelqu'un", "aujourd'hui"]),
        ("Tu viens ?", ["tu", "venir"]),
        ("Est-ce loin ?", ["être", "ce", "loin"]),
        ("… !", []),
    ],
)
def test_words_have_their_lemmas(text, lemmas):
    assert [lemma for lemma, _, _ in told(text)] == lemmas


def test_auxiliaries_are_no_words_of_content():
    assert ("avoir", "AUX", "avait") in told("On avait froid.")


def test_each_word_stands_where_it_is_written():
    text = "L’accueil, est-ce « là-bas » que ça s’apprend ? Oui… œuvre à 18 h."
    found = read([passage(text)])
    written = [text[start:end] for start, end in zip(found.start, found.end, strict=True)]
    folded = [word.lower().replace("’", "'") for word in written]
    assert folded == [found.forms[form] for form in found.form]
    assert written[:6] == ["L’", "accueil", "est", "ce", "là-bas", "que"]


def test_what_follows_a_word_is_marked():
    found = read([passage("Oui, dit la dame ; on entre. Là")])
    marks = dict(zip((found.forms[form] for form in found.form), found.mark, strict=True))
    assert [marks[word] for word in ("oui", "dit", "dame", "entre", "là")] == [WEAK, NO_MARK, MIDDLE, STRONG, NO_MARK]


def test_each_word_is_in_its_sentence():
    found = words_of(["a b|c", "d", "e|f g"])
    assert found.sentence.tolist() == [0, 0, 1, 2, 3, 4, 4]
    assert found.passage.tolist() == [0, 0, 0, 1, 2, 2, 2]


def test_a_passage_has_the_same_words_whatever_stands_beside_it():
    one, other = passage("On parle, tu sais."), passage("La porte est fermée.")
    alone, together = read([other]), read([one, other])
    at = slice(*together.bounds[1:3])
    assert [alone.lemmas[n] for n in alone.lemma] == [together.lemmas[n] for n in together.lemma[at]]


def test_the_table_counts_terms_in_documents():
    table = count(words_of(["soupe soupe table", "table", "soupe porte"]), least=2)
    assert table.terms == ("soupe", "table")
    assert table.counts.toarray().tolist() == [[2, 1], [0, 1], [1, 0]]
    assert table.sizes.tolist() == [3, 1, 2]
    assert list(table.rows()) == [("soupe", "nom", 3, 2), ("table", "nom", 2, 2)]


@pytest.mark.parametrize(
    ("choice", "terms"),
    [
        ({"without": {"soupe"}}, ("table", "manger")),
        ({"kinds": {"VERB"}}, ("manger",)),
        ({"kinds": ()}, ("soupe", "table", "le", "manger")),
        ({"by": "form", "without": {"table"}}, ("soupe", "mange", "soupes")),
        ({"least": 4}, ()),
    ],
    ids=str,
)
def test_the_table_holds_the_words_chosen(choice, terms):
    words = words_of(["soupe soupes/soupe soupe table table", "mange/manger/VERB la/le/DET"])
    assert count(words, **{"least": 1, **choice}).terms == terms


def test_documents_may_be_others_than_passages():
    words = words_of(["soupe table|soupe"])
    assert count(words, least=1, documents=words.sentence).counts.toarray().tolist() == [[1, 1], [1, 0]]


def test_a_corpus_without_words_has_an_empty_table():
    table = count(read([passage("…")]))
    assert table.counts.shape == (1, 0)
    assert np.array_equal(table.sizes, [0])

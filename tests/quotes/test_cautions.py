"""Who cuts is told where the quote may say something else than the passage."""

from dataclasses import replace

import pytest

from tests.quotes.passages import told, without
from voices.domain import Sense
from voices.quotes.cautions import cautions


def warned(sentences, left, *, senses=None, question=None, evidence=()):
    testimony, passage = told(*sentences, question=question)
    spans = without(testimony.text, passage, *left)
    found = cautions(testimony.text, passage, spans, senses=senses or {}, evidence=evidence)
    return tuple(replace(one, told=one.told.replace("\u202f", " ")) for one in found)


@pytest.mark.parametrize(
    ("sentences", "left", "grave", "told_of"),
    [
        (["Je n’y retourne pas."], ["n’y"], True, "« n’ »"),
        (["Je ne suis pas revenue."], ["pas"], True, "« pas »"),
        (["Personne ne m’a jugée."], ["Personne ne"], True, "négation"),
        (["C’était bien, sauf le bruit."], ["sauf le bruit."], True, "« sauf »"),
        (["On m’accueille, mais de loin."], ["mais de loin."], True, "« mais »"),
        (["Je reviendrai peut-être."], ["peut-être."], True, "plus affirmative"),
        (["On m’a écoutée.", "Mais ça n’a pas duré."], ["Mais ça n’a pas duré."], False, "« mais »"),
        (["On m’a écoutée.", "Je n’avais rien demandé."], ["Je n’avais rien demandé."], False, "« n’ », « rien »"),
    ],
)
def test_a_negation_or_a_nuance_left_out_is_told(sentences, left, grave, told_of):
    found = [one for one in warned(sentences, left) if told_of in one.told]
    assert found
    assert found[0].grave is grave


@pytest.mark.parametrize(
    ("sentences", "left"),
    [
        (["On m’a tiré une chaise.", "On m’a servi un café."], ["On m’a servi un café."]),
        (["On m’a tiré une chaise ce jeudi."], ["ce jeudi."]),
        (["On m’a tiré une chaise."], []),
        (["Le repas était bon.", "Je passerai."], ["Je passerai."]),
    ],
)
def test_a_harmless_cut_is_told_nothing_of(sentences, left):
    assert warned(sentences, left) == ()


def test_half_of_a_mixed_passage_is_the_first_thing_told():
    sentences = ["On m’a gardé une place.", "Mais au début, personne."]
    first, *_ = warned(sentences, [sentences[1]], senses={"Appartenance": Sense.MIXED, "Accueil": Sense.PRESENCE})
    assert first.grave
    assert first.told.startswith("Appartenance est mixte")
    assert not warned(sentences, [], senses={"Appartenance": Sense.MIXED})


def test_a_quote_that_leans_on_what_is_not_there_is_told():
    assert "« Elle »" in warned(["Elle m’a souri ce jour-là."], [])[0].told
    assert "sans la question" in warned(["Du sommeil."], [], question="Que vous manquait-il ?")[0].told


def test_losing_the_sentence_that_says_it_best_is_told():
    sentences = ["J’apporte le pain du jeudi.", "On m’a confié la caisse."]
    testimony, passage = told(*sentences)
    lost = warned(sentences, [sentences[1]], evidence=[passage.sentences[1]])
    assert [one.told for one in lost] == ["La phrase qui le dit le mieux n’est plus dans la citation."]
    assert warned(sentences, [sentences[0]], evidence=[passage.sentences[1]]) == ()
    assert testimony.text[slice(*passage.sentences[1])] == sentences[1]

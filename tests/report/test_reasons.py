from dataclasses import replace

import pytest

from tests.report.reading import page, said
from tests.report.studies import small
from voices.domain import Evidence, Neighbour, Sense, Study
from voices.report import annex


def study(*, sense: Sense = Sense.PRESENCE, subcodes: tuple[str, ...] = ("autres",)) -> Study:
    """The small study, the first sentence of its first passage being why it has the code `accueil`."""
    whole = small()
    passage, coded = whole.passages[0], whole.codings[0]
    end = passage.start + passage.text.index(".") + 1
    near = tuple(Neighbour(f"Exemple {n}, codé.", {"accueil": Sense.LACK}, 0.9) for n in range(3))
    against = (Neighbour("La salle\nouvre à neuf heures. " + "mot " * 100, {}, 0.8),)
    (coding,) = coded.codings
    coding = replace(coding, sense=sense, subcodes=subcodes, evidence=Evidence(passage.start, end, near, against))
    return replace(whole, codings=(replace(coded, codings=(coding,)), *whole.codings[1:]))


def told(of: Study) -> list[str]:
    """What the first passage's « Pourquoi » says, part by part."""
    return [said(part) for part in page(of).get_element_by_id("p1").xpath(".//details//*[self::dt or self::dd]")]


def test_a_code_is_told_by_its_sentence_the_book_and_examples_for_and_against():
    found = told(study())
    assert found[:5] == [
        "La phrase qui pèse le plus",
        "« Je n’osais pas pousser la porte. »",
        "La grille, hospitalité",
        "être salué, attendu, guidé la première fois",
        "Proches, et codés ainsi",
    ]
    assert found[5:8] == [
        "« Exemple 0, codé. » Accueil : manque",
        "« Exemple 1, codé. » Accueil : manque",
        "Proches, mais pas codés ainsi",
    ]
    assert found[8].startswith("« La salle ouvre à neuf heures. mot")
    assert found[8].endswith("mot… » aucun code")
    assert len(found) == 9


@pytest.mark.parametrize(
    ("sense", "subcodes", "labels"),
    [
        pytest.param(Sense.PRESENCE, ("soi", "autres"), ["être soi"], id="the likeliest sub-code"),
        pytest.param(Sense.PRESENCE, (), ["définition"], id="the definition where no sub-code is told"),
        pytest.param(Sense.LACK, ("soi",), ["manque"], id="a lack"),
        pytest.param(Sense.MIXED, ("soi",), ["être soi", "manque"], id="both"),
    ],
)
def test_the_book_is_quoted_by_sub_code_and_sense(sense, subcodes, labels):
    assert [part for part in told(study(sense=sense, subcodes=subcodes)) if part.startswith("La grille")] == [
        f"La grille, {label}" for label in labels
    ]


def test_a_sentence_that_is_the_whole_passage_is_not_said_twice():
    assert "La phrase qui pèse le plus" not in told(small())


def test_a_passage_that_may_not_be_shown_has_no_reasons():
    for article in page(small()).xpath("//article[.//p[contains(@class, 'non')]]"):
        assert not article.xpath(".//details")


def test_a_large_study_leaves_reasons_to_its_files(monkeypatch):
    monkeypatch.setattr(annex, "REASONED", 5)
    document = page(study())
    assert not document.xpath("//details[@class='pourquoi']")
    assert "les raisons de chaque code sont dans passages.jsonl" in said(document)


def test_every_code_that_is_shown_has_its_reason():
    rows = page(study()).xpath("//article[.//details]")
    shown = sum(len(row.xpath(".//details/h4")) for row in rows)
    assert shown == sum(len(row.xpath(".//p[@class='c']/span[@class]")) for row in rows)

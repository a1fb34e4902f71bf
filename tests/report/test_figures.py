"""Every figure walks back to the passages that it counts."""

import re
from dataclasses import replace

import pytest

from tests.report.reading import page, said
from tests.report.studies import many, single, small
from voices.domain import Role, Sense
from voices.report import render

STUDIES = [
    pytest.param(small, id="small"),
    pytest.param(single, id="single"),
    pytest.param(lambda: many(130), id="130"),
]
UNITS = {"passage": None, "témoignage": "data-t", "lieu": "data-l", "voix": "data-t"}


@pytest.mark.parametrize("study", STUDIES)
def test_every_figure_is_the_number_of_what_its_list_holds(study):
    whole = study()
    document = page(whole)
    voices = {
        one.id: len({turn.speaker for turn in one.turns if turn.role is Role.WITNESS})
        for one in whole.reading.testimonies
    }
    articles = {article.get("id"): article for article in document.xpath("//article")}
    figures = document.find_class("chiffre")
    for figure in figures:
        target = document.get_element_by_id(figure.get("href")[1:])
        listed = [articles[link.get("href")[1:]] for link in target.xpath("./ol//a")]
        attribute = UNITS[figure.get("data-unite")]
        held = {article.get(attribute or "id") for article in listed} - {None}
        value = int("".join(re.findall(r"\d", said(figure))))
        unit = figure.get("data-unite")
        assert value == (sum(voices[one] for one in held) if unit == "voix" else len(held)), (
            said(figure),
            figure.get("title"),
        )
        if attribute is None:
            assert len(listed) == len(held)
    assert len(figures) > 20


@pytest.mark.parametrize("study", STUDIES)
def test_every_figure_is_found_in_its_passages(study):
    """Not only as many: the passages listed for a code and a sense are those that the study coded so."""
    whole = study()
    document = page(whole)
    for code in whole.codebook.codes:
        for sense, name in ((Sense.PRESENCE, "présence"), (Sense.LACK, "manque"), (Sense.MIXED, "mixte")):
            expected = [str(number) for number, coded in enumerate(whole.codings, 1) if coded.sense(code.id) is sense]
            entries = [
                entry
                for entry in document.find_class("renvoi")
                if re.fullmatch(rf"\d+ {code.label}, {name}", said(entry.find_class("ouvrir")[0]))
            ]
            assert [said(link) for entry in entries for link in entry.xpath("./ol//a")] == expected


def test_each_passage_is_in_the_annex_once():
    study = small()
    numbers = [article.get("id") for article in page(study).xpath("//article")]
    assert numbers == [f"p{number}" for number in range(1, len(study.passages) + 1)]


def test_a_count_of_nothing_is_said_and_links_nowhere():
    nothing = page(single()).find_class("nul")
    assert nothing
    assert all(element.tag == "span" for element in nothing)


def test_where_the_machine_expects_fewer_passages_than_it_codes_the_report_says_so():
    study = small()
    doubtful = tuple(
        replace(one, probabilities={code.id: 0.3 for code in study.codebook.codes}) for one in study.codings
    )
    text = render(replace(study, codings=doubtful), title="Essai")
    assert "d’après ses propres probabilités" in text.lower()
    sure = tuple(replace(one, probabilities={code.id: 1.0 for code in study.codebook.codes}) for one in study.codings)
    assert "d’après ses propres probabilités" not in render(replace(study, codings=sure), title="Essai").lower()

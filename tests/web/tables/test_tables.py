"""Tables: each figure counts what its link opens, small numbers claim no percentage, files run no formula."""

import io
import random
import zipfile
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, testimony
from voices import coding, defining
from voices.defining import Book, book
from voices.domain import OwnCode
from voices.store.models import Passage, Place
from voices.store.models import Testimony as Letter
from voices.web.access import Action, reach_of
from voices.web.views.search import SearchForm
from voices.web.views.tables_counts import By
from voices.web.views.tables_told import Figure, Tables, tables

pytestmark = pytest.mark.django_db

DATES = ("", "2023", "2024", "2024-02", "2024-02-29", "2024-06-01", "2024-12-31", "2025-01")
CHANNELS = ("", "entretien", "courrier", "autre chose, et encore")
ROLES = ("", "benevole", "convive", "trésorière du mardi", "=1+1")
VOICES = ("", "Odile", "Bénévole & amie", "Élève 1 ", "=1+1")
SENSES = ("", "", "+", "-", "±")
SUBS = ("autres", "soi", "lien", "contribution", "inconnu_ici")


def corpus(seed: int, places: list[Place]) -> None:
    """Testimonies of every kind, drawn."""
    draw = random.Random(seed)
    for _ in range(25):
        said = {"date": draw.choice(DATES), "channel": draw.choice(CHANNELS), "role_group": draw.choice(ROLES)}
        one = testimony(draw.choice(places), **said)
        if draw.random() < 0.1:
            Letter.objects.filter(pk=one.pk).update(consent="retire")
        for _ in range(draw.randint(1, 4)):
            passage(
                one,
                speaker=draw.choice(VOICES),
                accueil=draw.choice(SENSES),
                appartenance=draw.choice(SENSES),
                action=draw.choice(SENSES),
                trust=draw.random() < 0.3,
                standing=draw.choice(Passage.Standing.values),
                subcodes=draw.sample(SUBS, draw.randint(0, 2)),
                own={"fete": "+"} if draw.random() < 0.2 else {},
                retired=draw.random() < 0.1,
            )


def figures(found: Tables) -> list[Figure]:
    return [figure for line in found.lines for figure in line.figures.values()]


@pytest.mark.parametrize(
    ("seed", "kept"),
    [
        (0, ""),
        (1, ""),
        (2, "lieu={slug}"),
        (3, "du=2024&au=2024-06"),
        (4, "avis=relu"),
        (5, "canal=-"),
        (6, "avis=personne"),
        (7, "role=benevole"),
        (8, "role=-"),
    ],
)
def test_every_figure_is_the_count_of_what_its_link_opens(seed: int, kept: str):
    defining.keep(Book(coding.codebook(), (OwnCode("fete", "Fête", "On fête."),)), base=0, note="", by=None)
    places = [place(), place()]
    corpus(seed, places)
    reach = reach_of(person("evaluation"))
    passages = reach.passages(Action.SEARCH)
    query = QueryDict(kept.format(slug=places[0].slug))
    chosen = SearchForm(query, reach=reach, action=Action.SEARCH).among(passages)
    for by in By:
        found = tables(chosen, by, book(), query)
        assert sum(line.figures["passages"].tally.passages for line in found.lines[1:]) == chosen.count()
        for figure in figures(found):
            asked = SearchForm(QueryDict(urlsplit(figure.url).query), reach=reach, action=Action.SEARCH)
            assert asked.asks
            rows = asked.among(passages)
            assert rows.count() == figure.tally.passages, figure
            assert rows.values("testimony").distinct().count() == figure.tally.testimonies, figure


@pytest.mark.parametrize("by", By)
def test_the_page_that_a_figure_opens_says_its_two_numbers(by: By):
    corpus(7, [place("Ici"), place("Là")])
    browser = signed_in(person("evaluation"))
    answer = browser.get(reverse("tables"), {"par": by.value})
    shown = [one for one in figures(answer.context["tables"]) if one.tally.passages]
    for figure in shown[:4] + shown[-2:]:
        assert figure.url.replace("&", "&amp;") in answer.content.decode()
        opened = browser.get(figure.url)
        assert (opened.context["total"], opened.context["testimonies"]) == (
            figure.tally.passages,
            figure.tally.testimonies,
        )


@pytest.mark.parametrize(("count", "share"), [(9, ""), (10, "100\u202f%")])
def test_under_ten_testimonies_no_percentage_is_claimed(count: int, share: str):
    here = place()
    for _ in range(count):
        passage(testimony(here), accueil="+")
    answer = signed_in(person("evaluation")).get(reverse("tables"))
    line = answer.context["tables"].lines[1]
    assert line.few is (share == "")
    assert line.figures["accueil_presence"].share == share
    assert ("\u202f%" in answer.content.decode()) is bool(share)


def test_one_who_evaluates_one_place_counts_that_place_alone():
    here, there = place("Ici"), place("Là-bas")
    for at in (here, there):
        passage(testimony(at), accueil="+")
    answer = signed_in(person("evaluation", here)).get(reverse("tables"))
    assert [line.label for line in answer.context["tables"].lines] == ["Ensemble", "Ici"]
    assert "Là-bas" not in answer.content.decode()
    exported = signed_in(person("evaluation", here)).get(reverse("tables_export", args=["csv"])).content.decode()
    assert "Là-bas" not in exported


def test_files_hold_the_same_figures_and_no_formula():
    here = place("=1+1")
    for _ in range(10):
        passage(testimony(here), accueil="-")
    browser = signed_in(person("evaluation"))
    text = browser.get(reverse("tables_export", args=["csv"])).content.decode("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()]
    assert ["'=1+1", "accueil", "Accueil", "manque", "10", "10", "10", "1,0"] in rows
    content = browser.get(reverse("tables_export", args=["xlsx"])).content
    written = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in written
    assert written.count("<row ") == len(rows)


def test_a_filter_that_is_not_understood_is_told():
    answer = signed_in(person("evaluation")).get(reverse("tables"), {"du": "hier"})
    assert answer.status_code == 422
    assert "Donner une date" in answer.content.decode()


def test_a_hostile_name_is_escaped():
    passage(testimony(place("<script>alert(1)</script>")), speaker="<b>{{ x }}</b>")
    for by in (By.PLACE, By.VOICE):
        text = signed_in(person("evaluation")).get(reverse("tables"), {"par": by.value}).content.decode()
        assert "<script>alert" not in text
        assert "<b>{{" not in text

"""The parts of a report: chosen, ordered, annotated, and never without what was lacking and how far to trust it."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as markup

from tests.report.studies import QUOTABLE, small
from voices.report import compose
from voices.report.plan import ALWAYS, PARTS, TEMPLATES, Plan
from voices.report.telling import Telling

chosen = st.lists(st.sampled_from(list(PARTS)), unique=True).map(tuple)
UNTOLD = {"codes", "depuis"}
"""Parts that are no section of theirs: the codes have one each, and a first report has none before it."""


@cache
def page(parts: tuple[str, ...] = (), notes: tuple[tuple[str, str], ...] = ()) -> str:
    telling = Telling(plan=Plan(parts, dict(notes)))
    return compose(small(), title="Essai", quotable=QUOTABLE, telling=telling)[0]


def sections(html: str) -> list[str]:
    found = [one.get("id") or "" for one in markup.fromstring(html).iter("section")]
    return [one for one in found if one in PARTS]


def test_every_part_has_its_template_and_its_title():
    assert list(TEMPLATES) == list(PARTS)
    html = page()
    assert sections(html) == [part for part in PARTS if part not in UNTOLD]
    assert all(f'href="#{part}"' in html for part in PARTS if part not in UNTOLD)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ((), tuple(PARTS)),
        (("themes", "en-bref"), ("themes", "en-bref", "contre-courant", "methode")),
        (("methode", "annexe", "seuil"), ("methode", "seuil", "contre-courant", "annexe")),
        (("inconnue", "seuil", "seuil"), ("seuil", "contre-courant", "methode")),
    ],
)
def test_parts_come_as_named_and_the_constant_ones_always(named: tuple[str, ...], told: tuple[str, ...]):
    assert Plan(named).told == told


@given(chosen)
def test_no_plan_leaves_out_what_was_lacking(parts: tuple[str, ...]):
    assert set(Plan(parts).told) >= ALWAYS
    assert Plan.of(Plan(parts, {"themes": "Un mot."}).kept()) == Plan(parts, {"themes": "Un mot."})


@settings(max_examples=15, deadline=None)
@given(chosen)
def test_the_page_has_the_parts_of_its_plan_and_no_link_leads_nowhere(parts: tuple[str, ...]):
    html = page(parts)
    assert sections(html) == [part for part in Plan(parts).told if part not in UNTOLD]
    links, anchors = set(re.findall(r'href="#([^"]+)"', html)), set(re.findall(r'\bid="([^"]+)"', html))
    assert links <= anchors


def test_parts_are_numbered_in_their_order():
    titles = [one.text_content() for one in markup.fromstring(page(("themes", "recueil"))).iter("h2")]  # type: ignore[attr-defined]
    assert [one.split(".")[0] for one in titles] == ["1", "2", "3", "4"]


def test_the_words_of_the_team_stand_in_their_part_as_words():
    html = page((), (("themes", "Un mot.\n\n<b>Deux</b>"), ("accueil", "Sur l’accueil."), ("inconnue", "Perdu.")))
    asides = list(markup.fromstring(html).iter("aside"))
    assert [one.getparent().get("id") for one in asides] == ["accueil", "themes"]  # type: ignore[union-attr]
    assert [line.text_content() for line in asides[1].iter("p")][1:] == ["Un mot.", "<b>Deux</b>"]  # type: ignore[attr-defined]


def test_a_page_without_notes_has_none():
    assert "Mot de l’équipe" not in page()

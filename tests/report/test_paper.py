"""The report on paper: what the page says, and nothing that a testimony could make it do."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pdfplumber
import pytest

from tests.report.studies import QUOTABLE, small
from voices.report import compose
from voices.report.paper import pdf
from voices.report.paper.blocks import document
from voices.report.paper.letters import UNKNOWN, printable
from voices.report.telling import Telling

TITLE = "Trois lieux, deux ans"


def page(telling: Telling | None = None) -> str:
    return compose(small(), title=TITLE, generated_on=date(2026, 11, 22), quotable=QUOTABLE, telling=telling)[0]


def words(made: bytes) -> str:
    with pdfplumber.open(io.BytesIO(made)) as opened:
        told = " ".join(one.extract_text() for one in opened.pages)
    return re.sub(r"\s+", " ", told.replace("\u2060", ""))  # Typst marks where a line may not break


def test_every_figure_and_every_quote_of_the_page_is_on_paper():
    html = page()
    told = words(pdf(html))
    figures = re.findall(r'data-renvoi="(\d+)"[^>]*>([^<]+)</a>', html)
    assert figures
    for number, text in figures:
        assert f"{text} [{number}]".replace("\u00a0", " ").replace("\u202f", " ") in told, text
    quotes = re.findall(r"<blockquote><p>«\s(.*?)\s»</p>", html)
    assert quotes
    bare = told.replace(" ", "").replace("-", "")
    for quote in quotes:
        assert quote.replace("&#39;", "'").replace(" ", "").replace("-", "")[:40] in bare, quote


def test_a_table_longer_than_a_page_goes_on_over_the_next():
    """Each of its places is on paper, once."""
    lines = [f"<tr><th>Lieu {at:03}</th><td>1</td></tr>" for at in range(120)]
    head = "<caption>Tous</caption><thead><tr><th>Lieu</th><th>Voix</th></tr></thead>"
    long = f"<table class=recueil>{head}<tbody>{''.join(lines)}</tbody></table>"
    told = words(pdf(page().replace('<section id="annexe">', f'{long}<section id="annexe">')))
    assert [told.count(f"Lieu {at:03}") for at in range(120)] == [1] * 120


def test_no_title_and_no_name_of_a_table_ends_a_page():
    with pdfplumber.open(io.BytesIO(pdf(page()))) as opened:
        last = [[char for char in one.chars if char["bottom"] < one.height - 65][-1] for one in opened.pages[1:]]
    assert [char for char in last if char["size"] > 12.5] == []
    assert [char for char in last if "Atkinson" in char["fontname"] and "Bold" in char["fontname"]] == []


def test_numbers_of_passages_are_smaller_than_any_word():
    with pdfplumber.open(io.BytesIO(pdf(page()))) as opened:
        lines = [line for one in opened.pages for line in one.extract_text_lines(return_chars=True)]
    noted = [
        char for line in lines for char in line["chars"] if char["text"] in "[]" and "Atkinson" in char["fontname"]
    ]
    assert noted
    assert max(char["size"] for char in noted) < 6


def test_bars_tell_themselves_and_titles_are_marks_to_go_by():
    made = pdf(page())
    with pdfplumber.open(io.BytesIO(made)) as opened:
        tree = opened.structure_tree
        outline = opened.doc.get_outlines()
        titles = [title for level, title, *_ in outline if level == 1]
    flat = [one for top in tree for one in inside(top)]
    kinds = {one["type"] for one in flat}
    assert {"H1", "H2", "P", "Table", "TH", "TD", "L", "Figure"} <= kinds
    alternatives = [one.get("alt_text", "") for one in flat if one["type"] == "Figure"]
    assert alternatives
    assert all("Vécu" in one for one in alternatives)
    assert "1. En bref" in [title.replace("\xa0", " ") for title in titles]


def inside(one: Any) -> Iterator[Any]:
    yield one
    for child in one.get("children", ()):
        yield from inside(child)


def test_it_is_tagged_named_and_in_french():
    made = pdf(page())
    with pdfplumber.open(io.BytesIO(made)) as opened:
        catalog = opened.doc.catalog
        assert catalog["Lang"] in (b"fr", "fr")
        assert "StructTreeRoot" in catalog
        assert opened.metadata["Title"] == TITLE
    assert b"pdfuaid" in made


def test_the_same_page_gives_the_same_bytes():
    assert pdf(page()) == pdf(page())


def test_french_spaces_do_not_break():
    """« 36\u202f% », « 22\u00a0passages »: the spaces of the page are those of the paper."""
    blocks = json.dumps(document(page()), ensure_ascii=False)
    assert "\u202f%" in blocks
    assert "22\u00a0passages" in blocks


def test_without_annex_figures_are_words():
    told = words(pdf(page(Telling(annex=False))))
    assert "22 passages" in told
    assert "22 passages [" not in told
    assert "Passages derrière les chiffres" not in told


def test_links_lead_to_what_is_on_paper_alone():
    anchors = set(document(page())["anchors"])
    assert {"accueil", "chiffre-1", "p1"} <= anchors


@pytest.mark.parametrize(
    ("written", "borne"),
    [
        ("Œuvre, cœur, « naïf »\u202f!", "Œuvre, cœur, « naïf »\u202f!"),
        ("#eval(1) $x$ *a* @b \\c `d`", "#eval(1) $x$ *a* @b \\c `d`"),
        ("مرحبا שלום Привет", "مرحبا שלום Привет"),
        ("\U0001f602", "\U0001f602"),
        ("\U0001f9d1", UNKNOWN),
        ("à \u202el’envers\u202c\x07", "à l’envers"),
        ("a\ttab", "a tab"),
        ("deux\nlignes", "deux\nlignes"),
        ("x" * 41, "x" * 40 + "\u200bx"),
    ],
)
def test_letters_that_paper_can_bear(written: str, borne: str):
    assert printable(written) == borne

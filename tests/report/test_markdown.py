"""The report as Markdown: once rendered, the words and the figures of the page, and nothing that a testimony wrote."""

import html as entities
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.report.studies import QUOTABLE, small
from voices.domain import NO_THEMES
from voices.report import compose
from voices.report.markdown import _escaped, markdown

TITLE = "Trois lieux, deux ans"


def page() -> str:
    return compose(small(), title=TITLE, generated_on=date(2026, 11, 22), quotable=QUOTABLE)[0]


def rendered(written: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").render(written))


def words(made: str) -> str:
    return re.sub(r"\s+", " ", entities.unescape(re.sub(r"<[^>]*>", "", made)))


def test_every_figure_and_every_quote_of_the_page_is_there():
    html = page()
    told = words(rendered(markdown(html)))
    figures = re.findall(r'data-renvoi="(\d+)"[^>]*>([^<]+)</a>', html)
    assert figures
    for number, text in figures:
        assert re.sub(r"\s+", " ", f"{text} [{number}]") in told, text
    quotes = re.findall(r"<blockquote><p>(.*?)</p>", html)
    assert quotes
    for quote in quotes:
        assert re.sub(r"\s+", " ", entities.unescape(quote)) in told, quote


def test_headings_are_headings_and_tables_are_tables():
    made = rendered(markdown(page()))
    assert made.count("<h1>") == 1
    assert "<h2>1. En bref</h2>" in made
    assert made.count("<table>") == page().count("<table")


def test_what_explains_a_cell_is_set_apart_and_every_colon_of_ours_holds_to_its_word():
    made = markdown(page())
    assert "| Accueil · " in made
    assert not re.search(r"\w: Vécu|Accueil:", made)
    assert "Accueil. Vécu\u202f: " in made


def test_nothing_that_a_testimony_wrote_is_read():
    made = rendered(markdown(page()))
    assert "<script" not in made
    assert "&lt;script&gt;alert('ouvert')" in made.replace("&quot;", '"').replace("&#39;", "'")


def test_the_same_page_gives_the_same_text():
    assert markdown(page()) == markdown(page())


@given(st.text(alphabet=st.sampled_from("ab *_`#>-+=1.)[](){}|~<&!\\é"), min_size=1))
def test_whatever_is_written_is_words(said: str):
    made = rendered(_escaped(said.strip() or "a"))
    assert words(made).strip() == re.sub(r"\s+", " ", said.strip() or "a")
    assert set(re.findall(r"<(\w+)", made)) <= {"p"}


@pytest.mark.parametrize("said", ["# titre", "> citation", "1. un", "- un", "===", "![x](y)", "<b>gras</b>", "&lt;"])
def test_signs_at_the_beginning_are_words(said: str):
    assert words(rendered(_escaped(said))).strip() == said


def test_a_title_of_signs_is_a_title():
    told = rendered(markdown(compose(small(), title="# *Bilan* 2024", quotable=QUOTABLE)[0]))
    assert "<h1># *Bilan* 2024</h1>" in told


def test_a_study_without_anything_is_a_page():
    empty = replace(small(), passages=(), codings=(), quotes=(), themes=NO_THEMES)
    assert markdown(compose(empty, title=TITLE)[0]).startswith(f"# {TITLE}\n")

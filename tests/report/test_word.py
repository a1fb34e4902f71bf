"""The report for a word processor: the words and the figures of the page, in real styles."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as markup

from tests.report.studies import QUOTABLE, small
from voices.report import compose
from voices.report.telling import Telling
from voices.report.word import docx
from voices.report.word.letters import fit

TITLE = "Trois lieux, deux ans"


def page(telling: Telling | None = None) -> str:
    return compose(small(), title=TITLE, generated_on=date(2026, 11, 22), quotable=QUOTABLE, telling=telling)[0]


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx(page())


def opened(made: bytes) -> Any:
    return Document(io.BytesIO(made))


def paragraphs(made: bytes) -> Iterator[str]:
    for one in opened(made).element.body.iter(qn("w:p")):
        yield flat("".join(part.text or "" for part in one.iter(qn("w:t"))))


def captioned(document: Any, what: str) -> list[Any]:
    return [one for one in document.paragraphs if one.style.name == "Caption" and one.text.startswith(what)]


def flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def test_every_figure_and_every_quote_of_the_page_is_there(made: bytes):
    html = page()
    told = "\n".join(paragraphs(made))
    figures = re.findall(r'data-renvoi="(\d+)"[^>]*>([^<]+)</a>', html)
    assert figures
    for number, text in figures:
        assert flat(f"{text} [{number}]") in told, text
    quotes = [flat("".join(map(str, one.itertext()))) for one in markup.fromstring(html).iter("blockquote")]
    assert quotes
    assert [quote for quote in quotes if quote not in told] == []


def test_styles_are_those_a_word_processor_knows(made: bytes):
    used = {one.style.name for one in opened(made).paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Quote", "Caption", "toc 1", "List Bullet"} <= used


def test_tables_have_a_numbered_caption_and_a_head_repeated_on_each_page(made: bytes):
    document = opened(made)
    captions = captioned(document, "Tableau")
    assert len(captions) == len(document.tables) == page().count("<table")
    assert [flat(one.text)[:10].strip(" .") for one in captions][:2] == ["Tableau 1", "Tableau 2"]
    codes = [one.text for caption in captions for one in caption._p.iter(qn("w:instrText"))]
    assert codes == [r" SEQ Tableau \* ARABIC "] * len(captions)
    for table in document.tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_a_bar_alone_has_a_numbered_caption_that_tells_it(made: bytes):
    captions = [flat(one.text) for one in captioned(opened(made), "Figure")]
    assert [one[:9] for one in captions] == ["Figure 1.", "Figure 2.", "Figure 3."]
    assert all("Vécu :" in one for one in captions)


def test_room_is_made_by_styles_and_never_by_empty_paragraphs(made: bytes):
    document = opened(made)
    empty = [one for one in document.paragraphs if not one.text.strip() and not one._p.findall(f".//{qn('w:drawing')}")]
    assert empty == []
    assert 'w:type="page"' not in etree.tostring(document.element.body, encoding="unicode")


def test_what_explains_a_cell_is_on_a_line_of_its_own(made: bytes):
    cells = [cell for table in opened(made).tables for cell in table.columns[0].cells]
    labels = {cell.text.split("\n")[0] for cell in cells if "\n" in cell.text}
    assert "Accueil" in labels
    assert any(one.startswith("Hospitalité") for one in labels)


def test_numbers_of_passages_are_of_one_style_that_sets_them_small(made: bytes):
    document = opened(made)
    style = next(one for one in document.styles if one.name == "Numéro de renvoi")
    assert style.font.superscript
    noted = [run for one in document.paragraphs for run in one.runs if re.fullmatch(r"\W\[\d+\]", run.text)]
    assert noted
    assert {run.style.name for run in noted} == {style.name}


def test_a_table_stands_with_the_words_before_it(made: bytes):
    body = list(opened(made).element.body)
    before = [body[at - 1] for at, one in enumerate(body) if one.tag == qn("w:tbl")]
    assert {one.pPr.pStyle.get(qn("w:val")) for one in before} == {"Caption"}
    words = [body[at - 2] for at, one in enumerate(body) if one.tag == qn("w:tbl") and body[at - 2].tag == qn("w:p")]
    plain = [one for one in words if one.pPr is not None and one.pPr.pStyle is None]
    assert all(one.pPr.find(qn("w:keepNext")) is not None for one in plain)


def test_the_contents_are_a_field_whose_links_lead_to_headings(made: bytes):
    document = opened(made)
    entries = [one for one in document.paragraphs if one.style.name.startswith("toc")]
    headings = [one for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [flat(one.text) for one in entries] == [flat(one.text) for one in headings]
    assert 'TOC \\o "1-1"' in etree.tostring(entries[0]._p, encoding="unicode")


def test_every_link_leads_to_a_bookmark_and_every_bookmark_is_one(made: bytes):
    body = opened(made).element.body
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    links = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert len(marks) == len(set(marks))
    assert links
    assert links <= set(marks)


def test_a_bar_alone_tells_itself_and_one_beside_numbers_is_decoration(made: bytes):
    document = opened(made)
    told = [(one.get("descr"), len(one)) for one in document.element.body.iter(qn("wp:docPr"))]
    alone = [descr for descr, _ in told if descr]
    assert len(alone) == 3
    assert all("Vécu" in descr for descr in alone)
    assert all(parts for descr, parts in told if not descr)


def test_it_is_named_and_in_french(made: bytes):
    document = opened(made)
    assert document.core_properties.title == TITLE
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"fr-FR"}


def test_the_same_page_gives_the_same_bytes(made: bytes):
    assert docx(page()) == made


def test_numbers_of_pictures_and_bookmarks_are_their_own(made: bytes):
    body = opened(made).element.body
    drawn = [one.get("id") for one in body.iter(qn("wp:docPr"))]
    assert len(drawn) == len(set(drawn))


def test_without_annex_figures_are_words():
    told = "\n".join(paragraphs(docx(page(Telling(annex=False)))))
    assert "22 passages" in told
    assert "22 passages [" not in told
    assert "Passages derrière les chiffres" not in told


@pytest.mark.parametrize(
    ("written", "borne"),
    [
        ("a\x0bb", "ab"),
        ("fin\u202ede", "finde"),
        ("deux\nlignes", "deux\nlignes"),
        ("é\u00a0: «", "é\u00a0: «"),
        ("\x85", ""),
    ],
)
def test_signs_that_a_word_processor_cannot_hold_are_left_out(written: str, borne: str):
    assert fit(written) == borne


def test_the_file_holds_no_hour_and_no_name(made: bytes):
    with zipfile.ZipFile(io.BytesIO(made)) as read:
        assert {one.date_time[0] for one in read.infolist()} == {2000}
        assert b"python-docx" not in read.read("docProps/core.xml")

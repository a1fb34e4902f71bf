"""What may tell who somebody is, in quotes of a report: told to the team, never to others."""

import io
from dataclasses import replace
from datetime import date
from functools import cache

import pdfplumber
import pytest
from docx import Document

from tests.report.reading import page, said
from tests.report.studies import QUOTABLE, small
from voices import pipeline
from voices.domain import OUTLETS, Consent, Outlet, Study
from voices.report import compose
from voices.report.plan import Plan
from voices.report.telling import Telling

MARK = "relire avant de publier"


@cache
def quotable() -> Study:
    told = tuple(replace(one, consent=Consent.ANONYMOUS_QUOTES) for one in small().reading.testimonies)
    return replace(small(), reading=replace(small().reading, testimonies=told))


def words(path) -> str:
    if path.suffix == ".docx":
        told = "\n".join(one.text for one in Document(str(path)).paragraphs)
    elif path.suffix == ".pdf":
        with pdfplumber.open(io.BytesIO(path.read_bytes())) as opened:
            told = "\n".join(one.extract_text() for one in opened.pages)
    else:
        told = path.read_text(encoding="utf-8")
    return " ".join(told.split())


def test_it_is_told_under_the_quote_and_listed_once():
    told = said(page(small()))
    assert "une convive, Givors · passage 15 · à relire avant de publier" in told
    assert "Passage 15 : « Le frère de Céline » : une personne est dite par son lien avec une autre." in told
    assert MARK not in said(page(replace(small(), quotes=tuple(replace(one, cautions=()) for one in small().quotes))))


def test_without_annexes_the_quote_itself_is_listed():
    telling = Telling(plan=Plan(parts=("codes", "themes")))
    told = compose(small(), title="Un", quotable=QUOTABLE, telling=telling).html
    assert told.count('id="a-relire"') == 1
    assert "<li>«\u202fLe frère de Céline m’appelle mamie. Je n’ai pas d’enfants,…\u202f»\u202f: " in told


@pytest.mark.parametrize("form", ["html", "md", "docx", "pdf"])
@pytest.mark.parametrize("outlets", [OUTLETS, (Outlet.FUNDER,)], ids=["team", "funder"])
def test_a_version_for_others_marks_no_witness(tmp_path, form, outlets):
    path = tmp_path / f"rapport.{form}"
    pipeline.report(quotable(), path, outlets=outlets, today=date(2026, 11, 22))
    assert (MARK in words(path)) is (outlets == OUTLETS)
    assert "Céline" in words(path)

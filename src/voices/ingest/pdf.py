"""PDF with a text layer: lines put back into paragraphs, running heads and page numbers dropped and counted."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from voices.errors import ReadingError
from voices.ingest.agreeing import agreed
from voices.ingest.beat import going_on
from voices.ingest.characters import without_ligatures
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.layout import Line, paragraphs, without_margins

MAX_PAGES = 2_000
_CODES = re.compile(r"\(cid:\d+\)")
_UNREADABLE = re.compile("[\ue000-\uf8ff\N{REPLACEMENT CHARACTER}]")
# « situa(on », « situaFon »: a ligature whose font does not say which letters it stands for.
_INSIDE_WORD = re.compile(r"[^\W\d_]{2}[(@#+=Ʃƞ][^\W\d_]{2}")


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch a paragraph.

    Raises ReadingError where the file is damaged, encrypted, a scan without text, or in a font that cannot be read.
    """
    del options
    # What pdfminer says on the error stream, in English and one line an object, is said once in the report.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages, blank, columns = _pages(data)
    if not any(pages):
        raise _without_text(scanned=bool(blank))
    kept, dropped = without_margins(pages)
    texts = paragraphs(kept)
    warnings = (*_blank(blank), *_font_warnings("\n".join(texts)))
    if b"%%EOF" not in data[-2048:]:
        warnings += ("Le PDF paraît coupé ou abîmé\u202f: vérifier que le texte est entier.",)
    if columns:
        warnings += (f"Deux colonnes semble-t-il, {_numbers(columns)}\u202f: vérifier l’ordre des lignes.",)
    length = agreed(len(pages), "page")
    details: tuple[str, ...] = (f"PDF de {length}\u202f: les lignes ont été réunies en paragraphes.",)
    if dropped:
        details += (f"En-têtes, pieds de page et numéros de page laissés de côté\u202f: {agreed(dropped, 'ligne')}.",)
    return Parsed((Document(tuple(Stretch(text) for text in texts)),), details, warnings)


def _pages(data: bytes) -> tuple[list[list[Line]], list[int], list[int]]:
    """The lines of each page, the numbers of the pages that hold only pictures, and of those laid in columns."""
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise ReadingError(f"Ce PDF a plus de {MAX_PAGES} pages.", "Le découper.")
            pages: list[list[Line]] = []
            blank: list[int] = []
            columns: list[int] = []
            for number, page in enumerate(document.pages, start=1):
                pages.append(_lines(page))
                if not pages[-1] and page.images:
                    blank.append(number)
                if _in_columns(page):
                    columns.append(number)
                page.close()  # frees what the page has parsed
                going_on()
            return pages, blank, columns
    except PdfminerException as error:
        raise _refusal(error.args[0] if error.args else error) from error
    except ReadingError:
        raise
    except Exception as error:  # what pdfminer does of a damaged file has no bounds of its own
        raise _refusal(error) from error


def _without_text(*, scanned: bool) -> ReadingError:
    if scanned:
        problem = "Ce PDF est une image (document numérisé)\u202f: il ne contient pas de texte."
    else:
        problem = "Ce PDF ne contient pas de texte\u202f: pages blanches, lettres dessinées ou fichier abîmé."
    return ReadingError(problem, "Le passer à la reconnaissance de caractères, ou donner le document d’origine.")


def _refusal(error: object) -> ReadingError:
    if isinstance(error, PDFPasswordIncorrect | PDFEncryptionError):
        return ReadingError("Ce PDF est protégé par un mot de passe.", "L’enregistrer sans protection.")
    return ReadingError("Ce PDF est abîmé.", "Le produire à nouveau depuis le document d’origine.")


def _lines(page: pdfplumber.page.Page) -> list[Line]:
    height = float(page.height) or 1.0
    return [
        Line(without_ligatures(line["text"]), line["x0"], line["x1"], line["top"], line["bottom"], line["top"] / height)
        for line in page.extract_text_lines(return_chars=False)
        if line["text"].strip()
    ]


def _numbers(pages: list[int]) -> str:
    """« page 3 », « pages 3, 5 »."""
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(map(str, pages))}"


def _blank(pages: list[int]) -> Iterator[str]:
    if pages:
        yield f"Sans texte, sans doute des images\u202f: {_numbers(pages)}. Ce qu’elles disent n’a pas été lu."


def _font_warnings(text: str) -> Iterator[str]:
    """What shows that a font does not say which letters it draws. Raises ReadingError where most are lost."""
    lost = len(_CODES.findall(text)) + len(_UNREADABLE.findall(text))
    if lost > 0.2 * max(1, len(_CODES.sub("x", text))):
        raise ReadingError(
            "La police de ce PDF ne dit pas quelles lettres elle dessine\u202f: le texte est illisible.",
            "Donner le document d’origine (.docx, .odt), ou passer le PDF à la reconnaissance de caractères.",
        )
    if lost or len(_INSIDE_WORD.findall(text)) >= 3:
        yield "La police de ce PDF est abîmée\u202f: des lettres manquent ou sont changées dans certains mots."


def _in_columns(page: pdfplumber.page.Page) -> bool:
    """Whether most lines have a hole at the same place near the middle: read straight across, words would be mixed."""
    rows: dict[int, list[tuple[float, float]]] = {}
    for char in page.chars:
        if not char["text"].isspace():
            rows.setdefault(round(char["top"] / 4), []).append((char["x0"], char["x1"]))
    middles = [float(page.width) * (0.4 + 0.025 * step) for step in range(9)]
    holes = max(sum(_hole(row, middle) for row in rows.values()) for middle in middles)
    return len(rows) >= 10 and holes >= 0.6 * len(rows)


def _hole(row: list[tuple[float, float]], middle: float) -> bool:
    before = max((x1 for x0, x1 in row if x0 < middle), default=None)
    after = min((x0 for x0, _ in row if x0 >= middle), default=None)
    return before is not None and after is not None and before + 5 < middle < after - 5

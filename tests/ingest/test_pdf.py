import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission

from tests.ingest.conftest import texts
from voices.errors import ReadingError
from voices.ingest.document import ReadOptions
from voices.ingest.layout import Line, paragraphs, without_margins
from voices.ingest.pdf import read

LONG = (
    "La première fois que je suis venue ici il pleuvait et je ne connaissais personne dans le quartier, "
    "alors je me suis assise près du poêle et j'ai attendu que quelqu'un me parle. "
)


class Paper(FPDF):  # type: ignore[misc]  # fpdf2 has no types
    """A4 pages with a running head and a page number."""

    def header(self) -> None:
        self.set_font("Helvetica", size=9)
        self.cell(0, 5, "Association des Tilleuls - recueil 2024", new_x="LMARGIN", new_y="NEXT")
        self.ln(8)

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 5, f"Page {self.page_no()} / 9")


def written(parts: list[str], *, kind: type[FPDF] = FPDF, gap: float = 0) -> bytes:
    pdf = kind()
    pdf.add_page()
    for part in parts:
        pdf.set_font("Helvetica", size=11)
        pdf.multi_cell(0, 6, part, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(gap)
    return bytes(pdf.output())


def line(text: str, *, x0: float = 50, top: float = 100, width: float | None = None) -> Line:
    return Line(text, x0, x0 + (6 * len(text) if width is None else width), top, top + 10, top / 800)


def test_lines_become_paragraphs_again():
    parts = [(LONG * 2).strip(), "Oui.", (LONG * 3).strip()]
    assert texts(read(written(parts), ReadOptions())) == parts


def test_running_heads_and_page_numbers_are_dropped_and_counted():
    parts = [(LONG * 4).strip()] * 9
    parsed = read(written(parts, kind=Paper, gap=4), ReadOptions())
    assert " ".join(texts(parsed)).split() == " ".join(parts).split()
    assert any("numéros de page laissés de côté" in detail for detail in parsed.details)


def test_a_paragraph_runs_over_the_page():
    parts = [(LONG * 30).strip()]
    assert texts(read(written(parts, kind=Paper), ReadOptions())) == parts


def test_speakers_open_paragraphs():
    parts = ["Anne : " + LONG.strip(), "Paul : " + LONG.strip(), "Anne : oui."]
    assert texts(read(written(parts), ReadOptions())) == parts


def test_a_scan_is_recognised_and_said():
    from PIL import Image

    pdf = FPDF()
    pdf.add_page()
    pdf.image(Image.new("RGB", (60, 60), "grey"), w=100)
    with pytest.raises(ReadingError, match="document numérisé"):
        read(bytes(pdf.output()), ReadOptions())


def test_a_blank_file_is_not_called_a_scan():
    pdf = FPDF()
    pdf.add_page()
    with pytest.raises(ReadingError, match="pages blanches"):
        read(bytes(pdf.output()), ReadOptions())


def test_a_page_that_is_a_picture_among_others_is_said():
    from PIL import Image

    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.cell(0, 6, "Un mot.")
    pdf.add_page()
    pdf.image(Image.new("RGB", (60, 60), "grey"), w=100)
    parsed = read(bytes(pdf.output()), ReadOptions())
    assert parsed.warnings == ("Sans texte, sans doute des images\u202f: page 2. Ce qu’elles disent n’a pas été lu.",)


def test_a_protected_file_is_refused_with_the_remedy():
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="a", user_password="b", permissions=AccessPermission.none())
    with pytest.raises(ReadingError, match="mot de passe"):
        read(bytes(pdf.output()), ReadOptions())


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\n" + b"x" * 1000], ids=["cut", "noise"])
def test_a_damaged_file_is_refused(data):
    with pytest.raises(ReadingError):
        read(data, ReadOptions())


def test_two_columns_are_noticed():
    pdf = FPDF()
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    for row in range(30):
        for x in (15, 110):
            pdf.set_xy(x, 20 + 6 * row)
            pdf.cell(80, 6, "des mots sur une colonne, puis d'autres")
    assert any("colonnes" in warning for warning in read(bytes(pdf.output()), ReadOptions()).warnings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("La situa(on, l'atten(on et la ques(on", "lettres manquent", id="parenthesis for ti"),
        pytest.param("Un mot (cid:12)erdu dans une longue phrase qui suit", "lettres manquent", id="codes"),
    ],
)
def test_a_broken_font_is_said(text, words):
    assert any(words in warning for warning in read(written([text]), ReadOptions()).warnings)


def test_a_font_that_says_nothing_is_refused():
    with pytest.raises(ReadingError, match="illisible"):
        read(written(["(cid:12)(cid:13)(cid:14) (cid:15)(cid:16)"]), ReadOptions())


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("une longue con-", "versation.", "une longue conversation.", id="word cut"),
        pytest.param("un autre rendez-", "vous demain.", "un autre rendez-vous demain.", id="compound"),
        pytest.param("alors me dit-", "elle en riant.", "alors me dit-elle en riant.", id="inverted pronoun"),
        pytest.param("chez Jean-", "Pierre hier.", "chez Jean-Pierre hier.", id="double name"),
        pytest.param("une longue con\u00ad", "versation.", "une longue conversation.", id="soft hyphen"),
        pytest.param("un tiers-lieu, le tiers-", "lieu du bourg.", "un tiers-lieu, le tiers-lieu du bourg.", id="seen"),
    ],
)
def test_hyphens_at_line_ends(first, second, expected):
    page = [line(first, width=400), line(second, top=112, width=400)]
    assert paragraphs([page]) == [expected]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        pytest.param([line("a" * 60), line("b" * 60, top=112)], 1, id="full lines"),
        pytest.param([line("Fin."), line("b " * 30, top=112)], 2, id="short line before"),
        pytest.param([line("a" * 60), line("b" * 60, top=112), line("c" * 60, top=140)], 2, id="bigger leading"),
        pytest.param([line("a" * 60), line("b" * 57, x0=70, top=112), line("c" * 60, top=124)], 2, id="indent"),
        pytest.param([line("a" * 60), line("- " + "b" * 58, top=112)], 2, id="dash"),
    ],
)
def test_what_opens_a_paragraph(lines, count):
    assert len(paragraphs([lines])) == count


def test_short_replies_that_come_back_are_no_running_heads():
    pages = [[line(f"texte {n}", top=40 + n), line("mh", top=300), line("oui", top=400)] for n in (5, 50, 90)]
    kept, dropped = without_margins(pages)
    assert (kept, dropped) == (pages, 0)

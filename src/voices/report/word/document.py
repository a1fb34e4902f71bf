"""The document itself: its title, its contents, its blocks in order."""

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from voices.report.word import parts
from voices.report.word.bars import HIGH, picture
from voices.report.word.styles import MOTTO, dress

if TYPE_CHECKING:
    from docx.document import Document as Written
    from docx.table import Table, _Cell

Block = dict[str, Any]

_PAGE = (Mm(210), Mm(297))
_MARGIN = Mm(24)
_ROOM = 162
"""Millimetres between the margins."""
_BAR = 6
"""Millimetres that a bar is high."""
_KEPT = 9
"""Up to so many rows, a table stands on one page; of a longer one, so do the first rows and the last."""
_ENDS = 2
_AFTER_TABLE = Pt(10)
_LED = ("table", "bar", "quote")
"""What is not parted from the words before it."""
_STILL = (2000, 1, 1, 0, 0, 0)
"""The date of every part of the file: the same report is the same file."""
_WIDTHS = {
    "bilan": (40, 22, 56, 22, 22), "finesse": (72, 26, 64), "parts": (48, 21, 23, 47, 23),
    "pas": (70, 34, 58),
    "rencontres": (46, 20, 26, 18, 24, 28),
}  # fmt: skip
_STYLES = {
    "chapeau": "Chapeau", "grand": "Chapeau", "note": "Remarque", "renvoi": "Renvoi", "d": "Origine", "c": "Menu",
    "t": "Passage", "sous": "Source", "sans": "Source",
}  # fmt: skip
_LEGEND = {
    "presence": "Barres pleines", "mixed": "Barres à points", "lack": "Barres hachurées", "empty": "Barres vides",
    "interval": "Trait fin",
}  # fmt: skip


def written(told: Block) -> bytes:
    """The file of a report told in blocks (`paper.blocks.document`)."""
    writer = _Writer(told)
    writer.front()
    for one, after in zip_longest(told["blocks"], told["blocks"][1:]):
        writer.put(one, leads=after is not None and after["kind"] in _LED)
    writer.end()
    return _stilled(writer.saved())


class _Writer:
    """Puts blocks one after the other. Bookmarks, pictures and tables are numbered as they come."""

    def __init__(self, told: Block) -> None:
        self.told = told
        self.anchors = frozenset(told["anchors"])
        self.document: Written = Document()
        self.marks = 0
        self.tables = self.figures = self.parts = 0
        self.under_table = False
        self.last: Paragraph | None = None
        dress(self.document)
        _page(self.document, told["title"])

    def saved(self) -> io.BytesIO:
        """The file as python-docx writes it."""
        file = io.BytesIO()
        self.document.save(file)
        return file

    def front(self) -> None:
        """What stands before the first part: title, what the report covers, contents."""
        if self.told["over"]:
            self._plain(self.told["over"], "Subtitle")
        self._plain(self.told["title"], "Title")
        for line in (self.told["date"], *self.told["about"]):
            if line:
                self._plain(line, "Subtitle")
        self._contents()

    def put(self, one: Block, *, leads: bool) -> None:
        """A block at the end of the document; one that `leads` stands on the page of what follows."""
        put: Callable[[Block], None] = getattr(self, f"_{one['kind']}")
        put(one)
        # A remark in small letters is on what stands before it.
        if leads and self.last is not None and not self.under_table and one.get("style") != "sous":
            self.last.paragraph_format.keep_with_next = True

    def end(self) -> None:
        """A word processor wants a paragraph after the last table."""
        if self.under_table:
            self._plain("", "Mesure")

    def _contents(self) -> None:
        """A table of contents: links that work at once, and page numbers when the reader asks for them."""
        entries = [one for one in self.told["blocks"] if one["kind"] == "heading" and one["level"] == 1]
        last = None
        for number, one in enumerate(entries):
            last = self.document.add_paragraph(style=f"toc {one['level']}")
            if not number:
                _add(last, parts.opened(r'TOC \o "1-1" \h \z \u'))
            said = "".join(run["text"] for run in one["runs"])
            _add(last, parts.words([{"text": said, "to": next(iter(one["ids"]), "")}], self.anchors))
        if last is not None:
            _add(last, [parts.closed()])

    def _heading(self, one: Block) -> None:
        runs = [run | {"style": MOTTO} if run.get("small") else run for run in one["runs"]]
        made = self._paragraphed(one, f"Heading {one['level']}", runs)
        # The first part stands alone on its page; the others follow each other.
        self.parts += one["level"] == 1
        made.paragraph_format.page_break_before = True if one["level"] == 1 and self.parts <= 2 else None

    def _paragraph(self, one: Block) -> None:
        self._paragraphed(one, _STYLES.get(one["style"], "Normal"), one["runs"])

    def _list(self, one: Block) -> None:
        for item in one["items"]:
            self._paragraphed(one, "List Bullet", item)

    def _numbers(self, one: Block) -> None:
        """The passages of a figure: their numbers, in a line."""
        spaced = [part for item in one["items"] for part in ({"text": ", "}, item)][1:]
        self._paragraphed(one, "Menu", spaced)

    def _terms(self, one: Block) -> None:
        for item in one["items"]:
            self._paragraphed(one, "Terme" if item["term"] else "Normal", item["runs"])

    def _quote(self, one: Block) -> None:
        self._paragraphed(one, "Quote", one["runs"])
        self._paragraphed({"ids": []}, "Source", one["under"])

    def _legend(self, one: Block) -> None:
        said = " ".join(f"{_LEGEND[item['shape']]}\u202f: {item['told']}." for item in one["items"])
        self._paragraphed(one, "Source", [{"text": said}])

    def _bar(self, one: Block) -> None:
        self.figures += 1
        self._captioned(one, "Figure", self.figures, [{"text": one["bar"]["told"]}])
        self._drawn(self._plain("", "Normal"), one["bar"], _ROOM, decoration=False)

    def _table(self, one: Block) -> None:
        self.tables += 1
        self._captioned(one, "Tableau", self.tables, one["caption"])
        widths = _widths(one)
        table = self.document.add_table(rows=0, cols=len(widths), style="Mesures")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        self._row(table, one["head"], widths, head=True)
        for cells in one["rows"]:
            self._row(table, cells, widths, head=False)
        parts.named(table._tbl, "".join(run["text"] for run in one["caption"]))
        _keep_together(table)
        self.under_table = True

    def _captioned(self, one: Block, what: str, number: int, said: Sequence[Block]) -> None:
        """The name of a table or a figure, whose number the word processor can count again."""
        caption = self._paragraphed(one, "Caption", [])
        counted = parts.field(f"SEQ {what} \\* ARABIC", [parts.text(str(number))])
        _add(caption, [parts.text(f"{what}\u00a0"), *counted, parts.text(". "), *self._said(said)])

    def _row(self, table: "Table", cells: Sequence[Block], widths: Sequence[float], *, head: bool) -> None:
        row = table.add_row()
        parts.whole(row._tr)
        if head:
            parts.repeated_head(row._tr)
        for cell, told, width in zip(row.cells, cells, widths, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_ALIGN_VERTICAL.CENTER
            self._cell(cell, told, width, head=head)

    def _cell(self, cell: "_Cell", told: Block, width: float, *, head: bool) -> None:
        inside = cell.paragraphs[0]
        inside.style = self.document.styles["Mesure"]
        if told["align"] == "end":
            inside.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if told["bar"]:
            self._drawn(inside, told["bar"], width - 4, decoration=True)
            return
        # A column of bars has no name: its numbers stand beside it.
        runs = [] if told["name_only"] else told["runs"]
        style = {"small": True} if head else {"hue": told["hue"]} if told["head"] else {}
        _add(inside, self._said([style | run for run in runs]))

    def _drawn(self, inside: Paragraph, bar: Block, width: float, *, decoration: bool) -> None:
        drawn = io.BytesIO(picture(bar, round(width / _BAR * HIGH)))
        shape = inside.add_run().add_picture(drawn, width=Mm(width), height=Mm(_BAR))
        parts.described(shape._inline, bar["told"], decoration=decoration)

    def _paragraphed(self, one: Block, style: str, runs: Sequence[Block]) -> Paragraph:
        """A paragraph that bears the anchors still to be put."""
        made = self._plain("", style)
        _add(made, self._marked(one, self._said(runs)))
        return made

    def _marked(self, one: Block, said: Sequence[parts.Element]) -> Iterator[parts.Element]:
        ends = []
        for anchor in one.pop("ids", []):
            self.marks += 1
            start, end = parts.bookmark(anchor, self.marks)
            yield start
            ends.append(end)
        yield from said
        yield from ends

    def _said(self, runs: Sequence[Block]) -> list[parts.Element]:
        return parts.words(runs, self.anchors)

    def _plain(self, said: str, style: str) -> Paragraph:
        made = self.document.add_paragraph(said, style=style)
        if self.under_table and (made.style.paragraph_format.space_before or Pt(0)) < _AFTER_TABLE:
            made.paragraph_format.space_before = _AFTER_TABLE
        self.under_table, self.last = False, made
        return made


def _add(to: Paragraph, elements: Sequence[parts.Element] | Iterator[parts.Element]) -> None:
    for one in elements:
        to._p.append(one)


def _keep_together(table: "Table") -> None:
    rows = table.rows[:-1]
    kept = rows if len(rows) <= _KEPT else [*rows[: _ENDS + 1], *rows[-_ENDS + 1 :]]
    for row in kept:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _widths(table: Block) -> tuple[float, ...]:
    columns = len(table["head"])
    known = _WIDTHS.get(table["style"])
    if known and len(known) == columns:
        return known
    first = _ROOM / columns if columns < 3 else max(_ROOM / columns, 60)
    return (first, *[(_ROOM - first) / (columns - 1)] * (columns - 1)) if columns > 1 else (float(_ROOM),)


def _page(document: "Written", title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Menu"]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(_ROOM), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{title}\t")
    _add(foot, parts.field("PAGE", [parts.text("1")]))
    properties = document.core_properties
    properties.title, properties.language, properties.author, properties.comments = title[:255], "fr-FR", "voices", ""
    properties.created = properties.modified = datetime.datetime(*_STILL[:3])
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "fr-FR")


def _stilled(file: io.BytesIO) -> bytes:
    """The same file, without the hour at which it was made."""
    still = io.BytesIO()
    with zipfile.ZipFile(file) as read, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as made:
        for one in read.infolist():
            kept = zipfile.ZipInfo(one.filename, _STILL)
            kept.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(kept, read.read(one))
    return still.getvalue()

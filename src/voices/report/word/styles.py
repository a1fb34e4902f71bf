"""The styles of the document: those a word processor knows by name, set once in the colours of the report."""

from typing import TYPE_CHECKING, Any, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

if TYPE_CHECKING:
    from docx.document import Document

SERIF, SANS = "Georgia", "Verdana"
"""Fonts that word processors have everywhere."""
INK, SOFT = "1C1815", "4C443B"
RULE = "9A8D7B"
HUES = {"accueil": "94590A", "appartenance": "1F4A86", "action": "0C7566", "theme": "6A5A49"}

_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Mesures">
  <w:name w:val="Mesures"/><w:basedOn w:val="TableNormal"/>
  <w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>
  <w:tblPr><w:tblBorders>
    <w:bottom w:val="single" w:sz="4" w:color="{RULE}"/><w:insideH w:val="single" w:sz="4" w:color="CFC6B8"/>
  </w:tblBorders><w:tblCellMar>
    <w:top w:w="60" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
    <w:bottom w:w="60" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:color="{RULE}"/>
  </w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""

# name, font, points, colour, bold, italic, points before, points after, kept with what follows
_PARAGRAPHS = (
    ("Normal", SERIF, 10.5, INK, False, False, 0, 8, False),
    ("Title", SERIF, 27, INK, False, False, 0, 10, True),
    ("Subtitle", SANS, 10.5, SOFT, False, False, 0, 4, True),
    ("Heading 1", SERIF, 18, INK, False, False, 26, 9, True),
    ("Heading 2", SERIF, 13.5, INK, True, False, 18, 6, True),
    ("Heading 3", SANS, 10, INK, True, False, 12, 4, True),
    ("Quote", SERIF, 10.5, INK, False, True, 8, 0, True),
    ("Caption", SANS, 8.5, INK, True, False, 12, 4, True),
    ("List Bullet", SERIF, 10.5, INK, False, False, 0, 4, False),
    ("toc 1", SANS, 9.5, INK, False, False, 4, 2, False),
    ("Chapeau", SERIF, 12.5, INK, False, False, 0, 8, False),
    ("Source", SANS, 8.5, SOFT, False, False, 2, 8, False),
    ("Remarque", SERIF, 10.5, SOFT, False, False, 4, 8, False),
    ("Menu", SANS, 7.5, SOFT, False, False, 0, 3, False),
    ("Renvoi", SANS, 7.5, INK, False, False, 6, 0, True),
    ("Origine", SANS, 7.5, SOFT, False, False, 8, 1, True),
    ("Passage", SERIF, 9, INK, False, False, 0, 1, True),
    ("Mesure", SANS, 8.5, INK, False, False, 0, 0, False),
    ("Terme", SANS, 9.5, INK, True, False, 6, 2, True),
)
_INDENTED = {"Quote": 10, "Remarque": 10}
SMALL, MOTTO, NOTE = "Petit", "Devise", "Numero"
_CHARACTERS = f"""
<w:styles {nsdecls("w")}>
  <w:style w:type="character" w:customStyle="1" w:styleId="{SMALL}">
    <w:name w:val="Petit"/><w:qFormat/><w:rPr><w:color w:val="{SOFT}"/><w:sz w:val="15"/></w:rPr>
  </w:style>
  <w:style w:type="character" w:customStyle="1" w:styleId="{MOTTO}">
    <w:name w:val="Devise"/><w:qFormat/><w:rPr><w:i/><w:color w:val="{SOFT}"/><w:sz w:val="24"/></w:rPr>
  </w:style>
  <w:style w:type="character" w:customStyle="1" w:styleId="{NOTE}">
    <w:name w:val="Numéro de renvoi"/><w:qFormat/><w:rPr>
      <w:rFonts w:ascii="{SANS}" w:hAnsi="{SANS}" w:cs="{SANS}"/><w:b w:val="0"/><w:i w:val="0"/>
      <w:color w:val="{SOFT}"/><w:sz w:val="15"/><w:vertAlign w:val="superscript"/>
    </w:rPr>
  </w:style>
</w:styles>"""
"""What explains, smaller than what it explains; what follows a title; the number of a list of passages, after a figure:
to change it, or to hide it, is to change one style."""


def dress(document: "Document") -> None:
    """Give the document these styles, in French."""
    for name, font, size, colour, bold, italic, before, after, kept in _PARAGRAPHS:
        style = _style(document, name)
        _letter(style, font)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.font.color.rgb = RGBColor.from_string(colour)
        layout = style.paragraph_format
        layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), kept
        layout.left_indent = Pt(_INDENTED[name]) if name in _INDENTED else layout.left_indent
        layout.line_spacing = 1.25 if font == SERIF and size < 15 else 1.1
    _unruled(document, "Title")
    _ruled(document, "Heading 1", "top", "16", INK)
    _ruled(document, "Quote", "left", "12", RULE)
    _ruled(document, "Remarque", "left", "12", RULE)
    document.styles.element.append(parse_xml(_TABLE))
    for style in list(parse_xml(_CHARACTERS)):
        document.styles.element.append(style)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _style(document: "Document", name: str) -> ParagraphStyle:
    if name not in document.styles:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
        made.base_style = document.styles["Normal"]
    return cast("ParagraphStyle", document.styles[name])


def _letter(style: ParagraphStyle, font: str) -> None:
    """The font for every script: the template names one for headings by its theme, which would win."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)


def _ruled(document: "Document", name: str, side: str, width: str, colour: str) -> None:
    """A line on one side of each paragraph of a style, in place of those of the template."""
    properties = _unruled(document, name)
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for key, told in (("val", "single"), ("sz", width), ("space", "8"), ("color", colour)):
        line.set(qn(f"w:{key}"), told)
    borders.append(line)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _unruled(document: "Document", name: str) -> Any:  # noqa: ANN401 - an element of python-docx
    """The layout of a style, without the lines of the template."""
    properties = _style(document, name).element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    return properties

"""The smallest parts of the document, as its XML has them: words, links, bookmarks, fields, pictures."""

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from voices.report.word.styles import HUES, NOTE, SMALL

Element = Any
"""An element of python-docx, which has no types for them."""
_LONGEST_NAME = 40
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def bookmark_name(anchor: str) -> str:
    """The name of a bookmark for an anchor of the page: letters, figures and underscores, 40 at most."""
    return re.sub(r"\W", "_", anchor)[:_LONGEST_NAME]


def words(runs: Sequence[dict[str, Any]], anchors: frozenset[str]) -> list[Element]:
    """The words with how they are set; those that lead to an anchor of the document are links."""
    found: list[Element] = []
    for one in runs:
        if one.get("apart"):
            found.append(_line_end())
        said = _run(one)
        found.append(_link(said, one["to"]) if one.get("to") in anchors else said)
        if one.get("figure"):
            found.append(_run({"text": f"\u00a0[{one['figure']}]", "style": NOTE}))
    return found


def bookmark(anchor: str, number: int) -> tuple[Element, Element]:
    """Where an anchor begins and ends."""
    start, end = _element("w:bookmarkStart", id=str(number), name=bookmark_name(anchor)), OxmlElement("w:bookmarkEnd")
    end.set(qn("w:id"), str(number))
    return start, end


def field(code: str, shown: Sequence[Element]) -> list[Element]:
    """A field that the word processor can compute again, and what it shows until then."""
    return [_character("begin"), _instruction(code), _character("separate"), *shown, _character("end")]


def opened(code: str) -> list[Element]:
    """The beginning of a field that goes on over several paragraphs."""
    return [_character("begin"), _instruction(code), _character("separate")]


def closed() -> Element:
    """The end of such a field."""
    return _character("end")


def text(said: str) -> Element:
    """Plain words."""
    return _run({"text": said})


def described(drawing: Element, told: str, *, decoration: bool) -> None:
    """Give a picture its text alternative, or say that it is decoration."""
    properties = next(drawing.iter(qn("wp:docPr")))
    properties.set("name", "Barre")
    properties.set("descr", "" if decoration else told)
    if decoration:
        properties.append(parse_xml(_DECORATIVE))


def repeated_head(row: Element) -> None:
    """Make a row the head of its table, on each page."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def named(table: Element, name: str) -> None:
    """Give a table its name, for those who do not see it."""
    properties = table.tblPr
    properties.append(_element("w:tblCaption", val=name))


def whole(row: Element) -> None:
    """Keep a row on one page."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _link(said: Element, anchor: str) -> Element:
    link = _element("w:hyperlink", anchor=bookmark_name(anchor), history="1")
    link.append(said)
    return link


def _run(one: dict[str, Any]) -> Element:
    made = OxmlElement("w:r")
    properties = _set(one)
    if len(properties):
        made.append(properties)
    for number, line in enumerate(str(one["text"]).split("\n")):
        if number:
            made.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.append(words)
    return made


def _set(one: dict[str, Any]) -> Element:
    properties = OxmlElement("w:rPr")
    style = one.get("style") or (SMALL if one.get("small") else "")
    if style:
        properties.append(_element("w:rStyle", val=style))
    for key, name in (("bold", "w:b"), ("italic", "w:i")):
        if one.get(key):
            properties.append(OxmlElement(name))
    colour = "" if style else HUES.get(one.get("hue", ""), "")
    if colour:
        properties.append(_element("w:color", val=colour))
    return properties


def _line_end() -> Element:
    made = OxmlElement("w:r")
    made.append(OxmlElement("w:br"))
    return made


def _character(kind: str) -> Element:
    made = OxmlElement("w:r")
    made.append(_element("w:fldChar", fldCharType=kind))
    return made


def _instruction(code: str) -> Element:
    made, said = OxmlElement("w:r"), OxmlElement("w:instrText")
    said.text = f" {code} "
    said.set(qn("xml:space"), "preserve")
    made.append(said)
    return made


def _element(tag: str, **attributes: str) -> Element:
    made = OxmlElement(tag)
    for name, told in attributes.items():
        made.set(qn(f"w:{name}"), told)
    return made

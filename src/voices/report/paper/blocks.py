"""The page of a report as blocks that a typesetter can lay out: headings, paragraphs, quotes, lists, tables, bars.

It reads our own page, whose tags and classes are those of `report/templates`; what the print style hides is left out.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from lxml import html as markup
from lxml.html import HtmlElement

Block = dict[str, Any]
Run = dict[str, Any]

_NAMES = {"ids", "to", "anchors", "kind", "style", "hue", "align"}
_HIDDEN = {"evitement", "motifs", "sommaire", "cache", "retour", "pourquoi", "ecran"}
_HIDDEN_WHEN_LONG = {"renvois", "passages"}
_STYLES = ("chapeau", "note", "sous", "sans", "definition", "grand", "surtitre", "date", "d", "t", "c")
_SHADES = {"presence": "presence", "mixte": "mixed", "manque": "lack", "vide": "empty", "intervalle": "interval"}
_TABLES = ("bilan", "parts", "pas", "finesse", "recueil", "matrice", "rencontres")


def document(page: str) -> Block:
    """What the page tells: `title`, `over`, `date`, `blocks`, and the `anchors` that links may lead to."""
    body = next(one for one in markup.fromstring(page).iter("body") if isinstance(one, HtmlElement))
    reader = _Reader(long="longue" in (body.get("class") or ""))
    head = body.find_class("titre")[0]
    blocks = list(reader.blocks(body.get_element_by_id("contenu")))
    told = {one.get("class"): _flat(one) for one in head.iterchildren("p")}
    return {
        "title": _flat(head.find("h1")),
        "over": told.get("surtitre", ""),
        "date": told.get("date", ""),
        "about": [_flat(one) for one in head.iter("li")],
        "blocks": blocks,
        "anchors": sorted(reader.anchors),
    }


class _Reader:
    """Walks the page once. An anchor belongs to the block that follows it."""

    def __init__(self, *, long: bool) -> None:
        self.hidden = _HIDDEN | (_HIDDEN_WHEN_LONG if long else set())
        self.long = long
        self.anchors: set[str] = set()
        self.waiting: list[str] = []

    def blocks(self, of: HtmlElement) -> Iterator[Block]:
        """The blocks inside an element, in order."""
        for child in of.iterchildren(tag=markup.etree.Element):
            if not self._hides(child):
                yield from self._block(child)

    def _block(self, one: HtmlElement) -> Iterator[Block]:
        if one.get("id") and one.tag != "a":
            self.waiting.append(one.get("id"))
        make = getattr(self, f"_{one.tag}", None)
        if make is None:
            yield from self.blocks(one)
        else:
            block = make(one)
            yield (block if _verbatim(block) else _folded(block)) | {"ids": self._anchored(), "hue": _hue(one)}

    def _anchored(self) -> list[str]:
        """The anchors that this block bears: each once in the document."""
        new = [name for name in dict.fromkeys(self.waiting) if name not in self.anchors]
        self.anchors.update(new)
        self.waiting.clear()
        return new

    def _h2(self, one: HtmlElement) -> Block:
        return {"kind": "heading", "level": 1, "runs": self.runs(one)}

    def _h3(self, one: HtmlElement) -> Block:
        return {"kind": "heading", "level": 2, "runs": self.runs(one)}

    def _h4(self, one: HtmlElement) -> Block:
        return {"kind": "heading", "level": 3, "runs": self.runs(one)}

    def _p(self, one: HtmlElement) -> Block:
        style = next((name for name in _STYLES if name in _classes(one)), "")
        if "renvoi" in _classes(one.getparent()):
            style = "renvoi"
        runs = self._apart(one) if style == "c" else self.runs(one)
        return {"kind": "paragraph", "style": style, "runs": runs}

    def _apart(self, one: HtmlElement) -> list[Run]:
        """The codes of a passage, which the page sets apart by blanks."""
        codes = [self._inline(child, {}) for child in one.iterchildren("span")]
        return [run for code in codes for run in [_run(" · ", {}), *code]][1:]

    def _ul(self, one: HtmlElement) -> Block:
        if "legende" in _classes(one):
            items = [{"shape": _shape(item), "told": _flat(item)} for item in one.iterchildren("li")]
            return {"kind": "legend", "items": items}
        return {"kind": "list", "items": [self.runs(item) for item in one.iterchildren("li")]}

    def _ol(self, one: HtmlElement) -> Block:
        """The list of a figure's passages: their numbers, in a line."""
        links = [item.find("a") for item in one.iterchildren("li")]
        return {"kind": "numbers", "items": [self._link(link, {}) for link in links if link is not None]}

    def _dl(self, one: HtmlElement) -> Block:
        items = [{"term": item.tag == "dt", "runs": self.runs(item)} for item in one.iterchildren("dt", "dd")]
        return {"kind": "terms", "items": items}

    def _figure(self, one: HtmlElement) -> Block:
        words, under = one.find("blockquote/p"), one.find("figcaption")
        return {"kind": "quote", "runs": self.runs(words), "under": self.runs(under)}

    def _svg(self, one: HtmlElement) -> Block:
        return {"kind": "bar", "bar": _bar(one)}

    def _table(self, one: HtmlElement) -> Block:
        head, body = one.find("thead/tr"), one.find("tbody")
        return {
            "kind": "table",
            "style": next((name for name in _TABLES if name in _classes(one)), ""),
            "caption": self.runs(one.find("caption")),
            "head": [self._cell(cell) for cell in head],
            "rows": [[self._cell(cell) for cell in row.iterchildren("th", "td")] for row in body.iterchildren("tr")],
        }

    def _cell(self, one: HtmlElement) -> Block:
        bar = one.find("svg")
        classes = _classes(one)
        align = "end" if "n" in classes and "droite" not in classes else "start"
        name = [_run(hidden.text or "", {}) for hidden in one.find_class("cache")]
        return {
            "runs": name or _parted(self.runs(one)),
            "name_only": bool(name),
            "bar": None if bar is None else _bar(bar),
            "align": align,
            "head": one.tag == "th",
            "hue": _hue(one.getparent()),
        }

    def runs(self, of: HtmlElement, style: Run | None = None) -> list[Run]:
        """The words of an element with how they are set."""
        style = style or {}
        found = [_run(of.text or "", style)]
        for child in of.iterchildren(tag=markup.etree.Element):
            if not self._hides(child):
                found += self._inline(child, style)
            found.append(_run(child.tail or "", style))
        kept = [one for one in found if one["text"]]
        if kept:
            kept[0]["text"], kept[-1]["text"] = kept[0]["text"].lstrip(" "), kept[-1]["text"].rstrip(" ")
        return kept if style else [one for one in kept if one["text"]]

    def _inline(self, one: HtmlElement, style: Run) -> list[Run]:
        if one.tag == "a":
            return [self._link(one, style)]
        added: Run = {"strong": {"bold": True}, "b": {"bold": True}, "em": {"italic": True}}.get(one.tag, {})
        if one.tag == "small" or _classes(one) & {"devise", "combien"}:
            added = {"small": True}
        if _classes(one) & {"manque"}:
            added = {"italic": True}
        if hue := _own_hue(one):
            added = added | {"hue": hue}
        found = self._words(one, style | added)
        if one.tag == "small" and found:
            found[0]["apart"] = True
        return found

    def _words(self, one: HtmlElement, style: Run) -> list[Run]:
        """As `runs`, spaces at both ends kept: it is within a sentence."""
        found = [_run(one.text or "", style)]
        for child in one.iterchildren(tag=markup.etree.Element):
            if not self._hides(child):
                found += self._inline(child, style)
            found.append(_run(child.tail or "", style))
        return [run for run in found if run["text"]]

    def _link(self, one: HtmlElement, style: Run) -> Run:
        figure = one.get("data-renvoi") if "chiffre" in _classes(one) else None
        bold = {"bold": True} if figure else {}
        return _run(_flat(one), style | bold) | {"to": (one.get("href") or "").lstrip("#"), "figure": figure}

    def _hides(self, one: HtmlElement) -> bool:
        classes = _classes(one)
        return bool(classes & self.hidden) or ("papier" in classes and not self.long) or one.get("id") in self._long_ids

    @property
    def _long_ids(self) -> set[str]:
        return {"passages"} if self.long else set()


def _verbatim(block: Block) -> bool:
    """Whether the line ends of a block are those of a testimony."""
    return block["kind"] == "quote" or block.get("style") == "t"


def _folded(block: Block) -> Block:
    """A block whose line ends are spaces, as on the page: they are those of our templates."""
    found: Block = reworded(block, lambda words: words.replace("\n", " "))
    return found


def reworded(told: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - a tree of JSON
    """A tree of blocks whose words are changed. Names that lead from block to block, or say how one is set, are not."""
    if isinstance(told, dict):
        return {key: kept if key in _NAMES else reworded(kept, change) for key, kept in told.items()}
    if isinstance(told, list):
        return [reworded(one, change) for one in told]
    return change(told) if isinstance(told, str) else told


def _parted(runs: list[Run]) -> list[Run]:
    """The runs of a cell. What explains the others (`apart`) is on a line of its own: no blank goes before it."""
    for before, after in pairwise(runs):
        if after.get("apart"):
            before["text"] = before["text"].rstrip(" ")
    return [one for one in runs if one["text"]]


def _run(words: str, style: Run) -> Run:
    return {"text": _spaces(words)} | style


def _spaces(words: str) -> str:
    """Line ends of a testimony are kept as such; other runs of plain blanks are one space."""
    return re.sub(r"[ \t]+", " ", re.sub(r"[ \t]*\r?\n[ \t]*", "\n", words))


def _flat(one: HtmlElement) -> str:
    return " ".join(str(one.text_content()).split(" ")).strip()


def _bar(one: HtmlElement) -> Block:
    """The shapes of a bar, in percent of its width, and what it says."""
    shapes = [
        {"kind": _SHADES[one.get("class")], "x": _percent(one.get("x")), "width": _percent(one.get("width"))}
        for one in one.iterchildren("rect")
    ]
    name, told = (str(part.text_content()) for part in one.iterchildren("title", "desc"))
    axis = one.find("line[@class='axe']") is not None
    return {"shapes": shapes, "axis": axis, "name": name, "told": f"{name}. {told}", "hue": _hue(one)}


def _shape(item: HtmlElement) -> str:
    """The shape that an entry of a legend is about."""
    return next(_SHADES[shape.get("class")] for shape in item.iter("rect"))


def _percent(written: str) -> float:
    return float(written.rstrip("%"))


def _classes(one: HtmlElement) -> set[str]:
    return set((one.get("class") or "").split())


def _hue(one: HtmlElement) -> str:
    """The code whose colour an element, or what it is in, takes; nothing where there is none."""
    return next((hue for up in (one, *one.iterancestors()) if (hue := _own_hue(up))), "")


def _own_hue(one: HtmlElement) -> str:
    """That of the element itself."""
    return next((name.removeprefix("teinte-") for name in _classes(one) if name.startswith("teinte-")), "")

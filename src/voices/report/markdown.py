"""The report as Markdown (CommonMark with tables): the HTML page read again as blocks, to be worked on elsewhere.

Whatever a testimony holds is words there too: signs that Markdown or HTML would read are escaped.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Block = dict[str, Any]

_READ = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_OPENING = re.compile(r"^(\s*)([-+]+|=+|\d+[.)])(?=\s|$)", re.MULTILINE)
"""What would open a list or underline a title at the beginning of a line."""


def markdown(html: str) -> str:
    """The page of `report.render` as Markdown: the same words and figures, without bars, whose numbers are told.

    The number in brackets after a figure is that of the list of its passages, at the end. Same page, same text.
    """
    from voices.report.paper.blocks import document

    told = document(html)
    head = [f"# {_escaped(told['title'])}", *(_escaped(line) for line in (told["over"], told["date"]) if line)]
    head += [_listed([[{"text": line}] for line in told["about"]])] if told["about"] else []
    parts = [*head, *(part for one in told["blocks"] for part in _block(one))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(one: Block) -> Iterator[str]:
    put = _BLOCKS.get(one["kind"])
    if put:
        yield put(one)


def _heading(one: Block) -> str:
    # After the signs of a heading nothing opens a list: « 1. » stays as it is.
    return f"{'#' * (one['level'] + 1)} {''.join(_fit(run['text']) for run in one['runs'])}"


def _paragraph(one: Block) -> str:
    said = _words(one["runs"])
    return _quoted(said) if one["style"] == "note" else said


def _quote(one: Block) -> str:
    return f"{_quoted(_words(one['runs'], plain=True))}\n>\n> — {_words(one['under'], plain=True)}"


def _terms(one: Block) -> str:
    said = [f"**{_words(item['runs'])}**" if item["term"] else _words(item["runs"]) for item in one["items"]]
    return "\n\n".join(said)


def _numbers(one: Block) -> str:
    return ", ".join(_words([item]) for item in one["items"])


def _table(one: Block) -> str:
    """The table without its columns of bars: the numbers of each bar stand beside it."""
    bars = {at for row in one["rows"] for at, cell in enumerate(row) if cell["bar"]}
    kept = [at for at in range(len(one["head"])) if at not in bars]
    rows = [[_celled(row[at]) for at in kept] for row in (one["head"], *one["rows"])]
    rule = ["---:" if one["head"][at]["align"] == "end" else "---" for at in kept]
    lines = [f"| {' | '.join(cells)} |" for cells in (rows[0], rule, *rows[1:])]
    return f"**{_words(one['caption'], plain=True)}**\n\n" + "\n".join(lines)


def _celled(cell: Block) -> str:
    return _words(cell["runs"]).replace("\\\n", " ").replace("\n", " ")


def _listed(items: Sequence[Sequence[Block]]) -> str:
    return "\n".join(f"- {_words(item)}" for item in items)


def _quoted(said: str) -> str:
    return "\n".join(f"> {line}" for line in said.split("\n"))


def _words(runs: Sequence[Block], *, plain: bool = False) -> str:
    """The words of a line. `plain` leaves out how they are set, where all of it is set one way."""
    # Two runs in bold side by side are one: the signs between them would be read as words.
    return "".join(_run(one, plain=plain) for one in runs).replace("****", "")


def _run(one: Block, *, plain: bool) -> str:
    said = _escaped(one["text"])
    mark = "" if plain else "**" if one.get("bold") else "*" if one.get("italic") else ""
    bare = said.strip()
    if mark and bare:
        said = said.replace(bare, f"{mark}{bare}{mark}", 1)
    # What explains a cell has no line of its own here.
    before = " · " if one.get("apart") else ""
    return before + said + (f" [{one['figure']}]" if one.get("figure") else "")


def _escaped(said: str) -> str:
    """The words as words. A line end of a testimony stays one."""
    kept = _OPENING.sub(lambda found: f"{found[1]}{_guarded(found[2])}", _fit(said))
    return kept.replace("\n", "\\\n")


def _fit(said: str) -> str:
    return _READ.sub(r"\\\1", said).replace("&", "&amp;")


def _guarded(opening: str) -> str:
    return f"{opening[:-1]}\\{opening[-1]}"


_BLOCKS: dict[str, Callable[[Block], str]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": lambda one: _listed(one["items"]),
    "numbers": _numbers,
    "terms": _terms,
    "quote": _quote,
    "table": _table,
    "bar": lambda one: _escaped(one["bar"]["told"]),
}
"""How each kind of block is written; the legend of the bars is not."""

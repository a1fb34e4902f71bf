"""The page itself: figures counted first, then told by the templates."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import count as counter
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from voices.domain import Code, Quote, Study
from voices.report import (
    against,
    annex,
    before,
    charts,
    company,
    comparing,
    gathered,
    known,
    method,
    own,
    reliability,
    senses,
    threshold,
    together,
    topics,
    unheard,
    wordings,
    words,
)
from voices.report.citing import Citing
from voices.report.corpus import FEW, SENSES, Corpus
from voices.report.figures import Figure, Ledger
from voices.report.links import Links
from voices.report.plan import PARTS
from voices.report.plan import TEMPLATES as PART_TEMPLATES
from voices.report.tellers import Census, Side
from voices.report.telling import PLAIN, Telling

TEMPLATES = Path(__file__).parent / "templates"
MOST_LINES = 12
"""Lines of a table in the text; the others are in the annex."""
MOST_TIES = 6
"""What goes with a code or a theme, the surest first."""
_HEADLINES = 3


class Page(NamedTuple):
    """A report: its HTML, the figures that it shows or stands on, the quotes that it prints."""

    html: str
    figures: list[Figure]
    quotes: tuple[Quote, ...]


def render_page(
    study: Study, *, title: str, generated_on: date | None, quotable: frozenset[str], telling: Telling = PLAIN
) -> Page:
    """The whole report. Same study, same page."""
    telling = telling.planned
    corpus, ledger, links = Corpus(study, quotable), Ledger(), Links(live=telling.annex)
    content = _content(corpus, ledger, telling)
    html = (
        _environment(links)
        .get_template("report.html")
        .render(
            title=words.spaced(title),
            generated_on=words.date_words(generated_on.isoformat()) if generated_on else None,
            study=study,
            machine=method.plain(study.machine),
            technical=method.technical(study.machine),
            reliability=telling.reliability,
            annex=annex.Annex(corpus, links, telling),
            telling=telling,
            told_parts=_parts(telling, content["changed"]),
            parts=PARTS,
            templates=PART_TEMPLATES,
            style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704 -- our own file
            **content,
        )
    )
    return Page(html, links.all(), content["cited"])


def _content(corpus: Corpus, ledger: Ledger, telling: Telling) -> dict[str, Any]:
    """What the templates tell: figures in the order in which they are numbered, quotes in that in which they choose."""
    parts, citing = telling.plan.told, Citing(corpus)
    what, census = gathered.gather(corpus, ledger), Census(corpus)
    families = comparing.compare(corpus, ledger, census)
    told = {
        "gathered": what,
        "origins": known.origins(corpus),
        "families": families,
        "headlines": _headlines(families),
        "told": senses.tell(corpus, ledger, what.passages, citing if "codes" in parts else None),
        "company": company.keep_company(corpus, ledger, census),
        "threshold": threshold.cross(corpus, ledger, census, what.passages),
        "together": together.put_together(corpus, ledger),
        "own": own.tell(corpus, ledger, telling),
    }
    themes = topics.tell(corpus, ledger)
    told["dissent"] = against.dissent(corpus, ledger, what.passages, citing)
    told["topics"] = topics.cite(themes, citing) if "themes" in parts else themes
    told["unheard"] = unheard.listen(corpus, ledger, what)
    told["changed"] = before.change(corpus, ledger, census, telling.before, what.passages)
    return told | {"cited": citing.printed, "reread": citing.to_reread}


def _parts(telling: Telling, changed: before.Changed | None) -> tuple[str, ...]:
    """The parts told: what has changed since the last report is one where there was one, or where a note says more."""
    silent = changed is None and not telling.plan.lines("depuis")
    return tuple(part for part in telling.plan.told if not (silent and part == "depuis"))


def _headlines(families: Mapping[str, comparing.Family]) -> list[tuple[str, comparing.Difference]]:
    """The surest differences of all, with what each is between."""
    found = [(what, one) for what, family in families.items() for one in family.kept]
    return sorted(found, key=lambda item: item[1].chance)[:_HEADLINES]


def _arms(line: comparing.Line, code: Code, what: str, rank: int) -> Markup:
    """The bar of a line of places or years."""
    return charts.arms(
        charts.Share(line.lived.part, line.lived.of),
        charts.Share(line.lacking.part, line.lacking.of),
        name=f"{code.label}, {line.label}",
        key=f"b-{code.id}-{what.replace(' ', '-')}-{rank}",
        hue=code.id,
    )


def _diverging(told: senses.Told) -> Markup:
    """The bar of a code, in passages."""
    split = told.balance.split
    return charts.diverging(
        split, name=told.code.label, key=f"b-passages-{told.code.id}", hue=told.code.id, reach=split.reach
    )


def _shortened(lines: Sequence[gathered.Line]) -> Sequence[gathered.Line]:
    """The lines with the most testimonies, in their order, where they are too many."""
    if len(lines) <= MOST_LINES:
        return lines
    most = sorted((line for line in lines if line.told), key=lambda line: -line.testimonies)[:MOST_LINES]
    return sorted(most, key=lambda line: -line.testimonies)


def _rank() -> Callable[[], int]:
    """The number of the next part."""
    ranks = counter(1)
    return lambda: next(ranks)


def _environment(links: Links) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known: dict[str, Any] = {
        "agree": words.agree,
        "alpha_words": reliability.told,
        "arms": _arms,
        "autres_pluriel": wordings.others_are_many,
        "base": links.base,
        "capital": words.capital,
        "chiffre": links.link,
        "count": words.count,
        "counted": links.counted,
        "decimal": words.decimal,
        "diverging": _diverging,
        "enough_for_words": wordings.ENOUGH_FOR_WORDS,
        "few": FEW,
        "few_voices": unheard.FEW_VOICES,
        "lacking": Side.LACKING,
        "lived": Side.LIVED,
        "many_enough": words.MANY_ENOUGH,
        "most_lines": MOST_LINES,
        "most_ties": MOST_TIES,
        "cut": words.cut,
        "listed": words.listed,
        "number": words.number,
        "of": words.of,
        "percent": words.percent,
        "rang": _rank(),
        "rate": links.rate,
        "senses": SENSES,
        "share": words.share,
        "share_words": wordings.share_words,
        "shortened": _shortened,
        "wording": wordings.wording,
    }
    environment.globals.update(known)
    return environment

"""The page itself: figures counted first, then told by the templates."""

from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from voices.domain import Study
from voices.report import annex, gathered, own, senses, together, topics, unheard, words
from voices.report.corpus import FEW, SENSES, Corpus
from voices.report.figures import Figure, Ledger
from voices.report.links import Links
from voices.report.telling import PLAIN, Telling

TEMPLATES = Path(__file__).parent / "templates"


def render_page(
    study: Study, *, title: str, generated_on: date | None, quotable: frozenset[str], telling: Telling = PLAIN
) -> tuple[str, list[Figure]]:
    """The whole report as HTML, and the figures that it shows. Same study, same page."""
    corpus, ledger, links = Corpus(study, quotable), Ledger(), Links(live=telling.annex)
    what = gathered.gather(corpus, ledger)
    told = senses.tell(corpus, ledger)
    subjects = topics.tell(corpus, ledger)
    page = _environment(links).get_template("report.html")
    html = page.render(
        title=title,
        generated_on=words.date_words(generated_on.isoformat()) if generated_on else None,
        study=study,
        gathered=what,
        told=told,
        strongest=_strongest_lacks(told),
        together=together.put_together(corpus, ledger),
        own=own.tell(corpus, ledger, telling),
        topics=subjects,
        unheard=unheard.listen(corpus, ledger, what, subjects),
        machine=dict(study.machine),
        annex=annex.Annex(corpus, links, telling),
        telling=telling,
        style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704 -- our own file
    )
    return html, links.in_order()


def _strongest_lacks(told: tuple[senses.Told, ...]) -> tuple[senses.Told, ...]:
    """The codes whose lack is told most: one, several if equal, none where no lack is told."""
    most = max((item.balance.lack.passages for item in told), default=0)
    return tuple(item for item in told if most and item.balance.lack.passages == most)


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
        "capital": words.capital,
        "chiffre": links.link,
        "count": words.count,
        "few": FEW,
        "few_voices": unheard.FEW_VOICES,
        "many_enough": words.MANY_ENOUGH,
        "listed": words.listed,
        "number": words.number,
        "of": words.of,
        "percent": words.percent,
        "senses": SENSES,
        "share": words.share,
    }
    environment.globals.update(known)
    return environment

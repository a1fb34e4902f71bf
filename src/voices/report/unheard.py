"""Voices against the majority, and those that were hardly heard."""

from dataclasses import dataclass

from voices.domain import Code, Sense
from voices.report.corpus import FEW, SENSES, Corpus, Row, grouped
from voices.report.figures import Figure, Ledger
from voices.report.gathered import Gathered, Line
from voices.report.senses import Quoted, quoted
from voices.report.topics import Topic, Topics

FEW_VOICES = 3
"""A place or a channel with fewer voices than this is hardly heard."""
MINORITY = 4
"""A sense is in the minority where the other is said at least this many times as often."""


@dataclass(frozen=True, slots=True)
class Against:
    """In one place, a few passages that say the contrary of most. `quote` is one of them, where it may be shown."""

    code: Code
    place: str
    minority: str
    few: Figure
    many: Figure
    quote: Quoted | None


@dataclass(frozen=True, slots=True)
class Unheard:
    """Where the report should be read with care, because few speak, or against the others."""

    places: tuple[Line, ...]
    channels: tuple[Line, ...]
    lone_topics: tuple[Topic, ...]
    against: tuple[Against, ...]
    uncoded: Figure
    silent: int


def listen(corpus: Corpus, ledger: Ledger, gathered: Gathered, topics: Topics) -> Unheard:
    """What is said by few, found from counts alone."""
    by_testimony = grouped(corpus.rows, lambda row: row.testimony.id)
    uncoded = [row for rows in by_testimony.values() if not any(row.codes for row in rows) for row in rows]
    return Unheard(
        places=tuple(line for line in gathered.places if line.told and line.voices < FEW_VOICES),
        channels=tuple(line for line in gathered.channels if line.told and line.voices < FEW_VOICES),
        lone_topics=tuple(topic for topic in topics.topics if topic.figure.testimonies == 1),
        against=tuple(_against(corpus, ledger)),
        uncoded=ledger.figure(
            "Témoignages dont aucun passage n’a reçu de code", sorted(uncoded, key=lambda row: row.number)
        ),
        silent=sum(testimony.id not in by_testimony for testimony in corpus.study.reading.testimonies),
    )


def _against(corpus: Corpus, ledger: Ledger) -> list[Against]:
    found = []
    for code in corpus.study.codebook.codes:
        for place, rows in grouped(corpus.rows, lambda row: row.place).items():
            sides = {sense: [row for row in rows if row.sense(code.id) is sense] for sense in SENSES}
            for sense, other in ((Sense.LACK, Sense.PRESENCE), (Sense.PRESENCE, Sense.LACK)):
                few, many = sides[sense], sides[other]
                if few and len(many) >= max(FEW, MINORITY * len(few)):
                    found.append(_told(code, place, sense, few, many, corpus, ledger))
    return sorted(found, key=lambda item: -item.many.passages)


def _told(
    code: Code, place: str, sense: Sense, few: list[Row], many: list[Row], corpus: Corpus, ledger: Ledger
) -> Against:
    other = Sense.PRESENCE if sense is Sense.LACK else Sense.LACK
    return Against(
        code=code,
        place=place,
        minority=SENSES[sense],
        few=ledger.figure(f"{code.label}, {SENSES[sense]} ({place})", few, sense_of=code.id),
        many=ledger.figure(f"{code.label}, {SENSES[other]} ({place})", many, sense_of=code.id),
        quote=_said(code, sense, few, corpus),
    )


def _said(code: Code, sense: Sense, rows: list[Row], corpus: Corpus) -> Quoted | None:
    ids = {row.passage.id for row in rows}
    fit = [
        quote
        for quote in corpus.study.quotes
        if quote.passage_id in ids
        and corpus.shows(quote.testimony_id)
        and (quote.subject, quote.sense) == (code.id, sense)
    ]
    if not fit:
        return None
    return quoted(max(fit, key=lambda quote: quote.score), corpus)

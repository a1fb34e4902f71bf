"""Those who were hardly heard: places and channels with few voices, testimonies without a code, silences."""

from dataclasses import dataclass

from voices.report.corpus import Corpus, grouped
from voices.report.figures import Figure, Ledger
from voices.report.gathered import Gathered, Line

FEW_VOICES = 3
"""A place or a channel with fewer voices than this is hardly heard."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """Where the report should be read with care, because few speak."""

    places: tuple[Line, ...]
    channels: tuple[Line, ...]
    uncoded: Figure
    silent: int


def listen(corpus: Corpus, ledger: Ledger, gathered: Gathered) -> Unheard:
    """What is said by few, found from counts alone."""
    by_testimony = grouped(corpus.rows, lambda row: row.testimony.id)
    uncoded = [row for rows in by_testimony.values() if not any(row.codes for row in rows) for row in rows]
    return Unheard(
        places=tuple(line for line in gathered.places if line.told and line.voices < FEW_VOICES),
        channels=tuple(line for line in gathered.channels if line.told and line.voices < FEW_VOICES),
        uncoded=ledger.figure(
            "Témoignages dont aucun passage n’a reçu de code", sorted(uncoded, key=lambda row: row.number)
        ),
        silent=sum(testimony.id not in by_testimony for testimony in corpus.study.reading.testimonies),
    )

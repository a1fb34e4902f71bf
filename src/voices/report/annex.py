"""The passages behind the figures: each once, with an anchor, and each figure with the list of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from voices.domain import DOUBTFUL_SENSE, OUTSIDE
from voices.report import words
from voices.report.corpus import SENSES, Corpus, Row
from voices.report.figures import Figure
from voices.report.gathered import channel_words, kind_words
from voices.report.links import Links
from voices.report.reasons import Reason, reasons
from voices.report.telling import PLAIN, Telling

BEGINNINGS = 30
"""A figure of at most this many passages shows how each begins; a longer one lists their numbers alone."""
WHOLE = 15_000
"""Over this many passages, the annex gives the beginning of each: the whole lies in the tables."""
PRINTED = 600
"""Over this many passages, the annex is left out of the printed page."""
REASONED = 1_500
"""Over this many passages, the reasons of codes are left to the study file: they would treble the page."""
UNPRINTED = "lieu non donné"
"""What is told of where a passage comes from, where it is not known, or would tell who speaks."""
READ = "relu"
"""What is told of a passage whose codes a person read, where others have a probability."""
_BEGINNING = 80
_SHORT = 160


@dataclass(frozen=True, slots=True)
class Annex:
    """What the templates ask of the annex, once the text has shown its figures."""

    corpus: Corpus
    links: Links
    telling: Telling = PLAIN

    @property
    def figures(self) -> list[Figure]:
        """The figures that the report shows, in order."""
        return self.links.in_order()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every passage."""
        return self.corpus.rows

    @property
    def is_short(self) -> bool:
        """Whether only the beginning of each passage is given."""
        return len(self.rows) > WHOLE

    @property
    def is_printed(self) -> bool:
        """Whether paper bears it."""
        return len(self.rows) <= PRINTED

    @property
    def is_reasoned(self) -> bool:
        """Whether the reasons of codes are told."""
        return self.telling.reasons and len(self.rows) <= REASONED

    def reasons(self, row: Row) -> tuple[Reason, ...]:
        """Why each code was put on that passage; none where its words may not be shown."""
        return tuple(reasons(row, self.corpus.study.codebook)) if self.is_reasoned and self.shows(row) else ()

    def shows(self, row: Row) -> bool:
        """Whether the words of that passage may be in the page."""
        return self.corpus.shows(row.testimony.id) and row.passage.id not in self.telling.withheld

    def why_not(self, row: Row) -> str:
        """Why the words of a passage are not shown."""
        if row.passage.id in self.telling.withheld:
            return "passage laissé de côté : on pourrait reconnaître qui parle"
        return "passage non citable (consentement : analyse seulement ou inconnu)"

    def text(self, row: Row) -> str:
        """The words of a passage, or their beginning in a large corpus."""
        return words.cut(row.passage.text, _SHORT) if self.is_short else row.passage.text

    def beginning(self, row: Row) -> str:
        """The first words of a passage, on one line."""
        return words.cut(" ".join(row.passage.text.split()), _BEGINNING)

    def has_beginnings(self, figure: Figure) -> bool:
        """Whether the list of that figure shows how passages begin."""
        return figure.passages <= BEGINNINGS

    def doubt(self, figure: Figure, row: Row) -> str:
        """« sens à vérifier » where that is why a passage of that figure is to be looked at; else nothing."""
        return DOUBTFUL_SENSE if figure.sense_of and row.sense_doubtful(figure.sense_of) else ""

    def back(self, figure: Figure) -> str:
        """Where the figure is first shown."""
        return self.links.back(figure)

    def origin(self, row: Row) -> str:
        """« Le Bol d’Air, Rennes · livre d’or · 2023 »; less where it would tell neighbours who speaks."""
        told = self.corpus.neighbours.printable(row.testimony.origin)
        date = words.year(told.date)
        place = told.place or kind_words(told.place_type) or UNPRINTED
        return " · ".join(part for part in (place, channel_words(told.channel), date) if part)

    def codes(self, row: Row) -> Iterator[tuple[str, str, str]]:
        """Of each code here: its id, its label and sense, its probability, how sure it and its sense are."""
        for coding in row.coded.codings if row.coded else ():
            label = self.corpus.study.codebook.code(coding.code).label
            probability = f"{round(100 * coding.probability)}{words.NARROW}%"
            doubt = f", {DOUBTFUL_SENSE}" if coding.sense_doubtful else ""
            sense = f"{label}{words.NARROW}: {SENSES[coding.sense]}"
            yield coding.code, sense, READ if self._read(row) else f"{probability}, {coding.certainty}{doubt}"

    def nothing(self, row: Row) -> str:
        """What is said of a passage without a code: whose coder is sure of it, or that it is not for the coder."""
        if row.coded is None:
            return "aucun code"
        if self._read(row):
            return f"aucun code, {READ}"
        if not row.coded.outside:
            return f"aucun code, {row.coded.certainty}"
        return f"{words.NARROW}: ".join(part for part in (OUTSIDE, row.coded.why) if part)

    def _read(self, row: Row) -> bool:
        return row.passage.id in self.telling.reviewed

"""Passages that answer a question: by their words, by the lemmas of their words, by what they mean.

What may be searched is decided before: every function takes the passages that it looks among.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from django.db.models import QuerySet

from voices import loading
from voices import settings as table
from voices.coding.features import plain
from voices.settings import Settings
from voices.store.columns.asked import Chosen, chosen
from voices.store.models import Passage
from voices.store.search import lemmas, text, vectors, words
from voices.store.search.words import Needles, Span

NEAREST = 200
"""How many passages are nearest in meaning; there is always a next one, less and less near."""


class Mode(StrEnum):
    """How passages answer."""

    EXACT = "mots"
    LEMMA = "formes"
    MEANING = "sens"


@dataclass(frozen=True, slots=True)
class Found:
    """Those of the passages that answer, in their order: the latest first, or by `ids`, the nearest first.

    `column` (text, lemmas, question) is where `needles` were looked for, `bare` what was where the query has no word.
    """

    passages: QuerySet[Passage]
    answers: Chosen
    column: str = "text"
    needles: Needles = ()
    bare: str = ""
    ids: tuple[int, ...] | None = None

    def count(self) -> int:
        """How many."""
        return len(self.answers) if self.ids is None else len(self.ids)

    def testimonies(self) -> int:
        """How many testimonies they are of."""
        return len(np.unique(self.answers.number("testimony_id")))

    def rows(self, start: int, end: int) -> list[Passage]:
        """From the one to the other, the first being 0, with their testimonies and places."""
        some = list(
            self.ids[start:end] if self.ids is not None else np.sort(self.answers.ids)[::-1][start:end].tolist()
        )
        whole = self.passages.order_by().select_related("testimony", "place")
        found = {row.pk: row for row in text.among(whole.defer("vector", "testimony__text", "testimony__names"), some)}
        return [found[pk] for pk in some if pk in found]

    def marks(self, passage: Passage) -> list[Span]:
        """Where, in the passage's text (or its question, if that was searched), what was looked for stands."""
        said = passage.question if self.column == "question" else passage.text
        if self.bare:
            return _everywhere(said, self.bare)
        spans = words.spans(said)
        tokens = _folded(passage.lemmas) if self.column == "lemmas" else words.words(said)
        if len(tokens) != len(spans):
            return []
        return _joined([spans[at] for at in sorted(words.hits(tokens, self.needles))], said)


def find(
    passages: QuerySet[Passage], query: str, mode: Mode, *, column: str = "text", settings: Settings | None = None
) -> Found:
    """Those of the passages that answer the query; all of them where it is empty. `column`: text or question.

    Raises ModelError where what reads the query by lemma or by meaning is missing.
    """
    query = query.replace("\x00", " ").strip()
    if not query:
        return Found(passages, chosen(passages))
    if mode is Mode.MEANING:
        among = chosen(passages)
        return Found(passages, among, ids=tuple(nearest(among, query, settings=settings)))
    if mode is Mode.LEMMA and column == "text":
        needles, column = lemmas.by_lemma(query), "lemmas"
    else:
        needles = words.exact(query)
    if needles:
        return Found(passages, chosen(text.containing(passages, needles, column=column)), column, needles)
    column, bare = ("text" if column == "lemmas" else column), query[: words.LONGEST]
    return Found(passages, chosen(passages.filter(**{f"{column}__contains": bare})), column, bare=bare)


def nearest(passages: Chosen, query: str, *, most: int = NEAREST, settings: Settings | None = None) -> list[int]:
    """The ids of those of the passages whose meaning is nearest to the query's, nearest first.

    Raises ModelError where the encoder is missing or damaged.
    """
    encoder = loading.encoder_of(settings or table.load())
    vector = encoder.encode([plain(query[: words.LONGEST])])[0]
    return [pk for pk, _ in vectors.KEPT.nearest(passages, vector, most)]


def warm(settings: Settings | None = None) -> None:
    """Nothing; loads what the first search would wait for. Raises ModelError where a model is missing."""
    lemmas.lemmas_of_word("accueillie")
    nearest(chosen(Passage.objects.all()), "accueillie", settings=settings)


def _folded(kept: str) -> tuple[str, ...]:
    return tuple(words.fold(lemma) for lemma in kept.split())


def _everywhere(said: str, bare: str) -> list[Span]:
    spans, at = [], said.find(bare)
    while at >= 0:
        spans.append((at, at + len(bare)))
        at = said.find(bare, at + len(bare))
    return spans


def _joined(spans: Sequence[Span], said: str) -> list[Span]:
    """Words that follow one another are one mark: « bras ouverts », and not « bras » « ouverts »."""
    found: list[Span] = []
    for start, end in spans:
        if found and not any(char.isalnum() for char in said[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found

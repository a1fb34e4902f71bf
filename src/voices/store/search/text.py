"""Passages by their words, asked of the base. Nothing of a query is ever read as the base's own language."""

import json
from collections.abc import Sequence
from typing import TypeVar

from django.db import connections
from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

from voices.store.models import Passage
from voices.store.search.schema import COLUMNS
from voices.store.search.words import Needles, Phrase

Row = TypeVar("Row", bound=Model)


def containing(passages: QuerySet[Passage], needles: Needles, *, column: str = "text") -> QuerySet[Passage]:
    """Those of the passages whose column (text, lemmas, question) holds, of each needle, one phrase at least.

    Needles are folded words (`words.exact`, `lemmas.by_lemma`). Raises KeyError for another column.
    """
    if column not in COLUMNS:
        raise KeyError(column)
    if not needles:
        return passages
    if connections[passages.db].vendor == "postgresql":
        found = RawSQL(f"store_passage.searched_{column} @@ %s::tsquery", [_tsquery(needles)], BooleanField())  # noqa: S611
        return passages.filter(found)
    rows = RawSQL("SELECT rowid FROM store_passage_words WHERE store_passage_words MATCH %s", [_match(needles, column)])
    return passages.filter(pk__in=rows)


def among(rows: QuerySet[Row], ids: Sequence[int], key: str = "pk") -> QuerySet[Row]:
    """Those of the rows that have one of these ids, or name one of them in the field `key`.

    Given to SQLite as a table: as a long list, it would rather go through every testimony than look these up.
    """
    if connections[rows.db].vendor == "postgresql":
        return rows.filter(**{f"{key}__in": ids})
    return rows.filter(**{f"{key}__in": RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])})


def _match(needles: Needles, column: str) -> str:
    every = (" OR ".join(f'"{" ".join(phrase)}"' for phrase in needle) for needle in needles)
    return f"{column} : ({' AND '.join(f'({some})' for some in every)})"


def _tsquery(needles: Needles) -> str:
    return " & ".join(f"({' | '.join(_follow(phrase) for phrase in needle)})" for needle in needles)


def _follow(phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in phrase) + ")"

"""Which rows of the columns a query asks for: the same that the base would give.

A query's conditions are read one by one. Those on a field that is held are answered here; any other is asked of the
base by itself. So whatever a query leaves out, for want of a right or of a consent, is left out here too.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import Col, RawSQL
from django.db.models.fields.json import HasKey, KeyTransform
from django.db.models.functions import Cast
from django.db.models.sql import Query
from django.db.models.sql.where import AND, OR, NothingNode, WhereNode
from numpy.typing import NDArray

from voices.store.columns.held import KEPT, Columns
from voices.store.columns.table import Table, Words
from voices.store.models import Passage, Place, Testimony

Mask = NDArray[np.bool_]
_Node = Any
"""A condition, or several joined: Django's, of many types without a common one."""
_Asked = Any
"""What a condition compares to."""

_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "exact": lambda said, asked: said == asked,
    "gt": lambda said, asked: said > asked,
    "gte": lambda said, asked: said >= asked,
    "lt": lambda said, asked: said < asked,
    "lte": lambda said, asked: said <= asked,
}
"""What may be asked of words and of numbers alike."""
_OF_WORDS: Mapping[str, Callable[[str, Any], bool]] = {
    **_COMPARED,
    "in": lambda said, asked: said in asked,
    "contains": lambda said, asked: asked in said,
    "startswith": lambda said, asked: said.startswith(asked),
}
_PASSAGE, _TESTIMONY, _PLACE = "store_passage", "store_testimony", "store_place"
_OF_JSON = ("subcodes", "own")


class UnreadError(Exception):
    """A condition that only the base can answer."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of passages, or of testimonies, that a query asks for."""

    columns: Columns
    table: Table
    rows: NDArray[np.intp]

    @property
    def ids(self) -> NDArray[np.int64]:
        """Their ids."""
        return self.number("id")

    def number(self, name: str) -> NDArray[Any]:
        """That column of theirs: a field, or what `columns.reading` tells of their themes."""
        found: NDArray[Any] = self.table.numbers[name][self.rows]
        return found

    def words(self, name: str) -> tuple[NDArray[np.int32], list[str]]:
        """That column of theirs or of their testimonies, as ranks among the values that come with it."""
        if name not in self.table.words:
            return self.columns.of_testimony(name)[self.rows], self.columns.testimonies.words[name].values
        column = self.table.words[name]
        return column.at[self.rows], column.values

    def is_(self, name: str, *asked: str) -> Mask:
        """Whether that column says one of these, of each."""
        at, values = self.words(name)
        found: Mask = np.array([one in asked for one in values], np.bool_)[at] if values else np.zeros(0, np.bool_)
        return found

    def where(self, kept: Mask) -> "Chosen":
        """Those of them that are kept: a bool of each."""
        return self.at(self.rows[kept])

    def at(self, rows: NDArray[np.intp]) -> "Chosen":
        """These rows of the same table."""
        return Chosen(self.columns, self.table, rows)

    def among(self, ids: Iterable[int]) -> "Chosen":
        """Those of them that have one of these ids."""
        return self.where(has(self.ids, ids))

    def ordered(self, *names: str) -> "Chosen":
        """The same in the order of these columns of numbers, the first before the others."""
        return self.at(self.rows[np.lexsort([self.number(name) for name in reversed(names)])])

    def telling(self, condition: Q) -> Mask:
        """Whether that holds, of each of these passages."""
        return _mask(Passage.objects.filter(condition).query, self.columns, self.table)[self.rows]

    def __len__(self) -> int:
        return len(self.rows)


def chosen(passages: QuerySet[Passage]) -> Chosen:
    """Those of the passages that the query asks for, as the base is now; in no order."""
    columns = KEPT.now()
    return Chosen(columns, columns.passages, np.flatnonzero(_mask(passages.query, columns, columns.passages)))


def chosen_testimonies(testimonies: QuerySet[Testimony]) -> Chosen:
    """Those of the testimonies that the query asks for, as the base is now; in no order."""
    columns = KEPT.now()
    table = columns.testimonies
    return Chosen(columns, table, np.flatnonzero(_mask(testimonies.query, columns, table)))


def _mask(query: Query, columns: Columns, table: Table) -> Mask:
    joined = {one.table_name for alias, one in query.alias_map.items() if query.alias_refcount[alias]}
    beyond = joined - {_PASSAGE, _TESTIMONY, _PLACE}
    if query.is_sliced or query.distinct or query.combinator or query.group_by or beyond:
        return has(table.ids, _told_by_base(query))
    found: Mask = (table.ids != 0) & _Reading(query, columns, table).node(query.where)
    return found


class _Reading:
    """A query of the rows of a table, read: of each of its conditions, the rows for which it holds."""

    def __init__(self, query: Query, columns: Columns, table: Table) -> None:
        self.query, self.columns, self.table, self.ids = query, columns, table, table.ids

    def node(self, node: WhereNode) -> Mask:
        """The rows for which these conditions hold."""
        if node.negated or node.connector not in (AND, OR):
            try:
                return self._joined(node, self._strictly)
            except UnreadError:  # asked whole: what is unknown is not its contrary either
                return self._of_base(node)
        return self._joined(node, self._somehow)

    def _joined(self, node: WhereNode, child: Callable[[Any], Mask]) -> Mask:
        if node.connector not in (AND, OR):
            raise UnreadError
        found = np.full(len(self.ids), node.connector == AND or not node.children)
        for one in node.children:
            found = found & child(one) if node.connector == AND else found | child(one)
        return ~found if node.negated else found

    def _somehow(self, one: _Node) -> Mask:
        if isinstance(one, WhereNode):
            return self.node(one)
        try:
            return self._condition(one)
        except UnreadError:
            return self._of_base(one)

    def _strictly(self, one: _Node) -> Mask:
        return self._joined(one, self._strictly) if isinstance(one, WhereNode) else self._condition(one)

    def _of_base(self, node: _Node) -> Mask:
        alone = Passage.objects.order_by().query if isinstance(node, RawSQL) else self.query.clone()
        alone.where = WhereNode([node])
        return has(self.ids, _told_by_base(alone))

    def _condition(self, one: _Node) -> Mask:
        """The rows for which it holds. Raises UnreadError."""
        if isinstance(one, NothingNode):
            return np.zeros(len(self.ids), np.bool_)
        kind, left, asked = getattr(one, "lookup_name", ""), getattr(one, "lhs", None), getattr(one, "rhs", None)
        if isinstance(left, Cast):
            (of,) = left.source_expressions
            if kind == "contains" and isinstance(of, Col) and of.target.name in _OF_JSON and isinstance(asked, str):
                return _worded(self._words(of), lambda said: asked in said)
        if isinstance(left, KeyTransform) and kind == "exact" and isinstance(left.lhs, Col) and isinstance(asked, str):
            return _worded(self._words(left.lhs), lambda said: json.loads(said).get(left.key_name) == asked)
        if isinstance(one, HasKey) and isinstance(left, Col) and isinstance(asked, str):
            return _worded(self._words(left), lambda said: asked in json.loads(said))
        if not isinstance(left, Col) or asked is None or left.target.name in _OF_JSON:
            raise UnreadError
        return self._field(left, kind, _values(asked) if kind == "in" else _value(asked))

    def _field(self, left: Col, kind: str, asked: _Asked) -> Mask:
        name, table = left.target.attname, left.alias
        if table == _PLACE:
            places = Place.objects.filter(**{f"{name}__{kind}": asked}).values_list("pk", flat=True)
            return has(self._places(), places)
        column = self._held(table, name)
        if isinstance(column, Words):
            if kind not in _OF_WORDS:
                raise UnreadError
            return _worded(column, lambda said: _OF_WORDS[kind](said, asked))
        if kind == "in":
            return has(column, asked)
        if kind not in _COMPARED:
            raise UnreadError
        found: Mask = _COMPARED[kind](column, asked)
        return found

    def _held(self, table: str | None, name: str) -> Words | NDArray[Any]:
        """The column, a row a passage. Raises UnreadError where it is not held."""
        of = self.columns.passages if table == _PASSAGE else self.columns.testimonies
        if table not in (_PASSAGE, _TESTIMONY) or (table == _PASSAGE and self.table is not of):
            raise UnreadError
        known = of.words.get(name)
        if known is None and name not in of.numbers:
            raise UnreadError
        if of is self.table:
            return known or of.numbers[name]
        column = self.columns.of_testimony(name)
        return Words(column, known.values, known.ranks) if known else column

    def _words(self, left: Col) -> Words:
        found = self._held(left.alias, left.target.attname)
        if not isinstance(found, Words):
            raise UnreadError
        return found

    def _places(self) -> NDArray[Any]:
        """The places that the query joins: those of the passages, or of the testimonies."""
        joined_to = getattr(self.query.alias_map[_PLACE], "parent_alias", None)
        found = self._held(joined_to, "place_id")
        if isinstance(found, Words):
            raise UnreadError
        return found


def _worded(column: Words, holds: Callable[[str], bool]) -> Mask:
    """Of each row, whether its word is one for which that holds: asked once a word."""
    found: Mask = np.array([holds(one) for one in column.values], np.bool_)[column.at]
    return found


def _value(asked: _Asked) -> _Asked:
    """What is compared. Raises UnreadError where it is not told in the query."""
    if hasattr(asked, "resolve_expression"):
        raise UnreadError
    return asked


def _values(asked: _Asked) -> _Asked:
    """Those that are asked for, a query's or a base's own function's asked of it. Raises UnreadError."""
    if isinstance(asked, RawSQL):
        with connection.cursor() as cursor:
            cursor.execute(asked.sql, asked.params)
            return np.fromiter((row[0] for row in cursor.fetchall()), np.int64)
    if isinstance(asked, Query):
        if asked.get_external_cols():
            raise UnreadError
        return [row[0] for row in asked.get_compiler(using=connection.alias).results_iter()]
    if any(hasattr(one, "resolve_expression") for one in asked):
        raise UnreadError
    return asked


def _told_by_base(query: Query) -> NDArray[np.int64]:
    """The ids of passages that the base gives for that query."""
    found = query.clone()
    found.clear_ordering(force=not found.is_sliced)
    found.set_annotation_mask(())
    found.clear_select_clause()
    found.add_fields(["pk"])
    rows = found.get_compiler(using=connection.alias).results_iter()
    return np.fromiter((row[0] for row in rows), np.int64)


def has(column: NDArray[Any], some: Iterable[int]) -> Mask:
    """Of each number of the column, whether it is one of these."""
    wanted = some if isinstance(some, np.ndarray) else np.fromiter(some, np.int64)
    known = np.zeros(int(column.max(initial=0)) + 1, np.bool_)
    known[wanted[(wanted > 0) & (wanted < len(known))]] = True
    found: Mask = known[column]
    return found

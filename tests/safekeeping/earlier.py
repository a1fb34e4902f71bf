"""A base of an earlier voices, with rows in every table, opened by this one: told in JSON by a process of its own.

`python -m tests.safekeeping.earlier 0003_reports_drafts_and_frozen`
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import django

RENAMED = {("store.reportversion", "study"): "facts"}
"""What fields are called now."""
FIRST = "On m’a tiré une chaise. Personne ne m’a jugée."
_KNOWN = {
    "text": FIRST,
    "start": 0,
    "end": len(FIRST),
    "turns": [[0, len(FIRST), "temoin", None, False, None]],
    "sentences": [[0, len(FIRST)]],
    "vector": b"\0\1" * 384,
    "codes": {"accueil": "+"},
    "subcodes": [],
    "codings": [],
    "content": b"scelle",
    "consent": "analyse",
}
"""Of fields whose values mean something together; the others are made of their kinds."""


def leaves(store: str) -> list[tuple[str, str]]:
    """The migrations of a base of that time."""
    from django.db.migrations.loader import MigrationLoader

    others = [node for node in MigrationLoader(None).graph.leaf_nodes() if node[0] != "store"]
    return [*others, ("store", store)]


def fill(nodes: list[tuple[str, str]]) -> None:
    """Nothing; each of our tables has two rows, tied to those of the others."""
    from voices.safekeeping import tables

    waiting = [one for one in tables.models_at(nodes) if one._meta.app_label == "store" and not _between(one)]
    made: dict[str, list[Any]] = {}
    while waiting:
        ready = [one for one in waiting if all(label in made for label in _needed(one))]
        assert ready, waiting
        for model in ready:
            made[model._meta.label_lower] = [model._base_manager.create(**_values(model, n, made)) for n in (1, 2)]
            waiting.remove(model)


def held(nodes: list[tuple[str, str]]) -> dict[str, dict[int, dict[str, Any]]]:
    """By table, the rows of ours, by id: what each field holds."""
    from voices.safekeeping import tables

    found = {}
    for model in tables.models_at(nodes):
        if model._meta.app_label == "store":
            names = [field.attname for field in model._meta.concrete_fields]
            rows = [dict(zip(names, row, strict=True)) for row in tables.read(model)]
            found[model._meta.label_lower] = {row["id"]: row for row in rows}
    return found


def lost(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """What was held and is not any more."""
    for label, rows in before.items():
        for pk, row in rows.items():
            now = after.get(label, {}).get(pk)
            if now is None:
                yield f"{label} {pk}"
                continue
            names = {name: RENAMED.get((label, name), name) for name in row}
            yield from (f"{label} {pk} {name}" for name, new in names.items() if new in now and now[new] != row[name])
            yield from (f"{label} has no {name} any more" for name, new in names.items() if new not in now)


def _between(model: Any) -> bool:
    return bool(model._meta.auto_created)


def _needed(model: Any) -> set[str]:
    """The tables that its rows point at, and must."""
    return {
        field.related_model._meta.label_lower
        for field in model._meta.concrete_fields
        if field.is_relation and not field.null and field.related_model is not model
    }


def _values(model: Any, number: int, made: dict[str, list[Any]]) -> dict[str, Any]:
    fields = (field for field in model._meta.concrete_fields if not field.primary_key)
    return {field.name: _value(field, number, made) for field in fields}


def _value(field: Any, number: int, made: dict[str, list[Any]]) -> Any:
    from django.db import models
    from django.utils import timezone

    if field.is_relation:
        found = made.get(field.related_model._meta.label_lower)
        return found[number - 1] if found else None
    if field.name in _KNOWN and (field.name == "text" or not isinstance(field, models.TextField)):
        return _KNOWN[field.name]
    if field.choices:
        return field.choices[0][0]
    made_of: dict[type, Any] = {
        models.BooleanField: False,
        models.DateTimeField: timezone.now(),
        models.JSONField: field.get_default() if field.has_default() else {},
        models.BinaryField: b"scelle \0\xff",
        models.FloatField: 0.25 * number,
        models.IntegerField: number,
    }
    for kind, value in made_of.items():
        if isinstance(field, kind):
            return value
    return f"{field.name}-{number}"[: field.max_length]


if __name__ == "__main__":
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from voices.safekeeping import tables
    from voices.web import serving

    said: list[str] = []
    then = leaves(sys.argv[1])
    MigrationExecutor(connection).migrate(then)
    fill(then)
    before = held(then)
    serving._prepare(said.append)
    after = held(tables.applied())
    empty = [label for label, rows in before.items() if not rows and "_" not in label.partition(".")[2]]
    json.dump({"said": said, "lost": list(lost(before, after)), "empty": empty, "tables": len(before)}, sys.stdout)

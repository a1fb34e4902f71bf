"""The rows of a base, as it was at its own migrations: read and written through Django's models of that moment.

So a base is backed up before it is brought up to date, a backup of an earlier voices is restored by a later one, and
SQLite and PostgreSQL hand each other their rows.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from typing import Any

from django.db import connections, models
from django.db.migrations.loader import MigrationLoader

from voices.errors import VoicesError

Node = tuple[str, str]
"""A migration: its application and its name."""
Row = list[Any]
NOT_KEPT = frozenset({"sessions", "axes"})
"""Applications whose rows are of the moment: who is signed in, who mistook a password just now."""
_HEAVY = frozenset({"store.sourcefile", "store.reportversion"})
"""Tables whose rows hold whole files: read one at a time."""
_READ = 100
"""Rows of the others read, and written, at once."""


def applied(using: str = "default") -> list[Node]:
    """The last migrations that this base has, of each application; none where it is new.

    Raises VoicesError where it has one that this voices does not know.
    """
    loader = MigrationLoader(connections[using])
    return _last(loader, loader.applied_migrations)


def models_at(nodes: Collection[Node]) -> list[type[models.Model]]:
    """The models of every table whose rows are kept, as those migrations left them, always in the same order.

    Raises VoicesError where some of these migrations are of a later voices.
    """
    loader = MigrationLoader(None, ignore_no_migrations=True)
    if any(node not in loader.graph.nodes for node in nodes):
        raise newer("Cette sauvegarde")
    apps = loader.project_state(list(nodes)).apps
    found = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    kept = [one for one in found if one._meta.app_label not in NOT_KEPT]
    for field in (field for one in kept for field in one._meta.concrete_fields):
        for said in ("auto_now", "auto_now_add"):  # a row put back keeps its hour
            if getattr(field, said, False):
                setattr(field, said, False)
    return sorted(kept, key=lambda one: one._meta.label_lower)


def read(model: type[models.Model], using: str = "default") -> Iterator[Row]:
    """Its rows, in the order of their ids: what JSON can carry of each field."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.using(using).order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=_at_once(model)):
        yield [_told(value) for value in row]


def write(model: type[models.Model], rows: Iterable[Row], using: str) -> None:
    """Nothing; the rows that `read` gave are there."""
    fields = model._meta.concrete_fields
    waiting = iter(rows)
    while made := [_object(model, fields, row) for row in islice(waiting, _at_once(model))]:
        model._base_manager.using(using).bulk_create(made)


def line(row: Row) -> bytes:
    """A row as it is written, always alike: what digests are made of."""
    return (_JSON(row) + "\n").encode()


def _object(model: type[models.Model], fields: "Sequence[models.Field[Any, Any]]", row: Row) -> models.Model:
    given = {field.attname: _heard(field, value) for field, value in zip(fields, row, strict=True)}
    return model(**given)


def _told(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _heard(field: "models.Field[Any, Any]", value: Any) -> Any:  # noqa: ANN401
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)


def _last(loader: MigrationLoader, nodes: Iterable[Node]) -> list[Node]:
    """Of each application, those after which none of these comes."""
    held = set(nodes)
    if any(node not in loader.disk_migrations for node in held if node[0] in loader.migrated_apps):
        raise newer("Cette base")
    of_ours = [node for node in held if node in loader.graph.nodes]
    children = {node: {child.key for child in loader.graph.node_map[node].children} for node in of_ours}
    return sorted(node for node in of_ours if not any(one[0] == node[0] and one in held for one in children[node]))


def newer(what: str) -> VoicesError:
    """What is told of a base, or a backup, that this voices is too old for."""
    return VoicesError(
        f"{what} a été écrite par une version de voices plus récente que celle-ci.", "Installer la dernière version."
    )


def _at_once(model: type[models.Model]) -> int:
    return 1 if model._meta.label_lower in _HEAVY else _READ


_JSON = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

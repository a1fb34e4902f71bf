"""Rows of a backup put into a base that is empty, and what that base holds afterwards."""

from collections.abc import Callable, Iterator
from hashlib import sha256

from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor

from voices.safekeeping import tables
from voices.safekeeping.archive import Contents, Counted, Opening, Part
from voices.safekeeping.stream import damaged

Keep = Callable[[Part], None]
"""What is done of a file."""


def load(opening: Opening, using: str, name: str, keep: Keep) -> Contents:
    """What the backup says it holds; its rows are in that base, which was empty, as its own voices left them.

    Raises ReadingError, or VoicesError where the backup is of a later voices; nothing is in then.
    """
    held = {one._meta.label_lower: one for one in models_of(opening.contents)}
    executor = MigrationExecutor(connections[using])
    executor.migrate(_migrations(opening.contents))
    with transaction.atomic(using):
        connections[using].check_constraints()  # a migration may leave them so that rows must come in order
        for part in opening.parts():
            if part.kind == "file":
                keep(part)
            elif part.name in held:
                tables.write(held[part.name], part.lines, using)
            else:
                raise damaged(name)
    if set(opening.contents.tables) != set(held):
        raise damaged(name)
    return opening.contents


def models_of(contents: Contents) -> list[type[models.Model]]:
    """The models of its tables, as they were when it was made."""
    return tables.models_at(_migrations(contents))


def counted(model: type[models.Model], using: str) -> Counted:
    """How many rows that table has, and their digest."""
    count, digest = 0, sha256()
    for row in tables.read(model, using):
        count += 1
        digest.update(tables.line(row))
    return Counted(count, digest.hexdigest())


def differences(contents: Contents, using: str) -> Iterator[str]:
    """The tables of that base, as it was loaded, that are not what the backup says, and its own faults."""
    for model in models_of(contents):
        label = model._meta.label_lower
        if counted(model, using) != contents.tables.get(label):
            yield label
    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (str(said) for (said,) in cursor.fetchall() if said != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (str(row) for row in cursor.fetchall())


def _migrations(contents: Contents) -> list[tables.Node]:
    return [(app, migration) for app, migration in contents.heading["migrations"]]

"""A backup made before a base that holds something is brought up to date, and taken away in its time."""

from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from voices.safekeeping import drafts, rotating, tables
from voices.safekeeping.backing_up import back_up
from voices.safekeeping.places import folder_of
from voices.safekeeping.restoring import holds_something
from voices.settings import Settings


def save_before(settings: Settings) -> Path | None:
    """Where the base is backed up, as it is; None where it is up to date already, or holds nothing yet.

    Raises VoicesError where it cannot be backed up, or is of a later voices: it must not be touched then.
    """
    drafts.sweep(settings, datetime.now().astimezone())
    tables.applied()  # a base of a later voices is refused here
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()) or not holds_something():
        return None
    path = folder_of(settings) / rotating.named(datetime.now().astimezone(), rotating.BEFORE_UPDATE)
    return back_up(path, settings).path


def take_away_old(settings: Settings, now: datetime) -> None:
    """Nothing; of the backups made before an update or a restoration, those kept long enough are gone, and what is left
    of any that was killed.

    They hold words of people, of whom some asked since to be forgotten. Raises OSError.
    """
    drafts.sweep(settings, now)
    folder = folder_of(settings)
    there = list(folder.iterdir()) if folder.is_dir() else []
    for path in rotating.before_too_many(there, settings.kept, now):
        path.unlink()

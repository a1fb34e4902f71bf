"""A backup made before a base that holds something is brought up to date."""

from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from voices.safekeeping import tables
from voices.safekeeping.aside import sweep
from voices.safekeeping.backing_up import back_up
from voices.safekeeping.places import SUFFIX, folder_of
from voices.safekeeping.restoring import holds_something
from voices.settings import Settings

PREFIX = "avant-mise-a-jour-"


def save_before(settings: Settings) -> Path | None:
    """Where the base is backed up, as it is; None where it is up to date already, or holds nothing yet.

    Raises VoicesError where it cannot be backed up, or is of a later voices: it must not be touched then.
    """
    sweep(settings.data)
    tables.applied()  # a base of a later voices is refused here
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()) or not holds_something():
        return None
    path = folder_of(settings) / f"{PREFIX}{datetime.now():%Y-%m-%d-%H%M%S}{SUFFIX}"
    return back_up(path, settings).path

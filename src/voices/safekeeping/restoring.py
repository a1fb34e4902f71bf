"""A backup put back: restored aside, checked and brought up to date there, and only then in the place of the base.

On SQLite the file of the base is replaced, at once; on PostgreSQL the tables are, in one transaction. What was there
before is kept: the files themselves, or a backup of the base.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from voices.errors import ReadingError, VoicesError
from voices.receiving.sealing import key_file as key_of_site
from voices.safekeeping import loading
from voices.safekeeping.archive import Contents, Opening, Part, pieces
from voices.safekeeping.aside import NAME, base_aside, folder_aside
from voices.safekeeping.backing_up import back_up, unfaithful
from voices.safekeeping.places import CODERS, SUFFIX, folder_of, former_of, put_on_disk, told_in_french
from voices.safekeeping.presence import site_closed
from voices.safekeeping.rotating import BEFORE_RESTORING
from voices.safekeeping.stream import damaged, keys_of, mark_of
from voices.settings import Settings

_LAID = ("django_migrations", "store_changed", "store_passage_vectors")
"""Tables that are no model's."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back. `former`: where what it replaced is; `coder`: a coder that came along, if any."""

    made_at: str
    rows: int
    files: int
    former: Path | None
    coder: Path | None


def restore(path: Path, settings: Settings, *, key: Path | None = None, replacing: bool = False) -> Restored:
    """What was put back, whole.

    Raises VoicesError where something is there already and `replacing` is not said, where a site is open, or where the
    backup is not whole: nothing was touched then.
    """
    _require_backup(path)
    keys = keys_of(key or key_of_site(settings))
    with told_in_french("La sauvegarde ne peut pas être remise", settings.data), site_closed(settings.data):
        held = holds_something()
        if held and not replacing:
            raise VoicesError(
                f"Il y a déjà un site dans « {settings.data} »\u202f: rien n’a été touché.",
                "Donner un dossier neuf avec --data, ou --remplacer pour garder de côté ce qui est là.",
            )
        with folder_aside(settings.data) as aside:
            contents = _aside(path, keys, aside)
            new_key = _key_to_lay(str(contents.heading["key"]), keys, settings)
            if new_key:
                _write_key(key_of_site(settings), new_key)
            former = _keep_former(settings) if held else None
            _put_files(contents, aside / "files", settings.data, former)
            if connection.vendor == "sqlite":
                _put_base(aside / NAME, settings.data / NAME)
            else:
                _put_tables(path, keys, contents)
    came = next((PurePosixPath(name).parts[1] for name in contents.files if name.startswith(f"{CODERS}/")), None)
    coder = settings.data / CODERS / came if came else None
    return Restored(str(contents.heading["made_at"]), contents.rows, len(contents.files), former, coder)


def _require_backup(path: Path) -> None:
    """Nothing. Raises ReadingError where no file is there, or where it does not let itself be read."""
    try:
        with path.open("rb"):
            return
    except FileNotFoundError as error:
        remedy = "Vérifier le chemin et le nom ; la donner avec son chemin entier."
        raise ReadingError(f"La sauvegarde n’est pas là\u202f: {path}", remedy) from error
    except IsADirectoryError as error:
        raise ReadingError(f"« {path} » est un dossier.", "Donner la sauvegarde elle-même (.sauvegarde).") from error
    except OSError as error:
        remedy = "La copier là où le compte qui lance cette commande peut la lire, puis recommencer."
        raise ReadingError(f"La sauvegarde ne se lit pas\u202f: {path}", remedy) from error


def holds_something() -> bool:
    """Whether the base of the site holds people, places or testimonies; a damaged one is taken to hold some."""
    from voices.store.models import Deposit, Place, Testimony, User

    try:
        there = connection.introspection.table_names()
        return any(one._meta.db_table in there and one.objects.exists() for one in (User, Place, Deposit, Testimony))
    except DatabaseError:
        return True
    finally:
        connection.close()


def _aside(path: Path, keys: tuple[bytes, ...], aside: Path) -> Contents:
    """What the backup holds: its base in that folder, as it was told, then brought up to date; its files beside it."""

    def keep(part: Part) -> None:
        name = PurePosixPath(part.name)
        if name.is_absolute() or ".." in name.parts:
            raise damaged(path.name)
        target = aside / "files" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.writelines(pieces(part))

    with base_aside(aside) as alias, path.open("rb") as file:
        contents = loading.load(Opening(file, keys, path.name), alias, path.name, keep)
        if any(loading.differences(contents, alias)):
            raise unfaithful()
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    return contents


def _key_to_lay(mark: str, keys: tuple[bytes, ...], settings: Settings) -> bytes | None:
    """The key that the site must be given back; None where it has it. Raises VoicesError where it is not at hand."""
    of_site = key_of_site(settings)
    if of_site.exists():
        if mark and mark not in map(mark_of, keys_of(of_site)):
            raise VoicesError(
                f"La clé {of_site} n’est pas celle du site sauvegardé\u202f: ce qu’il garde chiffré serait illisible.",
                "Remettre la clé du site sauvegardé à cette place, ou restaurer dans un dossier neuf.",
            )
        return None
    if mark and mark not in map(mark_of, keys):
        raise VoicesError(
            "La clé du site sauvegardé n’est pas celle qui ouvre la sauvegarde.",
            f"Copier la clé de ce site dans {of_site}, puis recommencer.",
        )
    return b"\n".join(keys) + b"\n" if mark else None


def _write_key(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    put_on_disk(path)


def _keep_former(settings: Settings) -> Path:
    """Where what is replaced is kept: the files of the base, or a backup of it where it is on a server."""
    stamp = f"{datetime.now():%Y-%m-%d-%H%M%S}"
    if connection.vendor != "sqlite":
        return back_up(folder_of(settings) / f"{BEFORE_RESTORING}{stamp}{SUFFIX}", settings).path
    former = former_of(settings, stamp)
    former.mkdir(mode=0o700)
    base = settings.data / NAME
    connection.close()
    with suppress(sqlite3.Error), closing(sqlite3.connect(base)) as there:
        there.execute("PRAGMA journal_mode=DELETE")  # what waits beside the base is brought into it
    for file in settings.data.glob(f"{NAME}*"):
        shutil.copy2(file, former / file.name)
        put_on_disk(former / file.name)
    return former


def _put_files(contents: Contents, read: Path, data: Path, former: Path | None) -> None:
    """Nothing; the files are in the data folder. Those that they replace are beside the former base."""
    for name in contents.files:
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if target.exists() and former and former.is_dir():
            (former / name).parent.mkdir(parents=True, exist_ok=True)
            target.replace(former / name)
        put_on_disk(read / name)
        (read / name).replace(target)


def _put_base(new: Path, base: Path) -> None:
    """Nothing; the base is the new one, from one moment to the next."""
    connection.close()
    new.chmod(0o600)
    put_on_disk(new)
    for beside in base.parent.glob(f"{NAME}-*"):  # of the former, which is kept with it
        beside.unlink()
    new.replace(base)
    put_on_disk(base)


def _put_tables(path: Path, keys: tuple[bytes, ...], contents: Contents) -> None:
    """Nothing; the tables of the server are those of the backup, in one transaction.

    They were compared aside, where they come from the same lines. Here they are counted only: PostgreSQL writes some
    numbers of JSON in another way.
    """
    with transaction.atomic(), path.open("rb") as file:
        with connection.schema_editor() as editor:
            for table in _ours():
                editor.execute(editor.sql_delete_table % {"table": connection.ops.quote_name(table)})
        loading.load(Opening(file, keys, path.name), "default", path.name, lambda _: None)
        connection.check_constraints()
        models = loading.models_of(contents)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        if any(one._base_manager.count() != contents.tables[one._meta.label_lower].lines for one in models):
            raise unfaithful()
        call_command("migrate", verbosity=0, interactive=False)


def _ours() -> Iterator[str]:
    """The tables of the site that are there."""
    there = set(connection.introspection.table_names())
    loader = MigrationLoader(connections["default"])
    for model in loader.project_state(list(loader.graph.leaf_nodes())).apps.get_models(include_auto_created=True):
        if model._meta.db_table in there:
            yield model._meta.db_table
    yield from (table for table in _LAID if table in there)

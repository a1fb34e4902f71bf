"""What is wrong around the base: its disk, its key and what that key closes, its backups. Nothing is changed."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from voices.errors import PrivacyError, VoicesError
from voices.receiving import sealing
from voices.safekeeping import drafts, rotating
from voices.safekeeping.archive import Opening
from voices.safekeeping.faults import DEPOSIT_AGAIN, Fault, listed, many
from voices.safekeeping.places import NO_ROOM, folder_of, takes_writing
from voices.safekeeping.stream import keys_of
from voices.settings import Settings
from voices.store.models import SourceFile, Testimony

_READ_ONLY = (
    "Faire tout de suite une sauvegarde ailleurs (voices backup --out), puis vérifier le disque ; s’il va bien, "
    "vérifier à qui est ce dossier."
)


def disk(settings: Settings) -> Iterator[Fault]:
    """The disk of the site's folder, without which nothing is kept, nor mended."""
    if not takes_writing(settings.data):
        yield Fault("Disque", "le dossier du site ne s’ouvre pas en écriture", _READ_ONLY)
    elif shutil.disk_usage(settings.data).free < NO_ROOM:
        yield Fault("Disque", "le disque est plein", "Faire de la place ; le site repart de lui-même.")


def backups(settings: Settings, now: datetime) -> Iterator[Fault]:
    """The last backup that the site made, read to its end; and what is left of one that was stopped."""
    there = list(folder_of(settings).iterdir()) if folder_of(settings).is_dir() else []
    last = next(iter(rotating.of_the_site(there)), None)
    key = sealing.key_file(settings)
    if last and key.exists():
        try:
            with last.open("rb") as file:
                for _ in Opening(file, keys_of(key), last.name).parts():
                    pass
        except PrivacyError as error:
            yield Fault("Sauvegarde", error.problem, "Garder les clés d’avant avec elle, et en faire une autre.")
        except (VoicesError, ValueError, OSError):
            told = f"la dernière ne peut pas être remise, elle est abîmée ou incomplète\u202f: {last.name}"
            yield Fault("Sauvegarde", told, "En faire une autre tout de suite (voices backup), et vérifier le disque.")
    if left := list(drafts.left(settings, now)):
        told = many(len(left), "reste d’une sauvegarde arrêtée", "restes de sauvegardes arrêtées")
        where = ", ".join(sorted({str(one.parent) for one in left}))
        remedy = f"Ouvrir le site, qui les enlève de lui-même dans les dix minutes. Là\u202f: {where}."
        yield Fault("Sauvegarde", f"{told} au milieu", remedy)


def sealed(settings: Settings) -> Iterator[Fault]:
    """What is kept encrypted, which the key of the site must open, and which must be what it was."""
    key = sealing.key_file(settings)
    names = Testimony.objects.exclude(names=None).order_by("pk").values_list("pk", "names")
    files = SourceFile.objects.exclude(content=None).order_by("pk").values_list("deposit", "content", "digest")
    if not key.exists():
        if names.exists() or files.exists():
            yield Fault("Clé", "la clé du site n’est plus là", f"La remettre à sa place\u202f: {key}.")
        return
    of_names = _read(((pk, content, "") for pk, content in names.iterator(chunk_size=500)), settings)
    of_files = _read(files.iterator(chunk_size=1), settings)
    refusal = of_names.refusal or of_files.refusal
    if refusal and not of_names.opened + of_files.opened:
        yield Fault("Clé", refusal.problem, refusal.remedy)
        return
    if wrong := of_names.wrong:
        told = many(len(wrong), "table de vrais noms ne s’ouvre pas", "tables de vrais noms ne s’ouvrent pas")
        yield Fault("Noms", f"{told}\u202f: témoignages {listed(wrong)}", _NAMES)
    if wrong := of_files.wrong:
        told = many(len(wrong), "fichier en attente n’est plus celui", "fichiers en attente ne sont plus ceux")
        have = "a été déposé" if len(wrong) == 1 else "ont été déposés"
        yield Fault("Dépôts", f"{told} qui {have}\u202f: dépôts {listed(wrong)}", DEPOSIT_AGAIN)


@dataclass
class _Read:
    """How many were opened, which are not what they were, and what was said of one that the key did not open."""

    opened: int = 0
    wrong: list[int] = field(default_factory=list)
    refusal: PrivacyError | None = None


def _read(rows: Iterable[tuple[int, bytes | memoryview | None, str]], settings: Settings) -> _Read:
    """What was found of these: whose each is, what is sealed, and its digest where there is one."""
    found = _Read()
    for owner, content, digest in rows:
        try:
            opened = sealing.open_bytes(content or b"", settings)
        except PrivacyError as error:
            found.refusal = error
            found.wrong.append(owner)
            continue
        found.opened += 1
        if digest and sha256(opened).hexdigest() != digest:
            found.wrong.append(owner)
    return found


_NAMES = "Restaurer la dernière sauvegarde (voices restore) ; sinon, ces vrais noms ne seront plus connus."

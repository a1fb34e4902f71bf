"""Zip files from strangers: read in memory, never unpacked to disk, measured before anything is inflated."""

import lzma
import zipfile
import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath

from voices.errors import ReadingError
from voices.ingest.characters import plain_name
from voices.ingest.encodings import decode
from voices.ingest.surplus import around_archive

MAX_ENTRIES = 10_000
MAX_TOTAL = 1_000_000_000  # bytes once inflated
MAX_RATIO = 200  # honest text shrinks about 4 times, repetitive XML up to about 100 times
_SMALL = 20_000_000  # under this size inflated, the ratio tells nothing
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_LINK = 0o120000


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its name with « / », and why it is not to be read, or None."""

    name: str
    info: zipfile.ZipInfo
    refusal: str | None = None


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, once its announced sizes are found reasonable.

    Raises ReadingError where it is damaged, or made to fill the memory (zip bomb).
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ReadingError(
            "Le fichier est abîmé ou incomplet.", "L’enregistrer, le copier ou le télécharger à nouveau."
        ) from error
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    packed = max(1, min(sum(info.compress_size for info in infos), len(data)))
    if len(infos) > MAX_ENTRIES or total > MAX_TOTAL or (total > _SMALL and total / packed > MAX_RATIO):
        raise ReadingError(
            "Ce fichier annonce un contenu démesuré une fois décompressé\u202f: il n’a pas été ouvert.",
            "Vérifier d’où il vient, ou donner ses documents dans un dossier.",
        )
    return archive


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of a .zip that people hand in: `open_zip`, and nothing else in the file.

    Raises ReadingError as `open_zip`, and where something stands before or after the archive.
    """
    archive = open_zip(data)
    if around_archive(data):
        raise ReadingError(
            "L’archive contient autre chose avant ou après elle : elle n’a pas été ouverte.",
            "Vérifier d’où elle vient, et la refaire.",
        )
    return archive


def open_document(data: bytes) -> zipfile.ZipFile:
    """The archive that a .docx, .odt, .xlsx or .ods is: `open_zip`, each of its parts there once.

    Raises ReadingError as `open_zip`, and where a part is there twice: one would be read, the other hidden.
    """
    archive = open_zip(data)
    if len(set(archive.namelist())) < len(archive.namelist()):
        raise ReadingError(
            "Le document contient deux fois la même partie\u202f: l’une des deux resterait cachée.",
            "L’ouvrir dans un traitement de texte ou un tableur, vérifier ce qu’il dit, et l’enregistrer à nouveau.",
        )
    return archive


def read_member(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> bytes:
    """The bytes of one member; never more than it announced, which `open_zip` has measured.

    Raises ReadingError where it is damaged, encrypted, or packed in an unknown way.
    """
    try:
        return archive.read(name)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
        lzma.LZMAError,
    ) as error:
        raise ReadingError(
            "Une partie du fichier est abîmée.", "L’enregistrer, le copier ou le télécharger à nouveau."
        ) from error
    except RuntimeError as error:  # encrypted: zipfile has no narrower exception
        raise ReadingError("Le fichier est protégé par un mot de passe.", "Retirer la protection.") from error


def members(archive: zipfile.ZipFile) -> list[Entry]:
    """The files of an archive, sorted by name; folders are not listed.

    Raises ReadingError where there is none, or where a password closes them all.
    """
    entries = [Entry(_name(info), info) for info in archive.infolist() if not info.filename.endswith("/")]
    if not entries:
        raise ReadingError("L’archive est vide.", "Y mettre les fichiers des témoignages.")
    if all(entry.info.flag_bits & _ENCRYPTED for entry in entries):
        raise ReadingError("L’archive est protégée par un mot de passe.", "La refaire sans mot de passe.")
    return [replace(entry, refusal=_refusal(entry)) for entry in sorted(entries, key=lambda one: one.name)]


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was written: zipfile takes for cp437 what Windows writes in cp850 and Macs in UTF-8."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        name = decode(name.encode("cp437", errors="replace")).text
    return plain_name(name.replace("\\", "/"))


def _refusal(entry: Entry) -> str | None:
    path = PurePosixPath(entry.name)
    if not path.name:
        return "Ce fichier de l’archive n’a pas de nom\u202f: il n’a pas été lu. Refaire l’archive."
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "Ce nom de fichier sort de l’archive\u202f: il n’a pas été lu. Refaire l’archive."
    if entry.info.flag_bits & _ENCRYPTED:
        return "Protégé par un mot de passe\u202f: refaire l’archive sans mot de passe."
    if entry.info.external_attr >> 16 & 0o170000 == _LINK:
        return "C’est un raccourci, pas un fichier\u202f: mettre le fichier lui-même dans l’archive."
    return None

"""What is told where the disk or the base fails under a page: it is full, or read only, or does not answer."""

import errno
from shutil import disk_usage

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError

from voices.safekeeping.places import NO_ROOM

_UNKEPT = "Rien de ce que vous veniez d’envoyer n’a été enregistré\u202f; ce qui l’était avant l’est toujours."
_LATER = "Prévenez la personne qui administre le site, puis renvoyez-le."
_DISK_FULL = "Le disque du serveur est plein."
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def outage(error: BaseException | None) -> tuple[str, str] | None:
    """The problem and the remedy; None where it is something else that failed."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if problem := _problem(error):
            return problem, f"{_UNKEPT} {_LATER}"
        error = error.__cause__ or error.__context__
    return None


def _problem(error: BaseException) -> str:
    said = str(error) if isinstance(error, DatabaseError) else ""
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL or "database or disk is full" in said or "No space left" in said:
        return _DISK_FULL
    if number == errno.EROFS or "readonly database" in said:
        return "Le disque du serveur ne s’ouvre plus en écriture."
    if isinstance(error, OperationalError | InterfaceError):
        if disk_usage(settings.DATA).free < NO_ROOM:
            return _DISK_FULL
        return "La base du site ne répond pas."
    return ""

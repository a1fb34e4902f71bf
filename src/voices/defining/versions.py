"""The versions of the book: a change makes a new one, and none is ever edited."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from voices.defining.book import Book, number_now
from voices.defining.written import read, written
from voices.errors import VoicesError
from voices.store.models import CodebookVersion, User


class OvertakenError(VoicesError):
    """Someone kept another version meanwhile."""


def keep(book: Book, *, base: int, note: str, by: User | None) -> CodebookVersion:
    """The new version, in force from now on. `base` is the number of the version that it was made from.

    Raises OvertakenError where another version came meanwhile, SettingsError where the book has faults.
    """
    number = base + 1
    said = book.codebook.version.partition("+")[0]
    # An exported book tells which version of which site it was.
    named = replace(book, codebook=replace(book.codebook, version=f"{said}+{number}"))
    read(written(named))
    try:
        with transaction.atomic():
            if number_now() != base:
                raise IntegrityError
            return CodebookVersion.objects.create(number=number, book=written(named), note=note, made_by=by)
    except IntegrityError:
        raise OvertakenError(
            "Quelqu’un a enregistré une autre version de la grille pendant que vous écriviez.",
            "Relire ce qui change maintenant, puis enregistrer de nouveau.",
        ) from None

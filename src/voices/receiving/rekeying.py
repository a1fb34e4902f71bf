"""A new key for the site: everything that the base keeps encrypted is sealed again with it, row by row.

Both keys are in the key file until all is done, so that, killed anywhere, the site opens everything; done again, the
work is taken up where it was.
"""

import base64
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from voices.privacy import keys
from voices.receiving.sealing import key_file
from voices.settings import Settings
from voices.store.models import SourceFile, Testimony, User

Anew = Callable[[Any], Any]
_PASSES = 5


def renew(settings: Settings, now: datetime) -> tuple[int, Path]:
    """How many contents were sealed anew, and where the old key is kept, for the backups made with it.

    Raises PrivacyError where some content opens with no key: both keys are kept then.
    """
    key = key_file(settings)
    keys.renew(key)
    count = 0
    for _ in range(_PASSES):  # what a page sealed with the old key meanwhile is met by the next pass
        changed = sum(_renewed(rows, field, anew) for rows, field, anew in _kept(key))
        count += changed
        if not changed:
            break
    aside = key.with_name(f"{key.name}.ancienne-{now:%Y-%m-%d-%H%M%S}")
    keys.retire(key, aside)
    return count, aside


def _kept(key: Path) -> Iterator[tuple[models.QuerySet[Any], str, Anew]]:
    """All that the base keeps encrypted: rows, field, and how a value is sealed anew (None: it already is)."""

    def of_bytes(value: bytes | memoryview) -> bytes | None:
        return keys.sealed_anew(bytes(value), key_file=key) if value else None

    def of_preview(value: dict[str, Any] | None) -> dict[str, Any] | None:
        if not value or not value.get("samples"):
            return None
        anew = keys.sealed_anew(base64.b85decode(value["samples"]), key_file=key)
        return None if anew is None else value | {"samples": base64.b85encode(anew).decode()}

    yield Testimony.objects.exclude(names=None), "names", of_bytes
    yield SourceFile.objects.exclude(content=None), "content", of_bytes
    yield SourceFile.objects.exclude(preview=None), "preview", of_preview
    yield User.objects.exclude(totp_secret=None), "totp_secret", of_bytes


def _renewed(rows: models.QuerySet[Any], field: str, anew: Anew) -> int:
    """How many of the rows were sealed anew, each in a transaction of its own: nobody waits for all of them."""
    count = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update().filter(pk=pk).only("pk", field).first()
            value = None if row is None else anew(getattr(row, field))
            if row is not None and value is not None:
                setattr(row, field, value)
                row.save(update_fields=[field])
                count += 1
    return count

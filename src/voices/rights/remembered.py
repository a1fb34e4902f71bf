"""The list of what was erased, beside the base: a backup put back is older than the last erasures, the list is not.

Its name begins with a dot: backups leave it out, so that none brings an older one back.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from voices.settings import Settings
from voices.store.models import Erasure

NAME = ".effacements.jsonl"


def path_of(settings: Settings) -> Path:
    """Where the list lies."""
    return settings.data / NAME


def write(settings: Settings, proofs: Iterable[Erasure]) -> None:
    """Nothing; these are added to the list, and on the disk. Raises OSError: what was erased is then erased nowhere."""
    path = path_of(settings)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        for one in proofs:
            file.write(json.dumps({"digest": one.digest, "on": one.made_at.date().isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(settings: Settings) -> dict[str, str]:
    """The digests of the list, and the day of each; none where there is no list. A line cut short is passed over."""
    path, found = path_of(settings), {}
    if not path.exists():
        return {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            one = json.loads(line)
            found[str(one["digest"])] = str(one["on"])
        except (ValueError, KeyError, TypeError):
            continue
    return found

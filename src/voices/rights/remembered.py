"""The list of what was erased, beside the base: a backup put back is older than the last erasures, the list is not.

Its name begins with a dot: backups leave it out, so that none brings an older one back.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from voices.errors import ReadingError
from voices.settings import Settings
from voices.store.models import Erasure

NAME = ".effacements.jsonl"
_AWAITED = ".effacements-attendus"
"""There since a restoration, until all that the list tells is erased again; where it found no list, until the list is
given or a person says that there was none. What is erased meanwhile begins a list: that there is one does not tell that
the former was given.
"""


def path_of(settings: Settings) -> Path:
    """Where the list lies."""
    return settings.data / NAME


def write(settings: Settings, proofs: Iterable[Erasure]) -> None:
    """Nothing; these are added to the list, and on the disk. Raises OSError: what was erased is then erased nowhere."""
    _add(settings, ({"digest": one.digest, "on": one.made_at.date().isoformat()} for one in proofs))


def read(settings: Settings) -> dict[str, str]:
    """The digests of the list, and the day of each; none where there is no list. A line cut short is passed over."""
    path = path_of(settings)
    return _digests(path.read_text(encoding="utf-8")) if path.exists() else {}


def restored(settings: Settings) -> bool:
    """Whether the list beside the base that was put back is the whole one: only what it tells is still to be erased.

    The list is awaited from now on, so that a command cut short in between is told too. Raises OSError.
    """
    whole = path_of(settings).exists() and not awaited(settings)
    (settings.data / _AWAITED).touch(mode=0o600)
    return whole


def awaited(settings: Settings) -> bool:
    """Whether what had been erased since the backup that was put back is not known, or not all erased again."""
    return (settings.data / _AWAITED).exists()


def take(settings: Settings, given: Path) -> int:
    """How many digests that list told that were not known; they are. Raises ReadingError where it is no list."""
    try:
        told = _digests(given.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ReadingError(f"« {given} » n’est pas là.", f"Vérifier le chemin de la liste ({NAME}).") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(
            f"« {given} » ne se lit pas.", f"Donner la liste des effacements ({NAME}), que ce compte peut lire."
        ) from error
    if not told:
        raise ReadingError(
            f"« {given} » ne dit aucun effacement.", f"Donner {NAME}, du dossier du site d’avant, et non un autre."
        )
    known = read(settings)
    new = {digest: on for digest, on in told.items() if digest not in known}
    _add(settings, ({"digest": digest, "on": on} for digest, on in new.items()))
    return len(new)


def no_longer_awaited(settings: Settings) -> None:
    """Nothing; the list is there, empty where there was none: the next restoration asks no more. Raises OSError."""
    if not path_of(settings).exists():
        _add(settings, ())
    (settings.data / _AWAITED).unlink(missing_ok=True)


def _add(settings: Settings, lines: Iterable[Mapping[str, str]]) -> None:
    path = path_of(settings)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        for one in lines:
            file.write(json.dumps(one) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _digests(content: str) -> dict[str, str]:
    found = {}
    for line in content.splitlines():
        try:
            one = json.loads(line)
            found[str(one["digest"])] = str(one["on"])
        except (ValueError, KeyError, TypeError):
            continue
    return found

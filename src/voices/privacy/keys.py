"""Key files: one key a line, the one in use first. All of a file's keys open what any of them sealed.

A file has more than one key only while it is being renewed: killed anywhere, what is half done opens all the same.
"""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from voices.errors import PrivacyError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def keys_of(key_file: Path) -> tuple[bytes, ...]:
    """The keys of that file, the one in use first. Raises PrivacyError where it is not a key file."""
    from cryptography.fernet import Fernet

    try:
        keys = tuple(key_file.read_bytes().split())
    except OSError as error:
        raise PrivacyError(
            f"Impossible de lire le fichier de clé {key_file}.", "Vérifier le chemin, ou faire une nouvelle clé."
        ) from error
    try:
        for key in keys:
            Fernet(key)
    except ValueError as error:
        raise _no_key_file(key_file) from error
    if not keys:
        raise _no_key_file(key_file)
    return keys


def opener(key_file: Path) -> "MultiFernet":
    """What seals with the key in use, and opens what any key of the file sealed. Raises PrivacyError."""
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in keys_of(key_file)])


def renew(key_file: Path) -> None:
    """Nothing; a new key is put before the one in use. A renewal that was cut short is taken up, not begun again.

    Raises PrivacyError.
    """
    from cryptography.fernet import Fernet

    keys = keys_of(key_file)
    if len(keys) == 1:
        write_whole(key_file, b"\n".join([Fernet.generate_key(), *keys]) + b"\n")


def sealed_anew(content: bytes, *, key_file: Path) -> bytes | None:
    """The content sealed with the key in use; None where it already is. Raises PrivacyError where no key opens it."""
    from cryptography.fernet import Fernet, InvalidToken

    current, *_ = keys = keys_of(key_file)
    try:
        Fernet(current).decrypt(content)
    except InvalidToken:
        pass
    else:
        return None
    for key in keys[1:]:
        try:
            return Fernet(current).encrypt(Fernet(key).decrypt(content))
        except InvalidToken:
            continue
    raise PrivacyError(
        f"La clé {key_file} n’ouvre pas tout ce qui a été gardé chiffré\u202f: la clé n’a pas été changée.",
        "Remettre le fichier de clé qui ouvrait le reste, puis recommencer.",
    )


def retire(key_file: Path, aside: Path) -> None:
    """Nothing; the new key is the only one, those before it are in the file `aside`, for older backups.

    Raises PrivacyError where one of the two cannot be written; the keys are then all where they were.
    """
    current, *before = keys_of(key_file)
    if before:
        write_whole(aside, b"\n".join(before) + b"\n")
        write_whole(key_file, current + b"\n")


def write_whole(path: Path, content: bytes) -> None:
    """Nothing; the file holds that content, readable by its owner alone, or what it held. Raises PrivacyError."""
    try:
        put_whole(path, content)
    except OSError as error:
        raise PrivacyError(f"Impossible d’écrire {path}.", "Choisir un dossier où l’on peut écrire.") from error


def put_whole(path: Path, content: bytes) -> None:
    """The same, for who tells of the failure in other words. Raises OSError."""
    temporary = _beside(path, content)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def put_new(path: Path, content: bytes) -> None:
    """Nothing; a file that was not there holds that content, and was never seen with less of it.

    Raises OSError; FileExistsError where it is there already.
    """
    temporary = _beside(path, content)
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # some disks know no links (a key kept on a USB stick)
        path.touch(0o600, exist_ok=False)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
    """A file of another name, in the same folder, that is on the disk with that content. Raises OSError."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Path(temporary)


def _no_key_file(key_file: Path) -> PrivacyError:
    return PrivacyError(
        f"{key_file} n’est pas un fichier de clé\u202f: il devrait contenir une ligne de 44 signes, finie par « = ».",
        "Y remettre celui avec lequel le reste a été chiffré\u202f: la copie gardée à part (coffre de mots de passe, "
        "enveloppe), ou celle d’une autre machine.",
    )

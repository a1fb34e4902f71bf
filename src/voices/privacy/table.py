"""The table of correspondences, on disk: one encrypted file, readable only with its key file.

Encryption is Fernet (AES-128-CBC and HMAC-SHA256, from `cryptography`); the content is JSON.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from voices.errors import PrivacyError
from voices.privacy.keys import opener, put_new, put_whole, sealed_anew, write_whole
from voices.privacy.protection import Correspondence


def new_key(key_file: Path) -> None:
    """Nothing; writes a new key, readable by its owner alone. Raises PrivacyError where the file exists already."""
    from cryptography.fernet import Fernet

    try:
        key_file.parent.mkdir(parents=True, exist_ok=True)
        put_new(key_file, Fernet.generate_key() + b"\n")
    except FileExistsError as error:
        raise PrivacyError(
            f"Le fichier de clé {key_file} existe déjà ; le remplacer rendrait illisibles les tables qu’il ouvre.",
            "Garder ce fichier, ou donner un autre nom à la nouvelle clé.",
        ) from error
    except OSError as error:
        raise PrivacyError(
            f"Impossible d’écrire le fichier de clé {key_file}.",
            "Choisir un dossier où l’on peut écrire, sur un disque qui n’est pas plein.",
        ) from error


def write_table(path: Path, table: Mapping[str, Sequence[Correspondence]], *, key_file: Path) -> None:
    """Nothing; writes what stood for what, by testimony id, encrypted, whole or not at all. Raises PrivacyError."""
    content = {
        testimony_id: [(one.kind, one.original, one.replacement) for one in correspondences]
        for testimony_id, correspondences in table.items()
    }
    sealed = opener(key_file).encrypt(json.dumps(content, ensure_ascii=False).encode())
    try:
        put_whole(path, sealed)
    except OSError as error:
        raise PrivacyError(
            f"Impossible d’écrire la table des correspondances {path}.", "Choisir un dossier où l’on peut écrire."
        ) from error


def read_table(path: Path, *, key_file: Path) -> dict[str, tuple[Correspondence, ...]]:
    """What stood for what, by testimony id. Raises PrivacyError where the key does not open the table."""
    from cryptography.fernet import InvalidToken

    fernet = opener(key_file)
    try:
        content = json.loads(fernet.decrypt(path.read_bytes()))
    except InvalidToken as error:
        raise PrivacyError(
            f"La clé {key_file} n’ouvre pas la table {path}, ou la table est abîmée.",
            "Donner le fichier de clé avec lequel cette table a été écrite.",
        ) from error
    except OSError as error:
        raise PrivacyError(f"Impossible de lire la table {path}.", "Vérifier le chemin de la table.") from error
    return {
        testimony_id: tuple(Correspondence(*one) for one in correspondences)
        for testimony_id, correspondences in content.items()
    }


def seal(content: bytes, *, key_file: Path) -> bytes:
    """The content, encrypted with the key of that file, drawn now where there is none. Raises PrivacyError."""
    if not key_file.exists():
        _first_key(key_file)
    return opener(key_file).encrypt(content)


def _first_key(key_file: Path) -> None:
    """Nothing; there is a key: of two who seal first at the same moment, the second takes the key of the first."""
    try:
        new_key(key_file)
    except PrivacyError:
        if not key_file.exists():
            raise


def unseal(content: bytes, *, key_file: Path) -> bytes:
    """What `seal` was given. Raises PrivacyError where the key does not open it."""
    return unsealer(key_file)(content)


def unsealer(key_file: Path) -> Callable[[bytes], bytes]:
    """What gives back what `seal` was given, for many: the key is read once. It raises PrivacyError, as this does."""
    from cryptography.fernet import InvalidToken

    opened = opener(key_file)

    def unsealed(content: bytes) -> bytes:
        try:
            return opened.decrypt(content)
        except InvalidToken as error:
            raise PrivacyError(
                f"La clé {key_file} n’ouvre pas ce qui a été gardé chiffré.",
                "Remettre le fichier de clé avec lequel le site a été ouvert la première fois.",
            ) from error

    return unsealed


def renew_table(path: Path, *, key_file: Path) -> bool:
    """Whether the table was sealed with an older key of the file: it is now sealed with the one in use.

    Raises PrivacyError.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PrivacyError(f"Impossible de lire la table {path}.", "Vérifier le chemin de la table.") from error
    anew = sealed_anew(content, key_file=key_file)
    if anew is not None:
        write_whole(path, anew)
    return anew is not None

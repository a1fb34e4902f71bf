"""An encrypted file, written and read in one pass and in little memory: STREAM over ChaCha20-Poly1305.

The content is cut in chunks, each sealed with its number and with whether it is the last: a chunk changed, moved,
repeated or cut off is noticed before any of it is handed out. The key of a file is drawn from the site's and from a
salt of the file's own: no two files share one, and numbers may start from nought in each.
"""

import hmac
import io
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voices.errors import PrivacyError, ReadingError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from typing_extensions import Buffer

MAGIC = b"voices sauvegarde 1\n"
CHUNK = 64 * 1024
_SALT, _CHECK, _TAG = 32, 16, 16
_HEAD = len(MAGIC) + _SALT + _CHECK


class Writer:
    """A file to write to; `close` seals the last chunk, without which the file is refused."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(_SALT)
        self._cipher, check = _drawn(key, salt)
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(MAGIC + salt + check)

    def write(self, content: bytes) -> int:
        """How many bytes were taken: all."""
        self._waiting += content
        while len(self._waiting) > CHUNK:  # never the last: what comes after it is there
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(content)

    def flush(self) -> None:
        """Nothing: chunks are whole."""

    def close(self) -> None:
        """Nothing; the last chunk is written. The file stays open."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, content: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), content, None))
        self._number += 1


class Reader(io.RawIOBase):
    """What a Writer was given, in order. Raises ReadingError where the file is not whole and unchanged."""

    def __init__(self, file: BinaryIO, keys: tuple[bytes, ...], name: str) -> None:
        self._file, self._name, self._number = file, name, 0
        head = file.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(MAGIC):
            raise ReadingError(f"« {name} » n’est pas une sauvegarde de voices.", "Donner un fichier .sauvegarde.")
        salt, check = head[len(MAGIC) : -_CHECK], head[-_CHECK:]
        drawn = (_drawn(key, salt) for key in keys)
        cipher = next((cipher for cipher, told in drawn if hmac.compare_digest(told, check)), None)
        if cipher is None:
            raise PrivacyError(
                f"La clé n’ouvre pas « {name} ».",
                "Donner avec --key le fichier de clé du site qui a fait cette sauvegarde.",
            )
        self._cipher = cipher
        self._next, self._open = file.read(CHUNK + _TAG), b""
        if not self._next:
            raise damaged(name)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, into: "Buffer") -> int:
        """How many bytes were written there; 0 at the end."""
        view = memoryview(into).cast("B")
        if not self._open and self._next:
            self._open_next()
        count = min(len(view), len(self._open))
        view[:count] = self._open[:count]
        self._open = self._open[count:]
        return count

    def _open_next(self) -> None:
        from cryptography.exceptions import InvalidTag

        sealed, self._next = self._next, self._file.read(CHUNK + _TAG)
        try:
            self._open = self._cipher.decrypt(_nonce(self._number, last=not self._next), sealed, None)
        except InvalidTag as error:
            raise damaged(self._name) from error
        self._number += 1


def damaged(name: str) -> ReadingError:
    """What is told of a backup that is cut short, or was changed."""
    return ReadingError(
        f"La sauvegarde « {name} » est abîmée ou incomplète\u202f: rien n’en a été pris.",
        "Donner une autre sauvegarde, ou copier de nouveau celle-ci depuis l’endroit où elle a été faite.",
    )


def keys_of(key_file: Path) -> tuple[bytes, ...]:
    """The keys of that file, one a line, the one in use first. Raises PrivacyError where there is none."""
    try:
        keys = tuple(key_file.read_bytes().split())
    except OSError as error:
        raise PrivacyError(
            f"Impossible de lire le fichier de clé {key_file}.",
            "Vérifier le chemin, ou donner le fichier de clé du site avec --key.",
        ) from error
    if not keys:
        raise PrivacyError(f"Le fichier de clé {key_file} est vide.", "Donner le fichier de clé du site avec --key.")
    return keys


def mark_of(key: bytes) -> str:
    """What tells a key from another without telling it."""
    return _derived(key, b"", b"voices: which key", 16).hex()


def _drawn(key: bytes, salt: bytes) -> tuple["ChaCha20Poly1305", bytes]:
    """The cipher of a file, and what proves that the key is the right one."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    content = _derived(key, salt, b"voices: backup", 32 + _CHECK)
    return ChaCha20Poly1305(content[:32]), content[32:]


def _derived(key: bytes, salt: bytes, purpose: bytes, size: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=purpose).derive(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])

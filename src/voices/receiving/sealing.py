"""What is kept encrypted: files not read yet, some of their cells, and what stood for what in a testimony."""

import base64
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from voices import privacy
from voices.privacy import Correspondence
from voices.privacy.table import unsealer
from voices.settings import Settings
from voices.store.models import SourceFile


def key_file(settings: Settings) -> Path:
    """The file of the key that opens everything the site keeps encrypted."""
    return settings.site_key


def seal_names(correspondences: Iterable[Correspondence], settings: Settings) -> bytes:
    """What stood for what, encrypted. Raises PrivacyError."""
    content = [[one.kind, one.original, one.replacement] for one in correspondences]
    return privacy.seal(_json(content), key_file=key_file(settings))


def open_names(content: bytes | memoryview, settings: Settings) -> tuple[Correspondence, ...]:
    """What `seal_names` was given. Raises PrivacyError where the key does not open it."""
    return names_opener(settings)(content)


def names_opener(settings: Settings) -> Callable[[bytes | memoryview], tuple[Correspondence, ...]]:
    """The same for many testimonies: the key is read once, when the first is opened. It raises PrivacyError."""
    unsealed = cache(lambda: unsealer(key_file(settings)))
    return lambda content: tuple(Correspondence(*one) for one in json.loads(unsealed()(bytes(content))))


def seal_bytes(content: bytes, settings: Settings) -> bytes:
    """The content, encrypted. Raises PrivacyError."""
    return privacy.seal(content, key_file=key_file(settings))


def open_bytes(content: bytes | memoryview, settings: Settings) -> bytes:
    """What `seal_bytes` was given. Raises PrivacyError where the key does not open it."""
    return privacy.unseal(bytes(content), key_file=key_file(settings))


def content_of(file: SourceFile, settings: Settings) -> bytes:
    """The bytes of a file that is still to be read. Raises PrivacyError where the key does not open them."""
    return open_bytes(file.content or b"", settings)


def seal_text(content: list[list[str]], settings: Settings) -> str:
    """Rows of cells, encrypted, as a text that JSON can carry. Raises PrivacyError."""
    return base64.b85encode(seal_bytes(_json(content), settings)).decode()


def open_text(content: str, settings: Settings) -> list[list[str]]:
    """What `seal_text` was given. Raises PrivacyError where the key does not open it."""
    try:
        sealed = base64.b85decode(content)
    except ValueError:
        sealed = b""  # damaged: the key opens it no more than what another key sealed
    found: list[list[str]] = json.loads(open_bytes(sealed, settings))
    return found


def _json(content: list[list[str]]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()

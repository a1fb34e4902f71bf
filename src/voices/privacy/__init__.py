"""Names out: RawTestimony -> Testimony, before anything else sees a text; and consent, checked in one place.

The door is light: spaCy, name lists and cryptography load when a function is called.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from voices.domain import OUTLETS, Outlet, Quote
from voices.ports import Progress
from voices.privacy.consent import SHOWN, allowing, allows, release
from voices.privacy.protection import Correspondence, Protected
from voices.raw import RawTestimony

__all__ = [
    "SHOWN",
    "Correspondence",
    "Protected",
    "allowing",
    "allows",
    "first_name",
    "new_key",
    "protect",
    "protect_all",
    "read_table",
    "release",
    "reread",
    "seal",
    "unseal",
    "write_table",
]


def protect(raw: RawTestimony, *, keep_names: bool = False) -> Protected:
    """The testimony with names and contact details replaced, and apart from it, what stood for what.

    `keep_names` leaves every word as it is, for corpora that are already clean.
    Raises ModelError where the French model is missing.
    """
    return protect_all([raw], keep_names=keep_names)[0]


def protect_all(
    raws: Sequence[RawTestimony], *, keep_names: bool = False, progress: Progress | None = None
) -> tuple[Protected, ...]:
    """The same as `protect`, of many testimonies, in the order given; faster, and each as if it were alone."""
    from voices.privacy import protecting

    return protecting.protect_all(raws, keep_names=keep_names, progress=progress)


def first_name(correspondences: Sequence[Correspondence], speaker: str) -> str | None:
    """The first name of who speaks under that label, from what was replaced; None where there is none for sure.

    Only for a testimony released for `Purpose.NAMED_QUOTES`.
    """
    from voices.privacy import speaking

    return speaking.first_name(correspondences, speaker)


def reread(quotes: Iterable[Quote], outlets: Collection[Outlet] = OUTLETS) -> tuple[Quote, ...]:
    """The quotes, each with what may tell who somebody is, to be read again before it is published; with nothing where
    they are written for others than the team.
    """
    from voices.privacy import identifying

    return identifying.reread(quotes, outlets)


def new_key(key_file: Path) -> None:
    """Nothing; writes a new key, readable by its owner alone. Raises PrivacyError where the file exists already."""
    from voices.privacy import table

    table.new_key(key_file)


def write_table(
    path: Path, correspondences_by_testimony: Mapping[str, Sequence[Correspondence]], *, key_file: Path
) -> None:
    """Nothing; writes what stood for what, encrypted, whole or not at all. Raises PrivacyError."""
    from voices.privacy import table

    table.write_table(path, correspondences_by_testimony, key_file=key_file)


def read_table(path: Path, *, key_file: Path) -> dict[str, tuple[Correspondence, ...]]:
    """What stood for what, by testimony id. Raises PrivacyError where the key does not open the table."""
    from voices.privacy import table

    return table.read_table(path, key_file=key_file)


def seal(content: bytes, *, key_file: Path) -> bytes:
    """The content, encrypted; the key is drawn where there is none yet. Raises PrivacyError."""
    from voices.privacy.table import seal as sealed

    return sealed(content, key_file=key_file)


def unseal(content: bytes, *, key_file: Path) -> bytes:
    """What `seal` was given. Raises PrivacyError where the key does not open it."""
    from voices.privacy.table import unseal as opened

    return opened(content, key_file=key_file)

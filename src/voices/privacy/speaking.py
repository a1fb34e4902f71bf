"""The first name of who speaks, for those alone who agreed to be quoted with it."""

from collections.abc import Iterable

from voices.privacy.lists import known
from voices.privacy.protection import Correspondence


def first_name(correspondences: Iterable[Correspondence], speaker: str) -> str | None:
    """The first name that the speaker's label had before it was replaced; None where it had none that is surely one.

    A surname is never given, nor a word that no list of first names has.
    """
    replaced = {one.replacement: one.original for one in correspondences if one.kind == "personne"}
    originals = (replaced.get(word.strip(".,:()")) for word in speaker.split())
    return next((name for name in originals if name and known(name) and name[:1].isupper()), None)

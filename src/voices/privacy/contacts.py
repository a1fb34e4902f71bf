"""Contact details and numbers that lead to a person: telephones, e-mails, addresses, links, IBAN, NIR.

Each kind is found in a file of its own (telephones.py, mails.py, links.py, social_security.py, addresses.py, ibans.py);
here they are put together, and where two of them meet, one is chosen.
"""

from collections.abc import Callable, Iterator

from voices.privacy.addresses import addresses
from voices.privacy.ibans import ibans
from voices.privacy.links import links
from voices.privacy.mails import mails
from voices.privacy.protection import Span
from voices.privacy.social_security import social_security
from voices.privacy.telephones import telephones

MARKS = {
    "lien": "[lien]",
    "courriel": "[courriel]",
    "iban": "[IBAN]",
    "securite_sociale": "[numéro de sécurité sociale]",
    "telephone": "[téléphone]",
    "adresse": "[adresse]",
    "detail": "[détail]",
}
"""What stands in the text instead, by kind. No finder finds a « détail »: a person alone says that words are one."""

_FINDERS: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "courriel": mails,
    "lien": links,
    "iban": ibans,
    "securite_sociale": social_security,
    "telephone": telephones,
    "adresse": addresses,
}
"""Who finds each kind: where two of them meet, the first wins."""


def contacts(text: str) -> tuple[Span, ...]:
    """The contact details of a text, in order, never overlapping."""
    found: list[Span] = []
    taken = bytearray(len(text))
    for kind, finder in _FINDERS.items():
        for start, end in finder(text):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Span(start, end, kind))
    return tuple(sorted(found, key=lambda span: span.start))

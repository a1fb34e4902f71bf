"""What stands under a quote: where and when it was gathered, never who spoke."""

from voices.domain import Testimony

_CHANNELS = {
    "livre_or": "livre d’or",
    "focus_group": "groupe de parole",
    "journal": "journal de bord",
    "courrier": "lettre",
    "mail": "courriel",
    "vocal": "message vocal",
    "sms": "texto",
}
"""How a channel is named in an attribution, where its own name would not do."""


def attribution(testimony: Testimony) -> str:
    """Where and when a quote was gathered, in French, without any name: « Le Fournil, Annonay, livre d’or, 2024 »."""
    origin = testimony.origin
    channel = origin.channel and _CHANNELS.get(origin.channel, origin.channel.replace("_", " "))
    year = origin.date[:4] if origin.date else None
    return ", ".join(part for part in (origin.place or "lieu non précisé", channel, year) if part)

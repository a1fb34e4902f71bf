"""How a testimony came and in what kind of place, as people say it: « livre d’or » for `livre_or`."""

CHANNELS = {
    "courrier": "lettre",
    "entretien": "entretien",
    "focus_group": "groupe de parole",
    "journal": "journal de bord",
    "livre_or": "livre d’or",
    "mail": "courriel",
    "questionnaire": "questionnaire",
    "sms": "texto",
    "vocal": "message vocal",
}
PLACE_TYPES = {
    "petite_cantine": "Petite Cantine",
    "cafe_associatif": "café associatif",
    "repair_cafe": "repair café",
    "epicerie_solidaire": "épicerie solidaire",
    "jardin_partage": "jardin partagé",
    "maison_de_quartier": "maison de quartier",
    "tiers_lieu_nourricier": "tiers-lieu nourricier",
}


def channel_words(channel: str | None) -> str | None:
    """The channel as it is said; None where it is not told."""
    return CHANNELS.get(channel, channel.replace("_", " ")) if channel else None


def kind_words(kind: str | None) -> str | None:
    """The type of a place as it is said; None where it is not told."""
    return PLACE_TYPES.get(kind, kind.replace("_", " ")) if kind else None

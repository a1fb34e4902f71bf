"""What a browser says of itself, in words that people know: « Firefox sur Windows »."""

UNKNOWN = "Un navigateur inconnu"
_NAMES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""Each after those that also name it: Edge says that it is Chrome, and Chrome that it is Safari."""
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "un iPhone"),
    ("iPad", "un iPad"),
    ("CrOS", "un Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "un Mac"),
    ("Linux", "Linux"),
)


def told(said: str) -> str:
    """The browser and the machine, as far as they are known; nothing else of what it said."""
    name = _first(_NAMES, said)
    machine = _first(_MACHINES, said)
    return f"{name or 'Un navigateur'} sur {machine}" if machine else name or UNKNOWN


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((word for mark, word in known if mark in said), "")

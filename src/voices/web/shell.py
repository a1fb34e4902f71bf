"""What surrounds every page: where the person may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from voices.web.access import Action, Reach

PAGES = (
    ("Mon lieu", "place_home", Action.PLACE),
    ("Déposer", "deposit_new", Action.DEPOSIT),
    ("Témoignages", "testimonies", Action.READ),
    ("Relire", "review", Action.REVIEW),
    ("Double codage", "double", Action.DOUBLE),
    ("Grille", "book", Action.REVIEW),
    ("Thèmes", "themes", Action.THEMES),
    ("Chercher", "search", Action.SEARCH),
    ("Mots", "words", Action.SEARCH),
    ("Tableaux", "tables", Action.TABLES),
    ("Historique", "history", Action.HISTORY),
    ("Rapports", "reports", Action.REPORT),
    ("Citations", "quotes", Action.QUOTES),
    ("Listes", "shortlists", Action.QUOTES),
    ("Publications", "publications", Action.QUOTES),
    ("Personnes", "people", Action.PEOPLE),
    ("Lieux", "places", Action.PEOPLE),
    ("Activité", "activity", Action.ACTIVITY),
    ("Droits", "rights", Action.RIGHTS),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """`nav`: what the person may open, as {label, url, current}; `colours`: those that this browser asked for."""
    reach: Reach = getattr(request, "reach", Reach())
    pages = [(label, _address(name)) for label, name, action in PAGES if reach.may(action)]
    return {
        "colours": request.COOKIES.get(settings.THEME_COOKIE, ""),
        "nav": [
            {"label": label, "url": url, "current": url != "/" and request.path.startswith(url)}
            for label, url in pages
            if url
        ],
    }


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None

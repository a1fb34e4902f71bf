"""The proof that a testimony was erased, as something to keep or to give: nothing of what it held is in it."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from voices.store.models import Erasure

WORDS = {
    "passages": "passages",
    "vecteurs": "vecteurs de recherche",
    "suggestions": "propositions de la machine",
    "decisions": "décisions de relecture",
    "rangements": "rangements dans un thème",
    "citations_gardees": "citations gardées dans des listes",
    "publications": "publications notées",
    "noms": "table de noms chiffrée",
    "brouillons": "brouillons de rapport supprimés",
    "rapports_vides": "rapports figés vidés, dont l’empreinte reste",
    "rapports_ou_comptee": "rapports figés où elle était seulement comptée, gardés",
    "exemples": "exemples retirés d’autres passages",
    "mots_de_themes": "mots de thèmes qu’elle était seule à dire",
    "travaux": "travaux en attente",
    "fichiers": "fichiers déposés",
}


def told(one: Erasure) -> list[tuple[str, int]]:
    """What went, in words, with how many."""
    return [(WORDS[name], number) for name, number in one.counts.items() if name in WORDS]


def as_data(one: Erasure) -> dict[str, Any]:
    """The proof, for a program."""
    return {
        "temoignage": one.number,
        "empreinte": one.digest,
        "lieu": one.place.name if one.place else "",
        "efface_le": timezone.localtime(one.made_at).isoformat(timespec="seconds"),
        "par": str(one.made_by or ""),
        "motif": one.why,
        "comptes": dict(one.counts),
    }


def sentence(one: Erasure) -> str:
    """« Le témoignage n° 12 (Le Fournil) a été effacé le 3 mai 2026 par Anne. »."""
    where = f" ({one.place.name})" if one.place else ""
    by = f" par {one.made_by}" if one.made_by else ""
    day = date_format(timezone.localtime(one.made_at), "j F Y")
    return f"Le témoignage n° {one.number}{where} a été effacé le {day}{by}."

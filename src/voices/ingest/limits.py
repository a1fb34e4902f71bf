"""Within what limits a consent was given, as people write it: by which channels, until when; who collected it, and how.

As for the consent itself, nothing is widened by a guess: what is not understood leaves no channel, and no quote.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from voices.ingest.characters import folded
from voices.ingest.vocabulary import date_of
from voices.terms import ANYHOW, OUTLETS, Collected, Outlet, Terms, Way, narrowest

LIMITS = {
    "canaux": "canaux;canaux de publication;canaux autorises;publication;publications;diffusion;diffusion autorisee",
    "jusqu_au": "jusqu au;jusqu'au;valable jusqu'au;valable jusqu au;accord jusqu'au;accord valable jusqu'au;"
    "fin de l'accord;fin de validite;expire le",
    "recueilli_par": "recueilli par;accord recueilli par;consentement recueilli par",
    "recueil": "recueil;recueil de l'accord;recueil du consentement;accord recueilli comment;forme de l'accord",
}
"""The headings of these columns, as people write them."""

_OUTLETS = {
    Outlet.INTERNAL: r"internes?|en interne|rapports? internes?|equipe|conseil(?: d'administration)?|ca",
    Outlet.FUNDER: r"financeurs?|financeuses?|rapports? (?:aux? |du |des |pour les? )?financeurs?|bailleurs?|"
    r"subventions?|rapports? d'activite",
    Outlet.WEB: r"sites?|sites? internet|sites? web|web|internet|reseaux?|reseaux sociaux|en ligne|facebook|instagram|"
    r"linkedin|lettre d'information|newsletter",
    Outlet.PRESS: r"presse|medias?|journaux|journal|radio|television|tele",
}
_ALL = re.compile(r"tous?|toutes?|tous (?:les )?(?:canaux|supports|usages)|partout|sans (?:limite|restriction)")
_ENDLESS = re.compile(
    r"sans (?:limite|fin|duree|date)(?: .*)?|illimitee?|toujours|aucune(?: limite| fin)?|non limitee?"
)
_WAYS = {
    Way.WRITTEN: r"ecrits?|par ecrit|ecrite|formulaires?(?: .*)?|papier|signee?s?|signature|courrier|lettre|courriel",
    Way.SPOKEN: r"oral|orale|oralement|a l'oral|de vive voix|vive voix|verbale?|dit|telephone|enregistree?",
    Way.BOX: r"cases?|case cochee|cochee?|questionnaire|en ligne|formulaire en ligne",
}
_BETWEEN = re.compile(r"\s*(?:[,;/+&|\n]|\bet\b|\bou\b)\s*", re.IGNORECASE)


def settle_terms(sources: Sequence[Mapping[str, str]]) -> tuple[Terms, tuple[str, ...]]:
    """The narrowest of the limits written, and what was not understood of them; no limit where none is written."""
    told = [
        _told(source) for source in sources if source.get("canaux", "").strip() or source.get("jusqu_au", "").strip()
    ]
    doubts = tuple(dict.fromkeys(doubt for _, doubts in told for doubt in doubts))
    return narrowest(terms for terms, _ in told) if told else ANYHOW, doubts


def settle_collected(sources: Sequence[Mapping[str, str]]) -> Collected:
    """Who collected the consent and how: the first source that knows each winning."""
    by = next((one["recueilli_par"].strip() for one in sources if one.get("recueilli_par", "").strip()), "")
    ways = (way_of(one["recueil"]) for one in sources if one.get("recueil", "").strip())
    return Collected(by, next((way for way in ways if way), Way.UNTOLD))


def outlets_of(written: str) -> tuple[Outlet, ...] | None:
    """The channels that those words name; None where some of them could not be understood."""
    parts = [folded(part) for part in _BETWEEN.split(written) if part.strip()]
    if any(_ALL.fullmatch(part) for part in parts):
        return OUTLETS if len(parts) == 1 else None
    found = [_named(part) for part in parts]
    return None if None in found else tuple(one for one in OUTLETS if one in found)


def end_of(written: str) -> date | None:
    """The last day of what those words tell: a day, a month or a year; None where they are not understood."""
    told = date_of(written)
    if told is None:
        return None
    year, month, day = (*(int(part) for part in told.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def way_of(written: str) -> Way | None:
    """How a consent was collected, in those words, or None."""
    said = folded(written)
    return next((way for way, pattern in _WAYS.items() if re.fullmatch(pattern, said)), None)


def _named(part: str) -> Outlet | None:
    return next((outlet for outlet, pattern in _OUTLETS.items() if re.fullmatch(pattern, part)), None)


def _told(source: Mapping[str, str]) -> tuple[Terms, tuple[str, ...]]:
    channels, end = source.get("canaux", "").strip(), source.get("jusqu_au", "").strip()
    outlets = outlets_of(channels) if channels else OUTLETS
    until = end_of(end) if end else None
    doubts = []
    if outlets is None:
        doubts.append(_doubt("Des canaux n’ont pas été compris", "écrire interne, financeur, site ou presse."))
    endless = not end or _ENDLESS.fullmatch(folded(end))
    if until is None and not endless:
        doubts.append(_doubt("La fin d’un accord n’a pas été comprise", "l’écrire comme 31/12/2027, ou 2027."))
    return Terms(() if doubts else outlets or (), until), tuple(doubts)


def _doubt(what: str, advice: str) -> str:
    return f"{what} (rien n’en sera cité)\u202f: {advice}"

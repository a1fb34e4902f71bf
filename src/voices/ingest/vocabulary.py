"""What people write for a date, a consent, a channel, a kind of place, and what we keep of it."""

import datetime
import re

from voices.domain import Consent
from voices.ingest.characters import folded

PLACE_TYPES = {
    "petite_cantine": r"petites? cantines?",
    "epicerie_solidaire": r"epiceries?",
    "repair_cafe": r"repair cafes?|ateliers? de reparation|cafes? (?:bricol\w*|reparation)",
    "cafe_associatif": r"cafes?|bistrots? associatifs?",
    "ressourcerie": r"ressourceries?|recycleries?",
    "tiers_lieu_nourricier": r"tiers lieux?",
    "centre_social": r"centres? socia(?:l|ux)|centres? socioculturels?",
    "foyer_rural": r"foyers? rura(?:l|ux)",
    "maison_de_quartier": r"maisons? de quartier|maisons? pour tous",
    "jardin_partage": r"jardins?",
}
CHANNELS = {
    "focus_group": r"focus groups?|groupes? de parole|groupes? foca(?:l|ux)|entretiens? collectifs?|tables? rondes?",
    "livre_or": r"livres? ?(?:d'? ?)?or",
    "vocal": r"vocal|vocaux|notes? vocales?|messages? vocaux|dictees?",
    "entretien": r"entretiens?|interviews?",
    "questionnaire": r"questionnaires?|enquetes?|sondages?|formulaires?",
    "journal": r"journal|journaux|journal de bord|carnets?|carnets? de bord",
    "mail": r"e ?mails?|mails?|courriels?",
    "courrier": r"courriers?|lettres?",
    "sms": r"sms|textos?|whatsapp",
}
_MONTHS = (
    r"janv(?:ier)?|jan", r"fevr?(?:ier)?", r"mars", r"avr(?:il)?", r"mai", r"juin",
    r"juil(?:let)?", r"aout", r"sept?(?:embre)?", r"oct(?:obre)?", r"nov(?:embre)?", r"dec(?:embre)?",
)  # fmt: skip
_CONSENTS = {
    Consent.WITHDRAWN: """retire;retiree;retires;retrait;non;refus;refuse;consentement retire;a retire;aucun;opposition;
        pas d'accord;ne souhaite plus;a retire son accord;accord retire;a detruire""",
    Consent.UNKNOWN: ";inconnu;inconnue;non renseigne;nsp;ne sait pas;a demander;en attente;na;n a",
    Consent.ANALYSIS: """analyse;analyse seulement;analyse seule;analyse uniquement;seulement analyse;interne;
        usage interne;recherche;etude;pas de citation;pas de citations;sans citation;analyse sans citation;
        pour l'analyse;analyse interne;oui analyse seulement;pas de publication""",
    Consent.ANONYMOUS_QUOTES: """citations anonymes;citation anonyme;anonyme;anonymes;anonymement;anonymise;anonymisee;
        oui anonyme;oui anonymement;oui de facon anonyme;publication anonyme;de facon anonyme;sans nom;sans le nom;
        sans mon nom;sans prenom;sans mon prenom;citations sans nom;citation sans nom;oui sans mon nom;oui sans nom;
        oui mais anonyme;oui mais anonymement;oui mais de facon anonyme;oui mais sans nom;oui mais sans mon nom;
        oui mais pas mon nom;oui mais pas de nom;oui mais sans mon prenom;citer sans nom;
        d'accord pour citer sans nom""",
    Consent.NAMED_QUOTES: """citations prenom;citation prenom;citations avec prenom;citation avec prenom;avec prenom;
        avec le prenom;avec mon prenom;oui avec prenom;oui avec mon prenom;oui avec le prenom;prenom;
        citations avec le prenom;avec son prenom;citation avec le prenom;
        oui prenom;oui prenom ok;prenom ok;oui le prenom;oui avec nos prenoms;avec nos prenoms""",
}
_CONSENT_OF = {words.strip(): consent for consent, text in _CONSENTS.items() for words in text.split(";")}


# Sentences, from the narrowest reading to the widest; a negation or a condition anywhere makes them doubtful.
_CONSENT_SAID = (
    (Consent.WITHDRAWN, re.compile(r"\b(?:retir|retrait|refus|oppos|efface|supprim|detrui)")),
    (Consent.ANALYSIS, re.compile(r"\b(?:analyse|interne|recherche)\b(?!.*(?:cit|anonym|nom|publi))")),
    (Consent.ANONYMOUS_QUOTES, re.compile(r"\b(?:anonym|pseudonym)")),
    (Consent.NAMED_QUOTES, re.compile(r"\b(?:avec|citer|mettre|utiliser|garder) (?:mon|le|son) prenom\b")),
)
_TAKES_BACK = re.compile(
    r"\b(?:je|nous|on) retir\w+ (?:mon|ma|mes|notre|nos) "
    r"(?:accord|consentement|autorisation|temoignage|reponses?|propos)\b"
)
_HEDGED = re.compile(r"\b(?:pas|non|ne|n'|sauf|mais|sans|ni|jamais|peut etre|autre|faux|initiales?|change)\b|\bn'")


def consent_of(written: str) -> Consent | None:
    """The consent those words give; None where they could be understood in several ways (« oui », « ok »)."""
    words = folded(written)
    if "?" in written and words:
        return None
    if _TAKES_BACK.search(words):
        return Consent.WITHDRAWN
    if words in _CONSENT_OF or _HEDGED.search(words):
        return _CONSENT_OF.get(words)
    return next((consent for consent, said in _CONSENT_SAID if said.search(words)), None)


def channel_of(written: str) -> str | None:
    """How a testimony was gathered (`entretien`, `livre_or`…), or None."""
    return _named(CHANNELS, written)


def place_type_of(written: str) -> str | None:
    """The kind of place those words name (`petite_cantine`…), or None."""
    return "autre" if folded(written) == "autre" else _named(PLACE_TYPES, written)


def _named(table: dict[str, str], written: str) -> str | None:
    """The entry whose words come first in the text: « Café du jardin » is a café."""
    words = folded(written)
    found = ((re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words), name) for name, pattern in table.items())
    starts = sorted((match.start(), rank, name) for rank, (match, name) in enumerate(found) if match)
    return starts[0][2] if starts else None


def date_of(written: str) -> str | None:
    """The date in ISO 8601, as short as it was written (« mars 2024 » is "2024-03"); None where it is not understood.

    A day and a month in figures are read the French way, the day first.
    """
    text = folded(re.sub(r"[T ]\d{1,2}[:h]\d{2}.*$", "", written.strip()).replace("1er", "1"))
    for reading in (_from_figures, _from_words):
        if found := reading(text):
            return found
    years = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text))
    return years.pop() if len(years) == 1 and not re.search(r"\d", re.sub(r"(?:19|20)\d{2}", "", text)) else None


def _from_figures(text: str) -> str | None:
    if match := re.fullmatch(r"(\d{4})(?: (\d{1,2}))?(?: (\d{1,2}))?", text):
        return _iso(*match.groups())
    if match := re.fullmatch(r"(?:[a-z]+ )?(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})", text):
        return _iso(match[3], match[2], match[1])
    if match := re.fullmatch(r"(\d{1,2}) (\d{4})", text):
        return _iso(match[2], match[1], None)
    return None


def _from_words(text: str) -> str | None:
    for number, month in enumerate(_MONTHS, start=1):
        if match := re.fullmatch(rf"(?:[a-z]+ )??(?:(\d{{1,2}}) )?(?:{month}) (\d{{4}})", text):
            return _iso(match[2], str(number), match[1])
    named = [number for number, month in enumerate(_MONTHS, start=1) if re.search(rf"(?<!\w)(?:{month})(?!\w)", text)]
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    # « du 12 au 14 mars 2024 »: the month is sure, the day is not.
    return _iso(years[0], str(named[0]), None) if len(named) == len(years) == 1 else None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """The parts written out, or None where there is no such day."""
    numbers = [int(year) + (2000 if len(year) == 2 else 0), *(int(part) for part in (month, day) if part)]
    try:
        whole = datetime.date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    return whole.isoformat()[: {1: 4, 2: 7, 3: 10}[len(numbers)]] if 1900 <= whole.year < 2100 else None

"""Street addresses with a number: « 14 bis rue des Lilas », « rue des Lilas, numéro onze », « Lindenweg 8 »."""

import re
from collections.abc import Iterator

from voices.privacy.lists import known
from voices.privacy.spoken import NUMBER

_WAY = (
    r"lieu[ -]?dit|"
    r"rue|ruelle|avenue|av\.?|boulevard|bd\.?|bld\.?|blvd\.?|boul\.|place|pl\.|impasse|imp\.?|chemin|ch\.|che?m\.|all[ée]es?|all\.|"
    r"quai|square|"
    r"cours|cour|route|rte|sentier|sente|passage|pass\.|faubourg|fbg|fg|villa|esplanade|promenade|mont[ée]e|venelle|rond-point|"
    r"lotissement|r[ée]sidence|r[ée]s\.|mail|chauss[ée]e|traverse|voie|ruette|domaine|parvis|drève|"
    r"cit[ée]|hameau|clos|villas|lot\.|r\.|r(?= [A-Zvpjgh])|avenu|alle|rou?te|sq\.|c[ôo]te|corniche|levée|zone|"
    r"carrefour|galerie|rang[ée]e|coron|quartier|mas|ferme|parc|descente|rampe|butte|boucle|rocade|ham\.|z\.?[ai]\.?c?"
)
_SPOKEN = rf"(?:(?:{NUMBER}\s)?mille(?:\s{NUMBER})?|{NUMBER})"
"""The number of a house said aloud; in the country it is how many metres from the town hall."""
_LINKWORD = r"(?:(?:de la|d la|de l['’]|du|des|de|d['’]|la|les|le|l['’]|aux|au|à la|à|en|sous|sur|lès)\s*)"
_CAPITAL_WORD = r"(?:(?:St|Ste|Gal|Mal|Dr|Pdt|[A-Z])\.|[A-ZÀ-Þ\d][\w’'-]*+)"
_MONTH = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_OF_WHAT = r"\s(?:à|aux?) (?:chaux|pain|pots|plâtre|tuiles?|foin|grains?|briques?|charbon|eau|vaches?|moines?|loups?)\b"
_CAPITALS = (
    rf"(?!\d{{1,2}} [a-zéû]{{3,9}}\b){_CAPITAL_WORD}"
    rf"(?:(?![ -](?:(?:au|à|en) \d|\d{{1,2}}(?:er|e|[èe]me) [ée]tage))[ -]{_LINKWORD}{{0,4}}{_CAPITAL_WORD}){{0,8}}"
    r"(?:\s(?:blanc|blancs|blanches?|noire?s?|verte?s?|rouges?|bleue?s?|haute?|basse?|vieille|vieux|neuve|neuf|belle|beau|grande?|petite?|ronde?"
    r"|dorée?|perdue?|fleurie?|royale?|nouvelle|ancienne?|brûlée?|creuse|sèche|froide|claire|vive|salée?|couverte?)\b"
    rf"|{_OF_WHAT})?"
)
_COMMON_NOUN = (
    r"(?:parking|garage|jeux?|travail|couture|fran[çc]ais|cuisine|yoga|danse|th[ée][âa]tre|dessin|musique|anglais|arabe"
    r"|informatique|soutien|gym\w*|sport|cr[èe]che|concert|camping|nuit|piano|guitare|chant|vie|bus|chance|soir[ée]e)\b"
)
_ADJECTIVE = (
    r"(?:petite?s?|grande?s?|vieille|vieux|vieil|belle|beau|bel|bonne?|trois|quatre|sept|deux|cinq|saint|sainte|st|ste"
    r"|docteur|dr|g[ée]n[ée]ral|mar[ée]chal|capitaine|commandant|colonel|abb[ée]|pr[ée]sident|p[èe]re|professeur|notre"
    r"|haute?|basse?|nouvelle|ancienne?|champs?|clos|croix|mont|font|puits|pont|bois|moulin|pr[ée])"
)
_SURNAMES_OF_STREETS = (
    r"(?:moulin|jaur[eè]s|hugo|ferry|zola|curie|michel|gambetta|leclerc|picasso|neruda|guesde|vallant|vaillant|rolland|foch"
    r"|blum|mermoz|france|verne|monnet|lebas|roussel|de gaulle|dame)"
)
_SMALL_WORD = r"[^\W\d_]{3,}(?:[-’'][^\W\d_]+)*"
_SMALL = (
    rf"(?!{_COMMON_NOUN})(?:{_ADJECTIVE}\s(?:(?:de la|de l['’]|du|des|de|aux?|la|le|les)\s?)?(?={_SMALL_WORD}))?"
    r"(?:(?:d[ée]partemental|rural|vicinal|communal|national)e? (?:n[°o] ?)?\d{1,4}\b"
    rf"|{_SMALL_WORD}(?:\s{_SURNAMES_OF_STREETS}\b)?(?:{_OF_WHAT}|"
    r"\s(?:blancs?|blanches?|noirs?|noires?|verts?|vertes?|rouges?|bleus?|bleues?|neuve?s?|perdue?s?|fleuri\w{0,2})\b)?)"
)
_NAME = (
    rf"(?P<links>{_LINKWORD}{{0,4}})"
    rf"(?P<name>{_CAPITALS}|(?:\d{{1,2}}|(?i:{_SPOKEN})) {_MONTH}(?: \d{{2,4}})?|{_SMALL})"
)
_SUFFIX = r"(?:\s?(?i:bis|ter|quater|[A-D])\b)?"
_NUMBERED = re.compile(
    rf"(?<![\w,.])(?:(?:\d{{1,4}}{_SUFFIX}\s?(?:[-/]|à|et)\s?)?\d{{1,4}}|\b(?i:{_SPOKEN})){_SUFFIX}\s?,?\s+"
    r"(?:de la |de l['’]|du |de )?"
    rf"(?P<way>(?i:{_WAY}))\s+{_NAME}"
)
_MAIN_STREET = re.compile(
    rf"(?<![\w,.])(?:\d{{1,4}}|(?i:{_SPOKEN})){_SUFFIX}\s?,?\s+(?:de la )?(?i:grand(?:e |['’-]| )rue)\b"
    rf"(?:\s{_LINKWORD}{{0,2}}[A-ZÀ-Þ][\w’'-]*|\s(?:de la |de l['’]|du |des ){_SMALL_WORD})?"
)
_ENDS_THERE = (
    r"(?=\s*(?:$|[.,;:!?…)»\]\n/—–]|-\s)|\s+(?:à|au|aux|en|dans|bis|ter|quater|b[âa]t\w*|appt?\w*|esc\w*|[ée]tage|chez|"
    r"c['’]est|où|derrière|devant|face|[A-ZÀ-Þ])\b)(?!\s*[.,]\d)"
)
_STREET_FIRST = re.compile(
    r"\b(?i:lieu[ -]?dit|"
    r"rue|ruelle|avenue|av\.|boulevard|bd\.?|place|impasse|chemin|all[ée]e|quai|square|route|sentier|cit[ée]|faubourg"
    r"|chauss[ée]e|traverse|venelle)\s+"
    rf"(?:{_LINKWORD}{{0,4}}(?:{_CAPITALS}|{_SMALL})\s?,?\s+(?i:(?:au\s)?(?:num[ée]ro|num\.?|n[°ºo]\.?))"
    rf"\s?(?:\d{{1,4}}|(?i:{_SPOKEN})){_SUFFIX}(?!\w)"
    rf"|{_LINKWORD}{{0,4}}{_CAPITALS}\s?,?\s+(?:au\s)?(?<!\d )\d{{1,3}}{_SUFFIX}(?![\w°]){_ENDS_THERE}"
    rf"|{_LINKWORD}{{0,4}}(?:{_CAPITALS}|{_SMALL})\s?,?\s+au\s(?:\d{{1,3}}|(?i:{_SPOKEN}))\b{_SUFFIX}{_ENDS_THERE})"
)
_ABROAD = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]{1,30}(?:weg|stra(?:ß|ss)e|str\.|gasse|platz|allee|ufer|damm|laan|straat|plein|kade|gatan|vej)\s"
    r"\d{1,4}\s?[a-z]?\b"
    r"|\b(?:[A-ZÄÖÜ][\wäöüß]{1,20}[ -]){1,3}(?:Stra(?:ß|ss)e|Str\.|Weg|Gasse|Platz|Allee|Ufer)\s\d{1,4}\s?[a-z]?\b"
    r"|(?<![\w,.])\d{1,4},?\s(?:Via|Viale|Corso|[Cc]alle|[Aa]venida|[Cc]arrer|Rua|Travessa)\s(?:[a-z]{2,3}\s){0,2}[A-ZÀ-Þ][\w’'-]{1,30}"
    r"|\b(?:Via|Viale|Piazza|Corso|[Cc]alle|[Aa]venida|Avda\.|[Pp]laza|[Pp]aseo|[Cc]arrer|Rua|Travessa|Largo|[Uu]lica|[Uu]l\.|"
    r"[Ss]trada|[Ss]tr\.|[Bb]ulevardul|[Uu]litsa)\s(?:(?:de|del|della|dei|la|las|los|el|do|da|dos|das|di|lui)\s){0,2}"
    r"[A-ZÀ-Þ][\w’'-]{1,30}(?:\s(?:(?:de|del|e|y|da|do)\s)?[A-ZÀ-Þ][\w’'-]{1,30}){0,3}"
    r",?\s(?:n\.?[º°]?\s?|nr\.?\s?)?\d{1,4}[a-z]?\b"
    r"|(?<![\w,.])\d{1,4}[a-z]?,?\s(?:[A-Z][\w’'-]{1,20}\s){1,3}"
    r"(?:Street|St\.?|Road|Rd\.?|Lane|Avenue|Ave\.?|Drive|Terrace|Close)(?!\w)"
    r"|\b(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,20}\s){1,3}(?:Sokak|Sok\.|Sokağı|Caddesi|Cad\.|Mahallesi)\s(?:[Nn]o\s?:?\s?)?\d{1,4}\b"
)
_NEVER_COUNTED = frozenset(("rue", "avenue", "boulevard", "impasse", "faubourg", "chemin", "quai", "route"))
"""« Le 3 rue des Lilas » : somewhere; « les 3 rue du quartier » : how many."""
_COUNTED_STREETS = re.compile(r"(?:\bles|\bces|\bdes|\bdans)\s+$", re.IGNORECASE)
_COUNTED = re.compile(r"(?:\bdu|\ble|\bles|\bces|\bdes|\bdans)\s+$", re.IGNORECASE)
_NOT_A_NUMBER_OF_A_HOUSE = re.compile(rf"\b(?:bus|ligne|tram|métro|car|en|depuis|dès|{_MONTH})\s$", re.IGNORECASE)
_ROOM = (
    r"(?:(?i:b[âa]t(?:iment)?|esc(?:alier)?|app(?:art(?:ement)?|t)?|porte|hall|entr[ée]e|bloc|bo[îi]te(?: aux lettres)?"
    r"|b\.?p)\.?"
    r"\s(?:n[°ºo]\.?\s?)?(?:\d{1,5}[A-Z]?|[A-Z]\d{0,3})(?!\w)|\d{1,2}\s?(?i:er|e|[èe]me) (?i:[ée]tage)\b)"
)
"""Where, in the building: « bât. B », « appartement 12 », « 4e étage »."""
_ROOMS_AFTER = re.compile(rf"(?:\s?[,–-]?\s{{1,2}}{_ROOM}){{1,5}}")
_ROOMS_BEFORE = re.compile(rf"(?<!\w){_ROOM}(?:\s?[,–-]?\s{{1,2}}{_ROOM}){{0,4}}\s?[,–-]?\s{{1,2}}$")
_ROOMS_LENGTH = 80
_A_LENGTH = re.compile(r"\s?(?:km|m|h|heures?|ans|jours|fois|%|€)\b")
_CAPITAL_ONLY = frozenset(
    (
        "cours",
        "cour",
        "mail",
        "zone",
        "voie",
        "côte",
        "cote",
        "levée",
        "corniche",
        "montée",
        "traverse",
        "villas",
        "carrefour",
        "galerie",
        "rangée",
        "rangee",
        "coron",
        "quartier",
        "mas",
        "ferme",
        "parc",
        "descente",
        "rampe",
        "butte",
        "boucle",
        "rocade",
        "allées",
        "allees",
        "domaine",
        "parvis",
        "pass.",
    )
)
_AND_BARE_DE = frozenset(("place", "passage", "voie", "résidence"))


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where street addresses with a number are, the floor and the door with them.

    « Le 3 allée de fraises » counts rows, it is nobody's address.
    """
    for start, end in _streets(text):
        before = _ROOMS_BEFORE.search(text[max(0, start - _ROOMS_LENGTH) : start])
        after = _ROOMS_AFTER.match(text, end)
        yield start - len(before.group()) if before else start, after.end() if after else end


def _streets(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBERED.finditer(text):
        if _leads_somewhere(text, match):
            yield match.start(), _with_surname(text, match)
    for pattern in (_MAIN_STREET, _STREET_FIRST, _ABROAD):
        for match in pattern.finditer(text):
            if not _A_LENGTH.match(text, match.end()):
                yield match.span()


def _leads_somewhere(text: str, match: re.Match[str]) -> bool:
    if _NOT_A_NUMBER_OF_A_HOUSE.search(text, max(0, match.start() - 20), match.start()):
        return False
    named = match["name"][0].isupper() or match["name"][0].isdigit()
    if named:
        return match.group()[0].isdigit() or not _is_article(text, match)
    way, linked = match["way"].lower(), match["links"].strip().lower()
    surname = re.match(_SURNAMES_OF_STREETS, match["name"]) is not None
    if (way in _CAPITAL_ONLY and not surname) or (way in _AND_BARE_DE and linked == "de"):
        return False
    if not match.group()[0].isdigit() and _is_article(text, match):
        return False
    if not (match.group()[0].isdigit() or linked or surname or way in _NEVER_COUNTED):
        return False
    counted = _COUNTED_STREETS if way in _NEVER_COUNTED else _COUNTED
    return counted.search(text, max(0, match.start() - 8), match.start()) is None


def _is_article(text: str, match: re.Match[str]) -> bool:
    """« Une rue des Lilas » : an article; « au un rue des Lilas » : a number."""
    if match.group().split()[0].lower() not in ("un", "une"):
        return False
    return re.search(r"(?:\bau|num[ée]ro)\s$", text[max(0, match.start() - 8) : match.start()], re.IGNORECASE) is None


def _with_surname(text: str, match: re.Match[str]) -> int:
    """« 3 rue louise weiss » : after a first name in lower case comes the surname."""
    name = match["name"]
    if not name.islower() or " " in name or known(name) is None:
        return match.end()
    after = re.match(r"[ -][^\W\d_]{3,}", text[match.end() : match.end() + 40])
    return match.end() + after.end() if after else match.end()

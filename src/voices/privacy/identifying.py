"""What may tell who somebody is once names are gone: links, offices, « le seul… », clues that meet.

It is flagged for a person to read, never replaced.

A person reads what is flagged and decides; the signs are words, so they miss some and see some where there is no harm.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from voices.domain import OUTLETS, Outlet, Quote


class Risk(StrEnum):
    """Why a passage is flagged, as a French sentence says it."""

    LINK = "une personne est dite par son lien avec une autre"
    OFFICE = "une fonction que peu de personnes ont"
    ONLY_ONE = "une personne dite seule de son espèce"
    BIRTH = "une date de naissance"
    NUMBER = "un long numéro, peut-être celui d’un dossier"
    CLUES = "plusieurs indices qui, ensemble, peuvent désigner quelqu’un"


@dataclass(frozen=True, slots=True)
class Flag:
    """`text[start:end]` may tell who somebody is."""

    start: int
    end: int
    risk: Risk


_TRADE = (
    r"(?:agricult|(?:re)?stau?rat|édu(?:cat)|instit(?:ut)|direct|tract|chauff|coiff|vend|serv|fact|jardin|plong)"
    r"(?:eure?|eurs|euses?|rice|rices|iers?|ières?)|boulang(?:er|ère)|bouch(?:er|ère)|charcuti(?:er"
    r"|ère)|épici(?:er|ère)"
    r"|poissonni(?:er|ère)|pâtissi(?:er|ère)|cuisini(?:er|ère)|cantini(?:er|ère)|infirmi(?:er|ère)|pharmacien(?:ne)?"
    r"|médecin|dentiste|kiné|vétérinaire|notaire|avocate?|juge|policier|policière|gendarme|pompi(?:er|ère)|militaire"
    r"|maçon|plombi(?:er|ère)|électricien(?:ne)?|menuisi(?:er|ère)|couvreur|mineur|ouvri(?:er|ère)|docker|marin|pêcheur"
    r"|paysan(?:ne)?|bergère?|éleveu(?:r|se)|maraîch(?:er|ère)|viticult(?:eur|rice)|horlog(?:er|ère)|cordonni(?:er|ère)"
    r"|couturi(?:er|ère)|coiffeu(?:r|se)|professeure?|prof|maître(?:sse)? d[’']école|institut(?:eur"
    r"|rice)|facteur|factrice"
    r"|chauffeu(?:r|se)|taxi|routier|cheminote?|caissi(?:er|ère)|gardien(?:ne)?|concierge|éboueur|bibliothécaire"
    r"|sage-femme|comptable|secrétaire|journaliste|musicien(?:ne)?|libraire|fleuriste|garagiste|tatoueu(?:r|se)|imam"
    r"|curé|prêtre|pasteur|rabbin|religieuse|sculpt(?:eur|rice)|peintre|comédien(?:ne)?|trapéziste|accordéoniste"
)
_PERSON = (
    rf"(?:{_TRADE}|homme|femme|personne|fille|garçon|jeune|habitante?|dame|monsieur|noire?|blanche?"
    rf"|arabe|étrang(?:er|ère)"
    r"|réfugiée?|handicapée?|aveugle|sourde?|bénévole|salariée?|locataire|commerçante?|veu(?:f|ve)|mère|père|enfant"
    r"|élève|étudiante?|survivante?|témoin|tunisien(?:ne)?|algérien(?:ne)?|malien(?:ne)?|afghane?|syrien(?:ne)?"
    r"|ukrainien(?:ne)?|portugaise?|roumaine?|comorien(?:ne)?|tamoule?|tchétchène|érythréen(?:ne)?|géorgien(?:ne)?)"
)
_KIN = (
    r"(?:belle[- ])?(?:fille|sœur|soeur|mère)|(?:beau[- ])?(?:fils|frère|père)|mari|femme|épou(?:x|se)|compagn(?:on|e)"
    r"|conjointe?|copine?|ex(?:-mari|-femme)?|veu(?:f|ve)|nièce|neveu|cousine?|tante|oncle|grand-(?:mère|père)"
    r"|petite?-(?:fille|fils)|marraine|parrain|gendre|bru|jumeau|jumelle|voisine?|nounou|tutrice"
    r"|tuteur|amante?|maîtresse"
)
_OFFICE = (
    r"présidente?|vice-présidente?|trésori(?:er|ère)|maire|mairesse|adjointe? au maire|préfète?|sous-préfète?|députée?"
    r"|directeur|directrice|gérante?|patronne?|cheffe? de service|coordinat(?:eur|rice)|responsable|doyenne?|curé|imam"
    r"|pasteur|rabbin|institutrice|instituteur|maître(?:sse)? d[’']école|gardienne?|concierge|facteur|factrice"
    r"|garde[- ]champêtre|assistante? sociale|conseill(?:er|ère) municipale?|secrétaire|fondat(?:eur|rice)|propriétaire"
    r"|proviseure?|principale?|cpe|infirmi(?:er|ère) scolaire|sage-femme|sacristain|bedeau|notaire|pharmacien(?:ne)?"
)
_NAME = r"(?:(?:Mme|M\.|Mr|Mlle|Madame|Monsieur|madame|monsieur|tonton|tata)\s)?[A-ZÀ-Þ][\w’'-]{1,40}"
_OF = r"(?:de\s(?:la\s|l[’'])?|d[’']|du\s|à\s(?:la\s|l[’'])?|au\s)"
_END = r"(?![\w’'-])"
_LINK = re.compile(
    rf"(?<![\w-])(?i:la|le|l[’']|une?|sa|son|cette?|ce|les deux|les)\s?(?:(?:petite?|grande?|jeune"
    rf"|ancien(?:ne)?|aînée?)\s)?"
    rf"(?:{_KIN})s?\s(?i:{_OF})(?:{_NAME}|(?:{_OFFICE}|{_TRADE}){_END})"
)
_OFFICE_ALONE = re.compile(
    rf"(?<![\w-])(?:(?i:la|le|notre|l[’'])\s?)(?:(?:ancien(?:ne)?|nouveau|nouvelle|premi(?:er"
    rf"|ère))\s)?(?:{_OFFICE}){_END}"
    r"(?!\s(?:de\sla\s(?:République|France)|de\sl[’'](?:État|Assemblée)"
    r"|(?:de\s)?[A-ZÀ-Þ]\w+\s(?:Macron|Hollande)|Macron"
    r"|Chirac|Mitterrand|Sarkozy|Hollande|général|médical|social))"
)
_BEFORE_AN_OFFICE = re.compile(
    r"(?:Monsieur|Madame|messieurs|mesdames|Mme|M\.|bureau|poste|place|rôle) (?:de |du )?$", re.I
)
_ONLY_ONE = re.compile(
    rf"(?<![\w-])(?i:la|le|l[’']|les deux|un des|une des)\s?(?:seule?s?|uniques?|dernière?s?"
    rf"|premi(?:er|ère)s?|rares?)\s"
    rf"(?:(?:vraie?|petite?|grande?|jeune)\s)?(?:{_PERSON})s?{_END}",
)
_ONLY_ONE_AFTER = re.compile(
    rf"(?<![\w-])(?i:la|le|l[’']|des)\s?(?:{_PERSON})s?\s(?:le|la)\splus\s(?:vieux|vieille|jeune|âgée?){_END}"
)
_NO_ONE_ELSE = re.compile(
    r"(?i:il n[’']y (?:en )?a(?:vait)? qu[’']une?(?: seule?)?)[^.!?]{0,30}(?:quartier|village|rue|ville|coin|canton)"
)
_BIRTH = re.compile(
    r"(?i)(?<![\w-])née?s? le \d{1,2}(?:er)?[ /.-](?:\d{1,2}|[a-zéû]{3,9})[ /.-]\d{2,4}(?!\d)"
    r"|date de naissance\s?: ?\d[\d /.-]+"
)
_NUMBER = re.compile(r"(?<![\w.,/])\d{7,}(?![\w/]|,\d)")

_CLUES = {
    "trade": re.compile(rf"(?<![\w-])(?:{_TRADE})s?{_END}", re.I),
    "illness": re.compile(
        r"(?<![\w-])(?:cancer|sclérose en plaques|diabète|diabétique|parkinson|alzheimer|épilepsie"
        r"|épileptique|VIH|sida|séropositi\w+"
        r"|schizophrén\w+|bipolaire|autiste|trisomique|trisomie|drépanocytose|mucoviscidose"
        r"|hémophil\w+|leucémie|dialyse"
        r"|greffée?|amputée?|paraplégique|tétraplégique|aveugle|sourde?|muette?|handicapée?|AVC"
        r"|hépatite|tuberculose|cirrhose"
        r"|alcoolique|toxicomane|dépression|infarctus|maladie de \w+|fausse couche|avortement|IVG)" + _END,
        re.I,
    ),
    "place": re.compile(
        r"(?:à|de|d[’']|vers|près de)\s?(?!(?:Noël|Pâques|Dieu|Mme|M)\b)[A-ZÀ-Þ][a-zà-ÿ]{1,30}(?:-[\wÀ-ÿ]{1,30}){0,5}",
        0,
    ),
    "date": re.compile(
        r"(?<!\d)(?:19[2-9]\d|20[0-4]\d)(?!\d)|(?:janvier|février|mars|avril|mai|juin|juillet|août"
        r"|septembre|octobre|novembre|décembre) \d{4}"
    ),
    "age": re.compile(
        r"(?i)(?<![\w-])(?:\d{2}|[\w-]{0,20}(?:vingts?|trente|quarante|cinquante|soixante"
        r"|cent)[\w-]{0,20}) ans(?! (?:de|que|et demi))"
    ),
    "origin": re.compile(r"(?i)(?<![\w-])(?:née?s? (?:à|en|au)|origin(?:aire|e) d|venue? d[eu’'])\s?\w+"),
    "family": re.compile(
        r"(?i)(?:(?:cinq|six|sept|huit|neuf|dix|onze|douze) enfants|jumeaux|jumelles|triplés"
        r"|quadruplés|mes (?:cinq|six|sept|huit|neuf) "
        r"(?:filles|fils|garçons))"
    ),
    "past": re.compile(
        r"(?i)(?<![\w-])(?:prison|garde à vue|expulsée?|sans[- ]papiers|OQTF|SDF|à la rue|viol(?:ée)?"
        r"|battue|désintox|ancien légionnaire"
        r"|tutelle|curatelle|accident (?:de|du|d[’'])|incendie|médaille|championne?|élue?)" + _END
    ),
}
_ENOUGH = 3
_LONGEST, _END_SHOWN = 70, 25
_PAIRS = (frozenset(("illness", "trade")), frozenset(("illness", "place")), frozenset(("past", "trade")))


def flags(text: str) -> tuple[Flag, ...]:
    """What may tell who somebody is, in order; a stretch is flagged once. The text's names are replaced already."""
    found = [*_matches(_LINK, text, Risk.LINK), *_matches(_ONLY_ONE, text, Risk.ONLY_ONE)]
    found += _matches(_ONLY_ONE_AFTER, text, Risk.ONLY_ONE)
    found += _matches(_NO_ONE_ELSE, text, Risk.ONLY_ONE)
    found += [*_matches(_BIRTH, text, Risk.BIRTH), *_matches(_NUMBER, text, Risk.NUMBER)]
    found += (one for one in _matches(_OFFICE_ALONE, text, Risk.OFFICE) if not _addressed(text, one.start))
    found += _meeting(text)
    kept, covered = [], bytearray(len(text))
    for one in found:
        if one.risk is Risk.CLUES or not any(covered[one.start : one.end]):
            kept.append(one)
        if one.risk is not Risk.CLUES:
            covered[one.start : one.end] = b"\1" * (one.end - one.start)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)))


def told(text: str) -> tuple[str, ...]:
    """What is flagged in the text, each once: « la fille de Monique » : une personne est dite par son lien… A long
    stretch is shown by its two ends.
    """
    return tuple(
        dict.fromkeys(f"«\u202f{_short(text[one.start : one.end])}\u202f»\u202f: {one.risk}" for one in flags(text))
    )


def reread(quotes: Iterable[Quote], outlets: Collection[Outlet] = OUTLETS) -> tuple[Quote, ...]:
    """The quotes, each with what is flagged in it; with nothing where they are written for others than the team.

    They are for the team where they stay within the house, and where nobody said by which channel they leave.
    """
    ours = set(outlets) in ({Outlet.INTERNAL}, set(OUTLETS))
    return tuple(replace(one, cautions=told(one.text) if ours else ()) for one in quotes)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - _END_SHOWN]} […] {words[-_END_SHOWN:]}"


def _matches(pattern: re.Pattern[str], text: str, risk: Risk) -> Iterator[Flag]:
    for match in pattern.finditer(text):
        yield Flag(*match.span(), risk)


def _addressed(text: str, start: int) -> bool:
    """« Monsieur le Président », « le poste de la directrice »: somebody is spoken to, or a post is."""
    return _BEFORE_AN_OFFICE.search(text, max(0, start - 16), start) is not None


def _meeting(text: str) -> Iterator[Flag]:
    """Two or three sentences where an illness meets a trade, or three clues meet: of the first clue to the last."""
    for start, end in _windows(text):
        met = {kind: match.span() for kind, pattern in _CLUES.items() if (match := pattern.search(text, start, end))}
        if len(met) >= _ENOUGH or any(pair <= met.keys() for pair in _PAIRS):
            yield Flag(min(at for at, _ in met.values()), max(to for _, to in met.values()), Risk.CLUES)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Two sentences at a time, never overlapping."""
    ends = [match.end() for match in re.finditer(r"[.!?…]+\s+|\n+", text)] + [len(text)]
    start = 0
    for end in ends[1::2] if len(ends) > 1 else ends:
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)

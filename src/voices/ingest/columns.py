"""What each column of a questionnaire holds, by its heading and by what people wrote under it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voices.errors import SettingsError
from voices.ingest.answers import clean_question, says_nothing
from voices.ingest.characters import folded
from voices.ingest.limits import LIMITS
from voices.ingest.vocabulary import consent_of, date_of
from voices.roles import role_of


class Kind(StrEnum):
    """What a column is for, by the words a person uses in a file of columns."""

    IDENTITY = "identité"
    PLACE = "lieu"
    PLACE_TYPE = "type_lieu"
    DATE = "date"
    CHANNEL = "canal"
    ROLE = "rôle"
    CONSENT = "consentement"
    OUTLETS = "canaux"
    UNTIL = "jusqu_au"
    COLLECTED_BY = "recueilli_par"
    WAY = "recueil"
    CLOSED = "fermée"
    OPEN = "ouverte"
    SPEAKER = "locuteur"
    TIME = "temps"
    IGNORED = "ignorée"


SHOWN = {
    Kind.OPEN: "question ouverte",
    Kind.CLOSED: "question fermée, non codée",
    Kind.TIME: "minutage",
    Kind.IGNORED: "laissée de côté",
}
METADATA = {
    Kind.PLACE: "lieu",
    Kind.PLACE_TYPE: "type_lieu",
    Kind.DATE: "date",
    Kind.CHANNEL: "canal",
    Kind.ROLE: "role",
    Kind.CONSENT: "consentement",
    Kind.OUTLETS: "canaux",
    Kind.UNTIL: "jusqu_au",
    Kind.COLLECTED_BY: "recueilli_par",
    Kind.WAY: "recueil",
}
_LIMIT_OF = {heading: Kind(name) for name, told in LIMITS.items() for heading in told.split(";")}
"""Columns on the limits of a consent, known by their very headings: what is under them is never taken for an answer."""
_SAMPLE = 1_000  # cells looked at in a column, from its first to its last
_CONTACT_VALUE = re.compile(r"\s*(?:\S+@\S+\.\w+|\+?[\d .\-()]{9,20})\s*")
_TIME_VALUE = re.compile(r"[\[(]?\s*(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d+)?\s*[\])]?")
_TECHNICAL = re.compile(
    r"(?:id|n|no|num|numero)(?: (?:de )?(?:la )?(?:reponse|ligne|questionnaire|repondant))?|response id|respondent id|"
    r"collector id|lastpage|derniere page|startlanguage|langue de depart|seed|tete de serie|refurl|user agent|"
    r"identifiant(?: de la reponse)?|score(?: total)?"
)
_IDENTITY = re.compile(
    r"\b(?:noms?|prenoms?|pseudo|pseudonyme|e ?mail|mail|courriel|tel|telephone|portable|mobile|signature|contact|"
    r"coordonnees|nom d'utilisateur|ipaddr|adresse|joindre|recontacter)\b"
)
_PERSONAL = re.compile(r"\b(?:prenoms?|e ?mail|mail|courriel|tel|telephone|portable|signature|coordonnees)\b")
_PLACE_TYPE = re.compile(r"\btypes? (?:de |du |d')?(?:lieux?|structures?|etablissements?)\b")
_PLACE = re.compile(
    r"\b(?:lieux?|structure|site|ville|commune|etablissement|antenne|centre|association|cantine|village|quartier|"
    r"departement|region|code postal)\b"
)
_DATE = re.compile(r"\b(?:horodat\w*|timestamp|date\w*|submitdate|annee|mois|jour|heure de (?:debut|fin))\b")
_NOT_ITS_DATE = re.compile(r"\b(?:naissance|nee?|depuis|arrivee?|venue?|premiere|inscription|startdate|age)\b")
_ROLE = re.compile(
    r"(?:vous )?etes(?: vous)?(?: (?:ici|venue?s?))?(?: (?:en tant que|comme))?|"
    r"(?:votre |le |son |quel est votre )?(?:statut|roles?|fonction|profil|qualite)"
    r"(?: (?:dans|a|au|de|du) (?:l'|la |le )?(?:lieu|structure|association|cantine|centre|cafe|jardin))?"
)
_CHANNEL = re.compile(r"(?:canal|mode|mode de recueil|support|type de recueil|forme)")
# Who answers « non » to a question of consent is withdrawn: « vous sentez-vous accepté ? », « connaissez-vous vos
# droits ? », « d’accord avec cette phrase ? » or « être recontacté ? » must not be taken for one.
_CONSENT = re.compile(
    r"""\b(?:consent\w*|rgpd|citer|citations?
    | (?:etre|soit|soient|sois|serai) (?:\ \w+)? \ (?:citee?s?|publiee?s?|diffusee?s?)
    | publi(?:er|cation) \ (?:de\ )? (?:ce|mon|mes|votre|vos|son|ses|du|des)
      \ (?:temoignages?|propos|reponses?|paroles?|mots))\b
    | ^(?:accord|droits?|publication|autorisations?) (?:\ \w+){0,2}$""",
    re.VERBOSE,
)
_ASKS_LEAVE = re.compile(
    r"\b(?:j'accepte|acceptez|acceptes tu|acceptation|j'autorise|autorise[zs]|autorisations?|permettez|pouvons|peut on|"
    r"(?<!d')accord|d'accord (?:pour|que?|a ce que?|si))\b"
)
_OF_WORDS = re.compile(
    r"\b(?:citee?s?|publi\w+|diffus\w+|utilis\w+|exploit\w+|reprodu\w+|analys\w+|traite\w*|temoignages?|propos|"
    r"reponses?|paroles?|verbatims?|extraits?|prenom|anonym\w+|etude|recherche)\b"
)
_OF_CONTACT = re.compile(r"\b(?:recontact\w*|contacte\w*|rappele\w*|newsletter|lettre d'information)\b")
_SPEAKER = re.compile(r"locut(?:eur|rice)s?|speaker|intervenante?s?|qui parle|qui|personnage|nom du locuteur|parole de")
_WORDS = re.compile(
    r"texte?s?|propos|paroles?|transcriptions?|verbatims?|contenu|temoignages?|recits?|votre temoignage|reponses?|"
    r"histoires?|ce qui est dit|commentaires?|messages?|"
    r"(?:mots?|messages?|paroles?|temoignages?) (?:laisse|recu|ecrit|depose|recueilli|du livre|au livre)\w*.*"
)
_ASKS_FREELY = re.compile(
    r"\b(?:pourquoi|comment|racont\w+|decriv\w+|expliqu\w+|precis\w+|developp\w+|qu'|que|quoi|dites|parlez|remarques?|"
    r"commentaires?|suggestions?|temoignages?|souvenirs?|selon vous|quelque chose|mot de la fin|expression libre)"
)


@dataclass(frozen=True, slots=True, repr=False)
class Column:
    """A column: its place, its heading as written, its kind, the question it asks (empty where it asks none)."""

    index: int
    heading: str
    kind: Kind
    question: str = ""

    @property
    def sentence(self) -> str:
        """How the column was understood, for the person to check."""
        heading = " ".join(self.heading.split()) or f"n° {self.index + 1}, sans titre"
        short = heading if len(heading) <= 80 else f"{heading[:79]}…"
        return f"Colonne «\u202f{short}\u202f»\u202f: {SHOWN.get(self.kind, self.kind.value)}."


@dataclass(frozen=True, slots=True)
class _Profile:
    """How people filled a column. Words are counted on answers that say something."""

    filled: int
    mean_words: float
    longest: int
    distinct: float
    choices: bool
    numbers: float
    contacts: float
    dates: float
    times: float
    consents: float
    roles: float


def understand(headings: Sequence[str], rows: Sequence[Sequence[str]], given: Mapping[str, str]) -> tuple[Column, ...]:
    """A column a heading. `given` (heading to kind) wins; else the heading and the cells under it decide.

    Raises SettingsError for a kind that is not known.
    """
    chosen = {folded(heading): _kind(name, heading) for heading, name in given.items()}
    columns = []
    for index, heading in enumerate(headings):
        cells = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
        question = clean_question(heading)
        known = chosen.get(folded(heading)) or chosen.get(folded(question))
        kind = known or _recognised(folded(question), _profile(cells[:: 1 + len(cells) // _SAMPLE]))
        asked = "" if _WORDS.fullmatch(folded(question)) else question
        columns.append(Column(index, heading, kind, asked))
    return tuple(columns)


def _kind(name: str, heading: str) -> Kind:
    known = {folded(kind.value.replace("_", " ")): kind for kind in Kind}
    found = known.get(folded(name.replace("_", " ")))
    if found is None:
        raise SettingsError(
            f"La colonne «\u202f{heading}\u202f» est dite «\u202f{name}\u202f», un genre inconnu.",
            f"Genres possibles\u202f: {', '.join(kind.value for kind in Kind)}.",
        )
    return found


def _recognised(heading: str, profile: _Profile) -> Kind:
    """The first rule that holds. Who people are comes first: a name must never pass for a testimony."""
    if not profile.filled:
        return Kind.IGNORED
    if limit := _LIMIT_OF.get(heading):
        return limit
    length = len(heading.split())
    brief = profile.mean_words < 8
    rules = (
        (Kind.IDENTITY, profile.contacts >= 0.5),
        (Kind.IGNORED, _TECHNICAL.fullmatch(heading)),
        (Kind.IDENTITY, _names_people(heading, brief=brief)),
        (Kind.PLACE_TYPE, _PLACE_TYPE.search(heading) and brief and length <= 8),
        (Kind.TIME, profile.times >= 0.8),
        (
            Kind.CONSENT,
            _asks_consent(heading)
            and brief
            and (profile.distinct < 0.5 or profile.mean_words < 4 or profile.consents >= 0.6),
        ),
        (
            Kind.DATE,
            profile.dates >= 0.6 and length <= 6 and _DATE.search(heading) and not _NOT_ITS_DATE.search(heading),
        ),
        (Kind.PLACE, _PLACE.search(heading) and length <= 8 and profile.mean_words < 6 and not profile.numbers >= 0.6),
        (Kind.SPEAKER, _SPEAKER.fullmatch(heading) and profile.mean_words <= 4),
        (Kind.IDENTITY, _IDENTITY.search(heading) and (length <= 3 or (brief and not _is_open(heading, profile)))),
        (Kind.CHANNEL, _CHANNEL.fullmatch(heading) and brief),
        (Kind.ROLE, _asks_role(heading, profile)),
        (Kind.OPEN, _is_open(heading, profile)),
    )
    return next((kind for kind, holds in rules if holds), Kind.CLOSED)


def _names_people(heading: str, *, brief: bool) -> bool:
    """Whether a heading plainly asks who someone is: « Prénom », « Nom, prénom et adresse »."""
    if _asks_consent(heading):
        return False
    short = len(heading.split()) <= 6
    return short and (len(_IDENTITY.findall(heading)) >= 2 or (brief and _PERSONAL.search(heading) is not None))


def _asks_role(heading: str, profile: _Profile) -> bool:
    """Whether it asks what people are in the place: by its heading, or by the roles under it."""
    if profile.mean_words >= 5 or len(heading.split()) > 12:
        return False
    return profile.roles >= 0.5 or (_ROLE.match(heading.rstrip(" ?:….")) is not None and profile.roles > 0)


def _asks_consent(heading: str) -> bool:
    """Whether a heading asks leave to use someone's words."""
    if _CONSENT.search(heading):
        return True
    asks = _ASKS_LEAVE.search(heading) and _OF_WORDS.search(heading)
    return bool(asks) and _OF_CONTACT.search(heading) is None


def _is_open(heading: str, profile: _Profile) -> bool:
    """Long and varied answers; shorter ones where the question asks freely."""
    if profile.choices or max(profile.numbers, profile.dates, profile.times) >= 0.6:
        return False
    varied = profile.distinct >= 0.5
    if varied and (profile.mean_words >= 5 or profile.longest >= 15):
        return True
    free = _WORDS.fullmatch(heading) or _ASKS_FREELY.search(heading)
    return bool(free) and profile.distinct >= 0.6 and profile.mean_words >= 2


def _profile(cells: Sequence[str]) -> _Profile:
    telling = [cell for cell in cells if not says_nothing(cell)]
    lengths = [len(cell.split()) for cell in telling]
    total = max(len(telling), 1)
    return _Profile(
        filled=len(cells),
        mean_words=sum(lengths) / total,
        longest=max(lengths, default=0),
        distinct=len({folded(cell) for cell in telling}) / total,
        choices=_are_choices(telling),
        numbers=sum(re.fullmatch(r"[\d\s.,/%€+-]+", cell) is not None for cell in telling) / total,
        contacts=sum(_is_contact(cell) for cell in telling) / total,
        dates=sum(len(cell) <= 30 and date_of(cell) is not None for cell in telling) / total,
        times=sum(_TIME_VALUE.fullmatch(cell) is not None for cell in telling) / total,
        consents=sum(consent_of(cell) is not None for cell in telling) / total,
        roles=sum(role_of(cell) is not None for cell in telling) / total,
    )


def _is_contact(cell: str) -> bool:
    digits = sum(char.isdigit() for char in cell)
    shaped = _CONTACT_VALUE.fullmatch(cell) is not None
    return shaped and ("@" in cell or (digits >= 9 and date_of(cell) is None))


def _are_choices(cells: Sequence[str]) -> bool:
    """Ticked boxes: the same short phrases come back, several in a cell (« Cuisine, Jardin »)."""
    parts = [folded(part) for cell in cells for part in re.split(r"[;,|\n]", cell) if part.strip()]
    brief = all(len(part.split()) <= 8 for part in parts)
    return len(cells) >= 4 and brief and len(set(parts)) <= 0.5 * len(parts)

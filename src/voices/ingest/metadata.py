"""Where, when, how and with what consent: from `temoignages.csv`, from front matter, from folders' names."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from voices.domain import Consent, Origin
from voices.ingest.agreeing import agreed
from voices.ingest.characters import folded
from voices.ingest.limits import LIMITS
from voices.ingest.sheets import read_table
from voices.ingest.vocabulary import channel_of, consent_of, date_of, place_type_of
from voices.raw import Identity, RawTestimony
from voices.roles import plain_role

_SHEET_STEM = "temoignages"
_SHEET_SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".ods"})
_LABEL_WORDS = 4
HEADINGS = {
    "fichier": "fichier;fichiers;nom du fichier;document;file;nom fichier",
    "lieu": "lieu;lieux;place;site;structure;etablissement;nom du lieu;lieu du recueil",
    "type_lieu": "type lieu;type de lieu;type du lieu;type;place type",
    "date": "date;dates;date du recueil;date de recueil;annee;mois;quand;date entretien",
    "canal": "canal;mode;mode de recueil;support;forme;type de recueil;channel",
    "role": "role;roles;statut;fonction;profil;qualite;role du temoin;vous etes",
    "consentement": "consentement;consent;accord;autorisation;droits;autorisations",
    "intervieweur": "intervieweur;intervieweuse;enqueteur;enquetrice;interviewer;entretien mene par;mene par",
    "nom": "nom;prenom;auteur;autrice;temoin;nom et prenom;prenom nom;personne",
    "contact": "mail;email;e mail;courriel;telephone;tel;portable;adresse",
    **LIMITS,
}
_KEY_OF = {heading: key for key, text in HEADINGS.items() for heading in text.split(";")}


@dataclass(frozen=True, slots=True, repr=False)
class Head:
    """The front matter of a text: values as written by key, who it names, what to say of it."""

    metadata: Mapping[str, str] = field(default_factory=dict)
    identity: Identity = field(default_factory=Identity)
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A `temoignages.csv`: values as written, by key, for each file it names; `folder` is where it lies."""

    folder: PurePosixPath
    rows: Mapping[str, Mapping[str, str]]
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def front_matter(lines: Iterable[str]) -> Head:
    """What « clé : valeur » lines say. Unknown keys are reported, names and contacts kept apart."""
    values: dict[str, str] = {}
    names: list[str] = []
    contacts: list[str] = []
    unknown = 0
    for line in lines:
        heading, _, value = line.partition(":")
        key, value = _KEY_OF.get(folded(heading)), value.strip().strip("\"'").strip()
        if key == "nom":
            names.append(value)
        elif key == "contact":
            contacts.append(value)
        elif key and value:
            values.setdefault(key, value)
        elif line.strip() and not key:
            unknown += 1
    aside = agreed(unknown, "ligne non reconnue, laissée de côté", "lignes non reconnues, laissées de côté")
    details = (f"En-tête\u202f: {aside}.",) if unknown else ()
    known = bool(values or names or contacts)
    return Head(values, Identity(tuple(names), tuple(contacts)), details) if known else Head()


def is_sheet_name(name: str) -> bool:
    """Whether a file bears the name of a table of testimonies, written as people write it."""
    path = PurePosixPath(name)
    return folded(path.stem) == _SHEET_STEM and path.suffix.lower() in _SHEET_SUFFIXES


def read_sheet(data: bytes, folder: PurePosixPath) -> Sheet | None:
    """The table of testimonies of a folder, columns in any order; None where no column names files.

    Raises ReadingError where the table cannot be read.
    """
    table = read_table(data)
    lines = [row for row in table.rows if any(cell.strip() for cell in row)]
    keys = [_KEY_OF.get(folded(heading)) for heading in lines[0]] if lines else []
    if "fichier" not in keys:
        return None
    rows: dict[str, dict[str, str]] = {}
    twice = 0
    for cells in lines[1:]:
        row = {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key and cell.strip()}
        name = _name_key(row.pop("fichier", ""))
        twice += name in rows
        if name:
            rows[name] = {**row, **rows.get(name, {})}
    ignored = sum(key is None for key in keys)
    used = ", ".join(key for key in keys if key)
    details = (f"Table des témoignages\u202f: {agreed(len(rows), 'fichier')}, colonnes {used}.", *table.details)
    if ignored:
        details += (f"Colonnes non reconnues, laissées de côté\u202f: {ignored}.",)
    warnings = (f"{agreed(twice, 'fichier nommé')} deux fois\u202f: la première ligne compte.",) if twice else ()
    return Sheet(folder, rows, details, table.warnings + warnings)


def row_for(sheet: Sheet, path: PurePosixPath) -> str | None:
    """The key of the row that names that file (by its path under the sheet's folder, its name, or its stem)."""
    if not path.is_relative_to(sheet.folder):
        return None
    under = path.relative_to(sheet.folder)
    candidates = (str(under), under.name, str(under.with_suffix("")), under.stem)
    return next((key for name in candidates if (key := _name_key(name)) in sheet.rows), None)


def from_folders(path: PurePosixPath) -> dict[str, str]:
    """What the names of the folders above a file say, the nearest first."""
    values: dict[str, str] = {}
    for folder in path.parents:
        for key, value in _from_folder(folder.name).items():
            values.setdefault(key, value)
    return values


def _from_folder(name: str) -> dict[str, str]:
    """A place if its name tells what kind it is, else a channel (« entretiens 2024 »), and the year or the month."""
    bare = unicodedata.normalize("NFC", name.removesuffix(".zip")).replace("_", " ").strip()
    date = date_of(bare)
    values = {"date": date} if date else {}
    if place_type_of(bare):
        return {"lieu": bare, **values}
    channel = channel_of(bare)
    # A long name is a sentence (« à trier, lettres de Paul et autres »), not a label.
    return {"canal": channel, **values} if channel and len(folded(bare).split()) <= _LABEL_WORDS else values


def settle(sources: Sequence[Mapping[str, str]]) -> tuple[Origin, tuple[str, ...]]:
    """Origin from values as written, the first source that knows a thing winning, and what was not understood."""
    written = {key: value for source in reversed(sources) for key, value in source.items() if value.strip()}
    place = unicodedata.normalize("NFC", written["lieu"]).strip() if "lieu" in written else None
    date, channel = date_of(written.get("date", "")), channel_of(written.get("canal", ""))
    place_type = place_type_of(written.get("type_lieu", "")) or place_type_of(place or "")
    warnings = [
        f"{what} «\u202f{written[key]}\u202f» n’a pas été {understood}\u202f: {advice}"
        for key, what, understood, found, advice in (
            ("date", "La date", "comprise", date, "l’écrire comme 12/03/2024, mars 2024 ou 2024."),
            ("canal", "Le canal", "compris", channel, "écrire par exemple entretien, questionnaire ou courrier."),
            (
                "type_lieu",
                "Le type de lieu",
                "compris",
                place_type,
                "écrire par exemple café associatif ou centre social.",
            ),
        )
        if key in written and found is None
    ]
    return Origin(place, place_type, date, channel, plain_role(written.get("role", ""))), tuple(warnings)


def settle_consent(sources: Sequence[Mapping[str, str]], default: Consent | None) -> tuple[Consent, tuple[str, ...]]:
    """The narrowest of the consents written. `default` only where nothing at all is written.

    Words that could be understood in several ways leave the consent unknown: it is never widened by a guess.
    """
    written = [source["consentement"] for source in sources if source.get("consentement", "").strip()]
    if not written:
        return default or Consent.UNKNOWN, ()
    found = [consent for words in written if (consent := consent_of(words)) is not None]
    known = [consent for consent in found if consent is not Consent.UNKNOWN]
    if len(found) < len(written):
        advice = "écrire retiré, analyse seulement, citations anonymes ou citations avec prénom."
        doubt = (f"Un consentement au moins n’a pas été compris (il compte comme inconnu)\u202f: {advice}",)
        return Consent.WITHDRAWN if Consent.WITHDRAWN in known else Consent.UNKNOWN, doubt
    order = list(Consent)
    return min(known, key=order.index) if known else Consent.UNKNOWN, ()


def one_spelling(testimonies: Sequence[RawTestimony]) -> tuple[RawTestimony, ...]:
    """The testimonies, a place written in several ways (case, accents, punctuation) bearing its commonest spelling."""
    spellings: dict[str, Counter[str]] = {}
    for testimony in testimonies:
        if place := testimony.origin.place:
            spellings.setdefault(folded(place) or place, Counter())[place] += 1
    common = {place: told.most_common(1)[0][0] for told in spellings.values() for place in told}
    return tuple(
        testimony
        if not testimony.origin.place or common[testimony.origin.place] == testimony.origin.place
        else replace(testimony, origin=replace(testimony.origin, place=common[testimony.origin.place]))
        for testimony in testimonies
    )


def _name_key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/").removeprefix("./")).casefold()

"""What was gathered: testimonies, places, channels, years, consents, files, names replaced, empty answers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from voices.domain import OUTSIDE, Consent, FileReport, Outcome, Role, Testimony, WhyOutside
from voices.origins import CHANNELS as CHANNELS
from voices.origins import channel_words as channel_words
from voices.origins import kind_words as kind_words
from voices.report import words
from voices.report.corpus import Corpus, Row, grouped, voices
from voices.report.figures import Figure, Ledger
from voices.roles import label_of

UNTOLD = "non précisé"

CONSENTS = {
    Consent.NAMED_QUOTES: "citations avec le prénom ou le pseudonyme",
    Consent.ANONYMOUS_QUOTES: "citations anonymes",
    Consent.ANALYSIS: "analyse seulement, sans citation",
    Consent.UNKNOWN: "consentement inconnu, donc sans citation",
    Consent.WITHDRAWN: "consentement retiré",
}
REPLACED = {
    "personne": "noms de personnes",
    "telephone": "numéros de téléphone",
    "courriel": "adresses de courriel",
    "adresse": "adresses postales",
    "lien": "adresses de sites",
    "iban": "numéros de compte",
    "securite_sociale": "numéros de sécurité sociale",
    "detail": "détails qui désignaient quelqu’un",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What came from one place, channel or year. `passages` are all of them, `coded` those with a code.

    `told` is False for the line of those that do not say where, how or when.
    """

    label: str
    told: bool
    kind: str | None
    testimonies: int
    voices: int
    passages: Figure
    coded: Figure


@dataclass(frozen=True, slots=True)
class Gathered:
    """The whole of what was gathered, ready to be told. Pairs are (words, how many)."""

    testimonies: int
    voices: int
    passages: Figure
    coded: Figure
    outside: Figure
    foreign: Figure
    period: str | None
    places: tuple[Line, ...]
    channels: tuple[Line, ...]
    roles: tuple[Line, ...]
    years: tuple[Line, ...]
    consents: tuple[tuple[str, int], ...]
    withdrawn: int
    quotable: int
    files: int
    with_warnings: int
    refused: tuple[tuple[str, int], ...]
    empty: int
    replaced: tuple[tuple[str, int], ...]

    @property
    def known_places(self) -> int:
        """How many places are named."""
        return sum(line.told for line in self.places)

    @property
    def refusals(self) -> int:
        """How many files could not be read."""
        return sum(number for _, number in self.refused)

    @property
    def replacements(self) -> int:
        """How many names and contact details were replaced."""
        return sum(number for _, number in self.replaced)


def gather(corpus: Corpus, ledger: Ledger) -> Gathered:
    """What was gathered, counted; its figures are entered in the ledger."""
    testimonies = corpus.study.reading.testimonies
    files = corpus.study.reading.files
    return Gathered(
        testimonies=len(testimonies),
        voices=sum(voices(testimony) for testimony in testimonies),
        passages=ledger.figure("Tous les passages", corpus.rows),
        coded=ledger.figure("Passages qui ont reçu au moins un code", _coded(corpus.rows)),
        outside=ledger.figure(
            f"Passages {OUTSIDE}", corpus.where(lambda row: row.coded is not None and row.coded.outside)
        ),
        foreign=ledger.figure(
            "Passages qui ne sont pas en français",
            corpus.where(lambda row: row.coded is not None and row.coded.why is WhyOutside.FOREIGN),
        ),
        period=words.period(testimony.origin.date for testimony in testimonies),
        places=_lines(corpus, ledger, "lieu", lambda testimony: testimony.origin.place),
        channels=_lines(corpus, ledger, "canal", lambda testimony: channel_words(testimony.origin.channel)),
        roles=_lines(corpus, ledger, "rôle", lambda testimony: role_words(testimony.origin.role)),
        years=_lines(corpus, ledger, "année", lambda testimony: words.year(testimony.origin.date)),
        consents=_consents(testimonies),
        withdrawn=len(corpus.study.reading.withdrawn),
        quotable=sum(corpus.shows(testimony.id) for testimony in testimonies),
        files=len(files),
        with_warnings=sum(file.outcome is Outcome.WARNED for file in files),
        refused=tuple(Counter(_reason(file) for file in files if file.outcome is Outcome.REFUSED).most_common()),
        empty=sum(turn.empty for testimony in testimonies for turn in testimony.turns if turn.role is Role.WITNESS),
        replaced=_replaced(testimonies),
    )


def role_words(role: str | None) -> str | None:
    """What the witness is in the place, as it is said."""
    return label_of(role) if role else None


def _coded(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.codes)


def _lines(corpus: Corpus, ledger: Ledger, what: str, key: Callable[[Testimony], str | None]) -> tuple[Line, ...]:
    untold = f"{what} {UNTOLD}{'e' if what == 'année' else ''}"
    rows = grouped(corpus.rows, lambda row: key(row.testimony) or untold)
    testimonies = grouped(corpus.study.reading.testimonies, lambda testimony: key(testimony) or untold)
    labels = [label for label in testimonies if label != untold] + [untold] * (untold in testimonies)
    return tuple(
        Line(
            label=label,
            told=label != untold,
            kind=kind_words(testimonies[label][0].origin.place_type) if what == "lieu" and label != untold else None,
            testimonies=len(testimonies[label]),
            voices=sum(voices(testimony) for testimony in testimonies[label]),
            passages=ledger.figure(f"Tous les passages, {what} : {label}", rows.get(label, ())),
            coded=ledger.figure(f"Passages codés, {what} : {label}", _coded(rows.get(label, ()))),
        )
        for label in labels
    )


def _consents(testimonies: Iterable[Testimony]) -> tuple[tuple[str, int], ...]:
    numbers = Counter(testimony.consent for testimony in testimonies)
    return tuple((label, numbers[consent]) for consent, label in CONSENTS.items() if numbers[consent])


def _replaced(testimonies: Iterable[Testimony]) -> tuple[tuple[str, int], ...]:
    numbers: Counter[str] = Counter()
    for testimony in testimonies:
        for kind, number in testimony.replaced.items():
            numbers[REPLACED.get(kind, kind.replace("_", " "))] += number
    return tuple((label, number) for label, number in numbers.most_common() if number)


def _reason(file: FileReport) -> str:
    """Why a file was refused, without its name: a file is often called after the person who speaks in it."""
    reason = file.reason or "raison non précisée"
    path = PurePath(file.path)
    for name in (file.path, path.name, path.stem):
        # A bare stem may be a word of the reason: « Le fichier est vide » said of vide.txt.
        quoted = rf"«\s*{re.escape(name)}\s*»"
        bare = rf"|(?<!\w){re.escape(name)}(?!\w)" if path.suffix and name != path.stem else ""
        reason = re.sub(quoted + bare, "ce fichier", reason)
    return words.capital(reason)

"""A study as rows of cells: one row a passage, one row a quote."""

from collections.abc import Iterable, Iterator, Mapping

from voices.domain import (
    OUTSIDE,
    Codebook,
    CodedPassage,
    Coding,
    OwnCode,
    OwnCodings,
    Passage,
    Quote,
    Sense,
    Study,
    Testimony,
)

Cell = str | int | float | None

SENSES = {Sense.PRESENCE: "présence", Sense.LACK: "manque", Sense.MIXED: "mixte"}
"""Words, because a spreadsheet takes « + » and « - » for formulas."""

_BEFORE = (
    *("numero", "temoignage", "passage", "lieu", "type_lieu", "date", "canal", "role", "consentement", "locuteur"),
    *("question", "texte", "debut", "fin"),
)
_AFTER = (
    *("hors_domaine", "hors_domaine_raison", "certitude", "confiance", "confiance_probabilite", "sous_codes"),
    *("theme", "theme_libelle", "preuve"),
)
QUOTE_COLUMNS = (
    *("sujet", "libelle", "sens", "sens_a_verifier", "citation", "attribution"),
    *("temoignage", "passage", "lieu", "date", "empans", "score", "a_relire"),
)


def passage_columns(codebook: Codebook) -> tuple[str, ...]:
    """The columns of the table of passages: six a code, for its presence and for its sense, and how sure each is."""
    ends = ("", "_sens", "_probabilite", "_certitude", "_sens_probabilite", "_sens_a_verifier")
    codes = (f"{code.id}{end}" for code in codebook.codes for end in ends)
    return (*_BEFORE, *codes, *_AFTER)


def own_columns(codes: Iterable[OwnCode]) -> tuple[str, ...]:
    """The columns of codes added by the evaluator, after all others; « ajout_ » keeps them apart from these."""
    return tuple(f"ajout_{code.id}{end}" for code in codes for end in ("", "_sens", "_probabilite"))


def passage_rows(study: Study) -> Iterator[tuple[Cell, ...]]:
    """One row a passage, in the order of the study; `numero` is the number the report gives it."""
    testimonies = {testimony.id: testimony for testimony in study.reading.testimonies}
    coded = {coding.passage_id: coding for coding in study.codings}
    themes = {name: theme for theme in study.themes.themes for name in theme.passage_ids}
    own = [(one, {coding.passage_id: coding for coding in one.codings}) for one in study.own]
    for number, passage in enumerate(study.passages, start=1):
        testimony, coding, theme = testimonies[passage.testimony_id], coded.get(passage.id), themes.get(passage.id)
        yield (
            *_where(number, passage, testimony),
            *(cell for code in study.codebook.codes for cell in _code(coding, code.id)),
            _yes(coding.outside) if coding else None,
            coding.why if coding else None,
            coding.standing if coding else None,
            _yes(coding.trust) if coding else None,
            round(coding.trust_probability, 4) if coding else None,
            ", ".join(name for item in _codings(coding) for name in item.subcodes),
            theme.id if theme else None,
            theme.label if theme else None,
            _evidence(testimony, coding, study.codebook),
            *(cell for one, put in own for cell in _own(one, put.get(passage.id), passage.id)),
        )


def quote_rows(study: Study) -> Iterator[tuple[Cell, ...]]:
    """One row a quote, best first within a subject; `empans` are its spans in the testimony, « 12-45 | 60-80 »."""
    testimonies = {testimony.id: testimony for testimony in study.reading.testimonies}
    labels = _labels(study)
    for quote in study.quotes:
        origin = testimonies[quote.testimony_id].origin
        yield (
            quote.subject,
            labels.get(quote.subject, quote.subject),
            SENSES[quote.sense] if quote.sense else None,
            _yes(quote.sense_doubtful) if quote.sense else None,
            quote.text,
            quote.attribution,
            quote.testimony_id,
            quote.passage_id,
            origin.place,
            origin.date,
            _spans(quote),
            round(quote.score, 4),
            cautions(quote),
        )


def cautions(quote: Quote) -> str | None:
    """What is to be read again before the quote is published, in one cell."""
    return " | ".join(quote.cautions) or None


def _where(number: int, passage: Passage, testimony: Testimony) -> tuple[Cell, ...]:
    origin = testimony.origin
    return (
        *(number, testimony.id, passage.id, origin.place, origin.place_type, origin.date, origin.channel),
        origin.role,
        *(testimony.consent.value, passage.speaker, passage.question, passage.text, passage.start, passage.end),
    )


def _code(coding: CodedPassage | None, code: str) -> tuple[Cell, ...]:
    if coding is None:
        return (None,) * 6
    put, probability = coding.coding(code), coding.probabilities.get(code)
    return (
        _yes(put is not None),
        SENSES[put.sense] if put else None,
        None if probability is None else round(probability, 4),
        OUTSIDE if coding.outside else coding.certainties.get(code),
        round(put.sense_probability, 4) if put else None,
        _yes(put.sense_doubtful) if put else None,
    )


def _own(found: OwnCodings, put: Coding | None, passage_id: str) -> tuple[Cell, ...]:
    probability = found.probabilities.get(passage_id)
    told = SENSES[put.sense] if put else None
    return ("à relire" if put else "non", told, None if probability is None else round(probability, 4))


def _evidence(testimony: Testimony, coding: CodedPassage | None, codebook: Codebook) -> str:
    return " | ".join(
        f"{codebook.code(item.code).label} : « {testimony.text[item.evidence.start : item.evidence.end].strip()} »"
        for item in _codings(coding)
        if item.evidence
    )


def _codings(coding: CodedPassage | None) -> tuple[Coding, ...]:
    return coding.codings if coding else ()


def _labels(study: Study) -> Mapping[str, str]:
    codes = {code.id: code.label for code in study.codebook.codes}
    return codes | {theme.id: theme.label for theme in study.themes.themes}


def _spans(quote: Quote) -> str:
    return " | ".join(f"{start}-{end}" for start, end in quote.spans)


def _yes(value: bool) -> str:
    return "oui" if value else "non"

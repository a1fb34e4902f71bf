"""A study told on a screen: tables and sentences for a person, plain values for a program."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from voices.cli.screen import console
from voices.domain import (
    DOUBTFUL_SENSE,
    NO_THEMES,
    OUTSIDE,
    TO_REREAD,
    Axis,
    Certainty,
    CodedPassage,
    Coding,
    FileReport,
    Outcome,
    Reading,
    Sense,
    Study,
    Theme,
    WhyOutside,
)
from voices.privacy.identifying import Risk, flags

SENSE_WORDS = {Sense.PRESENCE: "présence", Sense.LACK: "manque", Sense.MIXED: "mixte"}
NO_QUOTES = (
    "Aucune citation : aucun passage codé ne vient d’un témoignage dont le consentement permet de citer "
    "(voir le guide : temoignages.csv, ou --consent)."
)
_OUTCOME_WORDS = {Outcome.READ: "lu", Outcome.WARNED: "lu, à vérifier", Outcome.REFUSED: "refusé"}
_KIND_WORDS = {
    "personne": ("personne", "personnes"),
    "telephone": ("téléphone", "téléphones"),
    "courriel": ("courriel", "courriels"),
    "adresse": ("adresse", "adresses"),
    "lien": ("lien", "liens"),
    "iban": ("IBAN", "IBAN"),
    "securite_sociale": ("numéro de sécurité sociale", "numéros de sécurité sociale"),
    "detail": ("détail", "détails"),
}


def show(study: Study) -> None:
    """Prints what was gathered, the three codes with presence and lack, and the themes."""
    show_reading(study.reading)
    show_codes(study)
    show_own(study)
    if study.themes.themes or study.themes.note:
        show_themes(study)
    if study.passages and not study.quotes and study.themes != NO_THEMES:
        console().print(NO_QUOTES)
    show_reread(study)


def show_reread(study: Study) -> None:
    """Prints how many quotes are to be read again before they are published, where some are."""
    if number := len({one.passage_id for one in study.quotes if one.cautions}):
        told = f"{TO_REREAD.capitalize()} : {_n(number, 'citation')}, où des mots peuvent faire reconnaître quelqu’un"
        console().print(f"{told} (colonne « a_relire » de citations.csv, ou « voices quotes »).", markup=False)


def show_reading(reading: Reading) -> None:
    """Prints how many files, testimonies, places and names."""
    outcomes = Counter(one.outcome for one in reading.files)
    places = {one.origin.place for one in reading.testimonies if one.origin.place}
    empty = sum(turn.empty for one in reading.testimonies for turn in one.turns)
    files = _n(len(reading.files), "fichier")
    warned, refused = outcomes[Outcome.WARNED], outcomes[Outcome.REFUSED]
    testimonies, places_told = _n(len(reading.testimonies), "témoignage"), _n(len(places), "lieu", "lieux")
    where = f"de {places_told}" if places else "sans lieu dit"
    lines = [f"{files}, dont {warned} à vérifier et {_n(refused, 'refusé')} ; {testimonies} {where}."]
    if warned or refused:
        lines.append("Ce qu’il faut vérifier, fichier par fichier : « voices read » sur ce dossier, ou journal.json.")
    if reading.withdrawn:
        lines.append(f"Consentement retiré : {_n(len(reading.withdrawn), 'témoignage')}, laissé de côté.")
    if empty:
        lines.append(f"Réponses sans contenu (« RAS »…) : {empty}, à part du codage.")
    lines.append(f"Remplacés : {_replaced(reading)}.")
    lines += _risks(reading)
    console().print("\n".join(lines), markup=False)


def _risks(reading: Reading) -> list[str]:
    """How much of what was read may still tell who somebody is, by kind."""
    found = [(one.id, Counter(flag.risk for flag in flags(one.text))) for one in reading.testimonies]
    every = sum((of for _, of in found), Counter[Risk]())
    if not every:
        return []
    some = _n(sum(bool(of) for _, of in found), "témoignage")
    told = " ; ".join(f"{risk} : {count}" for risk, count in every.most_common())
    return [f"À relire avant de citer, dans {some}, ce qui peut encore désigner quelqu’un : {told}."]


def show_files(reading: Reading) -> None:
    """Prints one line a file, with what a person should check."""
    for file in reading.files:
        console().print(f"{_OUTCOME_WORDS[file.outcome]:>15}  {file.path}", markup=False)
        for line in _remarks(file):
            console().print(f"{'':>15}  {line}", markup=False)


def show_codes(study: Study) -> None:
    """Prints a table: for each code, the passages that tell its presence, its lack, both."""
    from rich.table import Table

    coded = sum(bool(one.codings) for one in study.codings)
    table = Table(
        title=f"{_n(len(study.passages), 'passage')}, dont {coded} avec au moins un code", title_justify="left"
    )
    for heading in ("", "présence", "manque", "mixte", "part des passages"):
        table.add_column(heading, justify="right" if heading else "left")
    for code in study.codebook.codes:
        senses = Counter(one.sense(code.id) for one in study.codings)
        counts = [senses[sense] for sense in Sense]
        table.add_row(code.label, *map(str, counts), f"{_percent(sum(counts), len(study.passages))}")
    trust = sum(one.trust for one in study.codings)
    table.add_row("Confiance dite ou montrée", "", "", "", f"{_percent(trust, len(study.passages))}")
    console().print(table)
    console().print(_certainties(study), markup=False)
    doubtful = ", ".join(f"{code.label} {_doubtful(study, code.id)}" for code in study.codebook.codes)
    console().print(f"{DOUBTFUL_SENSE.capitalize()} : {doubtful}.", markup=False)


def _doubtful(study: Study, code: str) -> int:
    """How many passages have that code in a sense to be checked."""
    return sum(coding.sense_doubtful for one in study.codings if (coding := one.coding(code)))


def _certainties(study: Study) -> str:
    """How much of the coding can be relied on, and how much is not for the coder."""
    told = ", ".join(f"{standing} {count}" for standing, count in _standings(study).items())
    foreign = sum(one.why is WhyOutside.FOREIGN for one in study.codings)
    told += f" (dont {foreign} pas en français)" if foreign else ""
    return f"Certitude des passages (celle de leur réponse la moins sûre) : {told}."


def _standings(study: Study) -> dict[str, int]:
    """How many passages have each certainty, and how many are outside."""
    counts = Counter(one.standing for one in study.codings)
    return {standing: counts[standing] for standing in (*Certainty, OUTSIDE)}


def show_own(study: Study) -> None:
    """Prints the codes added by the evaluator, and how many passages to reread for each."""
    for one in study.own:
        console().print(f"{len(one.codings):>5}  à relire pour « {one.code.label} » (code ajouté)", markup=False)


def show_themes(study: Study) -> None:
    """Prints the themes that hold, largest first, then the others, the passages in none, and what to beware of."""
    themes = study.themes
    for theme in themes.holding:
        _show_theme(study, theme)
    unstable = [theme for theme in themes.themes if theme.unstable]
    for theme in unstable:
        console().print(f"{len(theme.passage_ids):>5}  {theme.label}", markup=False)
        console().print(f"{'':>5}  {themes.held(theme)}", markup=False, soft_wrap=True)
    if themes.outliers:
        console().print(f"{len(themes.outliers):>5}  hors thème", markup=False)
    if themes.note:
        console().print(themes.note, markup=False)


def _show_theme(study: Study, theme: Theme) -> None:
    """Prints a theme, what is told of it, and the differences that chance does not explain."""
    console().print(f"{len(theme.passage_ids):>5}  {theme.label}", markup=False)
    held = study.themes.held(theme)
    apart = ", ".join(f"{one.word} ({round(one.times)} fois plus qu’ailleurs)" for one in theme.distinctive[:3])
    for line in (
        held,
        theme.description,
        f"Ce qui le distingue : {apart}." if apart else "",
        *_differences(study, theme),
    ):
        if line:
            console().print(f"{'':>5}  {line}", markup=False, soft_wrap=True)


def _differences(study: Study, theme: Theme) -> Iterator[str]:
    labels = {code.id: code.label for code in study.codebook.codes}
    for crossing in study.themes.crossings:
        for cell in crossing.cells if crossing.theme_id == theme.id else ():
            if cell.differs:
                code, _, sense = cell.value.partition(" ")
                value = f"{labels.get(code, code)} {sense}" if crossing.axis == Axis.CODE else cell.value
                more = "Plus" if cell.share > (cell.elsewhere or 0) else "Moins"
                yield f"{more} qu’ailleurs : {value} ({cell.testimonies} témoignages sur {cell.of})."


def show_passages(study: Study) -> None:
    """Prints each passage and its codes."""
    own = {one.code.id: {coding.passage_id for coding in one.codings} for one in study.own}
    for passage, coded in zip(study.passages, study.codings, strict=True):
        told = ", ".join(map(_put, coded.codings))
        told = told or (_outside(coded) if coded.outside else f"aucun code ({coded.certainty})")
        trust = " · confiance" if coded.trust else ""
        trust += "".join(f" · {one.code.id} à relire" for one in study.own if passage.id in own[one.code.id])
        console().print(f"{passage.id}  [{told}{trust}]\n    {passage.text}\n", markup=False)


def _put(coding: Coding) -> str:
    doubt = f", {DOUBTFUL_SENSE}" if coding.sense_doubtful else ""
    return f"{coding.code} {coding.sense} ({coding.probability:.2f}, {coding.certainty}{doubt})"


def _outside(coded: CodedPassage) -> str:
    return " : ".join(part for part in (OUTSIDE, coded.why) if part)


def show_quotes(study: Study) -> None:
    """Prints the quotes, subject by subject."""
    labels = _subject_labels(study)
    subject = None
    for quote in study.quotes:
        if (quote.subject, quote.sense) != subject:
            subject = (quote.subject, quote.sense)
            sense = f" · {SENSE_WORDS[quote.sense]}" if quote.sense else ""
            console().print(f"\n{labels[quote.subject]}{sense}", markup=False, style="bold")
        doubt = f" · {DOUBTFUL_SENSE}" if quote.sense_doubtful else ""
        console().print(f"  « {quote.text} »\n    — {quote.attribution}{doubt}", markup=False)
        if quote.cautions:
            console().print(f"    {TO_REREAD.capitalize()} : {' ; '.join(quote.cautions)}.", markup=False)
    if not study.quotes:
        console().print(NO_QUOTES)


def show_where(out: Path, *, names_table: Path | None) -> None:
    """Prints where the report and the tables lie."""
    lines = [
        f"Rapport   : {out / 'rapport.html'}  (à ouvrir dans un navigateur)",
        f"            {out / 'rapport.docx'}  (à modifier), {out / 'rapport.pdf'}  (à imprimer)",
        f"Tableaux  : {out / 'passages.xlsx'}, {out / 'citations.csv'}",
        f"Journal   : {out / 'journal.json'}",
    ]
    if names_table:
        lines.append(f"Noms      : {names_table}  (chiffrée ; à garder à part)")
    console().print("\n".join(["", *lines]), markup=False)


def as_json(study: Study, *, out: Path) -> dict[str, Any]:
    """The summary of a run, for a program."""
    return {
        "rapport": str(out / "rapport.html"),
        "fichiers": dict(Counter(one.outcome.value for one in study.reading.files)),
        "temoignages": len(study.reading.testimonies),
        "retires": len(study.reading.withdrawn),
        "passages": len(study.passages),
        "codes": {
            code.id: {sense.value: sum(one.sense(code.id) == sense for one in study.codings) for sense in Sense}
            for code in study.codebook.codes
        },
        "sens_a_verifier": {code.id: _doubtful(study, code.id) for code in study.codebook.codes},
        "confiance": sum(one.trust for one in study.codings),
        "certitude": _standings(study),
        "themes": [theme.label for theme in study.themes.themes],
        "citations": len(study.quotes),
        "citations_a_relire": sum(bool(quote.cautions) for quote in study.quotes),
        **({"codes_ajoutes": {one.code.id: len(one.codings) for one in study.own}} if study.own else {}),
    }


def files_as_json(reading: Reading) -> list[dict[str, Any]]:
    """One value a file, for a program."""
    return [asdict(file) for file in reading.files]


def passages_as_json(study: Study) -> list[dict[str, Any]]:
    """One value a passage with its codes, for a program."""
    return [
        {
            "passage": passage.id,
            "texte": passage.text,
            **_own(study, passage.id),
            **asdict(coded),
            "certainty": coded.standing,
        }
        for passage, coded in zip(study.passages, study.codings, strict=True)
    ]


def _own(study: Study, passage_id: str) -> dict[str, Any]:
    found = {one.code.id: one.probabilities[passage_id] for one in study.own}
    return {"codes_ajoutes": found} if found else {}


def themes_as_json(study: Study) -> dict[str, Any]:
    """The themes, for a program."""
    return asdict(study.themes)


def quotes_as_json(study: Study) -> list[dict[str, Any]]:
    """The quotes, for a program."""
    return [asdict(quote) for quote in study.quotes]


def _subject_labels(study: Study) -> dict[str, str]:
    codes = {code.id: code.label for code in study.codebook.codes}
    return codes | {theme.id: theme.label for theme in study.themes.themes}


def _remarks(file: FileReport) -> Iterable[str]:
    if file.reason:
        yield file.reason
    yield from file.warnings
    yield from file.details


def _replaced(reading: Reading) -> str:
    total: Counter[str] = Counter()
    for one in reading.testimonies:
        total.update(one.replaced)
    told = (_n(count, *_KIND_WORDS.get(kind, (kind, kind))) for kind, count in total.most_common())
    return ", ".join(told) or "rien"


def _n(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count < 2 else many or one + 's'}"


def _percent(count: int, total: int) -> str:
    return f"{100 * count / total:.0f} %" if total else "—"

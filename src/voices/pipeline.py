"""The use cases, one function a verb: the only module that opens two rooms at once."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from voices import settings as table
from voices.domain import OUTLETS, Consent, Outlet, Purpose, Quote, Reading, Study, Themes
from voices.errors import VoicesError
from voices.loading import coder_of, encoder_of, reader_of
from voices.ports import Progress
from voices.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voices.coding import Labelled
    from voices.coding.reviewing import ToReview
    from voices.domain import OwnCode
    from voices.lexicon.study import Lexicon
    from voices.ports import Coder, Encoder
    from voices.report.before import Before

Watch = Callable[[str], Progress]
"""Called at each step with its French name; gives what the step reports its progress to."""

STUDY_FILE = "etude.voices.json"
REPORT_FILES = ("rapport.html", "rapport.docx", "rapport.pdf")


def silent(step: str) -> Progress:
    """A progress that shows nothing."""
    del step
    return _nothing


def _nothing(done: int, total: int) -> None:
    del done, total


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person says of the files to read.

    `consent` holds for testimonies whose files say none. `columns` maps a questionnaire's headings to their kinds.
    `names_table` is where the encrypted correspondences go, `key` the file that opens them; None writes none.
    """

    consent: Consent | None = None
    keep_names: bool = False
    interviewers: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    names_table: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """Codes of one's own to look for beside the 3A: the file that describes them, and one of decisions, if any."""

    codes: Path
    decisions: Path | None = None


def read(path: Path, *, choices: Choices | None = None, watch: Watch = silent) -> Reading:
    """The testimonies under `path` (a file, a folder or a .zip), names replaced, withdrawn ones left out.

    Raises ReadingError where nothing can be read there.
    """
    from voices import ingest, privacy
    from voices.ingest.document import ReadOptions

    choices = choices or Choices()
    options = ReadOptions(interviewers=choices.interviewers, columns=choices.columns)
    raw = ingest.read(path, options=options, consent=choices.consent, progress=watch("Lecture des fichiers"))
    protected = privacy.protect_all(
        raw.testimonies, keep_names=choices.keep_names, progress=watch("Remplacement des noms")
    )
    if choices.names_table and choices.key and not choices.keep_names:
        if not choices.key.exists():
            privacy.new_key(choices.key)
        choices.names_table.parent.mkdir(parents=True, exist_ok=True)
        correspondences = {one.testimony.id: one.correspondences for one in protected}
        privacy.write_table(choices.names_table, correspondences, key_file=choices.key)
    testimonies = tuple(one.testimony for one in protected)
    kept = privacy.release(testimonies, Purpose.ANALYSIS, today=date.today())
    kept_ids = {testimony.id for testimony in kept}
    withdrawn = tuple(testimony.id for testimony in testimonies if testimony.id not in kept_ids)
    return Reading(kept, raw.files, withdrawn)


def code(reading: Reading, *, settings: Settings | None = None, watch: Watch = silent) -> Study:
    """A study with the reading's passages cut and coded.

    Raises ModelError where a model is missing, damaged, or was trained with another encoder.
    """
    from voices import coding, passages

    settings = settings or table.load()
    coder = coder_of(settings)
    encoder = reader_of(coder, settings)
    cut = passages.cut(reading.testimonies, progress=watch("Découpage en passages"))
    return Study(
        reading=reading,
        codebook=coding.codebook(),
        passages=cut,
        codings=coder.code(cut, encoder, progress=watch("Lecture par le modèle")),
        machine=_describe(coder, encoder, settings),
    )


def seek(study: Study, own: Own, *, settings: Settings | None = None) -> Study:
    """The study with the own codes looked for in its passages; the codes of the code book are left as they are.

    Raises SettingsError and ReadingError where a file of `own` is faulty.
    """
    from voices import coding

    settings = settings or table.load()
    codes, decisions = _read_own(own)
    coder = coder_of(settings)
    found = coding.seek(codes, study.passages, coder, reader_of(coder, settings), decisions=decisions)
    return replace(study, own=found)


def themes(study: Study, *, settings: Settings | None = None, watch: Watch = silent) -> Themes:
    """The themes of the study's passages, described, and crossed with codes, places, periods and channels."""
    from voices.themes import find, tell

    settings = settings or table.load()
    vectors = _vectors(study, settings, watch)
    found = find(study.passages, vectors, seed=settings.seed, progress=watch("Recherche des thèmes"))
    return tell(replace(study, themes=found))


def lexicon(study: Study, *, watch: Watch = silent) -> "Lexicon":
    """The words of the study's passages: what is counted, compared and found of them is asked of the answer.

    Raises ModelError where the French pipeline is not installed.
    """
    from voices.lexicon.study import of
    from voices.themes.stop import FILLERS

    return of(study, without=FILLERS, progress=watch("Lecture des mots"))


def order(study: Study) -> "tuple[ToReview, ...]":
    """The study's passages, most useful to review first, each with the corrections expected and a French reason."""
    from voices import coding

    return coding.order(study.codings)


def quotes(
    study: Study,
    *,
    purpose: Purpose = Purpose.ANONYMOUS_QUOTES,
    outlets: Collection[Outlet] = OUTLETS,
    today: date | None = None,
    per_subject: int = 5,
    settings: Settings | None = None,
    watch: Watch = silent,
) -> tuple[Quote, ...]:
    """Quotes for each code, sense and theme, from the testimonies released for that purpose and these channels only.

    Where fewer than five voices share a quote's role, place and year, its attribution says less than that.
    """
    from voices import privacy
    from voices.quotes import choose, widened

    settings = settings or table.load()
    chosen = choose(
        privacy.release(study.reading.testimonies, purpose, today=today or date.today(), outlets=outlets),
        study.passages,
        study.codings,
        study.themes,
        study.codebook,
        vectors=_vectors(study, settings, watch),
        per_subject=per_subject,
    )
    return privacy.reread(widened(chosen, study.reading.testimonies))


def report(
    study: Study,
    path: Path,
    *,
    title: str = "Ce que disent les témoignages",
    today: date | None = None,
    unstable: bool = False,
    before: Path | None = None,
    plan: Path | None = None,
    outlets: Collection[Outlet] = OUTLETS,
) -> Path:
    """The path of the report written: one file that needs nothing else, .html, .docx, .pdf or .md by its name.

    `outlets` are the channels by which it will leave: nobody is quoted who did not allow them all.

    Themes that do not hold are left out but where `unstable` asks for them. Raises VoicesError where its name says no
    form that a report can take.
    """
    written = reports(
        study, (path,), title=title, today=today, unstable=unstable, before=before, plan=plan, outlets=outlets
    )
    return written[0]


def reports(
    study: Study,
    paths: Sequence[Path],
    *,
    title: str = "Ce que disent les témoignages",
    today: date | None = None,
    unstable: bool = False,
    before: Path | None = None,
    plan: Path | None = None,
    outlets: Collection[Outlet] = OUTLETS,
) -> tuple[Path, ...]:
    """The paths of one report written in several forms, each by the end of its name: they say the same.

    Themes that do not hold are left out but where `unstable` asks for them. `before` is the study of the last report;
    `plan` a file that says its parts and notes.
    """
    from voices import privacy
    from voices.quotes import marked, widened
    from voices.report import write as write_report

    study = study if unstable else replace(study, themes=study.themes.steady())
    # Again, for studies made before attributions were widened and cuts marked: it changes nothing of the others.
    told = study.reading.testimonies
    study = replace(study, quotes=marked(widened(study.quotes, told), told, study.passages))
    released = privacy.release(told, Purpose.ANONYMOUS_QUOTES, today=today or date.today(), outlets=outlets)
    quotable = frozenset(testimony.id for testimony in released)
    quoted = (one for one in study.quotes if one.testimony_id in quotable)  # consents may have ended since
    study = replace(study, quotes=privacy.reread(quoted, outlets))
    last = _last_report(before) if before else None
    write_report(study, paths, title=title, generated_on=today, quotable=quotable, before=last, plan=plan)
    return tuple(paths)


def _last_report(path: Path) -> "Before":
    """What the study at that path held. Raises VoicesError where there is none."""
    from voices.report.before import by_words, of_study

    study = saved_study(path)
    if study is None or not study.codings:
        raise VoicesError(
            f"« {path.name} » n’est pas une étude codée.", "Donner à --avant le dossier écrit par « voices run »."
        )
    return of_study(study, "le rapport précédent", by_words)


def study_of(
    path: Path,
    *,
    choices: Choices | None = None,
    settings: Settings | None = None,
    own: Own | None = None,
    watch: Watch = silent,
) -> Study:
    """The coded study at `path`: a study file, the folder of a run, or testimonies to read and code now.

    `own` are codes to look for beside those of the code book; without any, those of a study file stay.
    """
    if own:  # a fault is told before the work, not after
        _read_own(own)
        _require_sight(settings or table.load())
    study = saved_study(path)
    if study is None or not study.codings:
        reading = study.reading if study else read(path, choices=choices, watch=watch)
        study = code(reading, settings=settings, watch=watch)
    return seek(study, own, settings=settings) if own else study


def cut_study(path: Path, *, choices: Choices | None = None, watch: Watch = silent) -> Study:
    """The study at `path`, with its passages: what `study_of` gives, but that nothing is coded which was not yet."""
    from voices import coding, passages

    study = saved_study(path)
    if study and study.passages:
        return study
    reading = study.reading if study else read(path, choices=choices, watch=watch)
    cut = passages.cut(reading.testimonies, progress=watch("Découpage en passages"))
    return Study(reading, coding.codebook(), passages=cut)


def saved_study(path: Path) -> Study | None:
    """The study saved at `path` (its file, or the folder of a run), or None where there is none."""
    from voices.exchange import study as files

    inside = path / STUDY_FILE
    found = inside if inside.is_file() else path if path.name.endswith(files.SUFFIX) else None
    return files.load(found) if found else None


def run(
    path: Path,
    out: Path,
    *,
    choices: Choices | None = None,
    settings: Settings | None = None,
    title: str = "Ce que disent les témoignages",
    today: date | None = None,
    own: Own | None = None,
    before: Path | None = None,
    outlets: Collection[Outlet] = OUTLETS,
    watch: Watch = silent,
) -> Study:
    """The whole work: reads `path`, codes, finds themes and quotes, writes report, tables and study into `out`.

    Raises VoicesError where nothing could be coded; what `out` held before is then untouched.
    """
    settings = settings or table.load()
    _refuse_to_write_into_what_is_read(path, out)
    if before:  # a fault is told before the work, not after
        _last_report(before)
    study = study_of(path, choices=choices, settings=settings, own=own, watch=watch)
    if not study.passages:
        raise VoicesError(
            f"Aucun passage à coder dans « {path.name} ».",
            "Voir « voices read » : il dit, fichier par fichier, ce qui a été lu et ce qui ne l’a pas été.",
        )
    if choices and choices.consent:
        supposed = f"{choices.consent}, pour les témoignages qui n’en disent aucun."
        study = replace(study, machine={**study.machine, "Consentement supposé": supposed})
    study = replace(study, themes=themes(study, settings=settings, watch=watch))
    study = replace(study, quotes=quotes(study, outlets=outlets, today=today, settings=settings, watch=watch))
    write(study, out, title=title, today=today, settings=settings, before=before, outlets=outlets, watch=watch)
    return study


def write(
    study: Study,
    out: Path,
    *,
    title: str,
    settings: Settings,
    today: date | None = None,
    before: Path | None = None,
    outlets: Collection[Outlet] = OUTLETS,
    watch: Watch = silent,
) -> tuple[Path, ...]:
    """The paths of the report, the tables and the study, written into `out`."""
    from voices import exchange
    from voices.exchange import study as files

    watch("Écriture du rapport")(0, 1)
    out.mkdir(parents=True, exist_ok=True)
    paths = [out / name for name in REPORT_FILES]
    written = reports(study, paths, title=title, today=today, before=before, outlets=outlets)
    return (*written, *exchange.write_tables(study, out, settings=settings), files.save(study, out / STUDY_FILE))


def _vectors(study: Study, settings: Settings, watch: Watch) -> "NDArray[np.float32]":
    return _encode([passage.text for passage in study.passages], encoder_of(settings), watch)


def _encode(texts: Sequence[str], encoder: "Encoder", watch: Watch) -> "NDArray[np.float32]":
    # Folded as the coder folds them, so that each passage is encoded once for codes, themes and quotes.
    from voices.coding.features import plain

    return encoder.encode([plain(text) for text in texts], progress=watch("Lecture par le modèle"))


def _read_own(own: Own) -> "tuple[tuple[OwnCode, ...], tuple[Labelled, ...]]":
    from voices import coding

    codes = coding.read_own(own.codes)
    return codes, coding.read_labelled(own.decisions, own=codes) if own.decisions else ()


def _require_sight(settings: Settings) -> None:
    from voices import coding

    coding.require_sight(coder_of(settings))


def _describe(coder: "Coder", encoder: "Encoder", settings: Settings) -> dict[str, str]:
    return {
        **coder.describe(),
        "Encodeur": encoder.identity,
        "Graine du hasard": str(settings.seed),
    }


def _refuse_to_write_into_what_is_read(path: Path, out: Path) -> None:
    source, target = path.resolve(), out.resolve()
    if saved_study(path) is None and (target == source or source in target.parents):
        raise VoicesError(
            f"La sortie « {out} » est dans le dossier à lire.",
            "Choisir un autre dossier avec --out : sinon le rapport serait lu comme un témoignage la fois suivante.",
        )
    if target.exists() and not os.access(target, os.W_OK):
        raise VoicesError(
            f"Le dossier « {out} » n’est pas accessible en écriture.", "Choisir un autre dossier avec --out."
        )

"""What a page tells of a deposit: each file in plain words, and how far the whole is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from voices.domain import Consent
from voices.receiving.reading import STEPS
from voices.report.words import date_words
from voices.store.models import Deposit, Job, SourceFile, Testimony

_State = SourceFile.State


@dataclass(frozen=True, slots=True)
class FileTold:
    """One file: `state` names its mark; `word` and `told` say it; `value` of `total` is done of its present step."""

    file: SourceFile
    state: str
    word: str
    told: str
    value: int = 0
    total: int = 0
    failed: bool = False

    @property
    def to_check(self) -> bool:
        """Whether a person is to check its columns."""
        return self.file.state == _State.TO_CHECK


@dataclass(frozen=True, slots=True)
class DepositTold:
    """The files, the steps of the one that is being read, and how many have ended."""

    files: Sequence[FileTold]
    steps: Sequence[Mapping[str, str]]
    ended: int
    moving: bool

    @property
    def sentence(self) -> str:
        """How far the whole is, in one sentence."""
        total = len(self.files)
        read = f"{self.ended} fichier{'s' if self.ended > 1 else ''} sur {total}"
        return f"{read} : lecture en cours." if self.moving else f"{read} : lecture finie."


@dataclass(frozen=True, slots=True)
class Line:
    """A testimony in the list of its deposit."""

    testimony: Testimony

    @property
    def rank(self) -> str:
        """Which of its file's testimonies it is: « ligne 12 », « n° 2 »; nothing where it is the only one."""
        return rank_of(self.testimony)

    @property
    def date(self) -> str:
        """When it was gathered, in words; empty where it is not told."""
        return date_words(self.testimony.date)

    @property
    def withdrawn(self) -> bool:
        """Whether its words are shown no more."""
        return self.testimony.consent == Consent.WITHDRAWN.value


def told_of(deposit: Deposit) -> DepositTold:
    """What is told of that deposit now."""
    files = list(deposit.files.select_related("already__deposit").defer("content", "preview").order_by("pk"))
    jobs = _jobs(files)
    counts = _counts(deposit)
    told = [_told(file, jobs.get(file.pk), counts.get(file.pk, {})) for file in files]
    running = next((job for job in jobs.values() if job.state == Job.State.RUNNING), None)
    moving = any(one.file.state == _State.WAITING and not one.failed for one in told)
    ended = sum(one.file.state not in (_State.WAITING, _State.TO_CHECK) for one in told)
    return DepositTold(told, _steps(running), ended, moving)


def rank_of(testimony: Testimony) -> str:
    """Which of its file's testimonies it is: « ligne 12 », « n° 2 »; nothing where it is the only one."""
    _, _, rank = testimony.key.removeprefix("t-").partition("-")
    if not rank:
        return ""
    number = rank.lstrip("lt0")
    return f"ligne {number}" if rank.startswith("l") else f"n° {number}"


def _jobs(files: Sequence[SourceFile]) -> dict[int, Job]:
    """By file, the work that has not ended well."""
    waiting = {file.pk for file in files if file.state == _State.WAITING}
    if not waiting:
        return {}
    rows = Job.objects.filter(kind=Job.Kind.READ).exclude(state=Job.State.DONE).order_by("pk")
    return {job.subject["file"]: job for job in rows if job.subject["file"] in waiting}


def _counts(deposit: Deposit) -> dict[int, dict[str, int]]:
    """By file, its testimonies and the passages that stand."""
    passages = Count("passages", filter=Q(passages__retired=False))
    rows = Testimony.objects.filter(deposit=deposit).annotate(of=F("file_id"), passages_read=passages)
    found: dict[int, dict[str, int]] = {}
    for file_id, replaced, count in rows.values_list("of", "replaced", "passages_read"):
        one = found.setdefault(file_id, {"testimonies": 0, "passages": 0, "replaced": 0})
        one["testimonies"] += 1
        one["passages"] += count
        one["replaced"] += sum(replaced.values())
    return found


def _told(file: SourceFile, job: Job | None, counts: Mapping[str, int]) -> FileTold:
    if file.state == _State.REFUSED:
        return FileTold(file, "refused", "pas repris", file.reason)
    if file.state == _State.KNOWN:
        return FileTold(file, "warned", "déjà déposé", _known(file))
    if file.state == _State.TO_CHECK:
        return FileTold(file, "warned", "à vérifier", "Un questionnaire : ses colonnes sont-elles bien comprises ?")
    if file.state == _State.DONE:
        return FileTold(file, "warned" if file.warnings else "read", "lu", _gathered(file, counts))
    if job is None or job.state == Job.State.WAITING:
        return FileTold(file, "waiting", "en attente", "Sera lu dans un instant.")
    if job.state == Job.State.FAILED:
        return FileTold(file, "refused", "pas encore lu", f"{job.problem} {job.remedy}", failed=True)
    return FileTold(file, "waiting", "en cours", _step(job), job.done, job.total)


def _known(file: SourceFile) -> str:
    if file.already is not None and file.already.state == _State.TO_CHECK:
        return "Le même fichier a déjà été déposé pour ce lieu. Ses colonnes attendent d’être vérifiées, là-bas."
    if file.already is None:
        return "Son contenu est déjà dans le site : il n’est pas repris une seconde fois."
    return "Le même fichier a déjà été déposé pour ce lieu : il n’est pas repris une seconde fois."


def _gathered(file: SourceFile, counts: Mapping[str, int]) -> str:
    if not counts:  # an archive, a table of testimonies
        return file.details[0] if file.details else "Aucun témoignage."
    parts = [_plural(counts["testimonies"], "témoignage"), _plural(counts["passages"], "passage")]
    replaced = counts["replaced"]
    names = (
        f" {_plural(replaced, 'nom')} ou coordonnée{'s' if replaced > 1 else ''} remplacé{'s' if replaced > 1 else ''}."
    )
    return f"{', '.join(parts)}.{names if replaced else ''}"


def _step(job: Job) -> str:
    if job.step not in STEPS:
        return "Ouverture du fichier."
    what = {STEPS[1]: "témoignages", STEPS[2]: "témoignages", STEPS[3]: "passages"}.get(job.step)
    return f"{job.step} : {job.done} {what} sur {job.total}." if what and job.total else f"{job.step}."


def _steps(running: Job | None) -> list[Mapping[str, str]]:
    if running is None:
        return []
    now = STEPS.index(running.step) if running.step in STEPS else 0
    states = ["done"] * now + ["now"] + ["later"] * (len(STEPS) - now - 1)
    return [{"label": label, "state": state} for label, state in zip(STEPS, states, strict=True)]


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"

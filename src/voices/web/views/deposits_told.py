"""What a page tells of a deposit: each file in plain words, and how far the whole is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, F, Q, QuerySet

from voices.domain import Consent
from voices.receiving.reading import STEPS
from voices.receiving.twins import twins
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
    elsewhere: tuple[str, ...] = ()
    """The other places, within the reader's reach, that hold words of it too."""

    @property
    def to_check(self) -> bool:
        """Whether a person is to check its columns."""
        return self.file.state == _State.TO_CHECK


_PLURALS = (
    ("lu", "lus"),
    ("déjà là", "déjà là"),
    ("refusé", "refusés"),
    ("laissé de côté", "laissés de côté"),
    ("à vérifier", "à vérifier"),
    ("pas encore lu", "pas encore lus"),
    ("en cours", "en cours"),
    ("en attente", "en attente"),
)
"""The words of files, one and several, in the order in which a sentence counts them."""


@dataclass(frozen=True, slots=True)
class DepositTold:
    """The files, the steps of the one that is being read, and how many have ended."""

    files: Sequence[FileTold]
    steps: Sequence[Mapping[str, str]]
    ended: int
    moving: bool

    @property
    def tally(self) -> str:
        """« 1 lu, 2 déjà là, 1 refusé », on « 4 fichiers »: what each came to, apart."""
        many = Counter(one.word for one in self.files)
        parts = [f"{many[kind]} {kind if many[kind] == 1 else plural}" for kind, plural in _PLURALS if many[kind]]
        return ", ".join(parts)

    @property
    def sentence(self) -> str:
        """How far the whole is: « 4 fichiers : 1 lu, 2 déjà là, 1 refusé. Lecture finie. »."""
        how_far = "Lecture en cours." if self.moving else "Lecture finie."
        return f"{_plural(len(self.files), 'fichier')}\u202f: {self.tally}. {how_far}"


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


def told_of(deposit: Deposit, readable: QuerySet[Testimony]) -> DepositTold:
    """What is told of that deposit now, to who may read these testimonies."""
    files = list(deposit.files.select_related("already__deposit").defer("content", "preview").order_by("pk"))
    jobs = _jobs(files)
    counts = _counts(deposit)
    told = [_told(file, jobs.get(file.pk), counts.get(file.pk, {})) for file in files]
    told = _with_twins(told, deposit, readable)
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


def _with_twins(told: Sequence[FileTold], deposit: Deposit, readable: QuerySet[Testimony]) -> list[FileTold]:
    found: dict[int | None, set[str]] = {}
    own = list(deposit.testimonies.select_related("file").only("key", "place_id", "file__digest"))
    file_of = {one.pk: one.file_id for one in own}
    for pk, places in twins(own, readable).items():
        found.setdefault(file_of[pk], set()).update(place.name for place in places)
    return [replace(one, elsewhere=tuple(sorted(found.get(one.file.pk, ())))) for one in told]


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
        return FileTold(file, "refused", "laissé de côté" if file.reason == file.SET_ASIDE else "refusé", file.reason)
    if file.state == _State.KNOWN:
        return FileTold(file, "warned", "déjà là", _known(file))
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
    names = f" {_plural(replaced, 'remplacement')} de noms ou de coordonnées."
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

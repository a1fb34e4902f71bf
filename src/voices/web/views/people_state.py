"""How the site is, told to the administrator: what was erased and may be back, the worker, the disk, who signed in."""

from datetime import datetime, timedelta

from django.db.models import Avg, DurationField, ExpressionWrapper, F, QuerySet

from voices.report.words import number
from voices.settings import Settings
from voices.store.models import Job, Trace
from voices.web import health

_LATELY = timedelta(days=7)
_RETURNED = (
    "Des témoignages effacés à la demande des personnes sont peut-être revenus\u00a0: une sauvegarde a été remise, et "
    "la liste des effacements n’a pas été donnée, ou pas appliquée jusqu’au bout. Demandez à qui tient la machine de "
    "lancer «\u00a0voices doctor\u00a0», qui dit quoi faire.",
    True,
)


def told(settings: Settings, now: datetime) -> list[tuple[str, bool]]:
    """A sentence for each thing, and whether it asks for something to be done. Neither a name nor a file is in it."""
    parts = health.look(settings).parts
    found = [_worker(parts["travaux"]), _jobs(now), _disk(parts["disque"]), _signed_in(now)]
    return found if parts["effacements"]["etat"] is health.State.WELL else [_RETURNED, *found]


def _worker(said: health.Said) -> tuple[str, bool]:
    if said["etat"] is health.State.DOWN:
        return "Les travaux ne se font plus depuis une minute ou davantage\u00a0: redémarrez le site.", True
    if waits := said["attente_min"]:
        return f"Les travaux se font\u202f; le plus ancien attend depuis {number(waits)}\u00a0min.", False
    return "Les travaux se font, et rien n’attend.", False


def _jobs(now: datetime) -> tuple[str, bool]:
    lately = Job.objects.filter(ended_at__gt=now - _LATELY)
    done = lately.filter(state=Job.State.DONE).count()
    failed = lately.filter(state=Job.State.FAILED).values_list("kind", flat=True)
    told = f"Travaux menés à bien en sept jours\u00a0: {number(done)}{_lasting(lately)}"
    if not failed:
        return f"{told}\u202f; aucun échec.", False
    kinds = sorted({str(Job.Kind(kind).label).lower() for kind in failed})
    return f"{told}\u202f; échoués\u00a0: {number(len(failed))} ({', '.join(kinds)}).", True


def _lasting(jobs: QuerySet[Job]) -> str:
    """How long they took and waited, on average, where that is known."""
    known = jobs.filter(state=Job.State.DONE, started_at__isnull=False)
    took, waited = F("ended_at") - F("started_at"), F("started_at") - F("made_at")
    found = known.aggregate(
        took=Avg(ExpressionWrapper(took, output_field=DurationField())),
        waited=Avg(ExpressionWrapper(waited, output_field=DurationField())),
    )
    if found["took"] is None:
        return ""
    return f" ({_time(found['took'])} chacun en moyenne, après {_time(found['waited'])} d’attente)"


def _time(lasted: timedelta) -> str:
    seconds = max(0, round(lasted.total_seconds()))
    return f"{number(seconds)}\u00a0s" if seconds < 120 else f"{number(round(seconds / 60))}\u00a0min"


def _disk(said: health.Said) -> tuple[str, bool]:
    if "libre_pour_cent" not in said:
        return "Le disque ne répond pas.", True
    told = f"Disque libre\u00a0: {said['libre_pour_cent']}\u00a0%"
    if said["etat"] is health.State.WELL:
        return f"{told}.", False
    return f"{told}. Faites de la place.", True


def _signed_in(now: datetime) -> tuple[str, bool]:
    lately = Trace.objects.filter(made_at__gt=now - _LATELY)
    entered = lately.filter(what="Connexion").count()
    held = lately.filter(what="Connexion bloquée un quart d’heure").count()
    told = f"Connexions en sept jours\u00a0: {number(entered)}"
    if not held:
        return f"{told}.", False
    return f"{told}\u202f; bloquées après trop de mots de passe faux\u00a0: {number(held)}.", True

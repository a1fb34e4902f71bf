"""The site's numbers, in the text format of Prometheus: how much, how long, how many fail. No name, no content.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum

from voices.settings import Settings
from voices.store.models import Job, SourceFile
from voices.web.health import State, look
from voices.web.requests import Counts

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = dict[str, str]
_STATES = {state: number for number, state in enumerate(reversed(State))}
"""2: well; 1: to be looked at; 0: down."""


@dataclass(frozen=True)
class Metric:
    """One number in several cases. `kind`: counter or gauge."""

    name: str
    kind: str
    help: str
    cases: Iterable[tuple[Labels, float]]

    def lines(self) -> Iterator[str]:
        """As they are written."""
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} {self.kind}"
        for labels, value in self.cases:
            told = ",".join(f'{name}="{_escaped(said)}"' for name, said in labels.items())
            number = repr(value).removesuffix(".0")  # it is read back as the same number
            yield f"{self.name}{{{told}}} {number}" if told else f"{self.name} {number}"


def written(metrics: Iterable[Metric]) -> str:
    """All of them, as Prometheus reads them."""
    return "".join(f"{line}\n" for metric in metrics for line in metric.lines())


def of_site(settings: Settings, counts: Counts) -> Iterator[Metric]:
    """What is told of the site. Raises DatabaseError where the base does not answer."""
    yield from _of_health(settings)
    yield from _of_requests(counts)
    yield from _of_jobs()
    refused = SourceFile.objects.filter(state=SourceFile.State.REFUSED).exclude(reason=SourceFile.SET_ASIDE)
    yield Metric(
        "voices_fichiers_refuses", "gauge", "Fichiers déposés que la lecture a refusés.", [({}, refused.count())]
    )
    yield Metric("voices_base_octets", "gauge", "Taille de la base.", [({}, _size_of_base())])


def _of_health(settings: Settings) -> Iterator[Metric]:
    parts = look(settings).parts
    states = [({"partie": name}, float(_STATES[State(part["etat"])])) for name, part in parts.items()]
    yield Metric("voices_etat", "gauge", "2 : bien. 1 : à voir. 0 : en panne.", states)
    for name, text, part, key, unit in (
        ("voices_attente_secondes", "Âge du plus ancien travail en attente.", "travaux", "attente_min", 60),
        ("voices_sauvegarde_age_secondes", "Âge de la dernière sauvegarde.", "sauvegarde", "age_h", 3600),
        ("voices_disque_libre_ratio", "Part libre du disque.", "disque", "libre_pour_cent", 0.01),
    ):
        value = parts[part].get(key)
        yield Metric(name, "gauge", text, [({}, value * unit)] if value is not None else [])


def _of_requests(counts: Counts) -> Iterator[Metric]:
    requests, seconds = counts.taken()
    cases = [({"route": route, "statut": f"{status}xx"}, float(n)) for (route, status), n in sorted(requests.items())]
    yield Metric("voices_demandes_total", "counter", "Pages demandées depuis l’ouverture du site.", cases)
    lasted = [({"route": route}, value) for route, value in sorted(seconds.items())]
    yield Metric("voices_demandes_secondes_total", "counter", "Durée de ces réponses.", lasted)


def _of_jobs() -> Iterator[Metric]:
    rows = Job.objects.order_by("kind", "state").values_list("kind", "state").annotate(n=Count("pk"))
    cases = [({"genre": kind, "etat": state}, float(n)) for kind, state, n in rows]
    yield Metric("voices_travaux", "gauge", "Travaux que la base garde, par genre et par état.", cases)
    known = Job.objects.filter(ended_at__isnull=False, started_at__isnull=False).order_by("kind").values_list("kind")
    for name, text, since, until in (
        ("voices_travaux_secondes", "Durée de ceux qui sont finis, sans l’attente.", "started_at", "ended_at"),
        ("voices_travaux_attente_secondes", "Attente de ceux qui sont finis.", "made_at", "started_at"),
    ):
        lasted = ExpressionWrapper(F(until) - F(since), output_field=DurationField())
        totals = known.annotate(total=Sum(lasted))
        yield Metric(name, "gauge", text, [({"genre": kind}, total.total_seconds()) for kind, total in totals])


def _size_of_base() -> int:
    """Bytes, the log that is not yet folded in included."""
    if connection.vendor == "sqlite":
        base = Path(connection.settings_dict["NAME"])
        return sum(one.stat().st_size for one in base.parent.glob(f"{base.name}*"))
    with connection.cursor() as cursor:  # asked of each base in its own words: there are no common ones
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _escaped(said: str) -> str:
    return said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

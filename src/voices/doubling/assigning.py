"""Giving a sample to several people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from voices.doubling.drawing import Way, draw
from voices.errors import VoicesError
from voices.store.models import AssignedPassage, Assignment, Decision, Passage, User

_THREE = ("accueil", "appartenance", "action")


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to draw: how many passages, which way, from which seed. `where` are the names of the places, to be told."""

    size: int
    way: Way
    seed: int
    where: tuple[str, ...] = ()


def drawable(passages: QuerySet[Passage], coders: Iterable[User]) -> QuerySet[Passage]:
    """Those of the passages that these people can code blind.

    Left out: what one of them coded before; what stands in an open double coding; what was cut or joined by a person,
    as the history of its other parts would tell its codes.
    """
    coded = Decision.objects.filter(author__in=list(coders), kind__in=[Decision.Kind.CODED, Decision.Kind.ADJUDICATED])
    assigned = AssignedPassage.objects.filter(assignment__closed_at=None)
    free = passages.filter(came_of=None, retired=False)
    return free.exclude(pk__in=coded.values("passage")).exclude(pk__in=assigned.values("passage"))


def assign(
    title: str, coders: Sequence[User], passages: QuerySet[Passage], sampling: Sampling, author: User
) -> Assignment:
    """The double coding of a sample of these passages by these people.

    Raises VoicesError where they are fewer than two, or where there is nothing to draw.
    """
    if len({one.pk for one in coders}) < 2:
        raise VoicesError("Il faut au moins deux personnes.", "En choisir une autre.")
    ids = _drawn(drawable(passages, coders), sampling)
    if not ids:
        raise VoicesError(
            "Aucun passage à coder\u202f: tous sont déjà relus par ces personnes, ou dans un double codage en cours.",
            "Choisir un autre lieu ou d’autres personnes.",
        )
    how = {"size": sampling.size, "way": sampling.way.value, "seed": sampling.seed, "where": list(sampling.where)}
    with transaction.atomic():
        made = Assignment.objects.create(title=title, made_by=author, how=how)
        made.coders.set(coders)
        AssignedPassage.objects.bulk_create(
            AssignedPassage(assignment=made, passage_id=one, order=order) for order, one in enumerate(ids, start=1)
        )
    return made


def _drawn(passages: QuerySet[Passage], sampling: Sampling) -> list[int]:
    if sampling.way is Way.DOUBT:
        first = list(passages.order_by("-doubt", "pk").values_list("pk", flat=True)[: sampling.size])
        return draw({"": first}, sampling.size, sampling.seed)
    strata: dict[str, list[int]] = {}
    for row in passages.order_by("place_id", "pk").values("pk", "place_id", *_THREE):
        of = str(row["place_id"]) if sampling.way is Way.PLACES else _first_code(row)
        strata.setdefault(of, []).append(row["pk"])
    return draw(strata, sampling.size, sampling.seed, level=sampling.way is Way.CODES)


def _first_code(row: Mapping[str, Any]) -> str:
    """The first of the 3A that the passage has; empty where it has none."""
    return next((code for code in _THREE if row[code]), "")

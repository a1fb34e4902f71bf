"""Machine passes taken back whole, and brought back. People's decisions are never touched."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from voices.reviewing.holding import refresh
from voices.store.models import Act, MachinePass, Passage, Suggestion, Trace, User

_BATCH = 500
"""Passages held in memory at once."""
_HOLDS, _GONE = "vaut", "annulée"


@dataclass(frozen=True, slots=True)
class Reach:
    """What taking a pass back does to the passages it read: counts that add up to `passages`.

    `decided` keep what a person said; `overtaken` show a later pass; `earlier` go back to the pass before; `bare` are
    left without a proposal.
    """

    passages: int
    decided: int
    overtaken: int
    earlier: int
    bare: int


def reach_of(machine_pass: MachinePass) -> Reach:
    """What taking that pass back does, or did."""
    read = Passage.objects.filter(suggestions__machine_pass=machine_pass, retired=False)
    later = Suggestion.objects.filter(passage=OuterRef("pk"), machine_pass__undone_at=None)
    after = Exists(later.filter(machine_pass__gt=machine_pass.pk))
    ahead = Exists(later.filter(machine_pass__lt=machine_pass.pk))
    free = read.filter(standing=Passage.Standing.MACHINE)
    passages, open_ = read.count(), free.count()
    overtaken = free.filter(after).count()
    earlier = free.filter(~after, ahead).count()
    return Reach(passages, passages - open_, overtaken, earlier, open_ - overtaken - earlier)


def take_back(machine_pass: MachinePass, author: User) -> None:
    """Nothing; none of what that pass said holds any more."""
    _set(machine_pass, author, undone=True)


def bring_back(machine_pass: MachinePass, author: User) -> None:
    """Nothing; what that pass said holds again wherever nobody decided and no later pass spoke."""
    _set(machine_pass, author, undone=False)


def _set(machine_pass: MachinePass, author: User, *, undone: bool) -> None:
    """Nothing; the mark and what follows of it are written together: whatever stops the site, never one without the
    other."""
    with transaction.atomic():
        row = MachinePass.objects.select_for_update().get(pk=machine_pass.pk)
        if (row.undone_at is not None) != undone:
            row.undone_at, row.undone_by = (timezone.now(), author) if undone else (None, None)
            row.save(update_fields=["undone_at", "undone_by"])
            what = "passage de la machine annulé" if undone else "passage de la machine rétabli"
            Trace.objects.create(user=author, what=what, about=f"{row.coder}, n° {row.pk}")
            before, after = (_HOLDS, _GONE) if undone else (_GONE, _HOLDS)
            Act.objects.create(kind=Act.Kind.MACHINE_PASS, machine_pass=row, made_by=author, before=before, after=after)
        for ids in _batches(Passage.objects.filter(suggestions__machine_pass=machine_pass)):
            refresh(ids)


def _batches(passages: QuerySet[Passage]) -> Iterator[list[int]]:
    ids = list(passages.order_by("id").values_list("id", flat=True))
    yield from (ids[first : first + _BATCH] for first in range(0, len(ids), _BATCH))

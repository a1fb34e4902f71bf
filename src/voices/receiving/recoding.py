"""Passages of the base read anew by the machine: new suggestions beside the old ones, in a pass of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voices.pipeline import Watch
from voices.receiving.appearing import Appearance, Nothing
from voices.receiving.machine import Reader, vector_bytes
from voices.receiving.reading import STEPS
from voices.receiving.waiting import WaitingRows
from voices.store.models import MachinePass, Passage, Suggestion, User
from voices.store.testimonies import passages_of

_BATCH = 200


def recode(passage_ids: Sequence[int], *, by: User | None, machine: Reader, watch: Watch) -> Appearance:
    """What the machine says now of the standing passages among these: suggestions, lemmas, vectors. Nothing is written.

    Raises ModelError where a model is missing or damaged.
    """
    rows = Passage.objects.filter(pk__in=passage_ids, retired=False).select_related("testimony").order_by("pk")
    passages = passages_of(rows)
    if not passages:
        return Nothing()
    waiting, position = WaitingRows(machine.settings.data), 0
    for found in machine.read(passages, watch(STEPS[3])):
        some = passages[position : position + len(found)]
        position += len(found)
        waiting.add({"id": int(one.id), "text": one.text, **what} for one, what in zip(some, found, strict=True))
    return Recoded(waiting, (machine.name, machine.describe()), by)


@dataclass(frozen=True, slots=True)
class Recoded:
    """Passages read anew, waiting."""

    waiting: WaitingRows
    coder: tuple[str, dict[str, str]]
    by: User | None

    def write(self) -> Iterator[list[int]]:
        """Ids of the passages written, some at a time; those whose words changed meanwhile are left as they are."""
        name, identity = self.coder
        machine_pass = MachinePass.objects.create(coder=name[:120], identity=identity, made_by=self.by)
        with self.waiting:
            for batch in self.waiting.batches(_BATCH):
                rows = Passage.objects.filter(pk__in=[one["id"] for one in batch], retired=False).in_bulk()
                same = [
                    (rows[one["id"]], one) for one in batch if one["id"] in rows and rows[one["id"]].text == one["text"]
                ]
                for row, one in same:
                    row.lemmas, row.vector = one["lemmas"], vector_bytes(one)
                Passage.objects.bulk_update([row for row, _ in same], ["lemmas", "vector"])
                Suggestion.objects.bulk_create(
                    Suggestion(machine_pass=machine_pass, passage=row, **one["suggestion"]) for row, one in same
                )
                yield [row.pk for row, _ in same]

"""What search by meaning needs of passages whose words changed: computed by the worker, soon after."""

from collections.abc import Callable, Sequence

from django.db import transaction

from voices import loading
from voices.coding.features import plain
from voices.pipeline import Watch
from voices.settings import Settings
from voices.store.models import Passage
from voices.store.search.vectors import packed


def vectors(passage_ids: Sequence[int], *, settings: Settings, watch: Watch) -> Callable[[], None]:
    """What writes the vectors of these passages; those whose words change meanwhile are left as they are.

    Raises ModelError where the encoder is missing or damaged.
    """
    rows = list(Passage.objects.filter(pk__in=passage_ids, vector=None).only("text"))
    texts = {row.pk: row.text for row in rows}
    encoder = loading.encoder_of(settings)
    found = encoder.encode([plain(text) for text in texts.values()], progress=watch("Préparation de la recherche"))
    held = dict(zip(texts, packed(found), strict=True))

    def write() -> None:
        with transaction.atomic():
            for row in Passage.objects.select_for_update().filter(pk__in=held).only("text").order_by("pk"):
                if row.text == texts[row.pk]:
                    Passage.objects.filter(pk=row.pk).update(vector=held[row.pk])

    return write

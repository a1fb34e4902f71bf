"""What people decided of the evaluators' own codes, for the machine to look for them better."""

from collections.abc import Sequence
from datetime import datetime

from voices.coding import Labelled
from voices.domain import OwnCode, Sense
from voices.store.models import CodebookVersion, Decision, Passage

MOST = 200
"""Passages learnt from, the latest: docs/own_codes.md measured no further."""
_AGREED = (Passage.Standing.REVIEWED, Passage.Standing.ADJUDICATED)
_CODING = (Decision.Kind.CODED, Decision.Kind.ADJUDICATED)


def decided(codes: Sequence[OwnCode]) -> tuple[Labelled, ...]:
    """Passages that people agreed on since they could give these codes: one that has not a code tells that it is not
    there.
    """
    ids = {one.id for one in codes}
    since = _since(ids)
    if since is None:
        return ()
    said = Decision.objects.filter(kind__in=_CODING, made_at__gte=since).values("passage")
    rows = Passage.objects.filter(pk__in=said, retired=False, standing__in=_AGREED).select_related("testimony")
    return tuple(
        Labelled(
            row.testimony.key,
            row.number,
            row.text,
            {code: Sense(sense) for code, sense in row.own.items() if code in ids},
        )
        for row in rows.defer("testimony__text", "vector", "lemmas").order_by("-pk")[:MOST]
    )


def _since(ids: set[str]) -> datetime | None:
    """When the last of these codes came into the book."""
    found = None
    for made_at, said in CodebookVersion.objects.order_by("-number").values_list("made_at", "book"):
        if not ids <= {one["id"] for one in said.get("own", ())}:
            break
        found = made_at
    return found

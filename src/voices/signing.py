"""Quotes signed with the first name of who agreed to it, as the sealed table of names gives it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from voices.domain import Quote, Study


def signed(quotes: Sequence[Quote], study: Study, *, table: Path, key: Path) -> tuple[Quote, ...]:
    """The quotes, each under the first name of who speaks, where it is known; with a caution where another of them
    speaks of somebody called so.

    `quotes` are of testimonies released for `Purpose.NAMED_QUOTES`. Raises PrivacyError where the key does not open
    the table.
    """
    from voices import privacy
    from voices.quotes.attributions import Naming, attributions

    held = privacy.read_table(table, key_file=key)
    speakers = {one.id: one.speaker for one in study.passages}
    told, found = {one.id: one for one in study.reading.testimonies}, []
    for one in quotes:
        name = privacy.first_name(held.get(one.testimony_id, ()), speakers.get(one.passage_id) or "")
        under = attributions(told[one.testimony_id], first_name=name).get(Naming.FIRST_NAME)
        found.append((replace(one, attribution=under, widened=False) if under else one, name))
    return tuple(_told_apart(found))


def _told_apart(found: Sequence[tuple[Quote, str | None]]) -> Iterable[Quote]:
    from voices.quotes.namesakes import namesakes, told

    texts = ((one.testimony_id, one.text) for one, _ in found)
    also = namesakes({name for _, name in found if name}, texts)
    for one, name in found:
        met = name and also.get(name, frozenset()) - {one.testimony_id}
        yield replace(one, cautions=(*one.cautions, told(name, "cette sélection"))) if name and met else one

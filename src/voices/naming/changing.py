"""What a person corrects of the names of a testimony, kept: one transaction, one line of history without the name."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from voices.errors import VoicesError
from voices.naming.moving import move
from voices.naming.shifting import Edit, Shift
from voices.naming.table import Names, Places, laid_out, names_of, stamp
from voices.privacy import Correspondence, checking
from voices.privacy.protecting import Replacement
from voices.receiving.sealing import seal_names
from voices.settings import Settings
from voices.store.models import Act, Job, NameChange, Testimony, User

Found = Sequence[Replacement]
"""What is replaced in one text."""
_CHECKED = {False: "à vérifier", True: "vérifiés"}


def places(row: Testimony, said: str, kind: str, *, seen: str, settings: Settings) -> Places:
    """Where `said`, of that kind, would be replaced in the testimony. `seen` is the stamp of the words that the person
    saw.

    Raises VoicesError where it is nowhere, or the testimony was changed meanwhile.
    """
    names = _seen(row, seen, settings)
    found = checking.added(row.key, names.texts, said, kind, names.correspondences)
    whole = [checking.places(text, some) for text, some in zip(names.texts, found, strict=True)]
    spans = [
        (first + place[0][0], first + place[-1][1])
        for (first, _), some in zip(names.segments, whole, strict=False)
        for place in some
    ]
    return Places(tuple(spans), sum(len(some) for some in whole[len(names.segments) :]))


def add(
    row: Testimony, said: str, kind: str, *, at: int | None = None, seen: str, by: User | None, settings: Settings
) -> NameChange:
    """The change by which `said`, of that kind, is replaced everywhere in the testimony, or only where it was chosen,
    at `at`. `seen` is the stamp of the words that the person saw.

    Raises VoicesError where these words are not there, or the testimony was changed meanwhile.
    """
    names = _seen(row, seen, settings)
    found = checking.added(row.key, names.texts, said, kind, names.correspondences)
    if at is not None:
        found = _only_at(names, found, at, at + len(said))
    fresh = [
        Correspondence(kind, text[start:end], instead)
        for text, some in zip(names.texts, found, strict=True)
        for start, end, kind, instead in some
    ]
    known = tuple(dict.fromkeys([*names.correspondences, *fresh]))
    mark = " ".join(dict.fromkeys(one.replacement for one in fresh))
    count = sum(len(checking.places(text, some)) for text, some in zip(names.texts, found, strict=True))
    change = NameChange(kind=NameChange.Kind.ADDED, mark=mark, count=count, made_by=by)
    return _write(row, names, found, known, change, settings)


def put_back(
    row: Testimony,
    mark: str,
    original: int = 0,
    *,
    at: int | None = None,
    seen: str,
    by: User | None,
    settings: Settings,
) -> NameChange:
    """The change by which what a mark stood for is back in the text: everywhere, or only where the mark stands at `at`.
    `original` is its rank among what the mark may stand for.

    Raises VoicesError where no such mark stands there, or the testimony was changed meanwhile.
    """
    names = _seen(row, seen, settings)
    one = names.correspondence(mark, original)
    if one is None:
        raise _changed()
    found = checking.put_back(names.texts, one, names.correspondences)
    if at is not None:
        found = [
            *(_only(some, at - start) for some, (start, _) in zip(found, names.segments, strict=False)),
            *([] for _ in names.labels),
        ]
    if not any(found):
        raise _changed()
    count = sum(len(some) for some in found)
    change = NameChange(kind=NameChange.Kind.UNDONE, mark=mark, count=count, made_by=by)
    return _write(row, names, found, names.correspondences, change, settings)


def check(row: Testimony, by: User | None, *, checked: bool = True) -> None:
    """Nothing; the names of the testimony are checked, or are to be checked again."""
    with transaction.atomic():
        held = Testimony.objects.select_for_update().only("names_checked_at", "place").get(pk=row.pk)
        was = held.names_checked_at is not None
        row.names_checked_at, row.names_checked_by = (timezone.now(), by) if checked else (None, None)
        row.save(update_fields=["names_checked_at", "names_checked_by"])
        if was != checked:
            states = {"before": _CHECKED[was], "after": _CHECKED[checked]}
            Act.objects.create(kind=Act.Kind.NAMES_CHECKED, testimony=row, place_id=held.place_id, made_by=by, **states)


def _write(
    row: Testimony,
    names: Names,
    found: Sequence[Found],
    known: Sequence[Correspondence],
    change: NameChange,
    settings: Settings,
) -> NameChange:
    in_text, in_labels = found[: len(names.segments)], found[len(names.segments) :]
    edits = [
        Edit(first + start, first + end, instead)
        for (first, _), some in zip(names.segments, in_text, strict=True)
        for start, end, _, instead in some
    ]
    labels = {
        label: Shift(Edit(start, end, instead) for start, end, _, instead in some).text(label)
        for label, some in zip(names.labels, in_labels, strict=True)
    }
    change.testimony, change.mark = row, change.mark[:80]
    with transaction.atomic():
        kept = Testimony.objects.select_for_update().get(pk=row.pk)
        if stamp(kept) != stamp(row):
            raise _changed()
        worded = move(kept, Shift(edits), labels)
        kept.replaced = _recounted(kept.replaced, in_text, added=change.kind == NameChange.Kind.ADDED)
        kept.names = seal_names(_standing(kept, known, change.mark), settings)
        kept.save(update_fields=["text", "turns", "names", "replaced"])
        change.save()
        if worded:
            Job.objects.create(kind=Job.Kind.VECTORS, subject={"passages": worded}, made_by=change.made_by)
    return change


def _standing(row: Testimony, known: Sequence[Correspondence], mark: str) -> list[Correspondence]:
    """The correspondences, without those of a mark that stands nowhere any more: what was put back is no secret."""
    stands = any(one.mark == mark for one in laid_out(row, known).replaced)
    return [one for one in known if stands or one.replacement != mark]


def _seen(row: Testimony, seen: str, settings: Settings) -> Names:
    if stamp(row) != seen:
        raise _changed()
    return names_of(row, settings)


def _only_at(names: Names, found: Sequence[Found], start: int, end: int) -> list[list[Replacement]]:
    """The one place that meets that stretch of the text. Raises VoicesError where none does."""
    for index, (first, _) in enumerate(names.segments):
        for place in checking.places(names.texts[index], found[index]):
            if first + place[0][0] < end and start < first + place[-1][1]:
                return [list(place) if index == at else [] for at in range(len(found))]
    raise _changed()


def _only(found: Found, at: int) -> list[Replacement]:
    return [one for one in found if one[0] == at]


def _recounted(replaced: dict[str, int], found: Sequence[Found], *, added: bool) -> dict[str, int]:
    """At how many places of the text something was replaced, by kind, once these were, or were put back."""
    counts = dict(replaced)
    for some in found:
        for _, _, kind, _ in some:
            counts[kind] = counts.get(kind, 0) + (1 if added else -1)
    return {kind: count for kind, count in sorted(counts.items()) if count > 0}


def _changed() -> VoicesError:
    return VoicesError(
        "Ce témoignage vient d’être changé par quelqu’un d’autre.", "Le relire ici tel qu’il est, puis recommencer."
    )

"""The same words handed in at two places: each place keeps its own, and who sees both is told."""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Count, QuerySet

from voices.store.models import Place, SourceFile, Testimony

_SHOWN = 12
"""Figures of a key drawn for another place: longer than those of most first keys, so that it is not taken for one."""


def key_at(key: str, place: Place) -> str:
    """The key that a testimony takes at a place where another place has taken its own: always the same, and telling
    nothing of the other.
    """
    ident, dash, rank = key.removeprefix("t-").partition("-")
    return f"t-{sha256(f'{place.pk} {ident}'.encode()).hexdigest()[:_SHOWN]}{dash}{rank}"


def taken_at(keys: Iterable[str]) -> dict[str, int]:
    """The keys that testimonies have already, and the place of each."""
    return dict(Testimony.objects.filter(key__in=list(keys)).values_list("key", "place_id"))


def twins(testimonies: Iterable[Testimony], among: QuerySet[Testimony]) -> dict[int, list[Place]]:
    """By testimony, the other places that hold the same words, of the testimonies in `among` alone."""
    rows = list(testimonies)
    digests = {row.file_id: row.file.digest for row in rows if row.file is not None}
    others = among.filter(file__digest__in=set(digests.values())).exclude(file__digest="")
    found: dict[tuple[str, str], list[Place]] = {}
    for other in others.select_related("place", "file").only("key", "place", "file__digest").order_by("place__name"):
        if other.file is not None:
            found.setdefault((other.file.digest, _rank(other.key)), []).append(other.place)
    beside = {
        row.pk: [one for one in found.get((digests[row.file_id], _rank(row.key)), []) if one.pk != row.place_id]
        for row in rows
        if row.file_id in digests
    }
    return {pk: places for pk, places in beside.items() if places}


def tie(file: SourceFile) -> None:
    """Nothing; testimonies that are the same words at several places know it, once that file is read: the narrower of
    their consents then holds for quoting any of them.
    """
    same: dict[str, list[Testimony]] = defaultdict(list)
    for row in Testimony.objects.filter(file__digest=file.digest).exclude(file__digest="").only("key", "place"):
        same[_rank(row.key)].append(row)
    for rank, rows in same.items():
        if len({row.place_id for row in rows}) > 1:
            letter = f"{file.digest}-{rank}"[:80]
            Testimony.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)


def doubled(among: QuerySet[Testimony]) -> QuerySet[Testimony]:
    """Those of the testimonies whose words were read at two places or more, all of them in `among`.

    A questionnaire whose lines name several places is read at each, and no line of it is there twice.
    """
    counted = among.order_by().exclude(file=None).exclude(file__digest="").values("file__digest")
    several = counted.annotate(places=Count("place", distinct=True)).filter(places__gt=1).values("file__digest")
    of_several = among.filter(file__digest__in=several)
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = list(of_several.values_list("pk", "file__digest", "key", "place"))
    for _, digest, key, place in rows:
        places[digest, _rank(key)].add(place)
    return among.filter(pk__in=[pk for pk, digest, key, _ in rows if len(places[digest, _rank(key)]) > 1])


def _rank(key: str) -> str:
    return key.removeprefix("t-").partition("-")[2]

"""A testimony erased, with all that came of it, and the proof that it was."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from voices.reporting import facts_of
from voices.rights import remembered, traces
from voices.rights.outputs import reports_with
from voices.settings import Settings
from voices.store.models import (
    Decision,
    Erasure,
    Job,
    PassageTheme,
    Publication,
    ReportVersion,
    ShortlistItem,
    SourceFile,
    Suggestion,
    Testimony,
    User,
)


def erase(testimonies: Iterable[int], *, why: str, by: User | None, settings: Settings) -> tuple[Erasure, ...]:
    """The proofs, one a testimony. In one transaction: all of it goes, or nothing.

    The worker then takes what is left of it out of the files of the base (`Job.Kind.SCRUB`).
    """
    with transaction.atomic():
        rows = list(Testimony.objects.select_for_update().filter(pk__in=list(testimonies)).order_by("pk"))
        proofs = tuple(_erase(row, why, by, settings) for row in rows)
        if proofs:
            traces.of_learning(settings, proofs)
            Job.objects.create(kind=Job.Kind.SCRUB, subject={"erasures": [one.pk for one in proofs]}, made_by=by)
            remembered.write(settings, proofs)
    return proofs


def digest_of(key: str) -> str:
    """What a proof keeps of a testimony's key."""
    return sha256(key.encode()).hexdigest()


def _erase(row: Testimony, why: str, by: User | None, settings: Settings) -> Erasure:
    counts = Counter(_counted(row))
    counts += Counter(_of_reports(row))
    passages = list(row.passages.values_list("pk", flat=True))
    counts["exemples"] = traces.of_examples(row, settings)
    counts["mots_de_themes"] = traces.of_themes(row, passages)
    counts["travaux"] = traces.of_jobs(passages)
    counts["fichiers"] = _file(row)
    place, key, number = row.place, row.key, row.pk
    row.delete()
    fields = {"place": place, "why": why[:200], "made_by": by, "counts": {name: n for name, n in counts.items() if n}}
    proof, _ = Erasure.objects.update_or_create(digest=digest_of(key), defaults={"number": number, **fields})
    return proof


def _counted(row: Testimony) -> dict[str, int]:
    """What goes with the row itself, by the base's own rules."""
    return {
        "passages": row.passages.count(),
        "vecteurs": row.passages.exclude(vector=None).count(),
        "suggestions": Suggestion.objects.filter(passage__testimony=row).count(),
        "decisions": Decision.objects.filter(passage__testimony=row).count(),
        "rangements": PassageTheme.objects.filter(passage__testimony=row).count(),
        "citations_gardees": ShortlistItem.objects.filter(passage__testimony=row).count(),
        "publications": Publication.objects.filter(testimony=row).count(),
        "noms": int(bool(row.names)),
    }


def _of_reports(row: Testimony) -> dict[str, int]:
    """Drafts that hold it are deleted; of frozen reports that show its words, the digest and the figures stay alone."""
    counts = {"brouillons": 0, "rapports_vides": 0, "rapports_ou_comptee": 0}
    for version, shown, _ in list(reports_with([row.pk])):
        mine = ReportVersion.objects.filter(pk=version.pk)
        if not version.frozen_at:
            mine.delete()
            counts["brouillons"] += 1
        elif shown:
            bare = _bare(facts_of(version))
            mine.update(html="", pdf=b"", facts=bare, emptied_at=version.emptied_at or timezone.now())
            counts["rapports_vides"] += 1
        else:
            counts["rapports_ou_comptee"] += 1
    return counts


def _bare(facts: dict[str, Any]) -> bytes:
    """The facts of a report without anybody's words."""
    return gzip.compress(json.dumps(facts | {"quotes": []}, ensure_ascii=False).encode(), mtime=0)


def _file(row: Testimony) -> int:
    """How many files went: the one that it came from, where nothing else came from it, and those that repeated it."""
    file = row.file
    if file is None or file.testimonies.exclude(pk=row.pk).exists():
        return 0
    same = SourceFile.objects.filter(digest=file.digest, deposit__place=file.deposit.place_id).exclude(digest="")
    gone = {file.pk, *same.values_list("pk", flat=True)}
    deposits = {one.deposit for one in SourceFile.objects.filter(pk__in=gone).select_related("deposit")}
    Testimony.objects.filter(pk=row.pk).update(file=None, deposit=None)
    row.file = row.deposit = None
    Job.objects.filter(kind=Job.Kind.READ, subject__file__in=list(gone)).delete()
    SourceFile.objects.filter(pk__in=gone).delete()
    for deposit in deposits:
        if not deposit.files.exists() and not deposit.testimonies.exists():
            deposit.delete()
    return len(gone)


def erased_anew(settings: Settings) -> tuple[Erasure, ...]:
    """What a backup brought back and had been erased since: erased again. To be called after each restoration."""
    known = remembered.read(settings) | dict(Erasure.objects.values_list("digest", "why"))
    if not known:
        return ()
    back = [pk for pk, key in Testimony.objects.values_list("pk", "key").iterator() if digest_of(key) in known]
    return erase(back, why="Effacé de nouveau après une restauration", by=None, settings=settings)

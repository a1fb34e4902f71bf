"""What a testimony left elsewhere than in its own rows: as an example, in words of themes, in jobs, in what learned."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from voices.settings import Settings
from voices.store.models import Erasure, Job, MachinePass, Passage, Suggestion, Testimony, Theme

TO_LEARN_AGAIN = "a-reapprendre.json"
_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:!?()-]+")
_UNNAMED = "Thème à renommer"


def of_examples(row: Testimony, settings: Settings) -> int:
    """How many suggestions on other people's passages gave its words as an example; they give them no more.

    Coders that voices comes with learned nothing here: what they suggested is not read again, which takes seconds.
    """
    others = list(MachinePass.objects.exclude(coder__in=shipped(settings)).values_list("pk", flat=True))
    texts, changed = set(row.passages.values_list("text", flat=True)) if others else set(), 0
    for some in _by(sorted(texts), 50):
        for one in (
            _holding(some).filter(machine_pass__in=others).exclude(passage__testimony=row).only("codings").iterator(500)
        ):
            if _drop(one.codings, texts):
                one.save(update_fields=["codings"])
                changed += 1
    return changed


def of_themes(row: Testimony, passages: Sequence[int]) -> int:
    """How many words of themes nobody else said; they are taken out of them. Lists of passages forget its own."""
    gone, count = set(passages), 0
    for theme in Theme.objects.iterator():
        said = [*theme.keywords, *(word for word, *_ in theme.distinctive)]
        alone = {word for word in said if _only(word, row)}
        former = [pk for pk in theme.former if pk not in gone]
        if alone or former != theme.former:
            theme.keywords = [word for word in theme.keywords if word not in alone]
            theme.distinctive = [one for one in theme.distinctive if one[0] not in alone]
            theme.former = former
            if any(word.lower() in theme.label.lower() for word in alone):
                theme.label = _UNNAMED
            theme.save(update_fields=["keywords", "distinctive", "former", "label"])
            count += len(alone)
    return count


def of_jobs(passages: Sequence[int]) -> int:
    """How many jobs still spoke of these; they speak of them no more, and those that spoke of nothing else are gone."""
    gone, count = set(passages), 0
    for job in Job.objects.filter(kind__in=[Job.Kind.CODE, Job.Kind.VECTORS]).iterator():
        named = job.subject.get("passages", [])
        left = [pk for pk in named if pk not in gone]
        if left == named:
            continue
        count += 1
        if left:
            Job.objects.filter(pk=job.pk).update(subject=job.subject | {"passages": left})
        else:
            Job.objects.filter(pk=job.pk).delete()
    return count


def of_learning(settings: Settings, proofs: Iterable[Erasure]) -> None:
    """Nothing; a coder that was trained here, and may have learned from it, is marked: it is to be trained again."""
    folder = settings.coder
    if folder is None or not folder.is_dir() or folder.resolve().is_relative_to(settings.models.resolve()):
        return  # one of those that voices comes with: nothing of this base was in them
    path = folder / TO_LEARN_AGAIN
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    known += [{"digest": one.digest, "on": one.made_at.date().isoformat()} for one in proofs]
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def shipped(settings: Settings) -> list[str]:
    """What the coders that voices comes with are called: their revision is the digest of their weights."""
    found = settings.models.glob("*/manifest.json")
    told = ((one.parent.name, json.loads(one.read_text(encoding="utf-8")).get("revision")) for one in found)
    return [f"{name}@{revision}" for name, revision in told if revision]


def _holding(texts: Sequence[str]) -> "QuerySet[Suggestion]":
    """The suggestions that may hold one of these texts: the base looks for the longest stretch that JSON writes as it
    is, in either base.
    """
    stretches = [max(_PLAIN.findall(text), key=len, default="") for text in texts]
    asked = Q(*(("written__contains", stretch) for stretch in stretches), _connector=Q.OR)
    return Suggestion.objects.annotate(written=Cast("codings", TextField())).filter(asked)


def _by(texts: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(texts), number):
        yield texts[first : first + number]


def _drop(codings: list[dict[str, Any]], texts: set[str]) -> bool:
    """Whether some evidence had one of these texts among its neighbours; they are taken out."""
    found = False
    for evidence in (one.get("evidence") for one in codings):
        for name in ("neighbours", "against"):
            said = (evidence or {}).get(name, [])
            kept = [one for one in said if one.get("text") not in texts]
            if len(kept) < len(said) and evidence is not None:
                evidence[name], found = kept, True
    return found


def _only(word: str, row: Testimony) -> bool:
    """Whether nobody else said that word."""
    said = Q(text__icontains=word) | Q(lemmas__icontains=word)
    if not row.passages.filter(said).exists():
        return False
    return not Passage.objects.exclude(testimony=row).filter(said).exists()

"""Recall and precision of what privacy finds, on corpora/names and corpora/names_hard.

Run: python -m benchmarks.names [dev] [test] [--show]. `--show` tells what was missed and what was replaced too much.
The test halves were read once, after the figures of docs/privacy.md: what is mended since is measured elsewhere.
"""

import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from voices.domain import Role
from voices.privacy.detection import find
from voices.privacy.protection import Span
from voices.raw import RawTestimony, RawTurn

_CORPORA = Path(__file__).parents[1] / "corpora"
SET = _CORPORA / "names" / "names.jsonl"
HARD = _CORPORA / "names_hard"
FAMILIES = {
    (1, 95): "parole transcrite",
    (96, 190): "SMS",
    (191, 361): "noms de quarante origines",
    (362, 426): "surnoms",
    (427, 473): "initiales",
    (474, 548): "coordonnées",
    (549, 613): "formulaires, signatures",
    (614, 649): "noms rares, noms qui sont des mots",
    (650, 800): "pièges sans nom",
    (801, 850): "passages longs",
}
"""What the numbers of the hard set are (its README)."""
PERSONS, DETAILS = "personnes", "coordonnées"
Item = Mapping[str, Any]
Counts = dict[str, list[int]]


def items_of(file: Path) -> list[dict[str, Any]]:
    """The passages of one file of the set."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def family(item: Item) -> str:
    """The family of a passage of the hard set."""
    number = int(item["id"][1:])
    return next(name for (first, last), name in FAMILIES.items() if first <= number <= last)


def found(texts: Iterable[str]) -> list[list[Span]]:
    """What is found in each text, taken as a testimony of its own."""
    raws = [RawTestimony(str(n), (RawTurn(text, Role.WITNESS),)) for n, text in enumerate(texts)]
    return [[*turns[0].contacts, *turns[0].persons] for turns in find(raws)]


def whole(text: str, gold: tuple[int, int], spans: list[Span]) -> bool:
    """Whether no letter of a gold span stays readable."""
    hidden = {position for span in spans for position in range(span.start, span.end)}
    return all(position in hidden or not text[position].isalnum() for position in range(*gold))


def figures(items: Sequence[Item], spans_of: Sequence[list[Span]], *, show: bool) -> Counts:
    """By family (personnes, coordonnées): [gold found, gold, right, predicted]."""
    counts = {PERSONS: [0, 0, 0, 0], DETAILS: [0, 0, 0, 0]}
    for item, spans in zip(items, spans_of, strict=True):
        text, gold = item["text"], item["spans"]
        for start, end, kind in gold:
            count = counts[PERSONS if kind == "personne" else DETAILS]
            hit = whole(text, (start, end), spans)
            count[0] += hit
            count[1] += 1
            if show and not hit:
                print(f"  manqué   {item['id']} {text[start:end]!r} : {text}")
        for span in spans:
            count = counts[PERSONS if span.kind == "personne" else DETAILS]
            right = any(start < span.end and span.start < end and kind == span.kind for start, end, kind in gold)
            count[2] += right
            count[3] += 1
            if show and not right:
                print(f"  en trop  {item['id']} {text[span.start : span.end]!r} : {text}")
    return counts


def told(name: str, counts: Counts, passages: int) -> str:
    """Lines of the table: recall and precision of persons and of contact details."""
    lines = []
    for kind, (hit, gold, right, predicted) in counts.items():
        if gold or predicted:
            cells = (name, kind, _share(hit, gold), _share(right, predicted), str(passages))
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "–"


def measured(title: str, items: Sequence[Item], *, show: bool) -> None:
    """Nothing; prints the figures of those passages, and of each family where the set has some."""
    start, worked = time.perf_counter(), time.process_time()
    spans = found(item["text"] for item in items)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    print(told(title, figures(items, spans, show=show), len(items)))
    if items[0]["id"].startswith("H"):
        for name in FAMILIES.values():
            chosen = [n for n, item in enumerate(items) if family(item) == name]
            counts = figures([items[n] for n in chosen], [spans[n] for n in chosen], show=False)
            print(told(f"– {name}", counts, len(chosen)))
    print(f"({len(items) / seconds:.0f} passages par seconde, {len(items) / worked:.0f} par seconde de calcul)\n")


def main() -> None:
    parts = [part for part in ("dev", "test") if part in sys.argv] or ["dev", "test"]
    found(["Bonjour Bastien. Un certain Kourtaneuf a dit oui."])
    print("| passages | ce qui est cherché | rappel | précision | combien |\n|---|---|---|---|---|")
    for part in parts:
        show = "--show" in sys.argv
        measured(f"ordinaires, {part}", [item for item in items_of(SET) if item["part"] == part], show=show)
        measured(f"difficiles, {part}", items_of(HARD / f"{part}.jsonl"), show=show)


if __name__ == "__main__":
    main()

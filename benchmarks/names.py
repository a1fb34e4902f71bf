"""Recall and precision of what privacy finds, on corpora/names. Run: python -m benchmarks.names [--show]."""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from voices.domain import Role
from voices.privacy.detection import find
from voices.privacy.protection import Span
from voices.raw import RawTestimony, RawTurn

SET = Path(__file__).parents[1] / "corpora" / "names" / "names.jsonl"


def found(texts: list[str]) -> list[list[Span]]:
    """What is found in each text, taken as a testimony of its own."""
    raws = [RawTestimony(str(n), (RawTurn(text, Role.WITNESS),)) for n, text in enumerate(texts)]
    return [[*turns[0].contacts, *turns[0].persons] for turns in find(raws)]


def whole(text: str, gold: tuple[int, int], spans: list[Span]) -> bool:
    """Whether no letter of a gold span stays readable."""
    hidden = {position for span in spans for position in range(span.start, span.end)}
    return all(position in hidden or not text[position].isalnum() for position in range(*gold))


def figures(items: list[dict[str, Any]], spans_of: list[list[Span]], *, show: bool) -> dict[str, list[int]]:
    """By family (personne, coordonnées): [gold found, gold, right, predicted]."""
    counts = {"personnes": [0, 0, 0, 0], "coordonnées": [0, 0, 0, 0]}
    for item, spans in zip(items, spans_of, strict=True):
        text, gold = item["text"], item["spans"]
        for start, end, kind in gold:
            count = counts["personnes" if kind == "personne" else "coordonnées"]
            hit = whole(text, (start, end), spans)
            count[0] += hit
            count[1] += 1
            if show and not hit:
                print(f"  manqué   {item['id']} {text[start:end]!r} : {text}")
        for span in spans:
            count = counts["personnes" if span.kind == "personne" else "coordonnées"]
            right = any(start < span.end and span.start < end and kind == span.kind for start, end, kind in gold)
            count[2] += right
            count[3] += 1
            if show and not right:
                print(f"  en trop  {item['id']} {text[span.start : span.end]!r} : {text}")
    return counts


def main() -> None:
    items = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    show = "--show" in sys.argv
    found(["Bonjour Bastien."])
    start, worked = time.perf_counter(), time.process_time()
    spans = found([item["text"] for item in items])
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    print("| moitié | famille | rappel | précision | passages |\n|---|---|---|---|---|")
    for part in ("dev", "test"):
        chosen = [n for n, item in enumerate(items) if item["part"] == part]
        counts = figures([items[n] for n in chosen], [spans[n] for n in chosen], show=show and part == "dev")
        for family, (hit, gold, right, predicted) in counts.items():
            print(
                f"| {part} | {family} | {hit / gold:.3f} ({hit}/{gold}) | {right / predicted:.3f} ({right}/{predicted})"
                f" | {len(chosen)} |"
            )
    kinds = Counter(kind for item in items for *_, kind in item["spans"])
    rates = f"{len(items) / seconds:.0f} par seconde, {len(items) / worked:.0f} par seconde de calcul"
    print(f"\n{len(items)} passages : {rates}")
    print(", ".join(f"{kind} : {count}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main()

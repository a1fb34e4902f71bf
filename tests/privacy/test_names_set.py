"""The test set of names: its shape, and the figures promised on its test half."""

import json

from benchmarks.names import SET, figures, found

ITEMS = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]


def test_the_set_is_large_varied_and_split_by_parity():
    assert len(ITEMS) >= 150
    assert sum(not item["spans"] for item in ITEMS) >= len(ITEMS) / 4
    assert all(item["part"] == ("dev" if int(item["id"][1:]) % 2 else "test") for item in ITEMS)


def test_every_span_is_inside_its_text_and_clean():
    for item in ITEMS:
        for start, end, _ in item["spans"]:
            span = item["text"][start:end]
            assert span
            assert span == span.strip()


def test_the_test_half_is_found():
    half = [item for item in ITEMS if item["part"] == "test"]
    counts = figures(half, found([item["text"] for item in half]), show=False)
    hit, gold, right, predicted = counts["personnes"]
    assert hit / gold >= 0.95
    assert right / predicted >= 0.9
    hit, gold, right, predicted = counts["coordonnées"]
    assert hit / gold >= 0.99
    assert right / predicted >= 0.9

"""JSON as the readers want it: what gives a key twice is refused, for one of its two values would be lost."""

import json
from collections.abc import Sequence


def loaded(text: str) -> object:
    """What this JSON says. Raises ValueError where it is none or gives a key twice, RecursionError where too deep."""
    return json.loads(text, object_pairs_hook=_each_once)


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found

"""A theme in words, from what one sees of it: its counts in a sentence, what sets it apart."""

from collections.abc import Mapping

import numpy as np

from voices.store.columns.asked import Chosen
from voices.store.models import Theme


def description(members: Chosen, codes: Mapping[str, str], places: Mapping[int, str], *, unsure: bool) -> str:
    """Where it is told, and what is lived in it or lacking. `codes`: labels by id; `places`: names by id; `unsure`:
    few passages say a word of its name.
    """
    from voices.themes.describing import Facts, Told, describe

    testimonies, first = np.unique(members.number("testimony_id"), return_index=True)
    there, counts = np.unique(members.number("place_id")[first], return_counts=True)
    ordered = [(places[pk], count) for pk, count in zip(there.tolist(), counts.tolist(), strict=True)]
    told = [
        Told(label, *(int(np.count_nonzero(members.is_(code, sense))) for sense in ("+", "-", "±")))
        for code, label in codes.items()
    ]
    ordered.sort(key=lambda one: (-one[1], one[0]))
    return describe(Facts(len(testimonies), len(members), ordered, told, unsure))


def apart(theme: Theme) -> str:
    """The words said much more often there than elsewhere, each with how many times; empty where there is none."""
    return ", ".join(f"{word} ({_times(times)})" for word, _, times in theme.distinctive)


def _times(times: float) -> str:
    return f"{round(times)} fois plus" if times < 100 else "presque jamais ailleurs"

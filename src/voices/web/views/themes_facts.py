"""A theme in words, from what one sees of it: its counts in a sentence, how well it holds, what sets it apart."""

from collections.abc import Mapping

import numpy as np

from voices.domain import STABLE
from voices.store.columns.asked import Chosen
from voices.store.models import Theme

_FIRM = 0.75
"""From this stability on, a theme is valid and stable (Hennig 2007)."""
_SPACE = "\u202f"


def description(members: Chosen, codes: Mapping[str, str], places: Mapping[int, str]) -> str:
    """Who tells it, where, and what is lived in it or lacking. `codes`: labels by id; `places`: names by id."""
    from voices.themes.describing import Facts, Told, describe

    testimonies, first = np.unique(members.number("testimony_id"), return_index=True)
    there, counts = np.unique(members.number("place_id")[first], return_counts=True)
    ordered = [(places[pk], count) for pk, count in zip(there.tolist(), counts.tolist(), strict=True)]
    told = [
        Told(label, *(int(np.count_nonzero(members.is_(code, sense))) for sense in ("+", "-", "±")))
        for code, label in codes.items()
    ]
    ordered.sort(key=lambda one: (-one[1], one[0]))
    return describe(Facts(len(testimonies), len(members), ordered, told))


def held(theme: Theme) -> str:
    """How well it holds; empty where it was not measured."""
    if theme.stability is None:
        return ""
    measured = f"stabilité {theme.stability:.2f} sur 1".replace(".", ",")
    if theme.stability < STABLE:
        return (
            f"Thème instable{_SPACE}: quand un passage sur cinq manque, d’autres groupes se forment ({measured}). "
            "C’est une piste de lecture, que les rapports laissent de côté si on ne la demande pas."
        )
    how = "presque entier" if theme.stability >= _FIRM else "en bonne partie"
    return f"Ce thème tient{_SPACE}: il se retrouve {how} quand un passage sur cinq manque ({measured})."


def apart(theme: Theme) -> str:
    """The words said much more often there than elsewhere, each with how many times; empty where there is none."""
    return ", ".join(f"{word} ({_times(times)})" for word, _, times in theme.distinctive)


def _times(times: float) -> str:
    return f"{round(times)} fois plus" if times < 100 else "presque jamais ailleurs"

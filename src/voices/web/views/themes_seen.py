"""Where the passages that one sees stand in the last search for themes: in which theme, or in none."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.store.columns.asked import Chosen, Mask, chosen
from voices.store.models import Theme, ThemeRun
from voices.web.access import Action, Reach


@dataclass(frozen=True, slots=True)
class Seen:
    """The passages in reach; of each, the theme in which it is shown (0: none), whether the last search compared it
    and put it in none, whether it left it out."""

    passages: Chosen
    home: NDArray[np.int64]
    alone: Mask
    left_out: Mask

    def of(self, theme: int) -> Chosen:
        """The passages of that theme, the most central first."""
        found = self.passages.where(self.home == theme)
        return found.ordered("rank", "id")

    def by_theme(self) -> Mapping[int, Chosen]:
        """The passages of each theme, the most central first."""
        themed = np.flatnonzero(self.home)
        rank, ids = (self.passages.number(name)[themed] for name in ("rank", "id"))
        themed = themed[np.lexsort((ids, rank, self.home[themed]))]
        homes, starts = np.unique(self.home[themed], return_index=True)
        parts = np.split(self.passages.rows[themed], starts[1:])
        return {home: self.passages.at(rows) for home, rows in zip(homes.tolist(), parts, strict=bool(len(homes)))}


def seen(reach: Reach) -> Seen:
    """The passages in reach, in the last search for themes."""
    found, last = chosen(reach.passages(Action.THEMES)), last_run()
    run = last.pk if last else 0
    homes = {pk: home or pk for pk, home in Theme.objects.filter(run=run).values_list("pk", "merged_into")}
    themes, at = np.unique(found.number("theme"), return_inverse=True)
    home = np.array([homes.get(pk, 0) for pk in themes.tolist()], np.int64)[at]
    mine = (found.number("run") == run) & (run > 0)
    left_out = found.number("left_out")
    return Seen(found, home, mine & ~left_out, mine & left_out)


def last_run() -> ThemeRun | None:
    """The last search for themes."""
    return ThemeRun.objects.order_by("-pk").first()

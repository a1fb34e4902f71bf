"""The list of themes as it opens: families, the families in them, and the themes that are in none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from voices.store.models import ThemeRun
from voices.web.views.themes_told import Told

_OPEN = 12
"""So many themes are read as they are: their families come open."""


@dataclass(slots=True)
class Family:
    """What opens: either one theme, or a name and what is in it. `open`: it comes open."""

    label: str = ""
    told: Told | None = None
    parts: list["Family"] = field(default_factory=list)
    open: bool = True

    @property
    def themes(self) -> int:
        """How many themes are in it."""
        return 1 if self.told else sum(one.themes for one in self.parts)

    @property
    def passages(self) -> int:
        """How many passages are in it."""
        return self.told.passages if self.told else sum(one.passages for one in self.parts)


def families(run: ThemeRun | None, shown: Sequence[Told]) -> list[Family]:
    """The themes that are shown, each once, where the last search put them; those that people took out of one beside
    it, in their order.
    """
    left = {one.theme.pk: one for one in shown}
    found = [one for branch in (run.tree if run else []) if (one := _family(branch, left, len(shown) <= _OPEN))]
    for alone in left.values():
        origin = alone.theme.split_from_id
        home = _home(found, origin) if origin else None
        (home.parts if home else found).append(Family(told=alone))
    return found


def _family(branch: Mapping[str, Any], left: dict[int, Told], opened: bool) -> Family | None:
    """The branch, but for themes that are not shown; a family of one is that one."""
    if not branch["parts"]:
        mine = [Family(told=left.pop(pk)) for pk in branch["themes"] if pk in left]
    else:
        mine = [one for part in branch["parts"] if (one := _family(part, left, opened))]
    if len(mine) < 2:
        return mine[0] if mine else None
    return Family(branch["label"], parts=mine, open=opened)


def _home(found: Sequence[Family], theme: int) -> Family | None:
    """The family in which that theme is, itself in none."""
    for one in found:
        if any(part.told and part.told.theme.pk == theme for part in one.parts):
            return one
        inside = _home(one.parts, theme)
        if inside:
            return inside
    return None

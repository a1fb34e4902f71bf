"""What is told of themes: part of `voices.domain`, where they are to be imported from."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from enum import StrEnum

STABLE = 0.6
"""Under this stability a theme is not to be trusted (Hennig 2007, on the mean of the Jaccard index over resamples; from
0.75 on, he calls a cluster valid and stable)."""
UNSURE = "Sans nom sûr"
"""What the label of a theme begins with, where few of its passages say any word of it."""

_RISK = 0.05


def held(stability: float | None, found_again: int | None, resamples: int, *, recomposed: bool = False) -> str:
    """How well a theme holds, in a French sentence; empty where it was not measured, unless people recomposed it."""
    if recomposed:
        return "Des personnes ont recomposé ce thème\u202f: s’il tient n’a pas été mesuré depuis."
    if stability is None:
        return ""
    told = f"sans un passage sur cinq, pris au hasard, {_again(stability, found_again, resamples)}."
    if stability < STABLE:
        return f"Thème instable\u202f: {told} À lire comme une piste."
    return f"Ce thème tient\u202f: {told}"


def _again(stability: float, found_again: int | None, resamples: int) -> str:
    """How often it was found again; its stability where that was not counted."""
    only = stability < STABLE
    if found_again is None or not resamples:
        figure = f"{stability:.2f}".replace(".", ",")
        return f"il {'ne se retrouve pas assez' if only else 'se retrouve'} (stabilité\u202f: {figure} sur 1)"
    if not found_again:
        return f"il ne se retrouve dans aucun des {resamples} tirages"
    draws = f"{found_again} tirage{'s' if found_again > 1 else ''} sur {resamples}"
    return f"il ne se retrouve que dans {draws}" if only else f"il se retrouve dans {draws}"


def not_enough(themes: int) -> str:
    """Why so many themes are told to be unstable, in French, as the end of a sentence."""
    again = "ils ne se retrouvent" if themes > 1 else "il ne se retrouve"
    return f"sans un passage sur cinq, {again} pas assez"


@dataclass(frozen=True, slots=True)
class Distinctive:
    """A word that sets a theme apart: how many of its passages say it, and how many times as often as elsewhere."""

    word: str
    passages: int
    times: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of passages about one thing. `central` passages come first by closeness to the theme's centre.

    `stability` is the mean, over resamples of the corpus, of the Jaccard index with the group most like it, in [0, 1];
    `found_again`, how many of the resamples have a group that is the theme (index of a half or more); None where they
    were not measured. `recomposed`: people put themes together in it, or cut it. `description` is French sentences of
    facts, without the theme's size.
    """

    id: str
    label: str
    keywords: tuple[str, ...]
    passage_ids: tuple[str, ...]
    central: tuple[str, ...]
    stability: float | None = None
    distinctive: tuple[Distinctive, ...] = ()
    description: str = ""
    found_again: int | None = None
    recomposed: bool = False

    @property
    def unstable(self) -> bool:
        """Whether it was measured not to hold when a fifth of the passages are missing."""
        return self.stability is not None and self.stability < STABLE


@dataclass(frozen=True, slots=True)
class Branch:
    """A family of themes, by their ids, and the families it opens into (none where it is one theme)."""

    label: str
    themes: tuple[str, ...]
    parts: tuple["Branch", ...] = ()


class Axis(StrEnum):
    """What themes are crossed with."""

    CODE = "code"
    PLACE = "lieu"
    PERIOD = "periode"
    CHANNEL = "canal"


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme crossed with one value: of `of` testimonies, `testimonies` do. `passages` are those counted.

    `low` to `high` holds the share 19 times in 20 (Wilson 1927). `elsewhere` is the share that it is compared with, `p`
    the chance of such a difference (Fisher, corrected by Holm); None where nothing is compared.

    With a place, a period, a channel: of its testimonies, those that tell the theme. With a code and a sense: of the
    testimonies that tell the theme, those that are so coded there.
    """

    value: str
    testimonies: int
    of: int
    passages: tuple[str, ...]
    low: float
    high: float
    elsewhere: float | None = None
    p: float | None = None

    @property
    def differs(self) -> bool:
        """Whether chance does not explain how far the share is from elsewhere, one time in twenty being wrong."""
        return self.p is not None and self.p < _RISK

    @property
    def share(self) -> float:
        """The share of testimonies, in [0, 1]."""
        return self.testimonies / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Crossing:
    """A theme crossed with every value of one axis. Values of codes are the code's id, a space, and the sense."""

    theme_id: str
    axis: Axis
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes, largest first, the passages in none, those left out (they say nothing), and how it was done.

    `method` and `note` are French sentences for the reader of a report. `tree` holds each theme once. `resamples` is
    how many times the corpus was drawn anew to measure stability.
    """

    themes: tuple[Theme, ...]
    outliers: tuple[str, ...]
    left_out: tuple[str, ...]
    method: str
    note: str | None = None
    tree: tuple[Branch, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    resamples: int = 0

    def held(self, theme: Theme) -> str:
        """How well one of these holds, in a French sentence; empty where it was not measured."""
        return held(theme.stability, theme.found_again, self.resamples, recomposed=theme.recomposed)

    @property
    def holding(self) -> tuple[Theme, ...]:
        """The themes but for the unstable ones: what a report tells unless more is asked for."""
        return tuple(theme for theme in self.themes if not theme.unstable)

    def steady(self) -> "Themes":
        """These without the unstable themes: their passages are in none, and the note tells how many there were."""
        left = [theme for theme in self.themes if theme.unstable]
        if not left:
            return self
        ids = {theme.id for theme in self.holding}
        several = len(left) > 1
        hidden = "ne sont pas montrés" if several else "n’est pas montré"
        told = f"{len(left)} thème{'s' * several} instable{'s' * several} {hidden}\u202f: {not_enough(len(left))}."
        return replace(
            self,
            themes=self.holding,
            outliers=(*self.outliers, *(one for theme in left for one in theme.passage_ids)),
            note=" ".join(part for part in (self.note, told) if part),
            tree=tuple(_only(self.tree, ids)),
            crossings=tuple(one for one in self.crossings if one.theme_id in ids),
        )


def _only(branches: Iterable[Branch], ids: Set[str]) -> Iterator[Branch]:
    """The branches without other themes than these; one that opens into a single other is that one."""
    for one in branches:
        themes = tuple(theme for theme in one.themes if theme in ids)
        parts = tuple(_only(one.parts, ids))
        if len(parts) == 1:
            yield parts[0]
        elif themes:
            yield replace(one, themes=themes, parts=parts)

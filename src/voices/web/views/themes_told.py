"""What pages tell of themes: their size, three central quotes, how they divide in the 3A, where they come from.

Themes are computed for the whole network, and seen from where one stands: every figure and every passage is of the
passages in reach, and a theme without any is not there. A label and keywords are words that several testimonies say,
names replaced; they are the same for everyone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
from django.http import Http404

from voices.domain import Sense
from voices.report.words import cut
from voices.store.columns.asked import Chosen
from voices.store.models import Passage, Place, Theme, ThemeRun
from voices.store.search.text import among
from voices.thematic import UNSURE, held
from voices.theming import acting
from voices.theming.recomposing import recomposed
from voices.web.access import Action, Reach
from voices.web.views.testimonies_told import where
from voices.web.views.themes_facts import apart, description
from voices.web.views.themes_seen import seen

CODES = {"accueil": "Accueil", "appartenance": "Appartenance", "action": "Action"}
SENSES = (("presence", Sense.PRESENCE), ("lack", Sense.LACK), ("mixed", Sense.MIXED))
_QUOTES, _TRIED = 3, 24
"""Quotes of a theme, chosen among so many of its most central passages."""
_WORDS = 8
"""Keywords of a theme."""
_LONG = 300
"""Characters of a quote."""
_HALF = 48
"""Percent of a bar's width for the longest side of a theme."""
SHAPES = (
    "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    "M-6.3-6.3h12.6v12.6h-12.6z",
    "M0-8.4L7.9 5.6h-15.8z",
    "M0-8.8L8.8 0L0 8.8L-8.8 0z",
    "M-2.7-7.8h5.4v5.1h5.1v5.4h-5.1v5.1h-5.4v-5.1h-5.1v-5.4h5.1z",
    "M0 8.4L-7.9-5.6h15.8z",
)
"""The marks of themes, as paths around (0, 0)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a theme is drawn: its number in the list, a hue among six, a shape. Thirty-six differ."""

    number: int
    hue: int
    path: str

    @classmethod
    def of(cls, number: int) -> "Mark":
        """That of the theme of that number, counted from 1."""
        at = number - 1
        return cls(number, at % len(SHAPES) + 1, SHAPES[(at + at // len(SHAPES)) % len(SHAPES)])


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a theme, in short."""

    passage: Passage
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Share:
    """How a theme tells one of the 3A. `shapes` are those of its bar."""

    code: str
    label: str
    presence: int
    lack: int
    mixed: int
    shapes: tuple[Mapping[str, object], ...]

    @property
    def passages(self) -> int:
        """How many passages of the theme tell it, in whatever sense."""
        return self.presence + self.lack + self.mixed

    @property
    def senses(self) -> list[tuple[str, int, str]]:
        """The senses that are told: as an address says it, how many passages, in words."""
        said = (
            ("presence", self.presence, "présence"),
            ("manque", self.lack, "manque"),
            ("mixte", self.mixed, "mixte"),
        )
        return [(f"{self.code}-{name}", count, word) for name, count, word in said if count]

    @property
    def described(self) -> str:
        """The bar, in words."""
        return f"présence\u202f: {self.presence}, manque\u202f: {self.lack}, mixte\u202f: {self.mixed}"


@dataclass(slots=True)
class Told:
    """A theme, as far as one sees it."""

    theme: Theme
    passages: int
    testimonies: int
    shares: tuple[Share, ...]
    places: list[tuple[str, int]] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    keywords: tuple[str, ...] = ()
    """Those of the theme and of the themes that people put into it, in turns."""
    mark: Mark | None = None
    new: bool = False
    description: str = ""
    """In a sentence or two, of counts alone."""
    held: str = ""
    """How well it holds; that it was not measured, where people recomposed it."""
    unstable: bool = False
    apart: str = ""
    """The words that set it apart."""


def one_of(reach: Reach, pk: int) -> tuple[Told, list[Told]]:
    """That theme as far as one sees it, and every theme. Raises Http404 where none of its passages is in reach."""
    everyone = told(reach, quotes=False)
    mine = next((one for one in everyone if one.theme.pk == pk), None)
    if mine is None:
        raise Http404
    return mine, everyone


def within(themes: Sequence[Told]) -> list[tuple[str, str, list[tuple[Told, Share]]]]:
    """For each of the 3A, its code and label, and the themes in which it is told, those with most of it first."""
    found = []
    for code, label in CODES.items():
        mine = [(one, share) for one in themes for share in one.shares if share.code == code and share.passages]
        found.append((code, label, sorted(mine, key=lambda pair: -pair[1].passages)))
    return found


def told(reach: Reach, *, quotes: bool = True) -> list[Told]:
    """The themes with a passage in reach, those of most testimonies first, hidden ones last; numbered but for these."""
    themes = {one.pk: one for one in acting.shown().select_related("run")}
    members = {pk: some for pk, some in seen(reach).by_theme().items() if pk in themes}
    places = dict(Place.objects.values_list("pk", "name"))
    found = [_told(themes[pk], some, places) for pk, some in members.items()]
    found.sort(key=lambda one: (one.theme.hidden, -one.testimonies, -one.passages, one.theme.pk))
    number = 0
    for one in found:
        if not one.theme.hidden:
            number += 1
            one.mark = Mark.of(number)
    by_id = {one.theme.pk: one for one in found}
    _words(by_id)
    _hold(by_id)
    if quotes:
        _quote(reach, {pk: some for pk, some in members.items() if not themes[pk].hidden}, by_id)
    return found


def _told(theme: Theme, members: Chosen, places: Mapping[int, str]) -> Told:
    sizes = {code: _sizes(members, code) for code in CODES}
    scale = _HALF / max(1.0, *(max(one[:2]) + one[2] / 2 for one in sizes.values()))
    shares = tuple(Share(code, label, *sizes[code], _shapes(sizes[code], scale)) for code, label in CODES.items())
    there, counts = np.unique(members.number("place_id"), return_counts=True)
    told = [(places[pk], count) for pk, count in zip(there.tolist(), counts.tolist(), strict=True)]
    testimonies = len(np.unique(members.number("testimony_id")))
    return Told(
        theme,
        len(members),
        testimonies,
        shares,
        sorted(told, key=lambda one: (-one[1], one[0])),
        description=description(members, CODES, places, unsure=theme.name.startswith(UNSURE)),
    )


def _sizes(members: Chosen, code: str) -> tuple[int, int, int]:
    """Presence, lack, mixed."""
    presence, lack, mixed = (int(np.count_nonzero(members.is_(code, sense.value))) for _, sense in SENSES)
    return presence, lack, mixed


def _shapes(sizes: Sequence[int], scale: float) -> tuple[Mapping[str, object], ...]:
    """The bar: presence left of the middle, lack right of it, what is mixed astride. One scale for the theme."""
    presence, lack, mixed = (scale * one for one in sizes)
    left, right = 50 - mixed / 2, 50 + mixed / 2
    shapes = (
        {"kind": "presence", "x": left - presence, "width": presence},
        {"kind": "mixed", "x": left, "width": mixed},
        {"kind": "lack", "x": right, "width": lack},
    )
    return tuple(one for one in shapes if one["width"])


def _words(themes: Mapping[int, Told]) -> None:
    """Nothing; tells each theme its keywords."""
    last = ThemeRun.objects.order_by("-pk").values("pk")[:1]
    several = {pk: [one.theme.keywords] for pk, one in themes.items()}
    for one in Theme.objects.filter(run__in=last, merged_into__in=several).order_by("pk"):
        several[one.merged_into_id or one.pk].append(one.keywords)
    for pk, some in several.items():
        turns = [word for turn in zip_longest(*some) for word in turn if word]
        themes[pk].keywords = tuple(dict.fromkeys(turns))[:_WORDS]


def _hold(themes: Mapping[int, Told]) -> None:
    """Nothing; tells each theme how well it holds and what sets it apart, unless people recomposed it since."""
    again = recomposed()
    for pk, one in themes.items():
        row = one.theme
        if pk not in again:
            one.unstable, one.apart = row.unstable, apart(row)
        one.held = held(row.stability, row.found_again, row.run.resamples, recomposed=pk in again)


def _quote(reach: Reach, members: Mapping[int, Chosen], themes: Mapping[int, Told]) -> None:
    """Nothing; tells each theme its quotes: the most central passages, of as many testimonies as can be."""
    chosen = {pk: _central(some) for pk, some in members.items()}
    wanted = [pk for some in chosen.values() for pk in some]
    rows = among(reach.passages(Action.THEMES), wanted).select_related("testimony__place")
    by_id = {row.pk: row for row in rows.defer("lemmas", "vector", "testimony__text", "testimony__names")}
    for theme, some in chosen.items():
        themes[theme].quotes = [
            Quote(row, cut(" ".join(row.text.split()), _LONG), where(row.testimony))
            for row in (by_id[pk] for pk in some if pk in by_id)
        ]


def _central(members: Chosen) -> list[int]:
    """The ids of a few of the most central: one a testimony first, then others of these."""
    tried = list(zip(members.ids[:_TRIED].tolist(), members.number("testimony_id")[:_TRIED].tolist(), strict=True))
    first = list({testimony: pk for pk, testimony in reversed(tried)}.values())[::-1]
    return (first + [pk for pk, _ in tried if pk not in first])[:_QUOTES]

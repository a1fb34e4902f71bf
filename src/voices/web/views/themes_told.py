"""What pages tell of themes: their size, three central quotes, how they divide in the 3A, where they come from.

Themes are computed for the whole network, and seen from where one stands: every figure and every passage is of the
passages in reach, and a theme without any is not there. A label and keywords are words that several testimonies say,
names replaced; they are the same for everyone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from voices.domain import Sense
from voices.report.words import cut
from voices.store.models import Passage, PassageTheme, Theme, ThemeRun, UnthemedPassage
from voices.theming import acting
from voices.web.access import Action, Reach
from voices.web.views.testimonies_told import where

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


def last_run() -> ThemeRun | None:
    """The last search for themes."""
    return ThemeRun.objects.order_by("-pk").first()


def members(reach: Reach) -> QuerySet[Any]:
    """The passages in reach that are in a theme, `home` being the theme in which each is shown."""
    last = ThemeRun.objects.order_by("-pk").values("pk")[:1]
    home = Coalesce("theme__merged_into", "theme")
    found = PassageTheme.objects.filter(theme__run__in=last, passage__in=reach.passages(Action.THEMES).values("pk"))
    return found.annotate(home=home)


def members_of(reach: Reach, theme: Theme) -> QuerySet[Any]:
    """The passages in reach that are shown in that theme; sought by its parts, which the base finds at once."""
    return members(reach).filter(theme__in=_parts(theme))


def _parts(theme: Theme) -> list[int]:
    """The theme, and those that people put into it and that the last search found."""
    return [theme.pk, *Theme.objects.filter(merged_into=theme, run=theme.run_id).values_list("pk", flat=True)]


def unthemed(reach: Reach) -> QuerySet[UnthemedPassage]:
    """The passages in reach that the last search put in no theme."""
    last = ThemeRun.objects.order_by("-pk").values("pk")[:1]
    return UnthemedPassage.objects.filter(run__in=last, passage__in=reach.passages(Action.THEMES).values("pk"))


def told(reach: Reach, *, quotes: bool = True) -> list[Told]:
    """The themes with a passage in reach, those of most testimonies first, hidden ones last; numbered but for these."""
    themes = {one.pk: one for one in acting.shown()}
    rows = [row for row in members(reach).values("home").annotate(**_COUNTED) if row["home"] in themes]
    found = [_told(themes[row["home"]], row) for row in rows]
    found.sort(key=lambda one: (one.theme.hidden, -one.testimonies, -one.passages, one.theme.pk))
    number = 0
    for one in found:
        if not one.theme.hidden:
            number += 1
            one.mark = Mark.of(number)
    by_id = {one.theme.pk: one for one in found}
    _place(reach, by_id)
    _words(by_id)
    if quotes:
        for one in found:
            one.quotes = [] if one.theme.hidden else _quotes(reach, one.theme)
    return found


_COUNTED = {
    "passages": Count("pk"),
    "testimonies": Count("passage__testimony", distinct=True),
    **{
        f"{code}_{name}": Count("pk", filter=Q(**{f"passage__{code}": sense.value}))
        for code in CODES
        for name, sense in SENSES
    },
}


def _told(theme: Theme, row: Mapping[str, int]) -> Told:
    sizes = {code: _sizes(row, code) for code in CODES}
    scale = _HALF / max(1.0, *(max(one[:2]) + one[2] / 2 for one in sizes.values()))
    shares = tuple(Share(code, label, *sizes[code], _shapes(sizes[code], scale)) for code, label in CODES.items())
    return Told(theme, row["passages"], row["testimonies"], shares)


def _sizes(row: Mapping[str, int], code: str) -> tuple[int, int, int]:
    """Presence, lack, mixed."""
    presence, lack, mixed = (row[f"{code}_{name}"] for name, _ in SENSES)
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


def _place(reach: Reach, themes: Mapping[int, Told]) -> None:
    """Nothing; tells each theme its places, those of most passages first."""
    rows = members(reach).values_list("home", "passage__place__name").annotate(count=Count("pk"))
    for home, place, count in rows.order_by("-count", "passage__place__name"):
        if home in themes:
            themes[home].places.append((place, count))


def _words(themes: Mapping[int, Told]) -> None:
    """Nothing; tells each theme its keywords."""
    last = ThemeRun.objects.order_by("-pk").values("pk")[:1]
    several = {pk: [one.theme.keywords] for pk, one in themes.items()}
    for one in Theme.objects.filter(run__in=last, merged_into__in=several).order_by("pk"):
        several[one.merged_into_id or one.pk].append(one.keywords)
    for pk, some in several.items():
        turns = [word for turn in zip_longest(*some) for word in turn if word]
        themes[pk].keywords = tuple(dict.fromkeys(turns))[:_WORDS]


def _quotes(reach: Reach, theme: Theme) -> list[Quote]:
    """The most central passages, of as many testimonies as can be."""
    everyone = PassageTheme.objects.filter(theme__in=_parts(theme)).order_by("rank", "pk")
    ordered = _readable(reach, everyone[:_TRIED])
    if len(ordered) < _QUOTES:  # of one place among many: the first ones are elsewhere
        ordered = _readable(reach, members_of(reach, theme).order_by("rank", "pk")[:_TRIED])
    first = list({row.testimony_id: row for row in reversed(ordered)}.values())[::-1]
    again = [row for row in ordered if row not in first]
    return [
        Quote(row, cut(" ".join(row.text.split()), _LONG), where(row.testimony)) for row in (first + again)[:_QUOTES]
    ]


def _readable(reach: Reach, some: QuerySet[Any]) -> list[Passage]:
    """The passages of these that are in reach, in the order given."""
    ids = [one.passage_id for one in some]
    rows = reach.passages(Action.THEMES).filter(pk__in=ids).select_related("testimony__place")
    by_id = {row.pk: row for row in rows.defer("lemmas", "vector", "testimony__text", "testimony__names")}
    return [by_id[pk] for pk in ids if pk in by_id]

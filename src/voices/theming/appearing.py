"""A search for themes appears: each theme found again keeps its row, and with it its name, its place and its addresses.

All of it happens in the transaction that ends the search, on the themes as they are then: what a person changed while
the machine was computing holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from voices.domain import Branch
from voices.store.models import Passage, PassageTheme, Theme, ThemeRun, UnthemedPassage, User
from voices.store.search.text import among as with_ids
from voices.themes.following import Followed, Former, follow
from voices.theming.words import setting_apart

if TYPE_CHECKING:
    from voices.theming.finding import Computed

_BATCH = 1000
_LONGEST = 200
"""Characters of a label that are kept."""


def write(computed: "Computed", by: User | None) -> None:
    """Nothing; the themes of the base are those of the search."""
    last = ThemeRun.objects.select_for_update().order_by("-pk").first()
    former = formers(last)
    before = (
        frozenset(UnthemedPassage.objects.filter(run=last).values_list("passage", flat=True)) if last else frozenset()
    )
    groups = [one.passages for one in computed.groups]
    alone = frozenset((*computed.alone, *computed.left_out))
    found = follow(groups, alone, former, before, computed.nearest)
    run = ThemeRun.objects.create(made_by=by, method=computed.method, note=computed.note, outliers=len(computed.alone))
    run.resamples = computed.resamples
    PassageTheme.objects.all().delete()
    UnthemedPassage.objects.all().delete()
    there = set(Passage.objects.values_list("pk", flat=True))
    rows = [_written(one, computed, run, there) for one in found]
    _alone(computed, run, there)
    _keep_homes(run)
    gone = _let_go(run, {one.id: one for one in former})
    run.changes = (
        {} if last is None else _changes(former, [(row.pk, one) for row, one in zip(rows, found, strict=True)])
    )
    run.changes |= {"gone": gone} if last else {}
    of_group: dict[str, list[int]] = {}
    for row, one in zip(rows, found, strict=True):
        of_group.setdefault(str(one.group), []).append(row.pk)
    run.tree = [branch for one in computed.tree if (branch := _branch(one, of_group))]
    run.save(update_fields=["changes", "tree", "resamples"])


def formers(last: ThemeRun | None) -> list[Former]:
    """The themes of the base: those of the last search with their passages, those gone with the passages they had."""
    members: dict[int, set[int]] = {}
    for theme, passage in PassageTheme.objects.values_list("theme", "passage"):
        members.setdefault(theme, set()).add(passage)
    return [
        Former(
            one.pk,
            frozenset(members.get(one.pk) or one.former),
            one.merged_into_id,
            one.split_from_id,
            stands=last is not None and one.run_id == last.pk and one.pk in members,
        )
        for one in Theme.objects.order_by("pk")
    ]


def _written(one: Followed, computed: "Computed", run: ThemeRun, there: set[int]) -> Theme:
    """The row of the theme, its former one if it has any, with its passages."""
    group = computed.groups[one.group]
    row = Theme.objects.get(pk=one.theme) if one.theme else Theme(merged_into_id=one.into)
    row.run, row.label, row.former = run, group.label[:_LONGEST], []
    row.keywords, row.stability, row.found_again = list(group.keywords), group.stability, group.found_again
    row.distinctive = [[told.word, told.passages, told.times] for told in group.distinctive]
    if one.part:  # the figures are those of the whole group
        row.stability, row.found_again, row.distinctive = None, None, []
        if row.split_from_id is not None:
            row.keywords = apart(one.passages, group.passages)
    points = [computed.points[computed.at[pk]] for pk in one.passages]
    row.x, row.y = (sum(float(point[axis]) for point in points) / len(points) for axis in (0, 1))
    row.save()
    PassageTheme.objects.bulk_create(
        (
            PassageTheme(theme=row, passage_id=pk, rank=rank, x=float(point[0]), y=float(point[1]))
            for rank, (pk, point) in enumerate(zip(one.passages, points, strict=True))
            if pk in there
        ),
        batch_size=_BATCH,
    )
    return row


def _branch(branch: Branch, of_group: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The family, of the themes that its groups became; one that people had cut is several."""
    themes = [pk for group in branch.themes for pk in of_group.get(group, ())]
    parts = [found for one in branch.parts if (found := _branch(one, of_group))]
    return {"label": branch.label, "themes": themes, "parts": parts} if themes else {}


def apart(passages: Iterable[int], among: Iterable[int]) -> list[str]:
    """The words that set these passages apart from the others among which they were."""
    mine, everyone = set(passages), set(among)
    lemmas = dict(with_ids(Passage.objects.order_by(), sorted(everyone | mine)).values_list("pk", "lemmas"))
    return setting_apart(
        [lemmas[pk] for pk in sorted(mine) if pk in lemmas],
        [lemmas[pk] for pk in sorted(everyone - mine) if pk in lemmas],
    )


def _alone(computed: "Computed", run: ThemeRun, there: set[int]) -> None:
    for passages, left_out in ((computed.alone, False), (computed.left_out, True)):
        rows = (
            UnthemedPassage(run=run, passage_id=pk, left_out=left_out, x=float(point[0]), y=float(point[1]))
            for pk, point in ((pk, computed.points[computed.at[pk]]) for pk in passages if pk in there)
        )
        UnthemedPassage.objects.bulk_create(rows, batch_size=_BATCH)


def _keep_homes(run: ThemeRun) -> None:
    """Nothing; a theme that holds others stands as long as one of them does, even with no passage of its own."""
    homes = Theme.objects.filter(run=run).exclude(merged_into=None).values("merged_into")
    Theme.objects.filter(pk__in=list(homes.values_list("merged_into", flat=True))).update(run=run, former=[])


def _let_go(run: ThemeRun, former: dict[int, Former]) -> list[str]:
    """The names of the themes that the search did not find again; those that people had changed may come back."""
    gone = list(Theme.objects.exclude(run=run).order_by("pk"))
    told = [one.name for one in gone if former[one.pk].stands and one.merged_into_id is None and not one.hidden]
    for one in gone:
        if _touched(one):
            one.former = sorted(former[one.pk].passages)
            one.save(update_fields=["former"])
        else:
            one.delete()
    return told


def _touched(theme: Theme) -> bool:
    """Whether people made something of it."""
    return bool(
        theme.given
        or theme.hidden
        or theme.merged_into_id
        or theme.split_from_id
        or theme.merged.exists()
        or theme.parts.exists()
    )


def _changes(former: Sequence[Former], found: Sequence[tuple[int, Followed]]) -> dict[str, object]:
    """The new themes, and of those found again how many passages came and left, where any did."""
    stood = {one.id: one.passages for one in former if one.stands}
    moved = {}
    for pk, one in found:
        if pk in stood:
            now = set(one.passages)
            came, left = len(now - stood[pk]), len(stood[pk] - now)
            if came or left:
                moved[str(pk)] = [came, left]
    return {"new": [pk for pk, one in found if pk not in stood and one.into is None], "moved": moved}

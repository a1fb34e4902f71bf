"""What people do to themes: rename, hide, merge, split; each is kept in the history, and can be undone."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from voices.errors import VoicesError
from voices.store.models import Passage, PassageTheme, Theme, ThemeChange, ThemeRun, User
from voices.store.search.text import among
from voices.theming.appearing import apart

_Kind = ThemeChange.Kind
LONGEST = 200
"""Characters of a name."""
_RELOAD = "Recharger la page pour voir où en sont les thèmes."


def shown() -> QuerySet[Theme]:
    """The themes of the last search, each once: those that are in no other. Hidden ones are among them."""
    return Theme.objects.filter(run__in=_last(), merged_into=None)


def rename(theme: Theme, name: str, by: User) -> ThemeChange | None:
    """The change, None where nothing changes. An empty name gives back the computed one.

    Raises VoicesError where another theme has that name.
    """
    name = " ".join(name.split())[:LONGEST]
    with transaction.atomic():
        row = _held(theme)
        if name == row.given:
            return None
        _free(name, but=row)
        change = _kept(row, _Kind.RENAMED, by, before=row.given, after=name)
        row.given = name
        row.save(update_fields=["given"])
    return change


def hide(theme: Theme, by: User, *, hidden: bool = True) -> ThemeChange | None:
    """The change, None where nothing changes: hidden from lists, or shown in them again."""
    with transaction.atomic():
        row = _held(theme)
        if row.hidden == hidden:
            return None
        row.hidden = hidden
        row.save(update_fields=["hidden"])
        return _kept(row, _Kind.HIDDEN if hidden else _Kind.SHOWN, by)


def merge(theme: Theme, others: Sequence[Theme], by: User) -> ThemeChange:
    """The change: the others are shown in that theme, which keeps its name.

    Raises VoicesError where one of them is shown elsewhere already, or none is given.
    """
    with transaction.atomic():
        row = _held(theme)
        ids = [one.pk for one in others if one.pk != row.pk]
        parts = list(shown().select_for_update().filter(pk__in=ids))
        if not ids or len(parts) != len(set(ids)):
            raise VoicesError("Il n’y a pas d’autre thème à réunir à celui-ci.", _RELOAD)
        inside = list(Theme.objects.filter(merged_into__in=parts))
        detail = {str(one.pk): one.merged_into_id for one in (*parts, *inside)}
        named = [one.name for one in parts]
        change = _kept(row, _Kind.MERGED, by, [int(pk) for pk in detail], parts=detail, named=named)
        Theme.objects.filter(pk__in=[int(pk) for pk in detail]).update(merged_into=row)
    return change


def detach(part: Theme, by: User) -> ThemeChange:
    """The change: a theme that was merged into another is shown by itself again.

    Raises VoicesError where it is in none.
    """
    with transaction.atomic():
        row = Theme.objects.select_for_update().get(pk=part.pk)
        if row.merged_into is None:
            raise VoicesError("Ce thème est déjà à part.", _RELOAD)
        change = _kept(row, _Kind.DETACHED, by, was_in=row.merged_into.pk, touched=[row.merged_into.pk])
        row.merged_into = None
        row.save(update_fields=["merged_into"])
    return change


def split(theme: Theme, passages: Collection[int], name: str, by: User) -> ThemeChange:
    """The change: those of the passages that are in the theme make a theme of their own, of that name.

    Raises VoicesError where the name is empty or another's, or where one side would be empty.
    """
    name = " ".join(name.split())[:LONGEST]
    if not name:
        raise VoicesError("Le nouveau thème n’a pas de nom.", "Lui donner un nom, en quelques mots.")
    with transaction.atomic():
        row = _held(theme)
        _free(name, but=None)
        leaves = [row.pk, *row.merged.values_list("pk", flat=True)]
        members = PassageTheme.objects.filter(theme__in=leaves)
        held = dict(members.values_list("passage", "theme"))
        moved = _by_theme(held, passages)
        count = sum(len(some) for some in moved.values())
        if count in (0, len(held)):
            raise VoicesError(
                "Aucun passage n’est choisi." if not count else "Il ne resterait rien dans le thème de départ.",
                "Cocher quelques passages du thème, mais pas tous.",
            )
        origin = max(moved, key=lambda leaf: (len(moved[leaf]), leaf == row.pk))
        new = Theme.objects.create(
            run=row.run, label=name, given=name, split_from_id=origin, x=row.x, y=row.y, keywords=[]
        )
        chosen = [pk for some in moved.values() for pk in some]
        _of(members, chosen).update(theme=new)
        new.keywords = apart(chosen, held)
        new.save(update_fields=["keywords"])
        Theme.objects.filter(pk=origin).update(
            stability=None, found_again=None, distinctive=[]
        )  # they were those of the whole
        return _kept(row, _Kind.SPLIT, by, into=new.pk, moved=moved, named=[name], touched=[new.pk, *moved])


def undo(change: ThemeChange, by: User) -> None:
    """Nothing; what the change did is undone. Raises VoicesError where it was already, or a later change holds it."""
    with transaction.atomic():
        row = ThemeChange.objects.select_for_update().get(pk=change.pk)
        if not undoable(row):
            raise VoicesError("Ce changement ne peut plus être annulé.", "Annuler d’abord ceux qui l’ont suivi.")
        _UNDO[_Kind(row.kind)](row, row.detail)
        row.undone_at, row.undone_by = timezone.now(), by
        row.save(update_fields=["undone_at", "undone_by"])


def undoable(change: ThemeChange, later: Collection[ThemeChange] | None = None) -> bool:
    """Whether it stands, its theme is there, and no later change that stands touched one of its themes."""
    if change.undone_at is not None or change.theme_id is None:
        return False
    if later is None:
        later = ThemeChange.objects.filter(pk__gt=change.pk, undone_at=None)
    mine = set(change.detail["themes"])
    return not any(mine & set(one.detail["themes"]) for one in later if one.pk > change.pk and one.undone_at is None)


def _last() -> QuerySet[ThemeRun, Any]:
    return ThemeRun.objects.order_by("-pk").values("pk")[:1]


def _held(theme: Theme) -> Theme:
    """The theme as it is now, held until the end of the transaction. Raises VoicesError where it is shown no more."""
    row = shown().select_for_update().filter(pk=theme.pk).first()
    if row is None:
        raise VoicesError("Ce thème a changé entre-temps.", _RELOAD)
    return row


def _free(name: str, *, but: Theme | None) -> None:
    others = shown().exclude(pk=but.pk) if but else shown()
    if name and name.casefold() in {one.name.casefold() for one in others}:
        raise VoicesError("Un autre thème porte déjà ce nom.", "Choisir un autre nom, ou réunir les deux thèmes.")


def _kept(theme: Theme, kind: ThemeChange.Kind, by: User, touched: Sequence[int] = (), **detail: object) -> ThemeChange:
    themes = [theme.pk, *touched]
    return ThemeChange.objects.create(
        theme=theme, name=theme.name, kind=kind, made_by=by, detail=detail | {"themes": themes}
    )


def _by_theme(held: dict[int, int], passages: Collection[int]) -> dict[int, list[int]]:
    """The passages among those held, by the theme whose they are."""
    found: dict[int, list[int]] = {}
    for pk in sorted(set(passages) & set(held)):
        found.setdefault(held[pk], []).append(pk)
    return found


def _undo_name(change: ThemeChange, detail: dict[str, Any]) -> None:
    Theme.objects.filter(pk=change.theme_id or 0).update(given=detail["before"])


def _undo_hidden(change: ThemeChange, detail: dict[str, Any]) -> None:
    del detail
    Theme.objects.filter(pk=change.theme_id or 0).update(hidden=change.kind == _Kind.SHOWN)


def _undo_merged(change: ThemeChange, detail: dict[str, Any]) -> None:
    for pk, before in detail["parts"].items():
        Theme.objects.filter(pk=pk, merged_into=change.theme_id).update(merged_into=before)


def _undo_detached(change: ThemeChange, detail: dict[str, Any]) -> None:
    home = shown().filter(pk=detail["was_in"]).first()
    if home is None:
        raise VoicesError("Le thème où il se trouvait n’est plus là.", "Le réunir à un autre.")
    Theme.objects.filter(pk=change.theme_id or 0).update(merged_into=home)


def _undo_split(change: ThemeChange, detail: dict[str, Any]) -> None:
    """The passages go back where they were; those that a search brought since go with most of them."""
    del change
    new = Theme.objects.get(pk=detail["into"])
    standing = set(Theme.objects.filter(run__in=_last()).values_list("pk", flat=True))
    if new.split_from_id not in standing:
        raise VoicesError("Le thème de départ n’est plus là.", "Réunir celui-ci à un autre.")
    for leaf, passages in detail["moved"].items():
        home = int(leaf) if int(leaf) in standing else new.split_from_id
        _of(new.members.all(), passages).update(theme_id=home)
    new.members.update(theme_id=new.split_from_id)
    new.delete()


def _of(members: QuerySet[PassageTheme], passages: Sequence[int]) -> QuerySet[PassageTheme]:
    return members.filter(passage__in=among(Passage.objects.order_by(), passages).values("pk"))


_UNDO = {
    _Kind.RENAMED: _undo_name,
    _Kind.HIDDEN: _undo_hidden,
    _Kind.SHOWN: _undo_hidden,
    _Kind.MERGED: _undo_merged,
    _Kind.DETACHED: _undo_detached,
    _Kind.SPLIT: _undo_split,
}

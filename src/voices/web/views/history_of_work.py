"""What the history says of the common work: machine passes, code book, themes, double codings, quotes, reports. A row
becomes a line. Pure, but for the versions of the book and the sizes of passes.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from voices.defining.book import book_at
from voices.defining.changes import Change, changes
from voices.quoting.publishing import FORMS
from voices.report.words import count, listed
from voices.store.models import (
    Assignment,
    CodebookVersion,
    MachinePass,
    Publication,
    ReportVersion,
    Suggestion,
    ThemeChange,
    ThemeRun,
    User,
)
from voices.web.access import Action
from voices.web.alphabet import by_name
from voices.web.views.history_lines import Line, Sight, called, pass_url, passage_url
from voices.web.views.review.said import name

_SPACE = "\u202f"


def passes(rows: Sequence[MachinePass], sight: Sight) -> list[Line]:
    """What machines read."""
    said = Suggestion.objects.filter(machine_pass__in=[one.pk for one in rows]).order_by()
    sizes = dict(said.values("machine_pass").annotate(size=Count("pk")).values_list("machine_pass", "size"))
    return [_pass(one, sizes.get(one.pk, 0), sight) for one in rows]


def _pass(one: MachinePass, size: int, sight: Sight) -> Line:
    who = str(one.made_by) if one.made_by else "La machine"
    did = "a fait lire des passages à la machine" if one.made_by else "a lu des passages"
    after = f"{count(size, 'passage')} {'lus' if size > 1 else 'lu'}"
    return Line("machine", one.pk, one.made_at, who, did, called(one), url=pass_url(one, sight), after=after)


def version(one: CodebookVersion) -> Line:
    """A version of the code book, with each text that changed."""
    found = changes(book_at(one.number - 1), book_at(one.number))
    before = " ".join(filter(None, (_texts(change, "before") for change in found)))
    after = " ".join(filter(None, (_texts(change, "after") for change in found)))
    did = (
        f"a changé la grille{_SPACE}: {listed([_change(change) for change in found])}" if found else "a gardé la grille"
    )
    url = reverse("book_version", args=[one.number])
    who, thing = name(one.made_by), f"version {one.number} de la grille"
    return Line("grille", one.pk, one.made_at, who, did, thing, "", url, before, after, one.note)


def _change(change: Change) -> str:
    """« code ajouté « Entraide » ajouté »."""
    return f"{change.what.value} «{_SPACE}{change.label}{_SPACE}» {change.kind.value}"


def _texts(change: Change, side: str) -> str:
    """Each text of it that changed, on that side."""
    texts = ((text.name, getattr(text, side)) for text in change.texts)
    told_ = f"{_SPACE}; ".join(f"{label}{_SPACE}: {text}" for label, text in texts if text)
    return f"[{change.label}] {told_}" if told_ else ""


def theme(one: ThemeChange, sight: Sight) -> Line:
    """What a person did to a theme."""
    return _theme(one, sight, undone=False)


def theme_undone(one: ThemeChange, sight: Sight) -> Line:
    """The same, undone: what was before is back."""
    return _theme(one, sight, undone=True)


_THEMES = {
    ThemeChange.Kind.RENAMED: "renommé un thème",
    ThemeChange.Kind.HIDDEN: "caché un thème",
    ThemeChange.Kind.SHOWN: "remontré un thème",
    ThemeChange.Kind.MERGED: "réuni des thèmes",
    ThemeChange.Kind.DETACHED: "remis un thème à part",
    ThemeChange.Kind.SPLIT: "séparé un thème",
}
_UNDONE = {
    ThemeChange.Kind.RENAMED: "le nom donné à un thème",
    ThemeChange.Kind.HIDDEN: "la mise de côté d’un thème",
    ThemeChange.Kind.SHOWN: "le retour d’un thème",
    ThemeChange.Kind.MERGED: "la réunion de thèmes",
    ThemeChange.Kind.DETACHED: "la remise à part d’un thème",
    ThemeChange.Kind.SPLIT: "la séparation d’un thème",
}


def _theme(one: ThemeChange, sight: Sight, *, undone: bool) -> Line:
    before, after = _theme_states(one)
    kind = ThemeChange.Kind(one.kind)
    did = f"a annulé {_UNDONE[kind]}" if undone else f"a {_THEMES[kind]}"
    who, when = (one.undone_by, one.undone_at) if undone else (one.made_by, one.made_at)
    here = one.theme_id is not None and sight.reach.everywhere(Action.THEMES)
    url = reverse("themes_history")
    if here and one.theme and one.theme.merged_into_id is None:
        url = reverse("theme", args=[one.theme_id])
    states = (after, before) if undone else (before, after)
    return Line(
        "themes",
        one.pk,
        when or one.made_at,
        name(who),
        did,
        f"thème «{_SPACE}{one.name}{_SPACE}»",
        "",
        url,
        *states,
        undone=not undone and one.undone_at is not None,
    )


def _theme_states(one: ThemeChange) -> tuple[str, str]:
    named = [str(said) for said in one.detail.get("named", ())]
    match ThemeChange.Kind(one.kind):
        case ThemeChange.Kind.RENAMED:
            return one.detail["before"] or "nom calculé", one.detail["after"] or "nom calculé"
        case ThemeChange.Kind.HIDDEN:
            return "dans la liste", "caché"
        case ThemeChange.Kind.SHOWN:
            return "caché", "dans la liste"
        case ThemeChange.Kind.MERGED:
            return listed([one.name, *named]), one.name
        case ThemeChange.Kind.DETACHED:
            return "réuni à un autre", "à part"
        case ThemeChange.Kind.SPLIT:
            size = sum(len(some) for some in one.detail["moved"].values())
            return one.name, f"{listed([one.name, *named])} ({count(size, 'passage')})"


def theme_run(one: ThemeRun) -> Line:
    """A search for themes, and what it changed of those before."""
    new, gone = len(one.changes.get("new", ())), len(one.changes.get("gone", ()))
    after = f"nouveaux{_SPACE}: {new}, disparus{_SPACE}: {gone}" if one.changes else "premiers thèmes"
    url = reverse("themes")
    return Line("themes", one.pk, one.made_at, name(one.made_by), "a cherché les thèmes", url=url, after=after)


def assigned(one: Assignment) -> Line:
    """A sample given to several people."""
    coders = listed([str(person) for person in by_name(one.coders.all())])
    after = f"{count(len(one.passages.all()), 'passage')} à coder à l’aveugle par {coders}"
    return _double(one, one.made_by, one.made_at, "a donné un double codage", "", after)


def closed(one: Assignment) -> Line:
    """The end of blind coding."""
    return _double(one, one.closed_by, one.closed_at or one.made_at, "a clos un double codage", "à l’aveugle", "clos")


def _double(one: Assignment, by: User | None, when: datetime, did: str, before: str, after: str) -> Line:
    thing, url = f"double codage «{_SPACE}{one.title}{_SPACE}»", reverse("double_one", args=[one.pk])
    return Line("double", one.pk, when, name(by), did, thing, "", url, before, after)


def publication(one: Publication, sight: Sight) -> Line:
    """A quote that went out: where, in which form. Its words are those of its passage, where consent still allows."""
    after = FORMS.get(one.form, one.form) + (f", {one.where}" if one.where else "")
    return _published(one, sight, one.made_by, one.made_at, "a publié une citation", "", after)


def recall(one: Publication, sight: Sight) -> Line:
    """A quote that was taken down, or put right, once its consent had changed."""
    before = FORMS.get(one.form, one.form) + (f", {one.where}" if one.where else "")
    when = one.removed_at or one.made_at
    return _published(one, sight, one.removed_by, when, "a noté qu’une citation n’est plus publiée", before, "retirée")


def _published(
    one: Publication, sight: Sight, by: User | None, when: datetime, did: str, before: str, after: str
) -> Line:
    known = one.passage is not None and sight.reads(one.testimony)
    passage = one.passage if known and one.passage_id not in sight.blind else None
    return Line(
        "publications",
        one.pk,
        when,
        name(by),
        did,
        thing=passage.text if passage else f"témoignage n° {one.testimony_id}",
        place=one.testimony.place.name,
        url=passage_url(passage, sight) if passage else "",
        before=before,
        after=after,
        testimony=one.testimony_id,
        passage=passage.number if passage else None,
    )


def report(one: ReportVersion) -> Line:
    """A version frozen."""
    thing, url = f"rapport «{_SPACE}{one.title}{_SPACE}»", reverse("report", args=[one.pk])
    after = f"figé, empreinte {one.digest[:12]}"
    when, who = one.frozen_at or one.made_at, name(one.frozen_by)
    places = listed([place.name for place in one.places.all()])
    return Line("rapports", one.pk, when, who, "a figé un rapport", thing, places, url, "brouillon", after)

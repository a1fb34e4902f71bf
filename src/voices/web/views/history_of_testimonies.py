"""What the history says of passages and testimonies: a row becomes a line. Pure, but for the decisions around one."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from voices.domain import Consent
from voices.report.words import count
from voices.store.models import Act, ConsentChange, Decision, Deposit, NameChange, Testimony
from voices.store.models.deposits import CONSENTS
from voices.web.access import Action
from voices.web.views.history_lines import Line, Sight, called, pass_url, passage_url
from voices.web.views.history_told import State, Told, told
from voices.web.views.review.book import Book
from voices.web.views.review.said import name

_SPACE = "\u202f"
_SENSES = {"+": "présence", "-": "manque", "±": "mixte"}
"""Words, because a spreadsheet takes « + » and « - » for formulas."""
_WORDS = {value: label.partition("\u202f")[0].partition(" :")[0] for value, label in CONSENTS}


def decisions(rows: Sequence[Decision], sight: Sight) -> list[Line]:
    """What people said of passages."""
    return [_decision(one, sight) for one in told(rows, sight.book)]


def _decision(one: Told, sight: Sight) -> Line:
    decision, passage = one.decision, one.passage
    double = f"double codage “{decision.assignment.title}”" if decision.assignment else ""
    return Line(
        "passages",
        decision.pk,
        decision.made_at,
        one.who,
        one.did,
        thing=passage.text,
        place=passage.place.name,
        url=passage_url(passage, sight),
        before=_codes(one.before, sight.book),
        after=_codes(one.after, sight.book),
        note=". ".join(filter(None, (decision.comment, double))),
        testimony=passage.testimony_id,
        passage=passage.number,
        undone=one.undone,
        told=one,
    )


def _codes(state: State | None, book: Book) -> str:
    """« Accueil (présence), Action (manque) ; confiance »; nothing where codes are not what it is about."""
    if not state:
        return ""
    codes = ", ".join(f"{book.label(code)} ({_SENSES[sense]})" for code, sense in state.get("codes", {}).items())
    subcodes = ", ".join(state.get("subcodes", ()))
    parts = (codes or "aucun code", f"sous-codes{_SPACE}: {subcodes}" if subcodes else "")
    return f"{_SPACE}; ".join(filter(None, (*parts, "confiance" if state.get("trust") else "")))


def consent(one: ConsentChange, sight: Sight) -> Line:
    """What a person allows."""
    before, after = _WORDS.get(one.before, one.before), _WORDS.get(one.after, one.after)
    did = "a retiré l’accord" if one.after == Consent.WITHDRAWN.value else "a changé l’accord"
    if one.before == one.after:
        did = "a changé les limites de l’accord"
    return _of_testimony("accords", one, one.testimony, sight, did=did, before=before, after=after, note=one.source)


def names(one: NameChange, sight: Sight) -> Line:
    """A name replaced or put back, without the name."""
    where = f"à {count(one.count, 'endroit')}"
    if one.kind == NameChange.Kind.ADDED:
        said = {"did": f"a remplacé un nom, {where}", "before": "un nom", "after": one.mark}
    else:
        said = {"did": f"a remis le mot d’origine, {where}", "before": one.mark, "after": "le mot d’origine"}
    return _of_testimony("noms", one, one.testimony, sight, **said)


def _of_testimony(kind: str, one: Any, testimony: Testimony, sight: Sight, **said: str) -> Line:  # noqa: ANN401
    url = reverse("testimony", args=[testimony.pk]) if sight.reads(testimony) else ""
    if kind == "accords" and sight.reach.at(Action.DEPOSIT, testimony.place_id):
        url = reverse("testimony_consent", args=[testimony.pk])
    found: dict[str, Any] = {"thing": f"témoignage n° {testimony.pk}", "place": testimony.place.name, "url": url}
    return Line(kind, one.pk, one.made_at, name(one.made_by), testimony=testimony.pk, **found | said)


_ACTS = {
    Act.Kind.DEPOSIT_CONSENT: ("accords", "a changé l’accord de tout un dépôt"),
    Act.Kind.NAMES_CHECKED: ("noms", "a dit les noms vérifiés"),
    Act.Kind.MACHINE_PASS: ("machine", "a annulé une lecture de la machine"),
    Act.Kind.DRAFT_DELETED: ("rapports", "a supprimé un brouillon de rapport"),
    Act.Kind.FILE_SET_ASIDE: ("depots", "a laissé un fichier de côté"),
}
_BACK = {"à vérifier": "a dit les noms à vérifier de nouveau", "vaut": "a rétabli une lecture de la machine"}
"""What is said instead where that is what it became."""


def act(one: Act, sight: Sight) -> Line:
    """What no other row tells."""
    kind, did = _ACTS[Act.Kind(one.kind)]
    before, after = _WORDS.get(one.before, one.before), _WORDS.get(one.after, one.after)
    thing, url = _thing(one, sight)
    return Line(
        kind,
        one.pk,
        one.made_at,
        name(one.made_by),
        _BACK.get(one.after, did),
        thing=thing,
        place=one.place.name if one.place else "",
        url=url,
        before=before,
        after=after,
        note=one.source,
        testimony=one.testimony_id,
    )


def _thing(one: Act, sight: Sight) -> tuple[str, str]:
    """What an act was done to, and its address."""
    if one.testimony:
        readable = sight.reads(one.testimony)
        return f"témoignage n° {one.testimony_id}", reverse("names", args=[one.testimony_id]) if readable else ""
    if one.deposit:
        return f"dépôt n° {one.deposit_id}", _deposit_url(one.deposit, sight)
    if one.machine_pass:
        return called(one.machine_pass), pass_url(one.machine_pass, sight)
    return "", ""


def deposit(one: Deposit, sight: Sight) -> Line:
    """Files handed in, with the consent that was said for them then: a later one is an act."""
    first = min((row for row in one.acts.all() if row.kind == Act.Kind.DEPOSIT_CONSENT), key=_pk, default=None)
    files = len(one.files.all())
    consent_then = first.before if first else one.consent
    return Line(
        "depots",
        one.pk,
        one.made_at,
        name(one.made_by),
        f"a déposé {count(files, 'fichier')}" if files else "a fait un dépôt",
        thing=f"dépôt n° {one.pk}",
        place=one.place.name,
        url=_deposit_url(one, sight),
        after=f"accord{_SPACE}: {_WORDS[consent_then].lower()}",
        note="" if first else one.consent_source,
    )


def _pk(row: Act) -> int:
    return row.pk


def _deposit_url(one: Deposit, sight: Sight) -> str:
    return reverse("deposit", args=[one.pk]) if sight.reach.at(Action.DEPOSIT, one.place_id) else ""

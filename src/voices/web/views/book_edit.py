"""Writing the book: each form leads to a page that shows what would change; only that page makes a version."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from voices import defining, reviewing
from voices.defining import OvertakenError, book, book_at
from voices.defining.book import Book, number_now
from voices.defining.changes import changes
from voices.defining.consequences import to_hold_again, to_read_again
from voices.defining.files import LARGEST, from_bytes
from voices.defining.written import read, written
from voices.domain import Code, OwnCode
from voices.errors import VoicesError
from voices.store.models import CodebookVersion, Job
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.traces import trace
from voices.web.views.book_forms import (
    CodeForm,
    FileForm,
    NoteForm,
    OwnForm,
    RulesForm,
    Subcodes,
    initial_of,
    subcodes_of,
    with_code,
    with_own,
    without,
)
from voices.web.views.book_told import told

_BATCH = 500
both = require_http_methods(["GET", "HEAD", "POST"])


@allowed(Action.BOOK)
@both
def code(request: HttpRequest, code_id: str) -> HttpResponse:
    """The form of one code: one of the three A with its sub-codes, or an own code."""
    now = book()
    found = _code(now, code_id)
    start = _draft(request)
    shown = _code(start, code_id, missing=found) if start else found
    if isinstance(found, OwnCode):
        return _own(request, now, found, shown)
    sent = request.POST if request.method == "POST" and start is None else None
    form = CodeForm(sent, initial=initial_of(shown))
    subs = Subcodes(sent, initial=subcodes_of(shown) if isinstance(shown, Code) else [], prefix="sous")
    if sent is not None and form.is_valid() and subs.is_valid():
        proposed = with_code(now, found, form.cleaned_data, subs)
        return _preview(request, proposed, back=reverse("book_code", args=[code_id]))
    return render(request, "web/book/code.html", {"code": found, "form": form, "subs": subs, "three": True})


@allowed(Action.BOOK)
@both
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new own code."""
    start = _draft(request)
    added = [one for one in start.own if one.id not in book().ids] if start else []
    return _own(request, book(), None, added[0] if added else None)


@allowed(Action.BOOK)
@both
def rules(request: HttpRequest) -> HttpResponse:
    """The form of what is not coded, and of the rules."""
    now, start = book(), _draft(request)
    shown = (start or now).codebook
    sent = request.POST if request.method == "POST" and start is None else None
    form = RulesForm(sent, initial={"not_coded": shown.not_coded, "rules": shown.rules})
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        codebook = replace(now.codebook, not_coded=said["not_coded"], rules=said["rules"])
        return _preview(request, replace(now, codebook=codebook), back=reverse("book_rules"))
    return render(request, "web/book/code.html", {"form": form, "title": "Règles"})


@allowed(Action.BOOK)
@require_POST
def remove(request: HttpRequest, code_id: str) -> HttpResponse:
    """What removing that own code would change."""
    found = _code(book(), code_id)
    if not isinstance(found, OwnCode):
        raise Http404
    return _preview(request, without(book(), found), note=f"Code «\u202f{found.label}\u202f» retiré")


@allowed(Action.BOOK)
@both
def bring(request: HttpRequest) -> HttpResponse:
    """A book handed in as a file, and what it would change."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["fichier"]
        try:
            proposed = from_bytes(file.name, file.read(LARGEST + 1))
        except VoicesError as error:
            form.add_error("fichier", f"{error.problem} {error.remedy}")
        else:
            return _preview(request, proposed, note=f"Grille importée de {file.name}"[:300])
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/book/import.html", {"form": form}, status=status)


@allowed(Action.BOOK)
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """What restoring that version, as a new one, would change."""
    try:
        found = book_at(number)
    except CodebookVersion.DoesNotExist:
        raise Http404 from None
    return _preview(request, found, note=f"Version {number} rétablie" if number else "Grille d’origine rétablie")


@allowed(Action.BOOK)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Makes the version that its page showed; shows it anew where someone made another meanwhile."""
    proposed, form, before = _sent(request), NoteForm(request.POST), book()
    base = request.POST.get("base", "")
    if proposed is None or not base.isdigit():
        messages.error(request, "Ce changement ne se lit plus\u202f: recommencez-le depuis la grille.")
        return redirect("book")
    if not form.is_valid():
        return _preview(request, proposed, form=form, back=request.POST.get("retour", ""))
    try:
        with transaction.atomic():  # a version that nothing follows would never be followed
            version = defining.keep(proposed, base=int(base), note=form.cleaned_data["note"], by=person_in(request))
            trace(request, "Grille modifiée", f"version {version.number}")
            asked = _follow(request, before, proposed)
    except OvertakenError as error:
        messages.warning(request, f"{error.problem} {error.remedy}")
        return _preview(request, proposed, note=form.cleaned_data["note"])
    then = f" La machine va relire {asked} passages." if asked else ""
    messages.success(request, f"Version {version.number} de la grille enregistrée.{then}")
    return redirect("book")


def _follow(request: HttpRequest, before: Book, after: Book) -> int:
    """How many passages the machine was asked to read again; what a removed code leaves is written at once."""
    passages, found = reach_in(request).passages(Action.BOOK), changes(before, after)
    touched = to_hold_again(found, passages)
    for first in range(0, len(touched), _BATCH):
        reviewing.refresh(touched[first : first + _BATCH])
    again = to_read_again(found, passages) if request.POST.get("relire") else []
    if again:
        Job.objects.create(kind=Job.Kind.CODE, subject={"passages": again}, made_by=person_in(request))
    return len(again)


def _preview(
    request: HttpRequest, proposed: Book, *, note: str = "", back: str = "", form: NoteForm | None = None
) -> HttpResponse:
    """What would change, before anything does."""
    base, now = number_now(), book()
    try:
        read(written(proposed))
    except VoicesError as error:
        messages.error(request, f"{error.problem} {error.remedy}")
        return redirect("book")
    found = changes(now, proposed)
    if not found:
        messages.info(request, "Rien ne change\u202f: cette grille est déjà celle d’aujourd’hui.")
        return redirect("book")
    passages = reach_in(request).passages(Action.BOOK)
    context = {
        "changes": told(found, passages),
        "again": len(to_read_again(found, passages)),
        "form": form or NoteForm(initial={"note": note}),
        "draft": json.dumps(written(proposed), ensure_ascii=False),
        "base": base,
        "back": back if back.startswith(reverse("book")) else "",
    }
    return render(request, "web/book/preview.html", context, status=422 if form else 200)


def _own(request: HttpRequest, now: Book, found: OwnCode | None, shown: Code | OwnCode | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" and not _resumed(request) else None
    form = OwnForm(sent, initial=initial_of(shown) if shown else {})
    if sent is not None and form.is_valid():
        back = reverse("book_code", args=[found.id]) if found else reverse("book_new")
        return _preview(request, with_own(now, found, form.cleaned_data), back=back)
    return render(request, "web/book/code.html", {"code": found, "form": form, "own": True})


def _code(of: Book, code_id: str, *, missing: Code | OwnCode | None = None) -> Code | OwnCode:
    codes: tuple[Code | OwnCode, ...] = (*of.codebook.codes, *of.own)
    found = next((one for one in codes if one.id == code_id), missing)
    if found is None:
        raise Http404
    return found


def _resumed(request: HttpRequest) -> bool:
    """Whether the page that shows the changes sends its draft back to be written on."""
    return request.method == "POST" and "reprendre" in request.POST


def _draft(request: HttpRequest) -> Book | None:
    return _sent(request) or book() if _resumed(request) else None


def _sent(request: HttpRequest) -> Book | None:
    """The book that a page carries from one form to the next."""
    try:
        said: Mapping[str, Any] = json.loads(request.POST.get("grille", ""))
        return read(said)
    except (ValueError, RecursionError, VoicesError):
        return None

"""Lists of quotes: shared by those who may quote the same places, put in order, taken out as a document or a table."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as date_words
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from voices import quoting
from voices.errors import VoicesError
from voices.quoting.publishing import CSV, DOCX, FORMS, document, leaving, publish_all
from voices.quoting.shortlists import Kept, kept, move, wordings
from voices.report.words import count
from voices.store.models import Shortlist, ShortlistItem
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.settings import VOICES
from voices.web.traces import trace
from voices.web.views.quotes_asked import (
    back,
    current_list,
    cut_address,
    passage,
    refused,
    remember,
    remember_where,
    told,
    where,
    wording,
)
from voices.web.views.quotes_forms import NameForm, WhereAllForm, WhereForm
from voices.web.views.quotes_shown import chips

FILES = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    CSV: "text/csv; charset=utf-8",
}


@allowed(Action.QUOTES)
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Every list of the person's reach; sent by a form, a new one."""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = Shortlist.objects.create(name=form.cleaned_data["nom"], made_by=person_in(request))
        remember(request, made)
        messages.success(request, f"Liste créée\u202f: {made.name}. Les citations que vous gardez y vont.")
        return redirect("shortlist", made.pk)
    found = reach_in(request).shortlists().annotate(size=Count("items")).select_related("made_by").order_by("-pk")
    context = {"form": form, "lists": found, "current": current_list(request)}
    return render(request, "web/quotes/lists.html", context, status=422 if form.errors else 200)


@allowed(Action.QUOTES)
@require_http_methods(["GET", "HEAD", "POST"])
def shortlist(request: HttpRequest, list_id: int) -> HttpResponse:
    """A list, its quotes in their order; sent by a form, its new name."""
    one = _list(request, list_id)
    form = NameForm(request.POST or None, initial={"nom": one.name})
    if request.method == "POST" and form.is_valid():
        one.name = form.cleaned_data["nom"]
        one.save(update_fields=["name"])
        messages.success(request, "Le nom de la liste est changé.")
        return redirect("shortlist", one.pk)
    remember(request, one)
    return _page(request, one, form, None, status=422 if form.errors else 200)


@allowed(Action.QUOTES)
@require_POST
def delete(request: HttpRequest, list_id: int) -> HttpResponse:
    """The lists, without that one. What was published stays known."""
    one = _list(request, list_id)
    one.delete()
    messages.success(request, f"Liste supprimée\u202f: {one.name}. Les citations restent dans les témoignages.")
    return redirect("shortlists")


@allowed(Action.QUOTES)
@require_POST
def keep(request: HttpRequest, passage_id: int) -> HttpResponse:
    """A quote put into a list: the one told, the current one, or a new one."""
    row = passage(request, passage_id)
    try:
        made = wording(row, request.POST)
    except VoicesError as error:
        return refused(request, error, cut_address(row.pk, (), ""))
    into = _into(request)
    quoting.put_aside(into, made)
    remember(request, into)
    if request.headers.get("HX-Request"):
        return render(request, "web/quotes/kept.html", {"list": into, "row": row})
    messages.success(request, f"Citation gardée dans la liste «\u202f{into.name}\u202f».")
    return redirect(back(request, reverse("shortlist", args=[into.pk])))


@allowed(Action.QUOTES)
@require_POST
def shift(request: HttpRequest, item_id: int) -> HttpResponse:
    """The list, that quote one place up or down."""
    item = _item(request, item_id)
    move(item, -1 if request.POST.get("sens") == "haut" else 1)
    return _after(item)


@allowed(Action.QUOTES)
@require_POST
def drop(request: HttpRequest, item_id: int) -> HttpResponse:
    """The list, without that quote."""
    item = _item(request, item_id)
    item.delete()
    messages.success(request, "Citation retirée de la liste.")
    return _after(item)


@allowed(Action.QUOTES)
@require_POST
def export(request: HttpRequest, list_id: int) -> HttpResponseBase:
    """The list's quotes that may be used now, as a document or a table; each is kept as a publication."""
    one = _list(request, list_id)
    form = DOCX if request.POST.get("fichier") == DOCX else CSV
    usable = wordings(_kept(request, one))
    asked = _where_form(len(usable))(request.POST)
    if not asked.is_valid():
        return _page(request, one, NameForm(initial={"nom": one.name}), asked, status=422)
    if not usable:
        messages.error(request, "Il n’y a aucune citation à exporter dans cette liste.")
        return redirect("shortlist", one.pk)
    outlet = asked.outlet
    usable, every = leaving(usable, outlet), len(usable)
    if not usable:
        messages.error(request, "Aucune citation de cette liste ne peut partir par ce canal.")
        return redirect("shortlist", one.pk)
    try:
        content = document(one.name, usable, form, outlet=outlet)
        publish_all(usable, form, asked.cleaned_data["ou"], person_in(request), outlet=outlet)
    except VoicesError as error:
        return refused(request, error, reverse("shortlist", args=[one.pk]))
    remember_where(request, asked)
    if len(usable) < every:
        left = count(every - len(usable), "citation")
        messages.warning(request, f"{left} n’y sont pas\u202f: ces personnes n’ont pas permis ce canal.")
    trace(request, "Liste de citations exportée", _exported(one, form, len(usable)))
    name = slugify(f"citations {one.name}") or "citations"
    return HttpResponse(
        content,
        content_type=FILES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def _exported(one: Shortlist, form: str, number: int) -> str:
    """« Printemps : 2 citations, document Word »."""
    told = FORMS[form]
    return f"{one.name}\u202f: {count(number, 'citation')}, {told[0].lower()}{told[1:]}"


def _where_form(usable: int) -> type[WhereForm]:
    return WhereAllForm if usable > 1 else WhereForm


def _page(
    request: HttpRequest, one: Shortlist, form: NameForm, asked: WhereForm | None, *, status: int
) -> HttpResponse:
    found = _kept(request, one)
    usable = len(wordings(found))
    shown = [_shown(request, each) for each in found]
    context = {
        "list": one,
        "name_form": form,
        "where_form": asked or _where_form(usable)(initial=where(request)),
        "kept": shown,
        "unchecked": sum(each.get("unchecked", False) for each in shown),
        "usable": usable,
        "lost": len(found) - usable,
    }
    return render(request, "web/quotes/list.html", context, status=status)


def _shown(request: HttpRequest, each: Kept) -> dict[str, Any]:
    made = each.wording
    if made is None:
        return {"item": each.item, "hindrance": each.hindrance}
    testimony = made.row.testimony
    unchecked = testimony.names_checked_at is None
    check = unchecked and reach_in(request).at(Action.NAMES, testimony.place_id)
    return {
        "item": each.item,
        "wording": made,
        "unchecked": unchecked,
        "names_url": reverse("names", args=[testimony.pk]) if check else "",
        "chips": chips(made.row, made.doubtful),
        "url": cut_address(made.row.pk, made.spans, made.naming),
        "card_url": f"{reverse('quote_cards', args=[made.row.pk])}?{told(made.spans, made.naming)}",
        "around_url": f"{reverse('quote_around', args=[made.row.pk])}?{told(made.spans, made.naming)}",
    }


def _kept(request: HttpRequest, one: Shortlist) -> tuple[Kept, ...]:
    return kept(one, reach_in(request).passages(Action.QUOTES), settings=VOICES)


def _list(request: HttpRequest, list_id: int) -> Shortlist:
    return get_object_or_404(reach_in(request).shortlists(), pk=list_id)


def _item(request: HttpRequest, item_id: int) -> ShortlistItem:
    found = ShortlistItem.objects.filter(shortlist__in=reach_in(request).shortlists())
    return get_object_or_404(found.select_related("shortlist"), pk=item_id)


def _into(request: HttpRequest) -> Shortlist:
    which, name = request.POST.get("liste", ""), request.POST.get("nouvelle", "").strip()[:120]
    if not name and which.isdigit():
        return _list(request, int(which))
    if not name and (now := current_list(request)):
        return now
    usual = f"Sélection du {date_words(date.today(), 'j F Y')}"
    return Shortlist.objects.create(name=name or usual, made_by=person_in(request))


def _after(item: ShortlistItem) -> HttpResponse:
    """The list, at that quote if it is still there: who moves it by keyboard goes on from it."""
    at = f"citation-{item.pk}" if item.pk else "citations"
    return redirect(f"{reverse('shortlist', args=[item.shortlist_id])}#{at}")

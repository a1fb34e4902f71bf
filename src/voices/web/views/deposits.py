"""Deposits: files dropped, texts pasted or typed, and what becomes of each."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from voices.ingest.formats import READ_FORMATS
from voices.receiving.depositing import ask_again, keep_file, keep_text, refuse_file, set_aside, too_large
from voices.report.words import count, date_words
from voices.store.models import Deposit, Place, SourceFile, Testimony
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.traces import trace
from voices.web.uploads import LARGEST_SENDING
from voices.web.views.deposits_forms import DepositForm
from voices.web.views.deposits_told import Line, told_of

_PAGE = 25
_State = SourceFile.State


@allowed(Action.DEPOSIT)
def new(request: HttpRequest) -> HttpResponse:
    """The form of a deposit; once sent, the deposit: all of it is there, or nothing."""
    places = reach_in(request).places(Action.DEPOSIT).filter(closed=False)
    files = request.FILES.getlist("fichiers")
    if request.method == "POST":
        form = DepositForm(places, request.POST, files=len(files))
        if form.is_valid():
            deposit = _kept(request, form)
            trace(request, "Dépôt", f"{deposit.place}, {count(deposit.files.count(), 'fichier')}, n° {deposit.pk}")
            return redirect("deposit", deposit_id=deposit.pk)
    else:
        only = places.first() if places.count() == 1 else None
        form = DepositForm(places, initial={"place": request.GET.get("lieu") or only})
    limits = {
        "file_bytes": settings.MAX_FILE_BYTES,
        "sending_bytes": LARGEST_SENDING,
        "files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
    context = {"form": form, "places_open": places.exists(), "limits": limits, "formats": READ_FORMATS}
    return render(request, "web/deposits/new.html", context)


@allowed(Action.DEPOSIT)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The deposits of the person's places, the last first."""
    waiting, to_check = Q(files__state=_State.WAITING), Q(files__state=_State.TO_CHECK)
    found = _deposits(request).annotate(
        count=Count("files", distinct=True),
        waiting=Count("files", filter=waiting, distinct=True),
        to_check=Count("files", filter=to_check, distinct=True),
        received=Count("testimonies", distinct=True),
    )
    page = Paginator(found.order_by("-pk"), _PAGE).get_page(request.GET.get("page"))
    return render(request, "web/deposits/list.html", {"page": page})


@allowed(Action.DEPOSIT)
@require_safe
def deposit(request: HttpRequest, deposit_id: int) -> HttpResponse:
    """One deposit: each file, how far it is, what was read of it or why it was refused."""
    found = _deposit(request, deposit_id)
    context = {"deposit": found, "told": told_of(found, _readable(request)), "page": _testimonies(request, found)}
    context["date"] = date_words(found.date)
    return render(request, "web/deposits/deposit.html", context)


@allowed(Action.DEPOSIT)
@require_safe
def state(request: HttpRequest, deposit_id: int) -> HttpResponse:
    """The part of the deposit's page that moves, asked for again and again while something goes on."""
    found = _deposit(request, deposit_id)
    told = told_of(found, _readable(request))
    context = {"deposit": found, "told": told, "again": True, "news": request.GET.get("dit") != str(told.ended)}
    if not told.moving:
        context["page"] = _testimonies(request, found)
    return render(request, "web/deposits/state.html", context)


@allowed(Action.DEPOSIT)
@require_POST
def retry(request: HttpRequest, file_id: int) -> HttpResponse:
    """The deposit, where a file whose reading failed waits to be read once more."""
    file = file_of(request, file_id)
    ask_again(file, person_in(request))
    return redirect("deposit", deposit_id=file.deposit_id)


@allowed(Action.DEPOSIT)
@require_POST
def leave(request: HttpRequest, file_id: int) -> HttpResponse:
    """The deposit, where a questionnaire that was not confirmed is left aside."""
    file = file_of(request, file_id)
    set_aside(file, person_in(request))
    messages.info(request, f"«\u202f{file.short}\u202f» est laissé de côté : rien n’en a été gardé.")
    return redirect("deposit", deposit_id=file.deposit_id)


def file_of(request: HttpRequest, file_id: int) -> SourceFile:
    """That file, where the person may deposit. Raises Http404."""
    within = SourceFile.objects.filter(deposit__place__in=reach_in(request).places(Action.DEPOSIT))
    return get_object_or_404(within.select_related("deposit__place"), pk=file_id)


def _kept(request: HttpRequest, form: DepositForm) -> Deposit:
    found = form.cleaned_data
    with transaction.atomic():
        made = Deposit.objects.create(
            place=found["place"],
            made_by=person_in(request),
            channel=found["channel"],
            role=found["role"],
            date=found["date"],
            consent=found["consent"],
            consent_source=found["source"],
            interviewers=found["interviewers"],
            **form.limits,
        )
        for one in request.FILES.getlist("fichiers"):
            if (one.size or 0) > settings.MAX_FILE_BYTES:
                refuse_file(made, one.name or "", one.size or 0, too_large())
            else:
                keep_file(made, one.name or "sans nom", one.read(), settings=settings.VOICES)
        if found["text"].strip():
            keep_text(made, _title(found["title"]), found["text"], settings=settings.VOICES)
    return made


def _title(written: str) -> str:
    kept = written.replace("/", "-").replace("\\", "-").strip(" .")
    return kept or f"texte du {timezone.localdate():%d-%m-%Y}"


def _testimonies(request: HttpRequest, of: Deposit) -> "Page[Any]":
    read = Count("passages", filter=Q(passages__retired=False))
    rows = of.testimonies.select_related("file").annotate(read=read).order_by("file_id", "key")
    page: Page[Any] = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    page.object_list = [Line(one) for one in page.object_list]
    return page


def _readable(request: HttpRequest) -> QuerySet[Testimony]:
    return reach_in(request).testimonies(Action.READ)


def _deposit(request: HttpRequest, deposit_id: int) -> Deposit:
    return get_object_or_404(_deposits(request), pk=deposit_id)


def _deposits(request: HttpRequest) -> QuerySet[Deposit]:
    places: QuerySet[Place] = reach_in(request).places(Action.DEPOSIT)
    return Deposit.objects.filter(place__in=places).select_related("place", "made_by")

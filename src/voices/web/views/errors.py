"""The pages for what goes wrong: what happened and what to do, never a word of what was sent."""

import sys

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from voices.store.models import Place
from voices.web import logs
from voices.web.access import ConsentChangedError
from voices.web.reports import ReplacedError
from voices.web.traces import trace_refusal
from voices.web.uploads import LARGEST_SENDING
from voices.web.views.outages import outage
from voices.web.views.review import answers

_WHO_KNOWS = "La coordination du lieu sait ce qui a changé."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; for a sending too large, how to send less."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return _page(
            request,
            400,
            "C’est trop d’un seul coup : rien n’a été pris.",
            f"Envoyez {settings.DATA_UPLOAD_MAX_NUMBER_FILES} fichiers au plus, et {LARGEST_SENDING // 2**20} Mo en "
            "tout, puis recommencez avec les suivants. Une archive .zip convient aussi.",
        )
    return _page(request, 400, "Cette demande n’a pas été comprise.", "Revenez à la page précédente et recommencez.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, kept in the activity."""
    del exception
    trace_refusal(request, "Page refusée\u00a0: ce rôle ne l’ouvre pas")
    return _page(
        request,
        403,
        "Cette page n’est pas ouverte à votre compte.",
        "Demandez l’accès à la personne qui administre le site.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form that was kept open too long or sent from elsewhere."""
    del reason
    trace_refusal(request, "Formulaire refusé\u00a0: périmé, ou venu d’ailleurs")
    return _page(
        request,
        403,
        "Ce formulaire n’est plus valable.",
        "Rien n’a été enregistré. Revenez en arrière, rechargez la page et envoyez-le à nouveau.",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same whether the page is not there or not for this account; the second alone is kept in the activity."""
    if request.user.is_authenticated and _out_of_reach(request, exception):
        trace_refusal(request, "Page refusée\u00a0: absente, ou d’un autre lieu")
    return _page(request, 404, "Cette page n’existe pas.", "Vérifiez l’adresse, ou repartez de l’accueil.")


def _out_of_reach(request: HttpRequest, exception: Exception | None) -> bool:
    """Whether what the address names is there, but not for this person; taken to be so where nothing tells."""
    if not request.resolver_match:
        return False
    missed = exception.__context__ if exception else None  # of the lookup among what is within reach
    model = next((one for one in apps.get_models() if type(missed) is getattr(one, "DoesNotExist", None)), None)
    named = list(request.resolver_match.kwargs.values())
    if model is None or len(named) != 1 or request.method not in ("GET", "HEAD"):
        return True
    if isinstance(named[0], int):
        return model._base_manager.filter(pk=named[0]).exists()
    return model is not Place or Place.objects.filter(slug=named[0]).exists()


def consent_changed(request: HttpRequest, error: ConsentChangedError) -> HttpResponse:
    """410: what can no longer be done, what was not kept, and the way on; for a page that sends by itself, as it reads.

    A page of which only a piece was asked for is opened anew, with these words.
    """
    problem = f"L’accord de cette personne a changé\u202f: {error.use}."
    remedy = " ".join(part for part in (error.unkept, _WHO_KNOWS) if part)
    if answers.by_itself(request):
        said = {"problem": problem, "remedy": remedy, "address": error.onward, "label": error.label}
        return JsonResponse(said, status=409)
    if request.headers.get("HX-Request"):
        messages.warning(request, f"{problem} {remedy}")
        return HttpResponse(headers={"HX-Refresh": "true"})
    list(messages.get_messages(request))  # said just before, by a piece of this page
    context = {"problem": problem, "remedy": remedy, "onward": error.onward, "label": error.label}
    return render(request, "web/error.html", context, status=410)


def report_replaced(request: HttpRequest, error: ReplacedError) -> HttpResponse:
    """The way to the report that the draft became; where a form was sent to the draft, that nothing came of it."""
    told = "Ce brouillon a été composé de nouveau\u00a0: voici ce qu’il est devenu."
    if request.method not in ("GET", "HEAD"):
        told += " Ce que vous venez de demander n’a pas été fait\u202f: voyez d’abord cette version."
    messages.info(request, told)
    return redirect("report", pk=error.pk)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the disk or the base fails.

    It asks nothing of the base, which may be what failed: only the colours of the request are kept.
    """
    known = outage(sys.exc_info()[1])
    problem, remedy = known or (
        "Quelque chose a échoué de notre côté.",
        "Ce qui avait été confirmé est enregistré. Réessayez ; si cela recommence, prévenez la personne "
        "qui administre le site.",
    )
    context = {"problem": problem, "remedy": remedy, "number": logs.REQUEST.get()}
    page = render_to_string("web/error.html", context | {"colours": request.COOKIES.get(settings.THEME_COOKIE, "")})
    return HttpResponse(page, status=503 if known else 500)


def _page(request: HttpRequest, status: int, problem: str, remedy: str) -> HttpResponse:
    return render(request, "web/error.html", {"problem": problem, "remedy": remedy}, status=status)

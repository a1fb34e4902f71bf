"""How a form of the review is answered: a page for plain forms, JSON for those that the page sends by itself."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from voices.errors import VoicesError


def done(request: HttpRequest, to: str, told: str = "", **facts: int) -> HttpResponse:
    """What was asked is done and kept: the page to go to, or these facts."""
    if by_itself(request):
        return JsonResponse({"kept": True, "address": to, "told": told, **facts})
    if told:
        messages.success(request, told)
    return redirect(to)


def refused(request: HttpRequest, error: VoicesError, to: str) -> HttpResponse:
    """What was asked cannot be done: why, and the page to go to."""
    if by_itself(request):
        return JsonResponse({"problem": error.problem, "remedy": error.remedy, "address": to}, status=409)
    messages.error(request, f"{error.problem} {error.remedy}")
    return redirect(to)


def by_itself(request: HttpRequest) -> bool:
    """Whether the page sent it in the background."""
    return request.headers.get("Accept", "").startswith("application/json")


def token(request: HttpRequest) -> str:
    """What the page drew for this form, so that it is kept once however often it is sent."""
    return request.POST.get("token", "")[:40] or uuid4().hex

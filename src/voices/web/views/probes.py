"""For machines that watch the site: how it is, and its numbers. Not signed in, and nothing of what it holds."""

import hmac
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from voices.web import health, metrics
from voices.web.requests import COUNTS

HERE = "ici"
_WATCH = health.Watch(lambda: health.look(settings.VOICES))


@login_not_required
@never_cache
@require_safe
def how_it_is(request: HttpRequest) -> HttpResponse:
    """200; 503 where something is down. In words, each part: « bien », « a_voir » or « panne »."""
    del request
    found = _WATCH.now()
    return JsonResponse(found.told, status=503 if found.state is health.State.DOWN else 200)


@login_not_required
@never_cache
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """The numbers, as Prometheus reads them. Not there for who may not have them: nothing tells that they are."""
    if not _may_measure(request, settings.VOICES.measures):
        raise Http404
    told = metrics.written(metrics.of_site(settings.VOICES, COUNTS))
    return HttpResponse(told, content_type=metrics.CONTENT_TYPE)


def _may_measure(request: HttpRequest, allowed: str) -> bool:
    """`allowed`: « ici », whoever asks from this machine; else the file of the token to show; empty: nobody."""
    if not allowed:
        return False
    if allowed != HERE:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), Path(allowed).read_text(encoding="utf-8").strip().encode())
    # What a proxy of this machine passes on comes from elsewhere, and says so.
    passed_on = any(request.headers.get(name) for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"))
    return not passed_on and ip_address(request.META["REMOTE_ADDR"]).is_loopback

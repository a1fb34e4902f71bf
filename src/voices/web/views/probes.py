"""For machines that watch the site: how it is, and its numbers. Not signed in, and nothing of what it holds."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from voices.web import health

_WATCH = health.Watch(lambda: health.look(settings.VOICES))


@login_not_required
@never_cache
@require_safe
def how_it_is(request: HttpRequest) -> HttpResponse:
    """200; 503 where something is down. In words, each part: « bien », « a_voir » or « panne »."""
    del request
    found = _WATCH.now()
    return JsonResponse(found.told, status=503 if found.state is health.State.DOWN else 200)

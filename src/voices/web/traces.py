"""What happened, kept for the administrator: who did what, when. Never a testimony's words."""

from django.http import HttpRequest

from voices.store.models import Trace


def trace(request: HttpRequest, what: str, about: str = "") -> None:
    """Nothing; keeps that the person of the request did this, about that (a name, a number, no testimony)."""
    user = request.user if request.user.is_authenticated else None
    Trace.objects.create(user=user, what=what, about=about[:200])

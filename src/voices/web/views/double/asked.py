"""Which double coding a request is about, and whether the person may see it."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from voices import doubling
from voices.doubling import Double
from voices.store.models import AssignedPassage, Assignment, Passage, Place
from voices.web.access import Action, Reach, reach_in


def assignments(request: HttpRequest) -> QuerySet[Assignment]:
    """The double codings whose passages are all of places where the person may take part."""
    return assignments_of(reach_in(request))


def assignments_of(reach: Reach) -> QuerySet[Assignment]:
    """The same, for who may do that."""
    beyond = Place.objects.exclude(pk__in=reach.places(Action.DOUBLE).values("pk"))
    out = AssignedPassage.objects.filter(passage__place__in=beyond)
    return Assignment.objects.exclude(pk__in=out.values("assignment"))


def assignment(request: HttpRequest, pk: int) -> Assignment:
    """The double coding. Raises Http404 where it is not within reach."""
    return get_object_or_404(assignments(request).select_related("made_by"), pk=pk)


def passages(request: HttpRequest) -> QuerySet[Passage]:
    """The passages that double coding may use."""
    reach = reach_in(request)
    return reach.passages(Action.DOUBLE)


def double(request: HttpRequest, one: Assignment) -> Double:
    """That double coding as it stands."""
    return doubling.gathered(one, passages(request))


def closed(request: HttpRequest, pk: int) -> Double:
    """The double coding, once it is closed. Raises Http404 as long as it is blind."""
    one = assignment(request, pk)
    if one.closed_at is None:
        raise Http404
    return double(request, one)

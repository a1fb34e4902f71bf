"""Where quotes went; first, those whose consent no longer covers them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from voices import consenting, quoting
from voices.domain import Purpose
from voices.privacy import SHOWN
from voices.quoting.publishing import FORMS, removed
from voices.store.models import Publication, User
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.traces import trace
from voices.web.views.quotes_forms import PublicationFilters
from voices.web.views.testimonies_told import quotable

PAGE = 30


@allowed(Action.QUOTES)
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """What is to be taken down, with what to do; then every publication, the last first."""
    reach = reach_in(request)
    everything = reach.publications()
    authors = User.objects.filter(pk__in=everything.values("made_by")).order_by("name")
    form = PublicationFilters(request.GET, reach=reach, authors=authors)
    page = Paginator(_filtered(everything, form), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    recalls = quoting.recalls(everything)
    lost = {one.publication.pk for one in recalls}
    context = {
        "form": form,
        "asked": any(request.GET.get(name) for name in form.fields),
        "recalls": [{"recall": one, "form": _form(one.publication)} for one in recalls],
        "page": page,
        "rows": [
            {"publication": one, "form": _form(one), "lost": one.pk in lost, "hidden": _hidden(one)}
            for one in page.object_list
        ],
        "query": query.urlencode(),
    }
    return render(request, "web/quotes/publications.html", context)


@allowed(Action.QUOTES)
@require_POST
def take_down(request: HttpRequest, publication_id: int) -> HttpResponse:
    """The publications, once a person said that this one is no longer to be seen."""
    one = get_object_or_404(reach_in(request).publications(), pk=publication_id)
    removed([one], person_in(request))
    trace(request, "Publication retirée", one.where)
    messages.success(request, "C’est noté\u202f: cette citation n’est plus publiée.")
    return redirect("publications")


def _hidden(publication: Publication) -> bool:
    """Whether its words are shown no more: its consent was withdrawn, and it was taken down."""
    return publication.removed_at is not None and not quotable(publication.testimony)


def _form(publication: Publication) -> str:
    return FORMS.get(publication.form, publication.form)


def _filtered(found: QuerySet[Publication], form: PublicationFilters) -> QuerySet[Publication]:
    found = found.select_related("testimony__place", "made_by")
    if not form.is_valid():
        return found.none()
    said = form.cleaned_data
    if said["q"]:
        quoted = consenting.allowed(
            Purpose.ANONYMOUS_QUOTES, today=timezone.localdate(), outlets=SHOWN, path="testimony__"
        )
        shown = Q(removed_at=None) | quoted
        found = found.filter((shown & Q(text__icontains=said["q"])) | Q(where__icontains=said["q"]))
    if said["forme"]:
        found = found.filter(form=said["forme"])
    if said["lieu"]:
        found = found.filter(testimony__place__slug=said["lieu"])
    return found.filter(made_by=said["par"]) if said["par"] else found

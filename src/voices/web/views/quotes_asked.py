"""What a request about quotes asks for: passage, wording, list; each asked of the person's reach, each time."""

from collections.abc import Iterable
from typing import NoReturn

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from voices.errors import VoicesError
from voices.quotes.attributions import Naming
from voices.quotes.cutting import Span, kept
from voices.quoting import worded
from voices.quoting.wording import Wording, spans_read, spans_told
from voices.store.models import Passage, Shortlist
from voices.store.testimonies import passage_of
from voices.web.access import Action, ConsentChangedError, person_in, reach_in
from voices.web.settings import VOICES
from voices.web.views.quotes_forms import WhereForm


def passage(request: HttpRequest, passage_id: int) -> Passage:
    """A passage that the person may quote, its consent asked now. Raises Http404; ConsentChangedError where it was
    theirs to quote until its consent changed.
    """
    found = reach_in(request).passages(Action.QUOTES).select_related("testimony__place")
    row = found.filter(pk=passage_id).first()
    return row or _gone(request, passage_id)


def _gone(request: HttpRequest, passage_id: int) -> NoReturn:
    of = get_object_or_404(Passage, pk=passage_id).testimony_id
    if not reach_in(request).lost(Action.QUOTES, of):
        raise Http404
    unkept = "Rien n’a donc été gardé ni publié." if request.method == "POST" else ""
    raise ConsentChangedError(
        "ses mots ne peuvent plus être cités",
        unkept=unkept,
        onward=back(request, reverse("quotes")),
        label="Chercher une autre citation",
    )


def wording(row: Passage, asked: QueryDict) -> Wording:
    """The quote that the address or the form tells (`mot`, `sans`, `coupe`, `nom`); the usual one where it tells none.

    Raises VoicesError where the words told are not those of the passage.
    """
    naming = asked.get("nom", "")
    return worded(row, _spans(row, asked), Naming(naming) if naming in list(Naming) else Naming.PLACE, settings=VOICES)


def cut_address(passage_id: int, spans: Iterable[Span], naming: str) -> str:
    """The page where that quote is cut, as it stands."""
    return f"{reverse('quote_cut', args=[passage_id])}?{told(spans, naming)}"


def told(spans: Iterable[Span], naming: str) -> str:
    """A quote as a query string carries it."""
    query = QueryDict(mutable=True)
    query.update({"coupe": spans_told(spans), "nom": naming})
    return query.urlencode()


def refused(request: HttpRequest, error: VoicesError, to: str) -> HttpResponse:
    """That page, where what went wrong is said."""
    messages.error(request, f"{error.problem} {error.remedy}")
    if request.headers.get("HX-Request"):  # the whole page goes there, not a piece of it
        return HttpResponse(headers={"HX-Redirect": to})
    return redirect(to)


def back(request: HttpRequest, usual: str) -> str:
    """Where the form says to go back to, on this site; the usual page otherwise."""
    asked = request.POST.get("retour", "")
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if here and asked.startswith("/") else usual


def current_list(request: HttpRequest) -> Shortlist | None:
    """The list where the person last put a quote, or that they last opened; None where there is none."""
    lists = reach_in(request).shortlists()
    return lists.filter(pk=request.session.get("liste", 0)).first() or (
        lists.filter(made_by=person_in(request)).order_by("-pk").first()
    )


def where(request: HttpRequest) -> dict[str, str]:
    """Where the person last said that a quote would be published, and by which channel: as the form begins."""
    return {"ou": request.session.get("ou", ""), "canal": request.session.get("canal", "")}


def remember_where(request: HttpRequest, form: WhereForm) -> None:
    """Nothing; the next form begins with what this one says."""
    request.session["ou"], request.session["canal"] = form.cleaned_data["ou"], form.cleaned_data["canal"]


def remember(request: HttpRequest, shortlist: Shortlist) -> None:
    """Nothing; quotes kept from now on go there."""
    request.session["liste"] = shortlist.pk


def _spans(row: Passage, asked: QueryDict) -> tuple[Span, ...] | None:
    """The spans told: by the words that are ticked, less the sentences set aside; or whole. None where none is told."""
    if "mots" not in asked:
        return spans_read(asked.get("coupe", "")) or None
    ticked = [span for told in asked.getlist("mot") for span in spans_read(told)]
    aside = [span for at, span in enumerate(passage_of(row).sentences) if str(at) in asked.getlist("sans")]
    return kept(row.testimony.text, [word for word in ticked if not any(a <= word[0] < b for a, b in aside)])

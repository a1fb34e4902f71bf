"""A consent that changes, for one testimony or for a whole deposit, and what was published before it did."""

from collections import Counter

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from voices.domain import Consent
from voices.quoting.publishing import Recall, recalls
from voices.receiving.consents import change, change_deposit
from voices.receiving.twins import twins
from voices.report.words import count
from voices.store.models import Deposit, Publication, Testimony, User
from voices.store.models.deposits import CONSENTS
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.traces import trace
from voices.web.views.deposits_forms import ConsentForm, said_of
from voices.web.views.deposits_told import rank_of


@allowed(Action.DEPOSIT)
def of_deposit(request: HttpRequest, deposit_id: int) -> HttpResponse:
    """The form of what becomes of a whole deposit's consent."""
    reach = reach_in(request)
    places = reach.places(Action.DEPOSIT)
    found = get_object_or_404(Deposit.objects.filter(place__in=places).select_related("place"), pk=deposit_id)
    given = found.testimonies.filter(place__in=places).exclude(consent=Consent.WITHDRAWN.value)
    return _form(request, given, found, None)


@allowed(Action.DEPOSIT)
def of_testimony(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """The form of what becomes of one testimony's consent, were it withdrawn already."""
    reach = reach_in(request)
    within = Testimony.objects.filter(place__in=reach.places(Action.DEPOSIT))
    found = get_object_or_404(within.select_related("deposit__place", "file"), pk=testimony_id)
    return _form(request, within.filter(pk=found.pk), found.deposit, found)


def _form(
    request: HttpRequest, testimonies: QuerySet[Testimony], deposit: Deposit | None, one: Testimony | None
) -> HttpResponse:
    now = Counter(row.get_consent_display() for row in testimonies)
    held = one or deposit
    begun = {"consent": one.consent if one else None, **(said_of(held) if held else {})}
    form = ConsentForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        after, source = Consent(form.cleaned_data["consent"]), form.cleaned_data["source"]
        by: User = request.user  # type: ignore[assignment]
        if one is None and deposit is not None:
            changed = change_deposit(deposit, testimonies, after, source=source, by=by, limits=form.limits)
        else:
            also = _beside(one, reach_in(request)) if one and "aussi" in request.POST else Testimony.objects.none()
            changed = change([*testimonies, *also], after, source=source, by=by, limits=form.limits)
        trace(request, "Accord changé", _traced(one, deposit, after, changed))
        published = _recalls(testimonies)
        messages.success(request, _said(changed, after, published=bool(published)))
        if published or deposit is None:
            return redirect(request.path)
        return redirect("deposit", deposit_id=deposit.pk)
    context = {
        "form": form,
        "deposit": deposit,
        "testimony": one,
        "rank": rank_of(one) if one else "",
        "legend": "Que permet cette personne maintenant\u202f?" if one else "Que permettent-elles maintenant\u202f?",
        "count": now.total(),
        "now": now.most_common(),
        "recalls": _recalls(testimonies),
        "elsewhere": _elsewhere(one, reach_in(request)) if one else (),
        "also": one is not None and _beside(one, reach_in(request)).exists(),
        "withdrawn": one is not None and one.consent == Consent.WITHDRAWN.value,
        "changes": one.consent_changes.select_related("made_by").order_by("-pk") if one else (),
    }
    return render(request, "web/deposits/consent.html", context)


def _beside(one: Testimony, reach: Reach) -> QuerySet[Testimony]:
    """The same words at other places, where the person may change their consent too."""
    within = Testimony.objects.filter(place__in=reach.places(Action.DEPOSIT)).exclude(letter="")
    return within.filter(letter=one.letter).exclude(pk=one.pk)


def _recalls(testimonies: QuerySet[Testimony]) -> tuple[Recall, ...]:
    return recalls(Publication.objects.filter(testimony__in=testimonies))


def _elsewhere(one: Testimony, reach: Reach) -> list[str]:
    """The other places that hold the same words, where the person may change their consent too."""
    within = Testimony.objects.filter(place__in=reach.places(Action.DEPOSIT))
    return [place.name for place in twins([one], within).get(one.pk, ())]


def _traced(one: Testimony | None, deposit: Deposit | None, after: Consent, changed: int) -> str:
    """« témoignage n° 6 : accord retiré », « dépôt n° 2 : citations sans nom, 4 témoignages »."""
    told = dict(CONSENTS)[after.value]
    told = told[0].lower() + told[1:]
    if one is not None:
        return f"témoignage n° {one.pk}\u202f: {told}"
    return f"dépôt n° {deposit.pk if deposit else ''}\u202f: {told}, {count(changed, 'témoignage')}"


def _said(changed: int, after: Consent, *, published: bool) -> str:
    if not changed:
        return "Rien n’a changé\u202f: c’était déjà l’accord enregistré."
    whose, words = ("de ce témoignage", "ses") if changed == 1 else (f"de {changed}\u202ftémoignages", "leurs")
    if after is Consent.WITHDRAWN:
        where = " Ils ont été publiés\u202f: la liste est ci-dessous." if published else ""
        return f"L’accord {whose} est retiré\u202f: {words} mots ne paraissent plus sur les pages du site.{where}"
    return f"L’accord {whose} est enregistré."

"""A consent that changes, for one testimony or for a whole deposit, and what was published before it did."""

from collections import Counter

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from voices.domain import Consent
from voices.quoting.publishing import Recall, recalls
from voices.receiving.consents import change, change_deposit
from voices.store.models import Deposit, Publication, Testimony, User
from voices.web.access import Action, Reach, allowed
from voices.web.traces import trace
from voices.web.views.deposits_forms import ConsentForm
from voices.web.views.deposits_told import rank_of


@allowed(Action.DEPOSIT)
def of_deposit(request: HttpRequest, deposit_id: int) -> HttpResponse:
    """The form of what becomes of a whole deposit's consent."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    places = reach.places(Action.DEPOSIT)
    found = get_object_or_404(Deposit.objects.filter(place__in=places).select_related("place"), pk=deposit_id)
    given = found.testimonies.filter(place__in=places).exclude(consent=Consent.WITHDRAWN.value)
    return _form(request, given, found, None)


@allowed(Action.DEPOSIT)
def of_testimony(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """The form of what becomes of one testimony's consent, were it withdrawn already."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    within = Testimony.objects.filter(place__in=reach.places(Action.DEPOSIT))
    found = get_object_or_404(within.select_related("deposit__place", "file"), pk=testimony_id)
    return _form(request, within.filter(pk=found.pk), found.deposit, found)


def _form(
    request: HttpRequest, testimonies: QuerySet[Testimony], deposit: Deposit | None, one: Testimony | None
) -> HttpResponse:
    now = Counter(one.get_consent_display() for one in testimonies)
    form = ConsentForm(request.POST or None, initial={"consent": one.consent if one else None})
    if request.method == "POST" and form.is_valid():
        after, source = Consent(form.cleaned_data["consent"]), form.cleaned_data["source"]
        by: User = request.user  # type: ignore[assignment]
        if one is None and deposit is not None:
            changed = change_deposit(deposit, testimonies, after, source=source, by=by)
        else:
            changed = change(testimonies, after, source=source, by=by)
        about = f"témoignage n° {one.pk}" if one else f"dépôt n° {deposit.pk if deposit else ''}"
        trace(request, "Accord changé", f"{about} : {after.value}, {changed} témoignage(s)")
        messages.success(request, _said(changed, after))
        if _recalls(testimonies) or deposit is None:
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
        "changes": one.consent_changes.select_related("made_by").order_by("-pk") if one else (),
    }
    return render(request, "web/deposits/consent.html", context)


def _recalls(testimonies: QuerySet[Testimony]) -> tuple[Recall, ...]:
    return recalls(Publication.objects.filter(testimony__in=testimonies))


def _said(changed: int, after: Consent) -> str:
    if not changed:
        return "Rien n’a changé : c’était déjà l’accord enregistré."
    whose = "de ce témoignage" if changed == 1 else f"de {changed}\u202ftémoignages"
    if after is Consent.WITHDRAWN:
        return f"L’accord {whose} est retiré : ses mots ne paraissent plus nulle part."
    return f"L’accord {whose} est enregistré."

"""The real names of one testimony, for the administrator alone, who says why: that they were seen is kept."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from voices import naming
from voices.errors import VoicesError
from voices.report.words import date_words
from voices.store.models import Testimony
from voices.web.access import Action, allowed
from voices.web.settings import VOICES
from voices.web.traces import trace

_LEAST = 8


class WhyForm(forms.Form):
    """Why the names are to be seen."""

    motif = forms.CharField(
        label="Pourquoi faut-il les voir\u202f?",
        min_length=_LEAST,
        max_length=150,
        help_text="Noté avec votre nom et l’heure. Par exemple\u202f: la personne demande à corriger son témoignage. "
        "Jamais un nom.",
        error_messages={"required": "Dites pourquoi.", "min_length": "Dites pourquoi en quelques mots."},
    )


@allowed(Action.REAL_NAMES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def real_names(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """The question; once it is answered and kept, what each invented name stands for."""
    row = get_object_or_404(Testimony.objects.select_related("place"), pk=testimony_id)
    form = WhyForm(request.POST or None)
    context = {"row": row, "date": date_words(row.date), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/rights/real_names.html", context, status=422 if form.is_bound else 200)
    # Kept before they are shown: a page that fails later leaves a trace too many rather than one too few.
    trace(request, "Vrais noms affichés", f"témoignage n° {row.pk}\u202f: {form.cleaned_data['motif']}")
    try:
        context["shown"] = naming.names_of(row, VOICES).replaced
    except VoicesError as error:
        context["problem"] = error
    return render(request, "web/rights/real_names.html", context)

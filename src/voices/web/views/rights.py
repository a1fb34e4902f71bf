"""The rights of those who testified, for the administrator: find what is held, give it, erase it, prove it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from voices.errors import VoicesError
from voices.report.words import date_words
from voices.rights import held, keeping, motive, outputs, proof
from voices.rights.erasing import erase
from voices.rights.outputs import withdrawn_on
from voices.rights.searching import Found, Sought, find
from voices.store.models import Erasure, Job, Place, Testimony
from voices.web.access import Action, allowed, person_in
from voices.web.alphabet import by_name
from voices.web.settings import VOICES
from voices.web.traces import trace
from voices.web.views.deposits_told import rank_of

_PAGE = 25


class SearchForm(forms.Form):
    """What is known of a person. It is sent, never written in an address: a name would stay in the journals."""

    nom = forms.CharField(
        label="Un nom, un prénom, un téléphone…",
        required=False,
        max_length=120,
        help_text="Cherché dans les tables de noms chiffrées, les titres des fichiers et les textes. La recherche est "
        "notée.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    lieu = forms.ChoiceField(label="Lieu", required=False)
    depot = forms.IntegerField(label="N° du dépôt", required=False, min_value=1)
    numero = forms.IntegerField(label="N° du témoignage", required=False, min_value=1)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = [(str(one.pk), one.name) for one in by_name(Place.objects.all())]
        self.fields["lieu"].choices = [("", "Tous"), *places]  # type: ignore[attr-defined]

    def sought(self) -> Sought:
        """What is asked, once the form is valid."""
        said = self.cleaned_data
        return Sought(said["numero"], int(said["lieu"]) if said["lieu"] else None, said["depot"], said["nom"])


class EraseForm(forms.Form):
    """Why, and that it is meant."""

    motif = forms.CharField(
        label="Pourquoi\u202f?",
        max_length=200,
        help_text="Gardé avec la preuve. Par exemple\u202f: demande reçue par lettre le 3 mai. Jamais un nom.",
    )
    compris = forms.BooleanField(label="Je comprends que cela ne pourra pas être défait")


@allowed(Action.RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The search, what it finds, and what was erased."""
    form = SearchForm(request.POST or None)
    found, problem = None, None
    if request.method == "POST" and form.is_valid():
        try:
            found = find(form.sought(), VOICES)
        except VoicesError as error:
            problem = error
        if form.cleaned_data["nom"]:
            trace(request, "Recherche d’une personne", "par un nom")
    erasures = Erasure.objects.select_related("place", "made_by")
    context = {
        "form": form,
        "problem": problem,
        "found": found and [_line(each) for each in found.called],
        "said": found and [_line(each) for each in found.said],
        "searched": _searched(found) if found else "",
        "page": Paginator(erasures, _PAGE).get_page(request.GET.get("page")),
        "endings": keeping.endings(),
        "asked": form.sought().anything if form.is_bound and form.is_valid() else False,
        "scrubbing": Job.objects.filter(kind=Job.Kind.SCRUB).exclude(state=Job.State.DONE).order_by("pk").last(),
    }
    return render(request, "web/rights/home.html", context)


@allowed(Action.RIGHTS)
@require_safe
def one(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """What is held on a testimony, in a few lines; all of it can be taken away, or erased."""
    return _one(request, _testimony(testimony_id), EraseForm())


@allowed(Action.RIGHTS)
@require_POST
def export(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """All of it, as a .zip; that it was asked for is kept, for it tells the person's names."""
    row = _testimony(testimony_id)
    try:
        content = held.archive(row, VOICES)
    except VoicesError as error:
        messages.error(request, str(error))
        return redirect("rights_one", testimony_id=row.pk)
    trace(request, "Données d’une personne remises", f"témoignage n° {row.pk}")
    headers = {"Content-Disposition": f'attachment; filename="temoignage-{row.pk}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@allowed(Action.RIGHTS)
@require_POST
def erased(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """The proof, once the testimony is erased."""
    row = _testimony(testimony_id)
    form = EraseForm(request.POST)
    also = Testimony.objects.exclude(letter="").filter(letter=row.letter).exclude(pk=row.pk)
    asked = [row.pk, *(also.values_list("pk", flat=True) if "aussi" in request.POST else ())]
    if form.is_valid():
        try:
            motive.check(asked, form.cleaned_data["motif"], VOICES)
        except VoicesError as error:
            form.add_error("motif", str(error))
    if not form.is_valid():
        return _one(request, row, form, status=422)
    proofs = erase(asked, why=form.cleaned_data["motif"], by=person_in(request), settings=VOICES)
    for each in proofs:
        trace(request, "Témoignage effacé", f"n° {each.number}")
    messages.success(request, "C’est effacé. Les traces dans les fichiers de la base partent dans la minute.")
    return redirect("erasure", erasure_id=next(each.pk for each in proofs if each.number == testimony_id))


@allowed(Action.RIGHTS)
@require_safe
def erasure(request: HttpRequest, erasure_id: int) -> HttpResponse:
    """The proof of an erasure: to be printed, or given."""
    found = get_object_or_404(Erasure.objects.select_related("place", "made_by"), pk=erasure_id)
    scrubs = Job.objects.filter(kind=Job.Kind.SCRUB).order_by("-pk")
    job = next((each for each in scrubs if found.pk in each.subject.get("erasures", ())), None)
    context = {"one": found, "sentence": proof.sentence(found), "told": proof.told(found), "job": job}
    return render(request, "web/rights/erasure.html", context | {"done": job and job.state == Job.State.DONE})


def _one(request: HttpRequest, row: Testimony, form: EraseForm, *, status: int = 200) -> HttpResponse:
    found = outputs(row)
    also = Testimony.objects.exclude(letter="").filter(letter=row.letter).exclude(pk=row.pk).select_related("place")
    context = {
        "row": row,
        "rank": rank_of(row),
        "withdrawn_on": withdrawn_on(row),
        "form": form,
        "date": date_words(row.date),
        "passages": row.passages.count(),
        "decisions": sum(each.decisions.count() for each in row.passages.all()),
        "left": sum(each.left for each in found),
        "outputs": len(found),
        "also": [each.place.name for each in also],
        "today": timezone.localdate(),
    }
    return render(request, "web/rights/one.html", context, status=status)


def _searched(found: Found) -> str:
    """Where a name was looked for, if nothing has it or not all was read; what is not shown, whatever was asked."""
    return found.searched if found.by_name and (found.missed or not found.called) else found.missed


def _line(row: Testimony) -> dict[str, object]:
    return {"row": row, "rank": rank_of(row), "date": date_words(row.date)}


def _testimony(testimony_id: int) -> Testimony:
    """That testimony, whatever its consent has become: its person has rights on it."""
    return get_object_or_404(Testimony.objects.select_related("place", "file", "deposit"), pk=testimony_id)

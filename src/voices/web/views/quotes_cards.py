"""Quote cards: seen in three formats, then taken as a picture; each one taken is kept as a publication."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from voices import quoting
from voices.errors import VoicesError
from voices.quotes.cards import SHAPES, Format
from voices.quoting.publishing import card_of, picture
from voices.quoting.wording import Wording
from voices.web.access import Action, allowed, person_in
from voices.web.traces import trace
from voices.web.views.quotes_asked import cut_address, passage, refused, remember_where, told, where, wording
from voices.web.views.quotes_forms import WhereForm

USES = {
    Format.SQUARE: "Pour un fil (Instagram, Facebook, LinkedIn)\u202f: 1080 × 1080 points.",
    Format.STORY: "Pour une story, à la verticale\u202f: 1080 × 1920 points.",
    Format.A5: "Pour imprimer\u202f: 148 × 210 mm, 300 points par pouce.",
}
TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@allowed(Action.QUOTES)
@require_safe
def cards(request: HttpRequest, passage_id: int) -> HttpResponse:
    """The quote as a card in three formats, with its alternative text."""
    row = passage(request, passage_id)
    try:
        made = wording(row, request.GET)
    except VoicesError as error:
        return refused(request, error, cut_address(row.pk, (), ""))
    return _cards(request, made)


@allowed(Action.QUOTES)
@require_safe
def preview(request: HttpRequest, passage_id: int, form: str) -> HttpResponse:
    """The card as SVG, for the page that shows it: not a publication."""
    row = passage(request, passage_id)
    try:
        drawn = picture(card_of(wording(row, request.GET), Format(form)), "svg")
    except VoicesError as error:
        return HttpResponse(error.problem, status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(drawn, content_type=TYPES["svg"])


@allowed(Action.QUOTES)
@require_POST
def take(request: HttpRequest, passage_id: int, form: str) -> HttpResponseBase:
    """The card as a file; that it went out is kept."""
    row = passage(request, passage_id)
    suffix = "svg" if request.POST.get("fichier") == "svg" else "png"
    try:
        made = wording(row, request.POST)
        asked = WhereForm(request.POST, outlets=made.outlets)
        if not asked.is_valid():
            return _cards(request, made, status=422, wrong=(form, asked))
        drawn = picture(card_of(made, Format(form)), suffix)
        quoting.publish(made, f"carte-{form}", asked.cleaned_data["ou"], person_in(request), outlet=asked.outlet)
    except VoicesError as error:
        return refused(request, error, cut_address(row.pk, (), ""))
    remember_where(request, asked)
    trace(request, "Carte téléchargée", f"{SHAPES[Format(form)].name}, {asked.cleaned_data['ou']}")
    name = slugify(f"citation {row.testimony.place.name} {row.pk} {form}")
    return HttpResponse(
        drawn,
        content_type=TYPES[suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}.{suffix}"'},
    )


def _cards(
    request: HttpRequest, made: Wording, *, status: int = 200, wrong: tuple[str, WhereForm] | None = None
) -> HttpResponse:
    shown = [
        {
            "form": form.value,
            "name": shape.name,
            "use": USES[form],
            "width": shape.width,
            "height": shape.height,
            "problem": _problem(made, form),
            "where": wrong[1]
            if wrong and wrong[0] == form
            else WhereForm(initial=where(request), outlets=made.outlets, auto_id=f"{form}_%s"),
        }
        for form, shape in SHAPES.items()
    ]
    context = {
        "row": made.row,
        "made": made,
        "told": told(made.spans, made.naming),
        "spans": "_".join(f"{start}-{end}" for start, end in made.spans),
        "shown": shown,
        "alternative": card_of(made, Format.SQUARE).alternative,
    }
    return render(request, "web/quotes/cards.html", context, status=status)


def _problem(made: Wording, form: Format) -> VoicesError | None:
    try:
        picture(card_of(made, form), "svg")
    except VoicesError as error:
        return error
    return None

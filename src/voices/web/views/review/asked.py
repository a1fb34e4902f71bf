"""Which queue a request is about: an order and filters, kept in the address of every page of the review."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from voices.store.models import Passage
from voices.store.queue import Order, after, ordered
from voices.web.access import Action, ConsentChangedError, person_in, reach_in
from voices.web.views.review import attention
from voices.web.views.search_filters import PassageFilters

ALL = "tous"
_ORDERS = {
    Order.USEFUL: "Les plus utiles d’abord",
    Order.DOUBT: "Les plus hésitants d’abord",
    Order.PLACE: "Lieu par lieu",
    Order.CODE: "Code par code",
    Order.THEME: "Thème par thème",
    Order.CHANCE: "Au hasard",
}
HINTS = {
    Order.USEFUL: "Là où la machine a le plus de chances de s’être trompée.",
    Order.DOUBT: "Là où la machine hésite le plus entre oui et non.",
    Order.PLACE: "Témoignage après témoignage, dans l’ordre où les choses ont été dites.",
    Order.CODE: "L’accueil d’abord, puis l’appartenance, l’action, et ce qui est sans code.",
    Order.THEME: "Thème après thème, les passages les plus typiques d’abord.",
    Order.CHANCE: "Un tirage toujours le même\u202f: les premiers forment un échantillon pour vérifier la machine.",
}


USE = "ses mots ne peuvent plus être utilisés"
"""What a reviewer is told where a consent was withdrawn."""


class QueueForm(PassageFilters):
    """The order, and which passages; those that nobody reviewed yet, unless said otherwise."""

    ordre = forms.ChoiceField(label="Ordre", required=False, choices=[(one.value, _ORDERS[one]) for one in Order])
    avis = forms.ChoiceField(label="Relecture", required=False, choices=[*Passage.Standing.choices, (ALL, "Tous")])
    temoignage = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """What stands where nothing is said: the most useful first, of those to review."""
        said = super().clean() or self.cleaned_data
        standing = said.get("avis") or Passage.Standing.MACHINE.value
        return said | {"ordre": said.get("ordre") or Order.USEFUL.value, "avis": "" if standing == ALL else standing}

    def among(self, passages: QuerySet[Passage]) -> QuerySet[Passage]:
        """Those that the filters let through; of one testimony alone where it is named."""
        found = super().among(passages)
        testimony = self.cleaned_data.get("temoignage") if self.is_valid() else None
        return found.filter(testimony=testimony) if testimony else found

    def chosen(self) -> list[dict[str, str]]:
        """The filters in force, but the one that always is: « à relire »."""
        usual = dict(self.fields["avis"].choices)[Passage.Standing.MACHINE.value]  # type: ignore[attr-defined]
        return [one for one in super().chosen() if one["label"] != f"Relecture\u202f: {usual}"]

    @property
    def order(self) -> Order:
        """The order asked for."""
        return Order(self.cleaned_data["ordre"]) if self.is_valid() else Order.USEFUL

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        """The filters that the page shows."""
        return [field for field in self.visible_fields() if field.name != "ordre"]


class Asked:
    """The queue of a request."""

    def __init__(self, request: HttpRequest) -> None:
        reach = reach_in(request)
        self.user = person_in(request)
        self.form = QueueForm(request.GET, reach=reach, action=Action.REVIEW)
        self.order = self.form.order
        self._among = self.form.among(reviewable(request))
        self.query = _kept(request.GET).urlencode()

    def waiting(self) -> QuerySet[Passage]:
        """The passages of the queue, in its order."""
        return ordered(self._among, self.order)

    def first(self) -> Passage | None:
        """The first that nobody else has before them."""
        return attention.free(self.waiting(), self.user)

    def following(self, passage: Passage) -> Passage | None:
        """The one that comes after that passage, and that nobody else has before them."""
        return attention.free(after(self._among, self.order, passage), self.user)

    def address(self, passage: Passage | None) -> str:
        """The page of that passage in this queue; that of the queue where there is none."""
        page = reverse("review_passage", args=[passage.pk]) if passage else reverse("review")
        return self.at(page)

    def at(self, page: str) -> str:
        """That page, in this queue."""
        return f"{page}?{self.query}" if self.query else page


def reviewable(request: HttpRequest) -> QuerySet[Passage]:
    """The passages that the person may review: what they are to code blind first is out of their reach."""
    reach = reach_in(request)
    return reach.passages(Action.REVIEW)


def still_given(request: HttpRequest, pk: int) -> None:
    """Nothing. Raises ConsentChangedError where the passage was to review, until a consent changed."""
    passage = Passage.objects.filter(pk=pk).defer("lemmas", "vector").first()
    if passage is None or not reach_in(request).lost(Action.REVIEW, passage.testimony_id):
        return
    asked = Asked(request)
    following = asked.following(passage)
    label = "Passage suivant" if following else "Revenir à la file"
    raise ConsentChangedError(USE, unkept=unkept(request), onward=asked.address(following), label=label)


def still_read(request: HttpRequest, action: Action, pk: int) -> None:
    """Nothing. Raises ConsentChangedError where the testimony could be read, until its consent changed."""
    if reach_in(request).lost(action, pk):
        raise ConsentChangedError(
            USE, unkept=unkept(request), onward=reverse("testimonies"), label="Revenir aux témoignages"
        )


def unkept(request: HttpRequest) -> str:
    """What a form of the review says and that is not kept."""
    if request.method != "POST":
        return ""
    if request.path.endswith("/commenter/"):
        return "Votre commentaire n’est donc pas gardé\u202f: il parle de ces mots."
    if request.POST.get("commentaire", "").strip():
        return "Votre décision et votre commentaire ne sont donc pas gardés\u202f: ils parlent de ces mots."
    return "Ce que vous veniez d’envoyer n’est donc pas gardé."


def _kept(query: QueryDict) -> QueryDict:
    """The query, without its empty fields nor what is said to the page of the queue alone."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in ("page", "commencer") and any(values):
            kept.setlist(name, [value for value in values if value])
    return kept

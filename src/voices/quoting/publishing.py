"""Where quotes go: every output is kept, so that a consent withdrawn or narrowed can say what to take down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from voices import consenting, exchange
from voices.domain import OUTLETS, Outlet, Purpose, Quote, Sense
from voices.quotes.cards import Card, Format, png, svg
from voices.quoting.wording import LABELS, Wording, released
from voices.store.models import Publication, User
from voices.store.models import Testimony as Row

_SOON = timedelta(minutes=10)
"""The same words for the same use within that time: a form sent again because its answer was slow or lost."""

TEXT, DOCX, CSV = "texte", "docx", "csv"
FORMS = {
    TEXT: "Texte copié",
    "carte-carre": "Carte carrée",
    "carte-story": "Carte story",
    "carte-a5": "Carte A5",
    DOCX: "Document Word",
    CSV: "Tableau",
    "rapport": "Rapport",
}


@dataclass(frozen=True, slots=True)
class Recall:
    """A publication whose consent no longer covers it, and what to do."""

    publication: Publication
    withdrawn: bool

    @property
    def remedy(self) -> str:
        """What to do, in French."""
        if self.withdrawn:
            return "Retirez-la là où elle a été publiée, et détruisez les fichiers gardés."
        return "Remplacez-la par la même citation sans le prénom."


def publish(wording: Wording, form: str, where: str, author: User, *, outlet: Outlet | None = None) -> Publication:
    """The publication, kept: these words went out in that form, by that channel, to be used there. Sent again soon
    after, because the answer was slow or lost, it is kept once. Where no channel is told, it may be any.

    Raises PrivacyError where the consent, asked again of the base at this moment, does not allow it.
    """
    with transaction.atomic():
        row = Row.objects.select_for_update().select_related(None).get(pk=wording.row.testimony_id)
        released(row, Purpose.NAMED_QUOTES if wording.named else Purpose.ANONYMOUS_QUOTES, _by(outlet))
        made = {
            "testimony": row,
            "passage": wording.row,
            "text": wording.text,
            "attribution": wording.attribution[:200],
            "named": wording.named,
            "form": form,
            "outlet": outlet or "",
            "where": where.strip()[:200],
            "made_by": author,
        }
        just_now = Publication.objects.filter(made_at__gte=timezone.now() - _SOON, removed_at=None, **made)
        return just_now.first() or Publication.objects.create(**made)


def publish_all(
    wordings: Iterable[Wording], form: str, where: str, author: User, *, outlet: Outlet | None = None
) -> None:
    """Nothing; keeps all these publications, or none. Raises PrivacyError where one consent does not allow it."""
    with transaction.atomic():
        for one in wordings:
            publish(one, form, where, author, outlet=outlet)


def card_of(wording: Wording, form: Format) -> Card:
    """The quote on its place's colour."""
    return Card(wording.text, wording.attribution, wording.row.testimony.place.colour, form)


def picture(card: Card, suffix: str) -> bytes:
    """The card's file, « svg » or « png ». Raises VoicesError where the quote does not fit on it."""
    return svg(card).encode() if suffix == "svg" else png(card)


def document(title: str, wordings: Sequence[Wording], form: str, *, outlet: Outlet | None = None) -> bytes:
    """The quotes as a Word document, or as a table. Raises PrivacyError where one may not leave by that channel."""
    rows = [(_quote(one, outlet), released(one.row.testimony, outlets=_by(outlet))) for one in wordings]
    return exchange.quotes_docx(title, rows) if form == DOCX else exchange.quotes_csv(rows)


def recalls(publications: QuerySet[Publication]) -> tuple[Recall, ...]:
    """Those whose consent was withdrawn or narrowed since, and that nobody has yet said to be taken down."""
    covered, named = (_covered(purpose) for purpose in (Purpose.ANONYMOUS_QUOTES, Purpose.NAMED_QUOTES))
    still = publications.filter(removed_at=None)
    lost = set(still.exclude(covered).values_list("pk", flat=True))
    unnamed = set(still.filter(named=True).exclude(named).values_list("pk", flat=True))
    rows = still.filter(pk__in=lost | unnamed).select_related("testimony__place", "made_by")
    return tuple(Recall(row, withdrawn=row.pk in lost) for row in rows)


def _covered(purpose: Purpose) -> Q:
    """The condition on publications that what holds of their consent covers: for the channel by which each went."""
    today, found = timezone.localdate(), Q()
    for outlet in (None, *Outlet):
        covered = consenting.allowed(purpose, today=today, outlets=_by(outlet), path="testimony__")
        found |= Q(outlet=outlet or "") & covered
    return found


def _by(outlet: Outlet | None) -> tuple[Outlet, ...]:
    """The channels that must be allowed: that one, or all where nobody says which."""
    return (outlet,) if outlet else OUTLETS


def leaving(wordings: Iterable[Wording], outlet: Outlet | None) -> tuple[Wording, ...]:
    """Those that may leave by that channel."""
    return tuple(one for one in wordings if set(_by(outlet)) <= set(one.outlets))


def removed(publications: Iterable[Publication], author: User) -> None:
    """Nothing; keeps that the person says these are no longer to be seen."""
    for one in publications:
        one.removed_at, one.removed_by = timezone.now(), author
        one.save(update_fields=["removed_at", "removed_by"])


def _quote(wording: Wording, outlet: Outlet | None) -> Quote:
    code = next((code for code in LABELS if getattr(wording.row, code)), "")
    return Quote(
        passage_id=str(wording.row.pk),
        testimony_id=wording.row.testimony.key,
        subject=LABELS.get(code, ""),
        sense=Sense(getattr(wording.row, code)) if code else None,
        text=wording.text,
        spans=wording.spans,
        attribution=wording.attribution,
        score=1.0,
        sense_doubtful=code in wording.doubtful,
        # What is to be read again is told within the house, never to others.
        cautions=tuple(one.told for one in wording.cautions if one.grave) if outlet is Outlet.INTERNAL else (),
    )

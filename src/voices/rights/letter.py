"""The letter to who received outputs: a person took their consent back, here is what to do."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from voices.exchange import letter_docx
from voices.rights.outputs import Held, Output
from voices.store.models import Testimony

_WORDS = 12
"""Words of a quote that are enough to find it, and no more than that."""


def letter(testimony: Testimony, found: Sequence[Output], *, today: date, since: date | None) -> bytes:
    """A Word document, to be completed and signed; nothing in it says who the person is.

    `since` is the day when the consent was taken back, where it is known.
    """
    when = f" le {_day(since)}" if since else ""
    told = [one for one in found if one.left]
    counted = [one for one in found if one.held is Held.COUNTED]
    paragraphs = [
        "Madame, Monsieur,",
        f"Une personne dont nous avions recueilli le témoignage est revenue sur son accord{when}. C’est son droit, à "
        "tout moment et sans avoir à dire pourquoi (règlement général sur la protection des données, article 7).",
        _received(told),
    ]
    asked = [
        "ne plus montrer ni citer ces mots, et les retirer de là où vous les avez publiés\u202f;",
        "détruire les copies que vous en avez gardées, et le demander à qui vous les avez transmises\u202f;",
        "nous écrire quand c’est fait, ou ce qui ne peut pas l’être (un imprimé déjà distribué, par exemple).",
    ]
    after = [
        *([f"{_also(counted)} Ses mots n’y sont pas\u202f: vous pouvez les garder."] if counted else []),
        "Nous ne pouvons pas vous dire qui est cette personne. Merci de prendre soin de sa parole avec nous.",
        f"{testimony.place.name}, le {_day(today)}",
        "Nom et signature\u202f:",
    ]
    title, items = "Une personne a retiré son accord", [_told(one) for one in told]
    return letter_docx(title, paragraphs, items, "Nous vous demandons de\u202f:", asked, after)


def _received(told: Sequence[Output]) -> str:
    if not told:
        return "À notre connaissance, vous n’avez reçu de nous aucun document où ses mots paraissent."
    return "Vous avez pu recevoir de nous ce qui suit, où ses mots paraissent\u202f:"


def _told(one: Output) -> str:
    """« Citation « On m’a tiré une chaise… » (carte carrée), Instagram, le 3 mai 2026 »."""
    words = one.words.split()
    begun = " ".join(words[:_WORDS]) + ("…" if len(words) > _WORDS else "")
    what = f"citation «\u202f{begun}\u202f» ({one.what.lower()})" if words else one.what.lower()
    parts = (what, one.where, f"le {_day(timezone.localdate(one.when))}")
    return ", ".join(part for part in parts if part)


def _also(counted: Sequence[Output]) -> str:
    names = ", ".join(sorted({f"«\u202f{one.where}\u202f»" for one in counted}))
    return f"Son témoignage est aussi compté dans les chiffres de {names}."


def _day(day: date) -> str:
    return date_format(day, "j F Y")

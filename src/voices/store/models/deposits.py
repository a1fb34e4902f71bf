"""What people hand in: a deposit of one or more files, typed text included."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from voices.domain import Consent, Outlet, Terms
from voices.store.models.people import User
from voices.store.models.places import Place
from voices.terms import Way

CONSENTS = [
    (Consent.UNKNOWN.value, "Non renseigné : analyse seulement, jamais cité"),
    (Consent.ANALYSIS.value, "Analyse seulement"),
    (Consent.ANONYMOUS_QUOTES.value, "Citations sans nom"),
    (Consent.NAMED_QUOTES.value, "Citations avec le prénom"),
    (Consent.WITHDRAWN.value, "Accord retiré"),
]
OUTLET_WORDS = {
    Outlet.INTERNAL.value: "Rapport interne",
    Outlet.FUNDER.value: "Rapport aux financeurs",
    Outlet.WEB.value: "Site et réseaux sociaux",
    Outlet.PRESS.value: "Presse",
}
WAYS = [
    (Way.UNTOLD.value, "Je ne sais pas"),
    (Way.WRITTEN.value, "Par écrit"),
    (Way.SPOKEN.value, "De vive voix"),
    (Way.BOX.value, "Case d’un questionnaire"),
]


def outlets_kept(outlets: Iterable[Outlet]) -> str:
    """The channels as a column keeps them: words between spaces, none of which is a part of another."""
    held = set(outlets)
    return " ".join(one.value for one in Outlet if one in held)


ALL_OUTLETS = outlets_kept(Outlet)


class ConsentLimits(models.Model):
    """Within what limits a consent was given, and how that is known."""

    outlets = models.CharField("canaux permis", max_length=60, blank=True, default=ALL_OUTLETS)
    """As `outlets_kept` writes them."""
    until = models.CharField("jusqu’au", max_length=10, blank=True)
    """ISO 8601, that day included; empty: no end. Past it, nothing is quoted any more."""
    collected_by = models.CharField("recueilli par", max_length=120, blank=True)
    way = models.CharField("recueilli comment", max_length=10, blank=True, choices=WAYS)

    class Meta:
        """The fields of deposits and of testimonies alike."""

        abstract = True

    @property
    def terms(self) -> Terms:
        """The limits, as the domain knows them."""
        held = self.outlets.split()
        until = date.fromisoformat(self.until) if self.until else None
        return Terms(tuple(one for one in Outlet if one.value in held), until)

    @property
    def told(self) -> str:
        """The limits in a few words: « presse ; jusqu’au 31/12/2027 ; recueilli par Nadia, par écrit »; empty: none."""
        held = [OUTLET_WORDS[one.value].lower() for one in Outlet if one.value in self.outlets.split()]
        channels = "" if len(held) == len(Outlet) else ", ".join(held) or "aucun canal"
        end = f"jusqu’au {self.terms.until:%d/%m/%Y}" if self.terms.until else ""
        way = dict(WAYS)[self.way].lower() if self.way else ""
        by = f"recueilli par {self.collected_by}" if self.collected_by else ""
        return "\u202f; ".join(part for part in (channels, end, ", ".join(filter(None, (by, way)))) if part)

    @property
    def limits(self) -> dict[str, str]:
        """All four fields, as a history can carry them."""
        return {name: getattr(self, name) for name in LIMITS}


LIMITS = ("outlets", "until", "collected_by", "way")


class Deposit(ConsentLimits):
    """Files handed in together, and what holds for all of those that do not say otherwise."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="deposits")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    channel = models.CharField("moyen", max_length=40, blank=True)
    role = models.CharField("rôle", max_length=60, blank=True)
    """What the witnesses are in the place, where no file says it."""
    date = models.CharField("date", max_length=10, blank=True)
    """ISO 8601, may be cut short: 2024, 2024-03."""
    consent = models.CharField("accord", max_length=20, choices=CONSENTS, default=Consent.UNKNOWN.value)
    consent_source = models.CharField("comment l’accord a été donné", max_length=200, blank=True)
    interviewers = models.JSONField(default=list)
    """Labels of those who ask the questions, where a person said so."""


TYPED = ".txt"
"""How a text that a person typed is read."""
_WIDE = 80
"""Characters of a path that pages show."""


class SourceFile(models.Model):
    """One file of a deposit, and how its reading went. Its bytes are kept, encrypted, until they are read."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "attente", "En attente"
        TO_CHECK = "a_verifier", "Colonnes à vérifier"
        DONE = "lu", "Lu"
        REFUSED = "refuse", "Refusé"
        KNOWN = "connu", "Déjà déposé"

    SET_ASIDE = "Laissé de côté à votre demande."
    """The reason of a file refused by who handed it in."""

    deposit = models.ForeignKey(Deposit, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    typed = models.BooleanField(default=False)
    """Whether it is a text that a person pasted or typed, and not a file of theirs."""
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the bytes: the same file is known again."""
    size = models.BigIntegerField()
    content = models.BinaryField(null=True)
    """The bytes, encrypted; None once read or refused."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    columns = models.JSONField(default=dict)
    """A questionnaire's headings, as a person corrected them: heading -> kind."""
    preview = models.JSONField(null=True)
    """What was recognised of a questionnaire's columns, for a person to check: {columns, samples (encrypted)}."""
    reason = models.TextField(blank=True)
    details = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    already = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    """The file that brought the same bytes before."""
    done_at = models.DateTimeField(null=True)

    @property
    def title(self) -> str:
        """What people call it: the title of a text, the name of a file. Either may hold a person's name."""
        return self.name.removesuffix(TYPED) if self.typed else self.name

    @property
    def short(self) -> str:
        """The title as pages show it. Of a long path: its beginning, the last folders, and the name, left whole."""
        if "/" not in self.title or len(self.title) <= _WIDE:
            return self.title
        first, *folders, name = self.title.split("/")
        first = first[: _WIDE // 2]
        while folders and len(f"{first}/…/{folders[-1]}/{name}") <= _WIDE:
            name = f"{folders.pop()}/{name}"
        return f"{first}/…/{name}"

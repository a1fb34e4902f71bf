"""What people hand in: a deposit of one or more files, typed text included."""

from django.db import models

from voices.domain import Consent
from voices.store.models.people import User
from voices.store.models.places import Place

CONSENTS = [
    (Consent.UNKNOWN.value, "Non renseigné : analyse seulement, jamais cité"),
    (Consent.ANALYSIS.value, "Analyse seulement"),
    (Consent.ANONYMOUS_QUOTES.value, "Citations sans nom"),
    (Consent.NAMED_QUOTES.value, "Citations avec le prénom"),
    (Consent.WITHDRAWN.value, "Accord retiré"),
]


class Deposit(models.Model):
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

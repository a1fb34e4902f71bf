"""What machines suggested and what people decided. Decisions are appended, never edited."""

from django.db import models

from voices.store.models.people import User
from voices.store.models.testimonies import Passage


class MachinePass(models.Model):
    """One reading of passages by one coder. Undone whole, or not at all."""

    coder = models.CharField(max_length=120)
    identity = models.JSONField(default=dict)
    """What describes the coder and its encoder."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")


class Suggestion(models.Model):
    """What one machine pass said of one passage: a CodedPassage of the domain."""

    machine_pass = models.ForeignKey(MachinePass, on_delete=models.CASCADE, related_name="suggestions")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="suggestions")
    codings = models.JSONField()
    """[{code, sense, probability, sense_probability, subcodes, certainty, evidence}], evidence being {start, end,
    neighbours, against}."""
    probabilities = models.JSONField(default=dict)
    certainties = models.JSONField(default=dict)
    trust = models.BooleanField(default=False)
    trust_probability = models.FloatField(default=0.0)
    outside = models.BooleanField(default=False)
    useful = models.FloatField(default=0.0)

    class Meta:
        """One a pass."""

        constraints = [models.UniqueConstraint(fields=["machine_pass", "passage"], name="suggestion_once")]


class Decision(models.Model):
    """Everything that one person said of one passage at one moment. What holds now is derived: `review.standing`."""

    class Kind(models.TextChoices):
        """What was done."""

        CODED = "code", "Codes donnés"
        COMMENTED = "commentaire", "Commentaire"
        SPLIT = "coupe", "Passage coupé"
        JOINED = "joint", "Passages joints"
        UNDONE = "annule", "Décision annulée"
        ADJUDICATED = "tranche", "Tranché"

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="decisions")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="decisions")
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    codes = models.JSONField(default=dict)
    """Code id -> sense: the whole coding, none where it is empty."""
    subcodes = models.JSONField(default=list)
    trust = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    """What stood for that passage before: codes, subcodes, trust, standing."""
    detail = models.JSONField(default=dict)
    """Of a split or a join: {from, into} (ids of passages), {reviewed, useful, doubt} of what was there. Its `codes`
    are what it proposes for what came of it."""
    undoes = models.ForeignKey("self", null=True, on_delete=models.RESTRICT, related_name="undone_by")
    assignment = models.ForeignKey("store.Assignment", null=True, on_delete=models.SET_NULL, related_name="decisions")
    """The double coding that it belongs to, if any: blind until it is closed."""
    token = models.CharField(max_length=40, unique=True)
    """Drawn by the page that sent it: the same decision sent twice is kept once."""

    class Meta:
        """In the order they were taken."""

        ordering = ("id",)
        indexes = [models.Index(fields=["passage", "id"], name="decision_passage")]

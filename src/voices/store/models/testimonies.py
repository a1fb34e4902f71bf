"""Testimonies, names replaced, and their passages."""

from django.db import models

from voices.store.models.deposits import CONSENTS, ConsentLimits, Deposit, SourceFile
from voices.store.models.people import User
from voices.store.models.places import Place


class Testimony(ConsentLimits):
    """A testimony as `privacy` gave it. What it was called is in `names`, encrypted."""

    key = models.CharField(max_length=80, unique=True)
    """Its id in the domain."""
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="testimonies")
    deposit = models.ForeignKey(Deposit, null=True, on_delete=models.SET_NULL, related_name="testimonies")
    file = models.ForeignKey(SourceFile, null=True, on_delete=models.SET_NULL, related_name="testimonies")
    text = models.TextField()
    turns = models.JSONField()
    """[[start, end, role, speaker, empty, seconds], …]"""
    channel = models.CharField(max_length=40, blank=True)
    date = models.CharField(max_length=10, blank=True, db_index=True)
    role = models.CharField("rôle dans le lieu", max_length=60, blank=True)
    """What the witness is there, in the words given. With a place and a date it may tell who speaks."""
    role_group = models.CharField(max_length=60, blank=True, db_index=True)
    """The group of those words, or the words where they are in none: `voices.roles`."""
    consent = models.CharField(max_length=20, choices=CONSENTS, db_index=True)
    consent_source = models.CharField(max_length=200, blank=True)
    letter = models.CharField(max_length=80, blank=True, db_index=True)
    """What those share that are the same words handed in at several places; empty where they are at one alone."""
    replaced = models.JSONField(default=dict)
    names = models.BinaryField(null=True)
    """The correspondences between names and pseudonyms, encrypted."""
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    warned_at = models.DateTimeField(null=True)
    """When people were told that its time of keeping comes to its end."""
    names_checked_at = models.DateTimeField(null=True)
    names_checked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")


class ConsentChange(models.Model):
    """What a testimony's consent was and became, by whom, and why. Never edited."""

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="consent_changes")
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20, choices=CONSENTS)
    source = models.CharField(max_length=200, blank=True)
    limits_before = models.JSONField(default=dict)
    limits_after = models.JSONField(default=dict)
    """The four fields of `ConsentLimits`, as they were and became."""
    retired = models.JSONField(default=list)
    """Of a withdrawal: the ids of the passages that it retired, for a consent given again to bring back."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)


class NameChange(models.Model):
    """A name that a person had replaced, or put back: where, never which. Never edited."""

    class Kind(models.TextChoices):
        """What was done."""

        ADDED = "ajout", "Nom remplacé"
        UNDONE = "retour", "Mot remis"

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="name_changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    mark = models.CharField(max_length=80)
    """What stands, or stood, in the text in place of the name."""
    count = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)


STANDS = models.Q(retired=False)
"""Of passages: those that were not cut or joined since. An index for them alone is found by every query of theirs."""


class Passage(models.Model):
    """The unit of coding, with what is known of it now: derived from decisions and suggestions by `review.standing`."""

    class Standing(models.TextChoices):
        """Who has spoken last."""

        MACHINE = "machine", "À relire"
        REVIEWED = "relu", "Relu"
        DIFFERING = "divergent", "Avis différents"
        ADJUDICATED = "tranche", "Tranché"

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="passages")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    turn = models.PositiveIntegerField()
    sentences = models.JSONField()
    speaker = models.CharField(max_length=200, blank=True)
    question = models.TextField(blank=True)
    previous = models.TextField(blank=True)
    lemmas = models.TextField(blank=True)
    """The lemmas of the text, in lower case, between spaces: searched."""
    vector = models.BinaryField(null=True)
    """384 little-endian float16, L2-normalised: the sentence encoder's."""
    retired = models.BooleanField(default=False)
    """Split, joined, or its testimony withdrawn: kept for its history, shown nowhere else."""

    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.MACHINE)
    accueil = models.CharField(max_length=1, blank=True)
    appartenance = models.CharField(max_length=1, blank=True)
    action = models.CharField(max_length=1, blank=True)
    """The sense of each A: +, -, ±, or empty where it is absent."""
    trust = models.BooleanField(default=False)
    subcodes = models.JSONField(default=list)
    own = models.JSONField(default=dict)
    """Codes of the evaluators' own: id -> sense."""
    outside = models.BooleanField(default=False)
    useful = models.FloatField(default=0.0)
    """Corrections expected of a review, from the last standing machine pass: the queue's first order."""
    doubt = models.FloatField(default=0.0)
    """In [0, 1]: how near to heads or tails the machine's least certain answer is; 1 where it could not judge."""
    chance = models.FloatField(default=0.0)
    """In [0, 1), drawn once from the passage's key: the queue's random order."""
    came_of = models.ForeignKey("store.Decision", null=True, on_delete=models.RESTRICT, related_name="made")
    """The split or the join that made this passage; None: it is as `passages` cut it."""

    class Meta:
        """One number a testimony among those that stand; indexes for the queue and the tables."""

        ordering = ("testimony_id", "start")
        indexes = [
            models.Index(fields=["standing", "-useful", "id"], condition=STANDS, name="passage_queue"),
            models.Index(fields=["standing", "chance", "id"], condition=STANDS, name="passage_sample"),
            models.Index(fields=["standing", "-doubt", "id"], condition=STANDS, name="passage_doubt"),
            models.Index(fields=["place", "retired"], name="passage_place"),
            models.Index(fields=["testimony", "start"], name="passage_order"),
        ]

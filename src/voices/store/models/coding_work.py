"""Double coding, and the versions of the code book."""

from django.db import models

from voices.store.models.people import User
from voices.store.models.testimonies import Passage


class Assignment(models.Model):
    """A sample of passages that two or more people code without seeing each other's codes."""

    title = models.CharField("titre", max_length=120)
    coders = models.ManyToManyField(User, related_name="assignments")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    """When the codes were shown side by side: no longer blind."""
    closed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.JSONField(default=dict)
    """How the sample was drawn: filters, size, seed."""


class AssignedPassage(models.Model):
    """A passage of an assignment, in its order."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="passages")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="assigned")
    order = models.PositiveIntegerField()

    class Meta:
        """Once an assignment."""

        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["assignment", "passage"], name="assigned_once")]


class CodebookVersion(models.Model):
    """The code book as it stood from a date on: the last one holds. Never edited."""

    number = models.PositiveIntegerField(unique=True)
    book = models.JSONField()
    """The domain's Codebook, as a mapping, and the evaluators' own codes."""
    note = models.CharField("ce qui change", max_length=300, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The last first."""

        ordering = ("-number",)

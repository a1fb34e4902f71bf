"""Testimonies that were erased: the proof, without anything of what they held."""

from django.db import models

from voices.store.models.people import User
from voices.store.models.places import Place


class Erasure(models.Model):
    """A testimony that was erased: when, by whom, why, how much. What a backup brings back of it is erased again."""

    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of its key: known again in an older backup, and telling nothing."""
    number = models.PositiveBigIntegerField()
    """The number that it had."""
    place = models.ForeignKey(Place, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    """What went with it: {"passages": 3, "vecteurs": 3, …}."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        """The last first."""

        ordering = ("-made_at", "-id")

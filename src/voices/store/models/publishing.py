"""Quotes put aside, and where they went."""

from django.db import models

from voices.store.models.people import User
from voices.store.models.testimonies import Passage, Testimony


class Shortlist(models.Model):
    """A list of quotes for one use."""

    name = models.CharField("nom", max_length=120)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="shortlists")
    made_at = models.DateTimeField(auto_now_add=True)


class ShortlistItem(models.Model):
    """A quote: verbatim spans of its testimony, joined by « […] »."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="items")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="shortlisted")
    spans = models.JSONField()
    """[[start, end], …] in the testimony."""
    order = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)


class Publication(models.Model):
    """Where a quote went: kept after the item is gone, so that a withdrawal can list it."""

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="publications")
    passage = models.ForeignKey(Passage, null=True, on_delete=models.SET_NULL)
    text = models.TextField()
    attribution = models.CharField(max_length=200)
    form = models.CharField("forme", max_length=40)
    """carte-carre, carte-story, carte-a5, texte, docx, csv, rapport…"""
    where = models.CharField("où", max_length=200, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)

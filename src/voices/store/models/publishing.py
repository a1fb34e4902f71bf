"""Quotes put aside, and where they went."""

from django.db import models

from voices.store.models.deposits import OUTLET_WORDS
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
    digest = models.CharField(max_length=64)
    """SHA-256 of the quote as it was chosen: a name replaced since in the testimony makes it another."""
    naming = models.CharField("signature", max_length=10, default="lieu")
    """How much the attribution tells: `quotes.Naming`."""
    order = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order that people gave them."""

        ordering = ("order", "id")


class Export(models.Model):
    """A file that went out with words of testimonies, neither a quote nor a report: kept, so that a withdrawal lists
    it."""

    what = models.CharField(max_length=200)
    """What it was, in words: « Double codage « Printemps », passages »."""
    testimonies = models.ManyToManyField(Testimony, related_name="exports")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The last first."""

        ordering = ("-made_at", "-id")


class Publication(models.Model):
    """Where a quote went: kept after the item is gone, so that a withdrawal can list it."""

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="publications")
    passage = models.ForeignKey(Passage, null=True, on_delete=models.SET_NULL)
    text = models.TextField()
    attribution = models.CharField(max_length=200)
    form = models.CharField("forme", max_length=40)
    """carte-carre, carte-story, carte-a5, texte, docx, csv, rapport…"""
    named = models.BooleanField("avec le prénom", default=False)
    """Whether the attribution gave a first name: a consent narrowed to « sans nom » then no longer covers it."""
    outlet = models.CharField("canal", max_length=12, blank=True, choices=list(OUTLET_WORDS.items()))
    """The channel by which it left; empty where nobody was asked."""
    where = models.CharField("où", max_length=200, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    """When a person said that it was taken down, or put right, after the consent had changed."""
    removed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """The last first."""

        ordering = ("-made_at", "-id")

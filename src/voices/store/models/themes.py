"""Themes: what a computation found, and what people made of it."""

from django.db import models

from voices.domain import STABLE
from voices.store.models.people import User
from voices.store.models.testimonies import Passage


class ThemeRun(models.Model):
    """One search for themes. The last one is shown."""

    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    method = models.TextField(blank=True)
    note = models.TextField(blank=True)
    outliers = models.PositiveIntegerField(default=0)
    resamples = models.PositiveIntegerField(default=0)
    """How many times the passages were drawn anew to measure stability."""
    tree = models.JSONField(default=list)
    """Families: [{"label": …, "themes": [theme ids], "parts": [families]}]."""
    changes = models.JSONField(default=dict)
    """Since the search before: {"new": [theme ids], "gone": [names], "moved": {theme id: [came, left]}}."""


class Theme(models.Model):
    """A theme, as long as searches find it again: `run` is the last that did. `given` is the name a person gave.

    It is shown where its run is the last one and nothing holds it: `merged_into` is the theme in which it is shown,
    which is itself in none.
    """

    run = models.ForeignKey(ThemeRun, on_delete=models.CASCADE, related_name="themes")
    label = models.CharField(max_length=200)
    given = models.CharField("nom donné", max_length=200, blank=True)
    keywords = models.JSONField(default=list)
    stability = models.FloatField(null=True)
    """In [0, 1], as in the domain; None where it was not measured, as of what people cut."""
    found_again = models.PositiveIntegerField(null=True)
    """In how many of the run's draws, as in the domain; None where it was not counted."""
    distinctive = models.JSONField(default=list)
    """What sets it apart: [[word, passages that say it, times as often as elsewhere]]."""
    hidden = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    split_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    """The theme out of which a person took it."""
    former = models.JSONField(default=list)
    """Where the last search did not find it: the ids of its passages, for it may come back."""
    x = models.FloatField(default=0.0)
    y = models.FloatField(default=0.0)

    @property
    def unstable(self) -> bool:
        """Whether it was measured not to hold when a fifth of the passages are missing."""
        return self.stability is not None and self.stability < STABLE

    @property
    def name(self) -> str:
        """The name a person gave, or the computed one."""
        return self.given or self.label


class PassageTheme(models.Model):
    """A passage of a theme; the lowest ranks are the most central. x, y place it on the map."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="members")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="themes")
    rank = models.PositiveIntegerField()
    x = models.FloatField(default=0.0)
    y = models.FloatField(default=0.0)


class UnthemedPassage(models.Model):
    """A passage that the search saw and put in no theme. x, y place it on the map."""

    run = models.ForeignKey(ThemeRun, on_delete=models.CASCADE, related_name="unthemed")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="unthemed")
    left_out = models.BooleanField(default=False)
    """It was not even compared: it repeats another, or says nothing."""
    x = models.FloatField(default=0.0)
    y = models.FloatField(default=0.0)


class ThemeChange(models.Model):
    """What a person did to a theme: appended, and marked where it was undone."""

    class Kind(models.TextChoices):
        """What was done."""

        RENAMED = "nom", "Renommé"
        HIDDEN = "cache", "Caché"
        SHOWN = "montre", "Remontré"
        MERGED = "reunion", "Réuni"
        DETACHED = "remise", "Remis à part"
        SPLIT = "coupe", "Séparé"

    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="changes")
    name = models.CharField(max_length=200, blank=True)
    """What the theme was called then."""
    kind = models.CharField(max_length=20, choices=Kind.choices)
    detail = models.JSONField(default=dict)
    """What is needed to undo it. "themes": the ids of all the themes it touches."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

"""Themes: what a computation found, and what people made of it."""

from django.db import models

from voices.store.models.people import User
from voices.store.models.testimonies import Passage


class ThemeRun(models.Model):
    """One search for themes. The last one is shown."""

    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    method = models.TextField(blank=True)
    note = models.TextField(blank=True)
    outliers = models.PositiveIntegerField(default=0)


class Theme(models.Model):
    """A theme. `given` is the name a person gave, which a new search keeps."""

    run = models.ForeignKey(ThemeRun, on_delete=models.CASCADE, related_name="themes")
    label = models.CharField(max_length=200)
    given = models.CharField("nom donné", max_length=200, blank=True)
    keywords = models.JSONField(default=list)
    hidden = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    x = models.FloatField(default=0.0)
    y = models.FloatField(default=0.0)

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


class ThemeChange(models.Model):
    """What a person did to a theme (rename, merge, split, hide): appended, so that a new search can do it again."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)

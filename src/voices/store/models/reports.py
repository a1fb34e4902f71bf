"""Reports that were frozen."""

from django.db import models

from voices.store.models.people import User
from voices.store.models.places import Place


class ReportVersion(models.Model):
    """A report with the data it stands on, never changed: so that it can be defended later."""

    title = models.CharField("titre", max_length=200)
    places = models.ManyToManyField(Place, blank=True)
    """None: all those of the network."""
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    audience = models.CharField(max_length=20, default="conseil")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)
    study = models.BinaryField()
    """The study file, compressed (gzip)."""
    html = models.TextField()
    digest = models.CharField(max_length=64)
    """SHA-256 of html: what was frozen is what is shown."""

"""Reports: drafts, and versions that were frozen."""

from typing import Any

from django.db import models

from voices.errors import VoicesError
from voices.store.models.jobs import Job
from voices.store.models.people import User
from voices.store.models.places import Place


class ReportVersion(models.Model):
    """A report with the data it stands on. Once frozen it is never changed nor deleted: so it can be defended later."""

    title = models.CharField("titre", max_length=200)
    places = models.ManyToManyField(Place, blank=True)
    """None: all those of the network."""
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    audience = models.CharField(max_length=20, default="conseil")
    plan = models.JSONField(default=dict)
    """The parts told, their order, and the words of its authors: kept from one composing to the next."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)
    job = models.OneToOneField(Job, null=True, on_delete=models.SET_NULL, related_name="report")
    """The work that composed it."""
    html = models.TextField()
    pdf = models.BinaryField(default=b"")
    facts = models.BinaryField()
    """The figures and what they stand on, in JSON, compressed (gzip): ids of testimonies with their consent, of
    passages with what held for them, of decisions, of the code book and of machine passes; the quotes shown."""
    digest = models.CharField(max_length=64, blank=True)
    """Once frozen: SHA-256 of the SHA-256 of the page, of the PDF and of the figures."""
    frozen_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    """When its page, its PDF and its quotes were erased, with the testimony that they showed; its digest stays."""
    frozen_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """The last first."""

        ordering = ("-made_at", "-id")

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Nothing; keeps it. Raises VoicesError where the version is frozen already."""
        self._refuse_if_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401 - Django's own signature
        """What was deleted. Raises VoicesError where the version is frozen."""
        self._refuse_if_frozen()
        return super().delete(*args, **kwargs)

    def _refuse_if_frozen(self) -> None:
        if self.pk and ReportVersion.objects.filter(pk=self.pk).exclude(frozen_at=None).exists():
            raise VoicesError(
                "Cette version est figée\u202f: elle ne peut plus être changée ni supprimée.",
                "Composez un nouveau rapport.",
            )

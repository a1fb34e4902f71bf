"""When people last looked at a place, so that a page can tell what is new."""

from django.db import models

from voices.store.models.people import User
from voices.store.models.places import Place


class Visit(models.Model):
    """One person at one place. A visit lasts as long as its pages follow one another."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    """The last page of the visit that goes on, or of the last one."""
    since = models.DateTimeField(null=True)
    """The end of the visit before: what came later is new. None at the first visit."""

    class Meta:
        """One a person and a place."""

        constraints = [models.UniqueConstraint(fields=["user", "place"], name="visit_once")]

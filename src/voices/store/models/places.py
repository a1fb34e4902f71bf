"""Places of social link."""

from django.db import models


class Place(models.Model):
    """A place whose testimonies are gathered: a canteen, a café, a centre…"""

    name = models.CharField("nom", max_length=200, unique=True)
    slug = models.SlugField("adresse courte", max_length=80, unique=True)
    type = models.CharField("type de lieu", max_length=60, blank=True)
    town = models.CharField("commune", max_length=120, blank=True)
    colour = models.CharField("couleur des cartes", max_length=7, default="#94590a")
    """#rrggbb, for quote cards."""
    closed = models.BooleanField("fermé", default=False)
    kept_months = models.PositiveSmallIntegerField("mois de conservation", null=True, blank=True)
    """How long testimonies are kept after their deposit; None: no limit was set."""
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

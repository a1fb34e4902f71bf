"""People who sign in, what they may do and where, and the links that let them in."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from voices.store.models.places import Place


class Role(models.TextChoices):
    """What a person does here."""

    COORDINATOR = "coordination", "Coordination"
    EVALUATOR = "evaluation", "Évaluation"
    COMMUNICATIONS = "communication", "Communication"
    ADMINISTRATOR = "administration", "Administration"


class User(AbstractUser):
    """A person with an account. `username` is what they sign in with, `name` what others see."""

    name = models.CharField("nom affiché", max_length=120)
    totp_secret = models.BinaryField(null=True, blank=True)
    """Encrypted with the key of the data folder; None: one step to sign in."""
    totp_last = models.BigIntegerField(default=0)
    """The last time step whose code was used: a code serves once."""

    def __str__(self) -> str:
        return self.name or self.username


class Grant(models.Model):
    """A role given to a person, for one place or (place None) for the whole network."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="grants")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A role once a place, and once for the whole network: two constraints, as SQLite takes NULLs for different."""

        constraints = [
            models.UniqueConstraint(fields=["user", "role", "place"], name="grant_once"),
            models.UniqueConstraint(fields=["user", "role"], condition=models.Q(place=None), name="grant_once_network"),
        ]


class Link(models.Model):
    """A link that an administrator gives by hand: an invitation, or a new password. Only its digest is kept."""

    class Kind(models.TextChoices):
        """What it opens."""

        INVITATION = "invitation", "Invitation"
        RESET = "mot_de_passe", "Nouveau mot de passe"

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="links")
    """For a reset: whose. For an invitation: who came of it."""
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="links_made")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

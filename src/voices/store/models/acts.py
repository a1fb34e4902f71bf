"""What people did that no other row tells: appended, never edited."""

from django.db import models

from voices.store.models.codings import MachinePass
from voices.store.models.deposits import Deposit
from voices.store.models.people import User
from voices.store.models.places import Place
from voices.store.models.testimonies import Testimony


class Act(models.Model):
    """Who did it, when, what was before and after: a consent's value, a state; never a name nor a testimony's words."""

    class Kind(models.TextChoices):
        """What was done."""

        DEPOSIT_CONSENT = "accord_depot", "Accord d’un dépôt changé"
        NAMES_CHECKED = "noms_verifies", "Noms vérifiés, ou à vérifier de nouveau"
        MACHINE_PASS = "machine", "Lecture de la machine annulée, ou rétablie"
        DRAFT_DELETED = "brouillon", "Brouillon de rapport supprimé"
        FILE_SET_ASIDE = "fichier", "Fichier laissé de côté"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.ForeignKey(Place, null=True, on_delete=models.SET_NULL, related_name="+")
    """Where it is seen; None: by those who see the whole network, or the machine pass that it is about."""
    testimony = models.ForeignKey(Testimony, null=True, on_delete=models.SET_NULL, related_name="acts")
    deposit = models.ForeignKey(Deposit, null=True, on_delete=models.SET_NULL, related_name="acts")
    machine_pass = models.ForeignKey(MachinePass, null=True, on_delete=models.SET_NULL, related_name="acts")
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    """Of a consent: how it was given."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

"""Work that takes longer than a page."""

from django.db import models

from voices.store.models.people import User


class Job(models.Model):
    """One piece of work for the worker. Its result appears whole, in one transaction, or not at all."""

    class Kind(models.TextChoices):
        """What is done."""

        READ = "lecture", "Lire un fichier"
        CODE = "codage", "Coder des passages"
        THEMES = "themes", "Chercher les thèmes"
        REPORT = "rapport", "Écrire un rapport"
        ADAPT = "adaptation", "Apprendre des décisions"
        VECTORS = "vecteurs", "Préparer la recherche"
        SCRUB = "effacement", "Effacer les traces"
        WORLDS = "mondes", "Mesurer des mondes de mots"

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "attente", "En attente"
        RUNNING = "en_cours", "En cours"
        DONE = "fini", "Fini"
        FAILED = "echec", "Échec"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = models.JSONField(default=dict)
    """What it is about: {"file": 3}…"""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    step = models.CharField(max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    worker = models.CharField(max_length=40, blank=True)
    beat_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    """When it was last taken up; None: nobody took it yet, or an earlier voices, which did not keep it, did."""
    ended_at = models.DateTimeField(null=True)

"""The page of limits says what the programme does: each number is read where it is used."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from voices.ingest import apart, archive, formats
from voices.settings import load
from voices.store.models import Job, Link
from voices.web import links, second_factor, tries, uploads, work, worker
from voices.web.views import accounts
from voices.web.views.accounts_forms import SignInForm

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "securite" / "limites.md").read_text(encoding="utf-8")
_MB = 2**20
_VALIDATORS: Any = settings.AUTH_PASSWORD_VALIDATORS
_SHORTEST = next(one["OPTIONS"]["min_length"] for one in _VALIDATORS if "min_length" in one["OPTIONS"])
TOLD = [
    f"depuis une adresse | {settings.AXES_FAILURE_LIMIT}, puis un quart d’heure",
    f"depuis une adresse | {tries.OF_ADDRESS} par quart d’heure",
    f"pour un compte | {tries.OF_ACCOUNT} par quart d’heure",
    f"entre le mot de passe et le code | {accounts._PATIENCE // 60} minutes",
    f"un code du téléphone | {second_factor.STEP} secondes",
    f"connexion laissée seule | {load({}).idle_minutes} minutes",
    f"connexion, en tout | {settings.SESSION_COOKIE_AGE // 3600} heures",
    f"mot de passe | de {_SHORTEST} à {SignInForm.base_fields['password'].max_length} caractères",  # type: ignore[attr-defined]
    f"lien d’invitation | {links.LIFE[Link.Kind.INVITATION].days} jours",
    f"lien de nouveau mot de passe | {links.LIFE[Link.Kind.RESET].days} jours",
    f"un fichier | {settings.MAX_FILE_BYTES // _MB} Mo",
    f"un envoi | {uploads.LARGEST_SENDING // _MB} Mo, {settings.DATA_UPLOAD_MAX_NUMBER_FILES} fichiers",
    f"sans ses fichiers | {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // _MB} Mo",
    f"{archive.MAX_ENTRIES} éléments, {archive.MAX_TOTAL // 10**6} Mo une fois ouvert, {archive.MAX_RATIO} fois",
    f"{apart.SECONDS} secondes sans signe de vie, une de plus par {apart.SIZE_A_SECOND // 1000} Ko",
    f"{apart.LONGEST:.0f} en tout ; {apart.MEMORY // 2**30} Go de mémoire",
    f"un travail qui s’arrête | {worker.ATTEMPTS} essais",
    f"Ce qui est lu : {formats.READ_FORMATS}.",
]
_WORKS = {
    Job.Kind.READ: "lire un fichier",
    Job.Kind.CODE: "coder",
    Job.Kind.THEMES: "chercher des thèmes",
    Job.Kind.REPORT: "écrire un rapport",
    Job.Kind.VECTORS: "préparer la recherche",
    Job.Kind.WORLDS: "mesurer des mondes de mots",
}


@pytest.mark.parametrize("said", TOLD)
def test_a_limit_is_told_as_it_is(said: str):
    assert said in PAGE.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_kind_of_slow_work_is_told():
    assert set(work.OF) - {Job.Kind.SCRUB} == set(_WORKS)
    assert all(said in PAGE for said in _WORKS.values())


def test_a_quarter_of_an_hour_is_one():
    assert settings.AXES_COOLOFF_TIME == 0.25


def test_those_who_hand_in_are_told_how_much_they_may():
    guide = (ROOT / "docs" / "guide" / "coordination.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    largest, whole = settings.MAX_FILE_BYTES // _MB, uploads.LARGEST_SENDING // _MB
    assert f"{largest} Mo par fichier, {settings.DATA_UPLOAD_MAX_NUMBER_FILES} fichiers et {whole} Mo" in guide

"""A site to look at: the places and the testimonies of corpora/demo, handed in as people would, an account a role."""

import csv
import io
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from voices.errors import VoicesError
from voices.receiving.depositing import keep_file
from voices.settings import shipped_demo
from voices.store.models import Deposit, Grant, Job, Place, User
from voices.store.models.people import Role

SECOND = "evaluation-2"
"""A second evaluator, so that double coding can be tried."""
ACCOUNTS = (*(role.value for role in Role), SECOND)
"""Names to sign in with: those of the roles, and the second evaluator's."""
_HERS = 2
"""How many places the coordinator has, of those that have most files."""
_SHEET = "temoignages.csv"
_Row = Mapping[str, str]


def fill() -> str:
    """The password of every account; the testimonies wait for the worker.

    Raises VoicesError where something is already in the base, or the examples are not there.
    """
    if any(model.objects.exists() for model in (User, Place, Deposit)):
        raise VoicesError(
            f"Il y a déjà un site dans « {settings.DATA} » : la démonstration n’y touche pas.",
            f"L’ouvrir avec « voices serve --data {settings.DATA} », ou donner un dossier neuf avec --data.",
        )
    folder = shipped_demo()
    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        places = {name: _place(name) for name in _by_place(folder)}
        people = {role: _person(role, password, list(places.values())) for role in Role}
        _person(Role.EVALUATOR, password, [], username=SECOND, name=f"{Role.EVALUATOR.label} 2 (exemple)")
        for name, rows in _by_place(folder).items():
            _hand_in(places[name], people[Role.COORDINATOR], rows, folder)
        Job.objects.create(kind=Job.Kind.THEMES)
        Job.objects.update(made_by=people[Role.EVALUATOR])  # of one person, they come in their order: the themes last
    return password


def _by_place(folder: Path) -> dict[str, list[_Row]]:
    """The lines of the table of testimonies by place, those with most files first."""
    try:
        text = (folder / _SHEET).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise VoicesError("Les témoignages d’exemple manquent.", "Réinstaller voices.") from error
    found: dict[str, list[_Row]] = {}
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        found.setdefault(row["Lieu"], []).append(row)
    return dict(sorted(found.items(), key=lambda one: -len(one[1])))


def _place(written: str) -> Place:
    name, _, town = written.rpartition(", ")
    kind = "petite cantine" if "Petite Cantine" in name else ""
    return Place.objects.create(name=name, town=town, slug=slugify(name)[:80], type=kind)


def _person(role: Role, password: str, places: Sequence[Place], *, username: str = "", name: str = "") -> User:
    """Someone of that role: at two places for the coordinator, everywhere for the others."""
    user = User.objects.create_user(username or role.value, password=password, name=name or f"{role.label} (exemple)")
    for place in places[:_HERS] if role is Role.COORDINATOR else [None]:
        Grant.objects.create(user=user, role=role, place=place)
    return user


def _hand_in(place: Place, coordinator: User, rows: Sequence[_Row], folder: Path) -> None:
    """The files of a place, its part of the table first; columns of questionnaires are taken as recognised."""
    hers = coordinator.grants.filter(place=place).exists()
    deposit = Deposit.objects.create(place=place, made_by=coordinator if hers else None)
    sheet = io.StringIO()
    written = csv.DictWriter(sheet, fieldnames=list(rows[0]), delimiter=";")
    written.writeheader()
    written.writerows({**row, "Fichier": Path(row["Fichier"]).name} for row in rows)
    keep_file(deposit, _SHEET, sheet.getvalue().encode(), settings=settings.VOICES)
    for row in rows:
        path = folder / row["Fichier"]
        keep_file(deposit, path.name, path.read_bytes(), settings=settings.VOICES, checked=True)

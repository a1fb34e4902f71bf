"""A coordinator at a place, and the worker beside them, without models."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.receiving.fakes import QuickMachine
from tests.web.conftest import person, place, signed_in
from voices.store.models import Deposit, Place, User
from voices.store.models.people import Role
from voices.web import work
from voices.web.worker import Worker

LETTER = "Bénédicte Lagarde m’a tiré une chaise et m’a servi un café sans rien demander. Personne ne m’a jugée."
TABLE = (
    "Votre prénom;Racontez ce qui vous a marqué;Acceptez-vous d’être cité ?\n"
    "Odile;On m’a tiré une chaise près de la fenêtre, tout de suite.;Oui, sans mon nom\n"
    "Kevin;Personne ne m’a parlé de la matinée, je suis reparti.;Non\n"
)


@pytest.fixture
def here(db: None) -> Place:
    """The coordinator's place."""
    return place("Le Grain de Sel")


@pytest.fixture
def coordinator(here: Place) -> User:
    """Who hands in."""
    return person(Role.COORDINATOR, here)


@pytest.fixture
def browser_of(coordinator: User) -> Client:
    """Where the coordinator is signed in."""
    return signed_in(coordinator)


@pytest.fixture
def hand_in(browser_of: Client, here: Place) -> Callable[..., Any]:
    """What the site answers to a deposit of these files, by name; other answers of the form may be given."""

    def send(files: dict[str, bytes | str] | None = None, **answers: Any) -> Any:
        sent = [
            SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
            for name, data in (files or {}).items()
        ]
        form = {"place": here.pk, "consent": "analyse"} | answers
        return browser_of.post("/deposer/", form | ({"fichiers": sent} if sent else {}))

    return send


@pytest.fixture
def work_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Does all that waits, with a machine that reads at once."""
    monkeypatch.setattr(work, "_machine", lambda: QuickMachine(site.VOICES))

    def do() -> None:
        worker = Worker()
        while worker.one():
            pass

    return do


def last() -> Deposit:
    """The last deposit."""
    return Deposit.objects.latest("pk")


def text_of(answer: Any) -> str:
    """The words of a page, thin spaces as ordinary ones, tags and all."""
    found: str = answer.content.decode()
    return found.replace("\u202f", " ").replace("&#x27;", "'")

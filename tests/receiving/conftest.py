"""A deposit at a place, and the worker's way from a file to the base, without models."""

from collections.abc import Callable, Sequence

import pytest
from django.conf import settings as site
from django.db import transaction

from tests.receiving.fakes import QuickMachine
from tests.web.conftest import person, place
from voices import reviewing
from voices.receiving import reading
from voices.receiving.appearing import Appearance
from voices.receiving.depositing import keep_file
from voices.store.models import Deposit, Job, Place, SourceFile
from voices.store.models.people import Role


@pytest.fixture
def deposit(db: None) -> Deposit:
    """A coordinator's, that says quotes without names."""
    at = place("Le Grain de Sel", town="Brest")
    by = person(Role.COORDINATOR, at)
    consent = {"consent": "citations_anonymes", "consent_source": "Formulaire signé"}
    return Deposit.objects.create(place=at, made_by=by, date="2024", channel="courrier", **consent)


@pytest.fixture
def hand_in(deposit: Deposit) -> Callable[..., SourceFile]:
    """Hands a file in, at that deposit unless told otherwise."""

    def keep(name: str, content: bytes | str, to: Deposit = deposit) -> SourceFile:
        data = content.encode() if isinstance(content, str) else content
        return keep_file(to, name, data, settings=site.VOICES)

    return keep


def ready(file: SourceFile, *, places: Sequence[Place] = ()) -> Appearance:
    """What is to appear of that file, read without models."""
    allowed = [place.pk for place in (file.deposit.place, *places)]
    return reading.read(file.pk, places=allowed, machine=QuickMachine(site.VOICES), watch=lambda _: lambda *_: None)


def appear(found: Appearance) -> None:
    """Writes what is ready, as the worker does."""
    with transaction.atomic():
        for ids in found.write():
            reviewing.refresh(ids)


@pytest.fixture
def work(db: None) -> Callable[[], None]:
    """Does every job that waits."""

    def do() -> None:
        while job := Job.objects.filter(state=Job.State.WAITING).order_by("pk").first():
            appear(ready(SourceFile.objects.get(pk=job.subject["file"])))
            Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)

    return do

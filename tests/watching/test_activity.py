"""What the administrator reads of how the site is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.web.conftest import person, signed_in
from voices.rights import remembered
from voices.store.models import Job, Trace
from voices.web import health
from voices.web.views import people_state

pytestmark = pytest.mark.django_db


def sentences() -> str:
    return " ".join(sentence for sentence, _ in people_state.told(settings.VOICES, timezone.now()))


def test_work_done_failed_and_too_old_are_counted():
    now = timezone.now()
    for state, kind, ended in (
        (Job.State.DONE, Job.Kind.READ, now),
        (Job.State.DONE, Job.Kind.READ, now - timedelta(days=8)),
        (Job.State.FAILED, Job.Kind.THEMES, now),
    ):
        Job.objects.create(kind=kind, state=state, ended_at=ended, problem="Lettre de Monique.txt")
    said = sentences()
    assert "en sept jours\u00a0: 1\u202f; échoués\u00a0: 1" in said
    assert "chercher les thèmes" in said
    assert "Monique" not in said


def test_how_long_work_takes_is_told_without_its_waiting():
    now = timezone.now()
    for took, waited in ((10, 600), (20, 1200)):
        job = Job.objects.create(kind=Job.Kind.READ, state=Job.State.DONE, ended_at=now)
        started = now - timedelta(seconds=took)
        Job.objects.filter(pk=job.pk).update(started_at=started, made_at=started - timedelta(seconds=waited))
    Job.objects.create(kind=Job.Kind.READ, state=Job.State.DONE, ended_at=now)  # of an earlier voices
    assert "sept jours\u00a0: 3 (15\u00a0s chacun en moyenne, après 15\u00a0min d’attente)" in sentences()


def test_a_silent_worker_and_blocked_accounts_stand_out(monkeypatch):
    monkeypatch.setattr(health, "_OPENED", health.time.monotonic() - 3600)  # type: ignore[attr-defined]
    monkeypatch.setattr(health.heartbeat, "silence", lambda *_: 3600.0)  # type: ignore[attr-defined]
    Trace.objects.create(what="Connexion")
    Trace.objects.create(what="Connexion bloquée un quart d’heure", about="quelqu’un")
    shown = people_state.told(settings.VOICES, timezone.now())
    assert [to_do for sentence, to_do in shown if "Disque" not in sentence] == [True, False, True]
    page = signed_in(person("administration")).get("/activite/").text
    assert "redémarrez le site" in page
    assert "trop de mots de passe faux" in page


def test_a_backup_put_back_without_the_list_of_erasures_stands_out_until_it_is_given(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VOICES", replace(settings.VOICES, data=tmp_path))
    client = signed_in(person("administration"))
    assert "effacés à la demande" not in client.get("/activite/").text
    remembered.restored(settings.VOICES)
    assert "<strong>Des témoignages effacés à la demande des personnes sont peut-être" in client.get("/activite/").text
    remembered.no_longer_awaited(settings.VOICES)
    assert "effacés à la demande" not in client.get("/activite/").text

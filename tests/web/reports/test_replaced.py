"""The address of a draft that was composed anew leads to what it became; nothing sent to it is done."""

import pytest
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from tests.web.reports.conftest import Network
from voices.pipeline import silent
from voices.store.models import Job, ReportVersion
from voices.web import work
from voices.web.reports import ask, asked_by, give_way

pytestmark = pytest.mark.django_db

BECAME = "Ce brouillon a été composé de nouveau"


def remade(draft: ReportVersion, network: Network) -> ReportVersion:
    """A copy of the draft that took its place."""
    job = ask(network.asked(), network.evaluator, instead=draft)
    copy = ReportVersion.objects.get(pk=draft.pk)
    copy.pk, copy.job, copy._state.adding = None, job, True
    copy.save()
    copy.places.set(draft.places.all())
    give_way(asked_by(job).drafts_replaced, job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    return copy


def test_the_worker_puts_the_report_composed_anew_in_the_place_of_the_draft(network: Network):
    first = network.composed()
    job = ask(network.asked(), network.evaluator, instead=first)
    work.report(job, silent)()
    made = ReportVersion.objects.get()
    answer = signed_in(network.evaluator).get(reverse("report", args=[first.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("report", args=[made.pk]), 302)]
    assert BECAME in answer.text


def test_the_addresses_of_drafts_lead_to_the_last_of_them(network: Network):
    first = network.composed()
    then = remade(first, network)
    last = remade(then, network)
    client, where = signed_in(network.evaluator), reverse("report", args=[last.pk])
    for former in (first, then):
        for name in ("report", "report_page", "report_pdf"):
            assert client.get(reverse(name, args=[former.pk])).headers["Location"] == where
    for name in ("report_freeze", "report_delete", "report_again"):
        said = client.post(reverse(name, args=[first.pk]), follow=True)
        assert "n’a pas été fait" in said.text
    last.refresh_from_db()
    assert last.frozen_at is None
    assert signed_in(person("coordination", place())).get(reverse("report", args=[first.pk])).status_code == 404
    last.delete()
    assert client.get(reverse("report", args=[first.pk])).status_code == 404

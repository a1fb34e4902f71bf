"""The parts of a report and the words of the team: chosen on a page, kept from one composing to the next."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.reports.conftest import Network
from voices.report.plan import PARTS, Plan
from voices.store.models import Job, ReportVersion

pytestmark = pytest.mark.django_db


def asked(client: Client, version: ReportVersion, **sent: object) -> Plan:
    """The plan of the work asked by that form."""
    client.post(reverse("report_plan", args=[version.pk]), {"composer": "1", "ordre": list(PARTS)} | sent)
    job = Job.objects.filter(kind=Job.Kind.REPORT).order_by("-pk")[0]
    return Plan.of(job.subject["asked"]["plan"])


def order(client: Client, version: ReportVersion, **sent: object) -> list[str]:
    answer = client.post(reverse("report_plan", args=[version.pk]), {"ordre": list(PARTS)} | sent)
    return [part.name for part in answer.context["parts"]]


def test_a_report_has_all_its_parts_unless_said_otherwise(network: Network, client: Client):
    client.force_login(network.coordinator)
    answer = client.get(reverse("report_plan", args=[network.composed(network.coordinator).pk]))
    assert [(part.name, part.shown) for part in answer.context["parts"]] == [(part, True) for part in PARTS]


def test_the_form_says_parts_order_and_words(network: Network, client: Client):
    client.force_login(network.coordinator)
    draft = network.composed(network.coordinator)
    plan = asked(client, draft, ordre=["themes", "en-bref"], montre=["themes", "en-bref"], **{"mot-accueil": " Vu. "})
    assert plan.told == ("themes", "en-bref", "contre-courant", "methode")
    assert plan.notes == {"accueil": "Vu."}


@pytest.mark.parametrize(
    ("sent", "first"),
    [
        ({"monter": "recueil"}, ["recueil", "en-bref", "codes"]),
        ({"descendre": "en-bref"}, ["recueil", "en-bref", "codes"]),
        ({"monter": "en-bref"}, ["en-bref", "recueil", "codes"]),
        ({"descendre": "ailleurs"}, ["en-bref", "recueil", "codes"]),
    ],
)
def test_a_part_is_moved_without_composing(network: Network, client: Client, sent: dict[str, str], first: list[str]):
    client.force_login(network.coordinator)
    draft = network.composed(network.coordinator)
    jobs = Job.objects.count()
    assert order(client, draft, **sent)[:3] == first
    assert Job.objects.count() == jobs


@pytest.mark.parametrize("sent", [{"monter": "annexe"}, {"descendre": "methode"}, {"montre": "themes"}])
def test_annexes_stay_last(network: Network, client: Client, sent: dict[str, str]):
    client.force_login(network.coordinator)
    draft = network.composed(network.coordinator)
    answer = client.post(reverse("report_plan", args=[draft.pk]), {"ordre": list(PARTS)} | sent)
    moves = {part.name: (part.up, part.down) for part in answer.context["parts"]}
    assert list(moves)[-2:] == ["methode", "annexe"]
    assert (moves["en-bref"], moves["methode"], moves["annexe"]) == ((False, True), (True, False), (False, False))


def test_what_was_typed_is_still_there_after_a_move(network: Network, client: Client):
    client.force_login(network.coordinator)
    draft = network.composed(network.coordinator)
    sent = {"ordre": list(PARTS), "montre": ["seuil"], "mot-themes": "<b>Un mot</b>", "monter": "seuil"}
    answer = client.post(reverse("report_plan", args=[draft.pk]), sent)
    shown = {part.name for part in answer.context["parts"] if part.shown}
    assert shown == {"seuil", "contre-courant", "methode"}
    assert "&lt;b&gt;Un mot&lt;/b&gt;" in answer.content.decode()


def test_words_and_parts_stay_at_the_next_composing(network: Network, client: Client):
    plan = Plan(("en-bref", "themes"), {"en-bref": "Une année de travaux."})
    first = network.composed(network.coordinator, plan=plan)
    assert "Une année de travaux." in first.html
    assert 'id="seuil"' not in first.html
    client.force_login(network.coordinator)
    client.post(reverse("report_again", args=[first.pk]))
    job = Job.objects.filter(kind=Job.Kind.REPORT).order_by("-pk")[0]
    assert Plan.of(job.subject["asked"]["plan"]) == plan


def test_a_report_asked_before_plans_existed_has_all_parts(network: Network):
    from voices.reporting import Asked

    kept = network.asked().kept()
    del kept["plan"]
    assert Asked.of(kept) == network.asked()

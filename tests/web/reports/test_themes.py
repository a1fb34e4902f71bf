"""Themes in a report: those that do not hold where they are asked for, and what people recomposed, told as such."""

import pytest
from django.urls import reverse

from tests.web.conftest import signed_in
from tests.web.reports.conftest import Network
from voices.domain import Consent
from voices.reporting import Asked
from voices.store.models import Job, PassageTheme, Theme, ThemeRun

pytestmark = pytest.mark.django_db


def themes(network: Network) -> list[Theme]:
    """Two themes of here, of two passages each: the first one holds, the other does not."""
    run = ThemeRun.objects.create(method="Une méthode d’essai.", resamples=20)
    found = []
    for at, (label, stability, again) in enumerate((("Le poêle", 0.8, 18), ("La soupe", 0.4, 7))):
        row = Theme.objects.create(run=run, label=label, stability=stability, found_again=again)
        for rank, consent in enumerate(tuple(Consent)[2 * at + 1 :][:2]):
            PassageTheme.objects.create(theme=row, passage=network.passage(consent), rank=rank)
        found.append(row)
    return found


def test_themes_that_do_not_hold_are_told_where_they_are_asked_for(network: Network):
    themes(network)
    plain, asked = network.composed().html, network.composed(unstable=True).html
    for said in (plain, asked):
        assert "Le poêle" in said
        assert "Ce thème tient\u202f: sans un passage sur cinq, pris au hasard, il se retrouve dans 18 tirages" in said
    assert "La soupe" not in plain
    assert "1 thème instable n’est pas montré\u202f: sans un passage sur cinq, il ne se retrouve pas assez." in plain
    assert "La soupe" in asked
    assert "il ne se retrouve que dans 7 tirages sur 20" in asked


def test_the_size_of_a_theme_is_told_once(network: Network):
    themes(network)
    said = network.composed().html
    assert "en parlent, en" not in said


def test_a_theme_put_together_by_people_is_told_so(network: Network):
    first, second = themes(network)
    Theme.objects.filter(pk=second.pk).update(merged_into=first)
    said = network.composed().html
    assert "s’il tient n’a pas été mesuré depuis" in said
    assert "18 tirages" not in said


@pytest.mark.parametrize(("sent", "asked"), [({}, False), ({"unstable": "oui"}, True)])
def test_the_form_asks_for_them_and_the_report_made_anew_too(network: Network, sent: dict[str, str], asked: bool):
    client = signed_in(network.evaluator)
    client.post(reverse("report_new"), {"title": "Un an", "audience": "conseil", **sent})
    job = Job.objects.get(kind=Job.Kind.REPORT)
    assert Asked.of(job.subject["asked"]).unstable is asked
    version = network.composed(unstable=asked)
    client.post(reverse("report_again", args=[version.pk]))
    job = Job.objects.filter(kind=Job.Kind.REPORT).latest("pk")
    assert Asked.of(job.subject["asked"]).unstable is asked


def test_what_was_asked_before_there_was_a_choice_is_understood(network: Network):
    kept = network.asked().kept()
    del kept["unstable"]
    assert Asked.of(kept) == network.asked()

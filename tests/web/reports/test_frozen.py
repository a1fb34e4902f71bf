"""A frozen version never changes, says what has changed since, and is seen by those of its places alone."""

import gzip
from hashlib import sha256
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import passage, person, signed_in, testimony
from tests.web.reports.conftest import Network
from voices import reporting
from voices.domain import Consent
from voices.errors import VoicesError
from voices.receiving import consents
from voices.reporting import Audience
from voices.reporting.composing import OvertakenError
from voices.reporting.freezing import prints
from voices.rights.warning import warned
from voices.store.models import AssignedPassage, Assignment, Publication, ReportVersion

pytestmark = pytest.mark.django_db


def kept(version: ReportVersion) -> tuple[Any, ...]:
    """All that a version is, as the base has it."""
    one = ReportVersion.objects.get(pk=version.pk)
    return (one.html, bytes(one.pdf), bytes(one.facts), one.digest, one.title, one.frozen_at)


def withdraw(network: Network, consent: Consent, after: Consent = Consent.WITHDRAWN) -> None:
    consents.change([network.letters[consent]], after, source="de vive voix", by=network.coordinator)


def test_what_comes_later_alters_nothing_of_it(network: Network):
    version = reporting.freeze(network.settled(), network.evaluator)
    before = kept(version)
    withdraw(network, Consent.NAMED_QUOTES)
    network.review(Consent.ANALYSIS, {"action": "±"})
    passage(testimony(network.here, "Une voix de plus, arrivée après."))
    assert kept(version) == before
    assert reporting.intact(version)
    given = signed_in(network.evaluator).post(reverse("report_archive", args=[version.pk]), {"quoi": "fichier"})
    assert given.content.decode() == warned(before[0], today=timezone.localdate())


def test_it_can_be_neither_written_over_nor_deleted(network: Network):
    version = reporting.freeze(network.settled(), network.evaluator)
    before = kept(version)
    for change in ("html", "title", "digest"):
        other = ReportVersion.objects.get(pk=version.pk)
        setattr(other, change, "autre")
        with pytest.raises(VoicesError):
            other.save()
    with pytest.raises(VoicesError):
        ReportVersion.objects.get(pk=version.pk).delete()
    assert reporting.freeze(version, network.coordinator).frozen_by == network.evaluator
    for name in ("report_delete", "report_freeze"):
        assert signed_in(network.evaluator).post(reverse(name, args=[version.pk])).status_code == 302
    assert kept(version) == before


def test_its_digest_tells_a_change_made_behind_its_back(network: Network):
    version = reporting.freeze(network.settled(), network.evaluator)
    page = signed_in(network.evaluator).get(reverse("report", args=[version.pk])).content.decode()
    assert "Intact" in page
    assert sha256(version.html.encode()).hexdigest() in page
    assert prints(version)["chiffres.json"] == sha256(gzip.decompress(bytes(version.facts))).hexdigest()
    for field, value in (("html", "x"), ("pdf", b"x"), ("facts", gzip.compress(b"{}"))):
        other = ReportVersion.objects.get(pk=version.pk)
        setattr(other, field, value)
        assert not reporting.intact(other)


@pytest.mark.parametrize(
    ("consent", "after", "told"),
    [
        (Consent.NAMED_QUOTES, Consent.WITHDRAWN, "Ne plus diffuser"),
        (Consent.ANONYMOUS_QUOTES, Consent.ANALYSIS, "Ne plus diffuser"),
        (Consent.ANALYSIS, Consent.WITHDRAWN, "Un accord a changé"),
        (Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES, None),
        (Consent.UNKNOWN, Consent.ANALYSIS, None),
    ],
)
def test_its_page_says_which_consents_no_longer_cover_it(network: Network, consent, after, told):
    version = reporting.freeze(network.settled(), network.evaluator)
    withdraw(network, consent, after)
    page = signed_in(network.evaluator).get(reverse("report", args=[version.pk])).content.decode()
    assert ("Ne plus diffuser" in page) is (told == "Ne plus diffuser")
    assert ("Un accord a changé" in page) is (told == "Un accord a changé")
    assert ("Tous les accords tiennent" in page) is (told is None)
    letter = network.letters[consent]
    assert (f"témoignage n°\u202f{letter.pk}" in page) is (told is not None)


def test_a_public_version_is_not_recalled_for_words_it_does_not_show(network: Network):
    version = network.composed(audience=Audience.PUBLIC)
    shown = set(reporting.facts_of(version)["shown"])
    assert shown <= {network.letters[one].pk for one in (Consent.NAMED_QUOTES, Consent.ANONYMOUS_QUOTES)}
    assert {one["testimony"] for one in reporting.facts_of(version)["quotes"]} == shown


def test_its_page_says_which_figures_would_differ(network: Network):
    version = reporting.freeze(network.settled(), network.evaluator)
    assert reporting.since(version).figures == ()
    network.review(Consent.ANALYSIS, {"action": "±"})
    changed = {one.name: (one.then, one.now) for one in reporting.since(version).figures}
    assert changed == {"Passages relus": (0, 1), "Accueil, manque": (1, 0), "Action, mixte": (0, 1)}
    page = signed_in(network.evaluator).get(reverse("report", args=[version.pk])).content.decode()
    assert "Accueil, manque" in page


def test_a_draft_whose_consents_changed_is_neither_shown_nor_frozen(network: Network):
    version = network.composed()
    withdraw(network, Consent.ANONYMOUS_QUOTES)
    browser = signed_in(network.evaluator)
    for name in ("report_page", "report_pdf", "report_docx", "report_markdown", "report_figures"):
        assert browser.get(reverse(name, args=[version.pk])).status_code == 302
    assert "<iframe" not in browser.get(reverse("report", args=[version.pk])).content.decode()
    with pytest.raises(VoicesError):
        reporting.freeze(version, network.evaluator)
    assert not Publication.objects.exists()


def test_a_consent_that_changes_while_it_is_composed_stops_it(network: Network, monkeypatch):
    with monkeypatch.context() as patched:
        from voices.reporting import composing, studying

        make = studying.gather

        def meanwhile(*args, **kwargs):
            found = make(*args, **kwargs)
            withdraw(network, Consent.NAMED_QUOTES)
            return found

        patched.setattr(composing, "gather", meanwhile)
        with pytest.raises(OvertakenError):
            network.composed()
    assert not ReportVersion.objects.exists()


def test_quotes_of_a_frozen_version_are_publications(network: Network):
    version = reporting.freeze(network.settled(), network.evaluator)
    gone = Publication.objects.filter(form="rapport", where=version.title)
    assert set(gone.values_list("testimony", flat=True)) == {
        one["testimony"] for one in reporting.facts_of(version)["quotes"]
    }
    assert gone.exists()


ADDRESSES = (
    *("report", "report_page", "report_pdf", "report_docx", "report_markdown", "report_figures"),
    *("report_freeze", "report_again", "report_delete"),
)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_coordinator_opens_reports_on_their_own_places_alone(network: Network, name: str):
    mine = network.composed()
    others = [
        network.composed(places=(network.elsewhere.pk,)),
        network.composed(places=(network.here.pk, network.elsewhere.pk)),
        network.composed(places=()),
    ]
    browser = signed_in(network.coordinator)
    posted = name in ("report_freeze", "report_again", "report_delete")
    ask = browser.post if posted else browser.get
    assert [ask(reverse(name, args=[one.pk])).status_code for one in others] == [404, 404, 404]
    assert ask(reverse(name, args=[mine.pk])).status_code == (302 if posted else 200)
    assert ReportVersion.objects.filter(pk__in=[one.pk for one in others]).count() == 3


def test_who_codes_blind_does_not_read_the_codes_of_others_in_a_report(network: Network):
    version = network.composed()
    blind = Assignment.objects.create(title="À deux")
    blind.coders.add(network.evaluator)
    AssignedPassage.objects.create(assignment=blind, passage=network.passage(Consent.ANALYSIS), order=0)
    browser = signed_in(network.evaluator)
    assert "à l’aveugle" in browser.get(reverse("report", args=[version.pk])).content.decode()
    assert browser.get(reverse("report_page", args=[version.pk])).status_code == 302
    assert signed_in(network.coordinator).get(reverse("report_page", args=[version.pk])).status_code == 200


def test_the_page_runs_nothing_and_loads_nothing(network: Network):
    answer = signed_in(network.evaluator).get(reverse("report_page", args=[network.composed().pk]))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    site = signed_in(network.evaluator).get(reverse("reports"))
    assert site["X-Frame-Options"] == "DENY"
    assert "frame-src" not in site["Content-Security-Policy"]


def test_nobody_follows_the_composing_of_another(network: Network):
    version = network.composed()
    for name in ("report_job", "report_job_state"):
        address = reverse(name, args=[version.job_id])
        assert signed_in(network.evaluator).get(address).status_code in (200, 302)
        assert signed_in(network.coordinator).get(address).status_code == 404
        assert signed_in(person("evaluation")).get(address).status_code == 404

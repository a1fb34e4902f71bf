"""A report whose words may no longer be told is given only to who says that it is for the archive, and that is kept."""

import gzip

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import signed_in
from tests.web.reports.conftest import Network
from voices import reporting
from voices.domain import Consent
from voices.receiving import consents
from voices.reporting import Audience
from voices.rights.warning import warned
from voices.store.models import ReportVersion, Trace

pytestmark = pytest.mark.django_db
WORDS = "manteau mouillé"
FILES = {
    "fichier": ("report_page", "?fichier"),
    "pdf": ("report_pdf", ""),
    "docx": ("report_docx", ""),
    "markdown": ("report_markdown", ""),
    "chiffres": ("report_figures", ""),
}


def recalled(network: Network, consent: Consent = Consent.NAMED_QUOTES) -> ReportVersion:
    version = reporting.freeze(network.settled(), network.evaluator)
    consents.change([network.letters[consent]], Consent.WITHDRAWN, source="lettre", by=network.coordinator)
    return version


@pytest.mark.parametrize(("wanted", "address"), [("page", ("report_page", "")), *FILES.items()])
def test_its_files_are_asked_for_first(network: Network, wanted: str, address: tuple[str, str]):
    version, browser = recalled(network), signed_in(network.evaluator)
    Trace.objects.all().delete()
    answer = browser.get(reverse(address[0], args=[version.pk]) + address[1], follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{reverse('report_archive', args=[version.pk])}?quoi={wanted}", 302)]
    assert "dont l’accord a été retiré" in page
    assert f'name="quoi" value="{wanted}"' in page
    assert WORDS not in page
    assert not Trace.objects.exists()


@pytest.mark.parametrize("wanted", FILES)
def test_said_to_be_for_the_archive_they_are_given_and_that_is_kept(network: Network, wanted: str):
    version = recalled(network)
    answer = signed_in(network.evaluator).post(reverse("report_archive", args=[version.pk]), {"quoi": wanted})
    if wanted == "fichier":
        assert answer.content.decode() == warned(version.html, today=timezone.localdate())
    if wanted == "chiffres":
        assert answer.content == gzip.decompress(bytes(version.facts))
    assert ("a-ne-plus-diffuser" in answer["Content-Disposition"]) is (wanted != "chiffres")
    assert answer["Content-Disposition"].startswith("attachment")
    kept = Trace.objects.get(what="Rapport à ne plus diffuser, ouvert")
    assert kept.user == network.evaluator
    assert version.title in kept.about


def test_read_on_screen_it_is_under_a_warning(network: Network):
    version, browser = recalled(network), signed_in(network.evaluator)
    answer = browser.post(reverse("report_archive", args=[version.pk]), {"quoi": "page"}, follow=True)
    page = answer.content.decode()
    assert page.index("Ne plus diffuser") < page.index("<iframe")
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert Trace.objects.filter(what="Rapport à ne plus diffuser, ouvert", user=network.evaluator).count() == 1
    framed = reverse("report_page", args=[version.pk]) + f"?cle={answer.context['key']}"
    assert browser.get(framed).content.decode() == version.html
    assert browser.get(framed + "&fichier").status_code == 302
    assert signed_in(network.coordinator).get(framed).status_code == 302


def test_its_key_opens_no_other_report_and_not_for_long(network: Network, monkeypatch):
    other = reporting.freeze(network.settled(title="Une autre"), network.evaluator)
    version = recalled(network)
    browser = signed_in(network.evaluator)
    key = browser.post(reverse("report_archive", args=[version.pk]), follow=True).context["key"]
    address = reverse("report_page", args=[version.pk])
    assert browser.get(f"{address}?cle={key}").status_code == 200
    assert browser.get(f"{address}?cle={key[:-1]}").status_code == 302
    assert browser.get(f"{reverse('report_page', args=[other.pk])}?cle={key}").status_code == 302
    monkeypatch.setattr("voices.web.views.reports_files._A_WHILE", -1)
    assert browser.get(f"{address}?cle={key}").status_code == 302


def test_its_own_page_no_longer_shows_its_words(network: Network):
    version = recalled(network)
    page = signed_in(network.evaluator).get(reverse("report", args=[version.pk])).content.decode()
    assert "Ne plus diffuser" in page
    assert "<iframe" not in page


def test_a_report_that_does_not_show_the_words_opens_as_before(network: Network):
    version = reporting.freeze(network.settled(audience=Audience.PUBLIC), network.evaluator)
    consents.change([network.letters[Consent.ANALYSIS]], Consent.WITHDRAWN, source="lettre", by=network.coordinator)
    browser = signed_in(network.evaluator)
    assert browser.get(reverse("report_page", args=[version.pk])).status_code == 200
    assert browser.get(reverse("report_archive", args=[version.pk])).status_code == 302

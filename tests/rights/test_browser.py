"""The pages of rights and of consents, in a real browser: without any reproach of axe, at both widths."""

from pathlib import Path

import pytest
from django.urls import reverse

from tests.web.conftest import axe_violations, browser, passage, person, place, testimony, window
from voices.domain import Outlet
from voices.receiving.consents import change
from voices.rights.outputs import record
from voices.store.models import Erasure, Publication
from voices.terms import Consent

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = {"large": 1400, "étroit": 390}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_pages_of_rights_and_consents(live_server, browser, width, tmp_path):
    here = place("Le Fournil")
    one, by = testimony(here, consent=Consent.NAMED_QUOTES.value, outlets="interne presse"), person("coordination")
    passage(one, accueil="+")
    said = {"testimony": one, "form": "carte-carre", "outlet": Outlet.PRESS.value, "where": "Le Progrès"}
    Publication.objects.create(text=one.text, made_by=by, **said)
    record("Double codage, Printemps", [one.pk], by)
    change([one], Consent.WITHDRAWN, source="Elle a téléphoné", by=by)
    counts = {"passages": 3, "vecteurs": 3, "brouillons": 1}
    proof = Erasure.objects.create(digest="0" * 64, number=7, place=here, why="Demande du 3 mai", counts=counts)
    administrator = person("administration")
    for user, names in (
        (by, ["deposit_new", ("testimony_consent", one.pk), ("testimony_outputs", one.pk)]),
        (administrator, ["rights", ("rights_one", one.pk), ("rights_outputs", one.pk), ("erasure", proof.pk)]),
        (person("communication"), ["quotes"]),
    ):
        page = window(browser, live_server.url, user, viewport={"width": width, "height": 900})
        for name in names:
            label, args = (name, []) if isinstance(name, str) else (str(name[0]), [name[1]])
            page.goto(reverse(label, args=args))
            page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
            page.screenshot(path=str(Path(tmp_path) / f"{label}-{width}.png"), full_page=True)
            assert axe_violations(page) == [], label
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{label}: {wide}"
        page.context.close()

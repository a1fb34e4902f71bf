"""What becomes of a testimony's consent."""

import pytest

from tests.web.conftest import passage, person, place
from tests.web.conftest import testimony as testified
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store.models import ConsentChange
from voices.store.models.people import Role
from voices.web.access import Action, reach_of

pytestmark = pytest.mark.django_db


def test_a_change_is_kept_with_who_made_it_and_why():
    one, by = testified(place()), person(Role.COORDINATOR)
    assert change([one], Consent.ANALYSIS, source="Elle a rappelé", by=by) == 1
    one.refresh_from_db()
    assert (one.consent, one.consent_source) == ("analyse", "Elle a rappelé")
    kept = ConsentChange.objects.get()
    assert (kept.before, kept.after, kept.source, kept.made_by) == (
        "citations_anonymes",
        "analyse",
        "Elle a rappelé",
        by,
    )


def test_what_does_not_change_is_not_written():
    one = testified(place())
    assert change([one], Consent.ANONYMOUS_QUOTES, source="", by=None) == 0
    assert not ConsentChange.objects.exists()


def test_a_withdrawal_takes_the_passages_away_at_once_and_a_new_consent_brings_the_same_back():
    at = place()
    one, evaluator = testified(at), person(Role.EVALUATOR)
    standing, cut = passage(one, 0, 20), passage(one, 20, 40, retired=True)
    change([one], Consent.WITHDRAWN, source="Lettre du 3 mai", by=None)
    standing.refresh_from_db()
    assert standing.retired
    assert not reach_of(evaluator).testimonies(Action.READ).exists()
    change([one], Consent.ANALYSIS, source="Elle est revenue dessus", by=None)
    assert list(reach_of(evaluator).passages(Action.READ)) == [standing]
    cut.refresh_from_db()
    assert cut.retired

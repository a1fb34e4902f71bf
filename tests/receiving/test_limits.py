"""The limits of a consent, from a deposit and its files to testimonies, and to the same words at another place."""

from tests.web.conftest import person, place
from voices import consenting
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store.models import ConsentChange, Deposit
from voices.store.models import Testimony as Row
from voices.store.models.deposits import ALL_OUTLETS
from voices.store.models.people import Role

LETTER = "On m’a tiré une chaise et on m’a servi un café sans rien demander. Personne ne m’a jugée."
SHEET = "fichier;canaux;jusqu_au;recueilli_par;recueil\nlettre.txt;presse, site;2027;Nadia;de vive voix\n"


def test_a_file_and_its_deposit_the_narrowest_holds(hand_in, work, deposit):
    Deposit.objects.filter(pk=deposit.pk).update(outlets="financeur site", until="2026-12-31", way="ecrit")
    hand_in("temoignages.csv", SHEET)
    hand_in("lettre.txt", LETTER)
    work()
    one = Row.objects.get()
    assert (one.outlets, one.until, one.collected_by, one.way) == ("site", "2026-12-31", "Nadia", "oral")


def test_what_nobody_limits_has_no_limit(hand_in, work):
    hand_in("lettre.txt", LETTER)
    work()
    one = Row.objects.get()
    assert (one.outlets, one.until, one.letter) == (ALL_OUTLETS, "", "")


def test_channels_that_are_not_understood_leave_none_and_are_said(hand_in, work):
    hand_in("temoignages.csv", SHEET.replace("presse, site", "sur une affiche"))
    file = hand_in("lettre.txt", LETTER)
    work()
    assert Row.objects.get().outlets == ""
    file.refresh_from_db()
    assert any("rien n’en sera cité" in one for one in file.warnings)


def test_the_same_letter_at_two_places_is_held_by_the_narrower_consent(hand_in, work, deposit):
    there = place("Le Fournil")
    by = person(Role.COORDINATOR, there)
    narrow = Deposit.objects.create(place=there, made_by=by, consent="analyse")
    hand_in("lettre.txt", LETTER)
    hand_in("lettre.txt", LETTER, narrow)
    work()
    rows = list(Row.objects.order_by("pk"))
    assert len({one.letter for one in rows}) == 1
    assert rows[0].letter
    assert [one.consent for one in consenting.held(rows)] == [Consent.ANALYSIS, Consent.ANALYSIS]
    assert Row.objects.filter(consent="citations_anonymes").count() == 1


def test_limits_that_change_are_kept_as_they_were(hand_in, work):
    hand_in("lettre.txt", LETTER)
    work()
    one, consent = Row.objects.get(), Consent.ANONYMOUS_QUOTES
    assert change([one], consent, source="", by=None, limits={"outlets": "presse"}) == 1
    assert change([one], consent, source="", by=None, limits={"outlets": "presse"}) == 0
    kept = ConsentChange.objects.get()
    assert (kept.limits_before["outlets"], kept.limits_after["outlets"]) == (ALL_OUTLETS, "presse")

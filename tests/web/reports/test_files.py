"""The files that a report counts: the last answer to each content at each place, in words for its readers."""

import pytest

from tests.web.reports.conftest import Network
from voices.store.models import Deposit, Place, SourceFile

pytestmark = pytest.mark.django_db
State = SourceFile.State
TOO_LONG = "Le fichier dépasse 50\u202fMo."


def given(at: Place, digest: str, state: State, reason: str = "") -> None:
    deposit = Deposit.objects.create(place=at)
    SourceFile.objects.create(deposit=deposit, name=f"{digest}.csv", digest=digest, size=1, state=state, reason=reason)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([("a", State.REFUSED, SourceFile.SET_ASIDE)], "1 fichier : Laissé de côté à la demande du lieu"),
        ([("a", State.REFUSED, SourceFile.SET_ASIDE)] * 3, "1 fichier : Laissé de côté à la demande du lieu"),
        ([("a", State.REFUSED, SourceFile.SET_ASIDE), ("a", State.DONE, "")], None),
        ([("a", State.REFUSED, SourceFile.SET_ASIDE), ("a", State.REFUSED, TOO_LONG)], f"1 fichier : {TOO_LONG}"),
        ([("a", State.REFUSED, TOO_LONG), ("b", State.REFUSED, TOO_LONG)], f"2 fichiers : {TOO_LONG}"),
        ([("", State.REFUSED, TOO_LONG), ("", State.REFUSED, TOO_LONG)], f"2 fichiers : {TOO_LONG}"),
    ],
)
def test_a_content_given_again_counts_once(network: Network, answers: list[tuple[str, State, str]], told: str | None):
    for digest, state, reason in answers:
        given(network.here, digest, state, reason)
    given(network.elsewhere, "a", State.DONE)
    said = network.composed().html.replace("\u00a0", " ").replace("\u202f:", " :")
    assert "à votre demande" not in said
    assert ("n’a pas été lu" in said or "n’ont pas été lus" in said) is (told is not None)
    assert told is None or told in said

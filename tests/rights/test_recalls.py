"""What a report says of a testimony that its consent, or nothing at all, covers any more: what is true, and no more."""

import pytest

from voices.reporting.since import Recall, Since
from voices.store.models import Testimony as Row

ROW = Row(pk=1)


@pytest.mark.parametrize(
    ("row", "shown", "emptied", "said"),
    [
        (None, True, True, "Ce rapport a été vidé de ses mots. Les copies déjà faites les montrent encore."),
        (None, True, False, "Ses mots y paraissent encore."),
        (None, False, False, "Ses mots n’y paraissaient pas\u202f; il y reste compté."),
        (ROW, False, False, "L’accord est retiré. Ses mots n’y paraissent pas\u202f; il y est compté."),
        (ROW, True, False, "L’accord est retiré, et ses mots y paraissent."),
        (ROW, True, True, "L’accord est retiré, et ses mots paraissent encore dans les copies déjà faites."),
    ],
)
def test_an_erased_testimony_is_not_said_withdrawn(row, shown, emptied, said):
    one = Recall(row, withdrawn=True, shown=shown, named=False, emptied=emptied)
    assert one.remedy == said
    assert Since((one,), ()).only_erased is (row is None)

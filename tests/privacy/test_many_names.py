from voices import privacy
from voices.domain import Role
from voices.raw import RawTestimony, RawTurn


def test_a_list_of_more_names_than_pseudonyms_is_replaced_whole():
    names = [f"{first}{last}" for first in ("Bela", "Dora", "Faro", "Gira", "Kilo") for last in "bcdfghjklmnpqrstvwxz"]
    text = ". ".join(f"Mme {name}{tail} est venue" for name in names for tail in ("ane", "ine", "one", "une", "oux"))
    protected = privacy.protect(RawTestimony("t-00000001", (RawTurn(text, Role.WITNESS),)))
    assert protected.testimony.replaced["personne"] == 5 * len(names)
    replacements = [one.replacement for one in protected.correspondences]
    assert len(set(replacements)) == len({one.original for one in protected.correspondences})
    assert not any(f"{name}ane" in protected.testimony.text for name in names)

"""A role that is a name is no role."""

from dataclasses import replace

import pytest

from voices import privacy
from voices.domain import Role
from voices.raw import RawTestimony, RawTurn


def role_kept(role: str) -> str | None:
    raw = RawTestimony("t", (RawTurn("Merci pour tout.", Role.WITNESS),))
    return privacy.protect(replace(raw, origin=replace(raw.origin, role=role))).testimony.origin.role


@pytest.mark.parametrize("role", ["Kerbrat", "Huguette", "Mme Delattre", "Karim", "Jeanne Martin"])
def test_a_name_in_the_column_of_roles_is_let_go(role: str):
    assert role_kept(role) is None


@pytest.mark.parametrize("role", ["Bénévole", "Habitante", "Salarié", "Cuisinière", "Locataire", "Retraitée", "Voisin"])
def test_a_role_stays(role: str):
    assert role_kept(role) == role

"""Whether role, place and year would tell a witness's neighbours who it is, and how much of them may be printed.

Removing names is not enough: « la trésorière, Le Fournil, 2023 » is one person for whoever knows the place.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from voices.domain import Origin, Role, Testimony
from voices.roles import role_of

FEW = 5
"""Under this many voices that share what is printed, it may tell who speaks."""
_Printed = tuple[str | None, ...]


class Neighbours:
    """Those who spoke, by what can be told of them: roles of one group are one role."""

    def __init__(self, testimonies: Iterable[Testimony]) -> None:
        self._voices: Counter[_Printed] = Counter()
        self._by_id = {one.id: one for one in testimonies}
        for one in self._by_id.values():
            voices = len({turn.speaker for turn in one.turns if turn.role is Role.WITNESS})
            for printed in {_all(one.origin), _place(one.origin), _kind(one.origin)}:
                self._voices[printed] += max(1, voices)

    def testimony(self, name: str) -> Testimony:
        """The testimony of that id. Raises KeyError."""
        return self._by_id[name]

    def sharing(self, testimony: Testimony) -> int:
        """How many voices share that testimony's role, place and year, its own among them."""
        return self._voices[_all(testimony.origin)]

    def alone(self, testimony: Testimony) -> bool:
        """Whether they are too few for it not to be known among its neighbours."""
        return self.sharing(testimony) < FEW

    def printable(self, origin: Origin) -> Origin:
        """As much of that origin as may be printed: all of it, the place alone, its kind alone, or nothing."""
        if self._voices[_all(origin)] >= FEW:
            return origin
        bare = replace(origin, date=None, channel=None, role=None)
        if origin.place and self._voices[_place(origin)] >= FEW:
            return bare
        if origin.place_type and self._voices[_kind(origin)] >= FEW:
            return replace(bare, place=None)
        return Origin()


def _all(origin: Origin) -> _Printed:
    where = (origin.place, None if origin.place else origin.place_type)
    role = origin.role and (role_of(origin.role) or origin.role)
    return ("tout", role, *where, (origin.date or "")[:4])


def _place(origin: Origin) -> _Printed:
    return ("lieu", origin.place)


def _kind(origin: Origin) -> _Printed:
    return ("sorte", origin.place_type)

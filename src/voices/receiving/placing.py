"""At which place a testimony belongs: the one its file says, where who handed it in may, else the deposit's."""

from collections.abc import Collection

from voices.domain import Origin
from voices.ingest.characters import folded
from voices.store.models import Place


class Placing:
    """The places that files may name, and what could not be followed of what they said."""

    def __init__(self, usual: Place, allowed: Collection[int]) -> None:
        self._usual = usual
        self._places = {name: place for place in Place.objects.filter(pk__in=allowed) for name in _names(place)}
        self._places |= dict.fromkeys(_names(usual), usual)
        self._unknown: dict[str, None] = {}

    def of(self, origin: Origin) -> Place:
        """The place of a testimony of that origin."""
        if origin.place is None:
            return self._usual
        found = self._places.get(folded(origin.place))
        if found is None:
            self._unknown[origin.place] = None
        return found or self._usual

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to tell of the places that files named and that were not followed."""
        return tuple(
            f"Le fichier dit «\u202f{name}\u202f», qui n’est pas l’un de vos lieux dans ce site\u202f: "
            f"ses témoignages sont rangés à «\u202f{self._usual}\u202f»."
            for name in self._unknown
        )


def _names(place: Place) -> tuple[str, str]:
    return folded(place.name), folded(f"{place.name} {place.town}")

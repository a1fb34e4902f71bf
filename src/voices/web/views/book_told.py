"""What a change of the book means, in words, with the addresses of what it touches."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from voices.defining.book import GONE
from voices.defining.changes import Change, Kind, Text, What
from voices.defining.consequences import Consequence, consequences
from voices.defining.differing import Stretch, stretches
from voices.store.models import Passage

_GUIDES = (
    "Ce texte guide les personnes. La machine ne le lit pas\u202f: elle a appris d’exemples, et proposera comme avant."
)
_SEARCHED = (
    "Ce que des personnes ont décidé reste. La machine cherche ce code d’après son nom, sa définition et ses exemples"
    "\u202f: ses propositions changeront quand elle aura relu les passages."
)
_MEANING: dict[tuple[What, Kind], str] = {
    (
        What.SUBCODE,
        Kind.ADDED,
    ): "Les personnes pourront le donner dès maintenant. La machine ne le proposera pas"
    "\u202f: elle n’a appris que les sous-codes d’origine.",
    (What.SUBCODE, Kind.REMOVED): "On ne pourra plus le donner, et il ne sera plus montré ni compté. Les décisions où "
    "il figure restent dans l’historique\u202f: rétablir une version qui l’a le fait revenir.",
    (What.SUBCODE, Kind.RENAMED): "Les passages qui le portent le gardent, sous son nouveau nom. Rien n’est à recoder.",
    (What.OWN, Kind.ADDED): "Les personnes pourront le donner dès maintenant. La machine le cherchera d’après sa "
    "description, et tout ce qu’elle en proposera sera à relire.",
    (What.OWN, Kind.REMOVED): "La machine ne le propose plus, et il n’est plus compté. Les passages auxquels une "
    f"personne l’a donné le gardent, marqué «\u202f{GONE}\u202f», et les décisions restent dans l’historique.",
    (What.OWN, Kind.RENAMED): _SEARCHED,
    (What.OWN, Kind.REWORDED): _SEARCHED,
}
_NAMES = {What.CODE: "Code", What.SUBCODE: "Sous-code", What.OWN: "Code ajouté"}


@dataclass(frozen=True, slots=True)
class Told:
    """A change as a page shows it. Addresses are those of the passages that a figure counts."""

    title: str
    kind: str
    texts: tuple[tuple[Text, tuple[Stretch, ...]], ...]
    meaning: str
    consequence: Consequence
    url: str
    reviewed_url: str

    @property
    def counts(self) -> bool:
        """Whether passages may carry it: neither what is new, nor the rules."""
        change = self.consequence.change
        return bool(change.id) and change.kind is not Kind.ADDED


def told(changes: Sequence[Change], passages: QuerySet[Passage]) -> list[Told]:
    """The changes with what they touch among these passages."""
    return [_told(one) for one in consequences(changes, passages)]


def _told(found: Consequence) -> Told:
    change = found.change
    texts = tuple((text, stretches(text.before, text.after)) for text in change.texts)
    name = _NAMES.get(change.what)
    return Told(
        title=f"{name} «\u202f{change.label}\u202f»" if name else change.label.capitalize(),
        kind=f"{change.kind.value}{'es' if change.what is What.RULES else ''}",
        texts=texts,
        meaning=_MEANING.get((change.what, change.kind), _GUIDES),
        consequence=found,
        url=_address(change),
        reviewed_url=_address(change, avis="personne"),
    )


def _address(change: Change, **more: str) -> str:
    name = {What.SUBCODE: "souscode", What.OWN: "ajout"}.get(change.what, change.id)
    query = QueryDict(mutable=True)
    query.update({name: change.id if name in ("souscode", "ajout") else "oui", **more} if change.id else {})
    return f"{reverse('search')}?{query.urlencode()}"

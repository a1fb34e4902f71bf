"""Who may see and do what: the one place where it is decided.

`TABLE` says which roles may do an action; a grant says for which places a person has a role; `Reach` puts both together
for the person of a request. Every page names its action with `@allowed(…)`; what it shows is asked of `Reach`, which
leaves out places out of reach and testimonies whose consent does not allow the action.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from voices import consenting, privacy
from voices.domain import Outlet, Purpose
from voices.store.models import AssignedPassage, Passage, Place, Publication, ReportVersion, Shortlist, Testimony, User
from voices.store.models.people import Role


class Action(StrEnum):
    """What one may be allowed to do."""

    DEPOSIT = "déposer des témoignages et dire leur accord"
    READ = "lire les témoignages, noms remplacés"
    NAMES = "vérifier les noms remplacés"
    PLACE = "voir la première lecture d’un lieu"
    REVIEW = "relire les codes"
    DOUBLE = "organiser et trancher le double codage"
    BOOK = "changer la grille"
    THEMES = "voir et nommer les thèmes"
    SEARCH = "chercher dans les passages"
    TABLES = "voir les tableaux"
    HISTORY = "voir et exporter l’historique"
    REPORT = "composer des rapports"
    QUOTES = "chercher et publier des citations"
    PEOPLE = "gérer les personnes et les lieux"
    ACTIVITY = "voir l’activité du site"
    RIGHTS = "répondre aux droits des personnes : ce qui est gardé, l’effacement"
    REAL_NAMES = "voir les vrais noms d’un témoignage, en disant pourquoi"


_C, _E, _M, _A = Role.COORDINATOR, Role.EVALUATOR, Role.COMMUNICATIONS, Role.ADMINISTRATOR
TABLE: dict[Action, frozenset[Role]] = {
    Action.DEPOSIT: frozenset({_C}),
    Action.READ: frozenset({_C, _E}),
    Action.NAMES: frozenset({_C, _E}),
    Action.PLACE: frozenset({_C, _E}),
    Action.REVIEW: frozenset({_E}),
    Action.DOUBLE: frozenset({_E}),
    Action.BOOK: frozenset({_E}),
    Action.THEMES: frozenset({_E}),
    Action.SEARCH: frozenset({_E}),
    Action.TABLES: frozenset({_E}),
    Action.HISTORY: frozenset({_C, _E}),
    Action.REPORT: frozenset({_C, _E}),
    Action.QUOTES: frozenset({_M}),
    Action.PEOPLE: frozenset({_A}),
    Action.ACTIVITY: frozenset({_A}),
    Action.RIGHTS: frozenset({_A}),
    Action.REAL_NAMES: frozenset({_A}),
}
NETWORK_WIDE = frozenset({Action.BOOK, Action.PEOPLE, Action.ACTIVITY, Action.RIGHTS, Action.REAL_NAMES})
"""Actions that touch every place: a role for one place is not enough."""
PURPOSE = {Action.QUOTES: Purpose.ANONYMOUS_QUOTES}
"""What each action uses testimonies for; analysis, where not said."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What one person may do, and where. `grants` are (role, place id or None for the whole network).

    `coder` is the person's id, for what they are to code blind.
    """

    grants: tuple[tuple[str, int | None], ...] = ()
    coder: int | None = None

    def may(self, action: Action) -> bool:
        """Whether the action is allowed somewhere."""
        return self._everywhere(action) or (action not in NETWORK_WIDE and bool(self._places(action)))

    def at(self, action: Action, place_id: int) -> bool:
        """Whether the action is allowed at that place."""
        return self._everywhere(action) or (action not in NETWORK_WIDE and place_id in self._places(action))

    def everywhere(self, action: Action) -> bool:
        """Whether the action is allowed for the whole network."""
        return self._everywhere(action)

    def places(self, action: Action) -> QuerySet[Place]:
        """The places where the action is allowed."""
        return Place.objects.all() if self._everywhere(action) else Place.objects.filter(id__in=self._places(action))

    def testimonies(self, action: Action, outlets: Collection[Outlet] = privacy.SHOWN) -> QuerySet[Testimony]:
        """The testimonies that the action may use, by these channels; where none is told, to show them here."""
        return Testimony.objects.filter(self._where(action, "", outlets))

    def passages(self, action: Action, outlets: Collection[Outlet] = privacy.SHOWN) -> QuerySet[Passage]:
        """The standing passages that the action may use, by these channels; where none is told, to show them here.

        What the person is to code blind is left out of all but the double coding, as long as it is: pages show codes.
        """
        found = Passage.objects.filter(self._where(action, "testimony__", outlets), retired=False)
        return found if action is Action.DOUBLE else found.exclude(pk__in=self.blind().values("passage"))

    def blind(self) -> QuerySet[AssignedPassage]:
        """What the person is to code blind: its codes, the machine's or other people's, are shown to them nowhere."""
        return AssignedPassage.objects.filter(assignment__coders=self.coder, assignment__closed_at=None)

    def shortlists(self) -> QuerySet[Shortlist]:
        """The lists of quotes, shared by all who may quote the same places: those that hold nothing from elsewhere."""
        beyond = Place.objects.exclude(pk__in=self.places(Action.QUOTES).values("pk"))
        lists = Shortlist.objects.all() if self.may(Action.QUOTES) else Shortlist.objects.none()
        return lists.exclude(items__passage__place__in=beyond)

    def publications(self) -> QuerySet[Publication]:
        """Where quotes of the places went, whatever their consent has become: it is there that they must be found."""
        return Publication.objects.filter(testimony__place__in=self.places(Action.QUOTES).values("pk"))

    def reports(self) -> QuerySet[ReportVersion]:
        """The reports whose places are all within reach; those of the whole network for who has it whole."""
        if self._everywhere(Action.REPORT):
            return ReportVersion.objects.all()
        beyond = Place.objects.exclude(pk__in=self.places(Action.REPORT).values("pk"))
        return ReportVersion.objects.exclude(places=None).exclude(places__in=beyond)

    def lost(self, action: Action, testimony_id: int) -> bool:
        """Whether the action could use that testimony, and its consent alone put it out of reach since."""
        there = Testimony.objects.filter(pk=testimony_id, consent_changes__before__in=_consents(action))
        there = there.exclude(_allowed(action, "", privacy.SHOWN))
        return there.filter(place__in=self.places(action).order_by().values("pk")).exists()

    def _where(self, action: Action, path: str, outlets: Collection[Outlet]) -> Q:
        found = _allowed(action, path, outlets)
        return found if self._everywhere(action) else found & Q(place_id__in=self._places(action))

    def _everywhere(self, action: Action) -> bool:
        return any(place is None and role in TABLE[action] for role, place in self.grants)

    def _places(self, action: Action) -> set[int]:
        return {place for role, place in self.grants if place is not None and role in TABLE[action]}


class ConsentChangedError(Exception):
    """What was asked for is of someone whose consent was lowered since the page was opened.

    `use` is what can no longer be made of their words; `unkept`, what was sent and is not kept; `onward`, the way on.
    """

    def __init__(self, use: str, *, unkept: str = "", onward: str, label: str) -> None:
        super().__init__(use)
        self.use, self.unkept, self.onward, self.label = use, unkept, onward, label


def _consents(action: Action) -> list[str]:
    return [consent.value for consent in privacy.allowing(PURPOSE.get(action, Purpose.ANALYSIS))]


def _allowed(action: Action, path: str, outlets: Collection[Outlet]) -> Q:
    today = timezone.localdate()
    return consenting.allowed(PURPOSE.get(action, Purpose.ANALYSIS), today=today, outlets=outlets, path=path)


def reach_of(user: User) -> Reach:
    """What that person may do; nothing for an account that is closed."""
    return Reach(tuple(user.grants.values_list("role", "place_id")), user.pk) if user.is_active else Reach()


def reach_in(request: HttpRequest) -> Reach:
    """What the person who sent the request may do."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    return reach


def person_in(request: HttpRequest) -> User:
    """Who sent the request. Raises TypeError for a page that was opened to who is not signed in."""
    if not isinstance(request.user, User):
        raise TypeError("a page for people signed in was opened to someone who is not")
    return request.user


View = Callable[..., HttpResponseBase]


def allowed(action: Action, *others: Action) -> Callable[[View], View]:
    """A view for those who may do one of these actions somewhere; PermissionDenied for the others."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            reach = reach_in(request)
            if not any(reach.may(one) for one in (action, *others)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.actions = (action, *others)  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_all(view: View) -> View:
    """A view for anyone signed in."""
    view.actions = ()  # type: ignore[attr-defined]
    return view


def require(reach: Reach, action: Action, place_ids: Iterable[int]) -> None:
    """Nothing. Raises PermissionDenied where the action is not allowed at one of these places."""
    if not all(reach.at(action, place) for place in place_ids):
        raise PermissionDenied

"""Two places whose passages tell three things, and searches for themes whose result a test chooses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from django.db import transaction

from tests.web.conftest import passage, person, place, testimony
from voices.store.models import Passage, Place, Theme, User
from voices.store.search.vectors import DIM, packed
from voices.theming.appearing import write
from voices.theming.finding import Computed, Group

SUBJECTS = {
    "jardin": [
        "On a semé des tomates au jardin.",
        "Le jardin donne des salades.",
        "J’arrose le jardin avec les voisins.",
    ],
    "vélo": ["J’ai réparé mon vélo.", "On graisse les vélos à l’atelier.", "Mon vélo roule, grâce à l’atelier."],
    "repas": ["On épluche avant le repas.", "Le repas de midi est gai.", "J’ai servi le repas.", "Un repas, à douze."],
}


def computed(
    groups: Sequence[Sequence[int]], alone: Sequence[int] = (), left_out: Sequence[int] = (), labels: Sequence[str] = ()
) -> Computed:
    """What a search that finds those groups gives: each has a direction of its own, and a label."""
    named = [*labels, *(f"Groupe {number}" for number in range(len(labels) + 1, len(groups) + 1))]
    every = [pk for group in (*groups, alone, left_out) for pk in group]
    vectors = np.full((len(every), DIM), 0.01, np.float32)
    at = {pk: row for row, pk in enumerate(every)}
    for number, group in enumerate(groups):
        vectors[[at[pk] for pk in group], number] = 1
    points = np.array([[(3 * pk % 7) / 7, (5 * pk % 11) / 11] for pk in every]).reshape(-1, 2)
    found = tuple(Group(label, ("mot",), tuple(group)) for label, group in zip(named, groups, strict=True) if group)
    return Computed(found, tuple(alone), tuple(left_out), at, vectors, points, "Une méthode d’essai.", "")


def search(
    groups: Sequence[Sequence[int]], alone: Sequence[int] = (), left_out: Sequence[int] = (), labels: Sequence[str] = ()
) -> list[Theme]:
    """The themes of the base after a search that found those groups, in their order; None for a theme of another."""
    with transaction.atomic():  # the worker's, that ends the search
        write(computed(groups, alone, left_out, labels), None)
    return [Theme.objects.get(members__passage=group[0]) for group in groups if group]


@dataclass
class Ground:
    """Passages here and elsewhere, by subject; and people."""

    here: Place
    elsewhere: Place
    by_subject: dict[str, list[Passage]]
    marie: User
    local: User

    def ids(self, subject: str) -> list[int]:
        """Those of the passages of that subject."""
        return [one.pk for one in self.by_subject[subject]]


def laid() -> Ground:
    """Two testimonies a subject: the last passage is elsewhere."""
    here, elsewhere = place("Le Lavoir"), place("La Halle")
    found: dict[str, list[Passage]] = {}
    for number, (subject, texts) in enumerate(SUBJECTS.items()):
        vector = np.zeros((1, DIM), np.float32)
        vector[0, number] = 1
        for at, text in enumerate(texts):
            of = testimony(elsewhere if at == len(texts) - 1 else here, text)
            one = passage(of, accueil="+" if at else "-", vector=next(iter(packed(vector))), lemmas=f" {text.lower()} ")
            found.setdefault(subject, []).append(one)
    return Ground(here, elsewhere, found, person("evaluation", name="Marie"), person("evaluation", here, name="Luc"))


@pytest.fixture
def ground() -> Ground:
    return laid()

"""A base made ready by a process of its own: the world whose name is given, told in JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import django

Told = dict[str, Any]
SENTENCES = (
    "On m’a tiré une chaise près du poêle, et Bérénice m’a servi un café.",
    "Personne ne m’a jugée, et je suis revenue le mardi suivant.",
    "J’ai épluché les carottes avec une dame que je ne connaissais pas.",
    "Bérénice m’a appelée quand j’étais malade, on compte les uns sur les autres.",
    "À la réunion on ne m’a rien dit, j’ai appris la décision par la porte.",
    "On rit ensemble le lundi, et maintenant ils m’attendent pour ouvrir la salle.",
)
GARDEN, BICYCLES, MEALS = "tomates salades jardin terre", "vélo roue atelier pneu", "repas soupe légumes table"


def nothing() -> Told:
    """The tables, empty: those that every other world starts from."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return {}


def reviewing() -> Told:
    """Passages to review, each coded by the machine."""
    from tests.web.conftest import suggested, testimony
    from voices.reviewing import refresh

    here, people = _people("evaluation", coordination=True)
    passages = list(_cut(testimony(here, _text(40))))
    for one in passages:
        suggested(one, {"accueil": "+"})
    refresh([one.pk for one in passages])
    return {"place": here.pk, "passages": [one.pk for one in passages], **people}


def names() -> Told:
    """Testimonies where « Bérénice » was missed, with all that points into their words."""
    from django.conf import settings

    from tests.web.conftest import suggested, testimony
    from voices.domain import Sense
    from voices.privacy import Correspondence
    from voices.receiving.sealing import seal_names
    from voices.reviewing import Coding, decide, refresh
    from voices.store.models import Passage, Shortlist, ShortlistItem, User

    here, people = _people("evaluation", coordination=True)
    reviewer, basket = User.objects.get(pk=people["ids"]["evaluation"]), Shortlist.objects.create(name="Printemps")
    found = []
    for number in range(3):
        row = testimony(here, _text(6, start=number))
        row.names = seal_names([Correspondence("personne", "Monique", "Chantal")], settings.VOICES)
        row.save()
        for one in _cut(row):
            suggestion = suggested(one, {"accueil": "+"})
            evidence = {"start": one.start + 3, "end": one.end - 1, "neighbours": [], "against": []}
            suggestion.codings[0]["evidence"] = evidence
            suggestion.save()
            ShortlistItem.objects.create(shortlist=basket, passage=one, spans=[[one.start, one.end]], digest="")
            decide(one, reviewer, Coding({"action": Sense.PRESENCE}), token=f"jeton-{one.pk}")
        found.append(row.pk)
    refresh(Passage.objects.values_list("pk", flat=True))
    return {"testimonies": found, **people}


def quotes() -> Told:
    """Passages that may be quoted."""
    from tests.web.conftest import suggested, testimony
    from voices.reviewing import refresh

    here, people = _people("communication")
    rows = [testimony(here, _text(1, start=number), channel="courrier") for number in range(30)]
    passages = [one for row in rows for one in _cut(row)]
    for one in passages:
        suggested(one, {"accueil": "+"})
    refresh([one.pk for one in passages])
    return {"passages": [one.pk for one in passages], **people}


def passes() -> Told:
    """Many passages, read by two machines one after the other."""
    from tests.web.conftest import testimony
    from voices.reviewing import refresh
    from voices.store.models import MachinePass, Passage, Suggestion

    here, people = _people("evaluation")
    row = testimony(here, _text(1200))
    Passage.objects.bulk_create(_uncut(row))
    ids, made = list(Passage.objects.values_list("pk", flat=True)), []
    for code, coder in (("accueil", "premier"), ("action", "second")):
        made.append(MachinePass.objects.create(coder=coder))
        coding = _coding(code)
        Suggestion.objects.bulk_create(Suggestion(machine_pass=made[-1], passage_id=pk, codings=[coding]) for pk in ids)
    refresh(ids)
    return {"passes": [one.pk for one in made], **people}


def book() -> Told:
    """A few passages, for the machine to read whenever the book asks for it."""
    from tests.web.conftest import suggested, testimony
    from voices.reviewing import refresh

    here, people = _people("evaluation")
    passages = list(_cut(testimony(here, _text(12))))
    for one in passages:
        suggested(one, {"accueil": "+"})
    refresh([one.pk for one in passages])
    return people


def themes() -> Told:
    """Passages of three subjects."""
    import numpy as np

    from tests.web.conftest import passage, testimony
    from voices.store.search.vectors import DIM, packed

    here, people = _people("evaluation")
    chance = np.random.default_rng(3)
    for number in range(24):  # few enough to be grouped in seconds
        words = (GARDEN, BICYCLES, MEALS)[number % 3].split()
        text = f"Le {words[number % 4]} et le {words[(number // 3) % 4]} nous occupent le mardi numéro {number}."
        vector = chance.normal(scale=0.02, size=(1, DIM)).astype(np.float32)
        vector[0, number % 3] += 1
        lemmas = f" {text.lower().rstrip('.')} "
        passage(testimony(here, text), vector=next(packed(vector / np.linalg.norm(vector))), lemmas=lemmas)
    return people


def reports() -> Told:
    """Two places with testimonies of every consent, and voices enough at each for a report to be frozen at once."""
    from tests.web.conftest import signed_in
    from tests.web.reports.conftest import laid, spoken
    from voices.domain import Consent
    from voices.store.models import Testimony

    network = laid()
    for here in (network.here, network.elsewhere):
        for number in range(5):
            spoken(here, f"Une voix de plus, la numéro {number}.", Consent.ANALYSIS, {})
    Testimony.objects.update(date="2024", role="", role_group="")
    return {"sessions": {"evaluation": signed_in(network.evaluator).cookies["sessionid"].value}}


def _people(*roles: str, coordination: bool = False) -> tuple[Any, Told]:
    """A place, and someone of each of these roles, signed in; who coordinates does so there."""
    from tests.web.conftest import person, place, signed_in

    here = place("La Cantine du Lavoir")
    people = {role: person(role) for role in roles}
    if coordination:
        people["coordination"] = person("coordination", here)
    sessions = {role: signed_in(one).cookies["sessionid"].value for role, one in people.items()}
    return here, {"sessions": sessions, "ids": {role: one.pk for role, one in people.items()}}


def _text(count: int, start: int = 0) -> str:
    return " ".join(SENTENCES[number % len(SENTENCES)] for number in range(start, start + count))


def _cut(row: Any) -> Iterator[Any]:
    """The passages of a testimony, one a sentence, with a vector."""
    for one in _uncut(row):
        one.save()
        yield one


def _uncut(row: Any) -> Iterator[Any]:
    from voices.store.models import Passage

    at, number = 0, 0
    while at < len(row.text):
        end = row.text.index(".", at) + 1
        number += 1
        text = row.text[at:end]
        said = {"start": at, "end": end, "text": text, "sentences": [[at, end]], "lemmas": f" {text.lower()} "}
        yield Passage(testimony=row, place=row.place, number=number, turn=0, vector=_VECTOR, **said)
        at = end + 1


_VECTOR = b"\x00\x3c" + b"\x00\x00" * 383
"""One, then noughts."""


def _coding(code: str) -> Told:
    return {
        "code": code,
        "sense": "+",
        "probability": 0.9,
        "sense_probability": 0.9,
        "subcodes": [],
        "certainty": "probable",
        "evidence": None,
    }


WORLDS: dict[str, Callable[[], Told]] = {
    world.__name__: world for world in (nothing, reviewing, names, quotes, passes, book, themes, reports)
}

if __name__ == "__main__":
    django.setup()
    json.dump(WORLDS[sys.argv[1]](), sys.stdout)

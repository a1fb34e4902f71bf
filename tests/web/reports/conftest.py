"""Two places with testimonies of every consent, read by a machine, and in part by people; a report composed of them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from tests.web.conftest import passage, person, place, suggested, testimony
from voices import reporting, reviewing
from voices.domain import Consent, Sense
from voices.pipeline import silent
from voices.reporting import Asked, Audience, known_by_neighbours
from voices.reviewing import Coding, decide
from voices.store.models import Passage, Place, ReportVersion, Testimony, User
from voices.web.access import Action, reach_of
from voices.web.reports import ask, asked_by

SAID = {
    Consent.NAMED_QUOTES: ("On m’a tiré une chaise près du poêle et j’ai posé mon manteau mouillé.", {"accueil": "+"}),
    Consent.ANONYMOUS_QUOTES: ("J’ai épluché les carottes avec une dame que je ne connaissais pas.", {"action": "+"}),
    Consent.ANALYSIS: ("Personne ne m’a saluée quand je suis entrée la première fois.", {"accueil": "-"}),
    Consent.UNKNOWN: ("Ils ont sonné chez moi avec de la soupe quand j’étais malade.", {"appartenance": "+"}),
    Consent.WITHDRAWN: ("Je regrette d’avoir raconté cette histoire de clé perdue.", {"action": "-"}),
}
"""What a person of each consent says, and what the machine puts on it."""


@dataclass
class Network:
    """`here` and `elsewhere` have a testimony of each consent; `letters` are those of here, by consent."""

    here: Place
    elsewhere: Place
    letters: dict[Consent, Testimony] = field(default_factory=dict)
    evaluator: User = None  # type: ignore[assignment]
    coordinator: User = None  # type: ignore[assignment]

    def passage(self, consent: Consent) -> Passage:
        """The passage of that testimony of here, as it is now."""
        return Passage.objects.get(testimony=self.letters[consent])

    def asked(self, **fields: Any) -> Asked:
        """A report on here for the board, unless said otherwise."""
        return Asked(**{"title": "Une année ensemble", "places": (self.here.pk,), "audience": Audience.BOARD} | fields)

    def composed(self, by: User | None = None, **fields: Any) -> ReportVersion:
        """A draft of it, as the worker composes it for that person."""
        job = ask(self.asked(**fields), by or self.evaluator)
        what = asked_by(job)
        reach = reach_of(by or self.evaluator)
        made = reporting.compose(what.what, reach.testimonies(Action.REPORT), settings=settings.VOICES, watch=silent)
        version = made.keep(job, job.made_by)
        job.state = job.State.DONE
        job.save()
        return version

    def settled(self, **fields: Any) -> ReportVersion:
        """A draft of it that can be frozen: of each quote that neighbours would know, it was decided to keep it."""
        first = self.composed(**fields)
        kept = tuple(one.passage for one in known_by_neighbours(first))
        first.delete()
        return self.composed(**fields, kept_quotes=kept)

    def review(self, consent: Consent, codes: dict[str, str], by: User | None = None) -> None:
        """A person decides of that passage."""
        coding = Coding({code: Sense(sense) for code, sense in codes.items()})
        decide(self.passage(consent), by or self.evaluator, coding, token=f"{consent}{codes}{by}"[:40])


def spoken(at: Place, text: str, consent: Consent, codes: dict[str, str], **fields: Any) -> Testimony:
    """A testimony of one passage that the machine has read."""
    letter = testimony(at, text, consent=consent.value, **fields)
    rng = np.random.default_rng(abs(hash(text)) % 2**32)
    vector = rng.normal(size=384)
    withdrawn = consent is Consent.WITHDRAWN
    one = passage(letter, vector=(vector / np.linalg.norm(vector)).astype("<f2").tobytes(), retired=withdrawn)
    suggested(
        one,
        codes,
        probabilities={code: 0.9 if code in codes else 0.1 for code in ("accueil", "appartenance", "action")},
    )
    reviewing.refresh([one.pk])
    return letter


def laid() -> Network:
    """The two places."""
    found = Network(place("La Cantine du Lavoir", town="Dole"), place("Le Café des Lilas"))
    found.letters = {consent: spoken(found.here, text, consent, codes) for consent, (text, codes) in SAID.items()}
    for consent, (text, codes) in SAID.items():
        spoken(found.elsewhere, f"Là-bas, {text[0].lower()}{text[1:]}", consent, codes, date="2022-03")
    found.evaluator = person("evaluation", name="Marie")
    found.coordinator = person("coordination", found.here, name="Paul")
    return found


@pytest.fixture
def network() -> Network:
    return laid()

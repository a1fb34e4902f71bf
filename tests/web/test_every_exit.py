"""Nothing leaves beyond its consent: every exit of the site, and words that each of them must never give.

Each testimony says a word that no other says. « permis » may leave everywhere, which proves that the exit gives words.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices import quoting, reporting
from voices.domain import Consent, Outlet
from voices.errors import VoicesError
from voices.pipeline import silent
from voices.reporting import Asked, Audience
from voices.reporting.composing import OvertakenError
from voices.store.models import Passage, Publication, ReportVersion, Shortlist, ShortlistItem
from voices.store.models import Testimony as Letter
from voices.store.models.deposits import ALL_OUTLETS
from voices.web.access import Action, reach_of

pytestmark = pytest.mark.django_db

YESTERDAY = (timezone.localdate() - timedelta(days=1)).isoformat()
NAMED = Consent.NAMED_QUOTES.value
KINDS: dict[str, dict[str, str]] = {
    "permis": {"consent": NAMED},
    "retire": {"consent": Consent.WITHDRAWN.value},
    "fini": {"consent": NAMED, "until": YESTERDAY},
    "analyse": {"consent": Consent.ANALYSIS.value},
    "inconnu": {"consent": Consent.UNKNOWN.value},
    "presse": {"consent": NAMED, "outlets": Outlet.PRESS.value},
    "jumeau": {"consent": NAMED, "letter": "la même lettre"},
}
MARKS = {
    "permis": "brindezingue",
    "retire": "calembredaine",
    "fini": "farfouillis",
    "analyse": "galimatias",
    "inconnu": "tohubohu",
    "presse": "charivari",
    "jumeau": "tintamarre",
}
HEARD = "Un {} de voisines m’a tiré une chaise près du poêle le soir de mon arrivée."


@dataclass
class World:
    """A testimony of each kind, and who may publish or compose."""

    passages: dict[str, Passage] = field(default_factory=dict)
    browser: Client = field(default_factory=Client)
    evaluator: Client = field(default_factory=Client)
    author: Any = None

    def each(self, ask: Callable[[Passage], Any]) -> str:
        """What an exit gives of each passage, one after the other."""
        return "\n".join(_read(ask(one)) for one in self.passages.values())


@pytest.fixture
def world() -> World:
    found, here = World(), place("Le Fournil")
    testimony(place("Ailleurs"), "Rien.", consent=Consent.WITHDRAWN.value, letter="la même lettre")
    for kind, fields in KINDS.items():
        letter = testimony(here, HEARD.format(MARKS[kind]), **fields)
        one = passage(letter, accueil="+", lemmas=letter.text.lower(), retired=kind == "retire", vector=_vector(kind))
        suggested(one, {"accueil": "+"})
        found.passages[kind] = one
    found.browser = signed_in(person("communication"))
    found.author = person("evaluation")
    found.evaluator = signed_in(found.author)
    return found


def _vector(kind: str) -> bytes:
    import numpy as np

    drawn = np.random.default_rng(list(KINDS).index(kind)).normal(size=384)
    return (drawn / np.linalg.norm(drawn)).astype("<f2").tobytes()


def _read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return "\n".join(opened.read(name).decode(errors="replace") for name in opened.namelist())
    if content[:4] == b"%PDF":
        import pdfplumber

        with pdfplumber.open(io.BytesIO(content)) as read:
            return "\n".join(one.extract_text() or "" for one in read.pages)
    return content.decode(errors="replace")


def _finder(world: World, **asked: str) -> str:
    return _read(world.browser.get(reverse("quotes"), asked))


def _get(name: str, **more: str) -> Callable[[World], str]:
    """An address of a passage, as a page and as the piece of one that htmx asks for."""

    def ask(world: World) -> str:
        def one(row: Passage) -> Any:
            return world.browser.get(reverse(name, kwargs={"passage_id": row.pk} | more))

        def piece(row: Passage) -> Any:
            return world.browser.get(
                reverse(name, kwargs={"passage_id": row.pk} | more), headers={"hx-request": "true"}
            )

        return world.each(one) + world.each(piece)

    return ask


def _post(name: str, **said: str) -> Callable[[World], str]:
    more = {"form": "carre"} if name == "quote_card_take" else {}
    return lambda world: world.each(
        lambda row: world.browser.post(reverse(name, kwargs={"passage_id": row.pk} | more), {"ou": "Ici"} | said)
    )


def _list(form: str, channel: str) -> Callable[[World], str]:
    def ask(world: World) -> str:
        one = Shortlist.objects.create(name="Tout")
        for rank, row in enumerate(world.passages.values()):
            digest = _digest(row)
            ShortlistItem.objects.create(
                shortlist=one, passage=row, spans=[[0, len(row.text)]], digest=digest, order=rank
            )
        if not form:
            return _read(world.browser.get(reverse("shortlist", args=[one.pk])))
        sent = {"ou": "Ici", "canal": channel, "fichier": form}
        return _read(world.browser.post(reverse("shortlist_export", args=[one.pk]), sent))

    return ask


def _digest(row: Passage) -> str:
    from hashlib import sha256

    return sha256(row.text.encode()).hexdigest()


def _report(audience: Audience) -> Callable[[World], str]:
    def ask(world: World) -> str:
        asked = Asked("Une année", audience=audience)
        rows = reach_of(world.author).testimonies(Action.REPORT)
        version = reporting.compose(asked, rows, settings=settings.VOICES, watch=silent).keep(None, world.author)
        names = ("report_page", "report_pdf", "report_docx", "report_markdown", "report_figures")
        return "\n".join(_read(world.evaluator.get(reverse(name, args=[version.pk]))) for name in names)

    return ask


def _published(world: World) -> str:
    """Publications that were taken down since: their words are shown no more where consent is gone."""
    for row in world.passages.values():
        fields = {"text": row.text, "form": "texte", "outlet": "site", "removed_at": timezone.now()}
        Publication.objects.create(testimony=row.testimony, passage=row, **fields)
    return _read(world.browser.get(reverse("publications"))) + _read(
        world.browser.get(reverse("publications"), {"q": "voisines"})
    )


def _of_analysis(name: str, *args: str, **asked: str) -> Callable[[World], str]:
    return lambda world: _read(world.evaluator.get(reverse(name, args=args), asked))


def _searched(world: World) -> str:
    return _read(world.browser.get(reverse("search"), {"q": "voisines"}))


EXITS: dict[str, tuple[Callable[[World], str], set[str]]] = {
    "citations": (lambda world: _finder(world), {"permis", "presse"}),
    "citations, pour le site": (lambda world: _finder(world, canal="site"), {"permis"}),
    "citations, pour la presse": (lambda world: _finder(world, canal="presse"), {"permis", "presse"}),
    "citations, ces mots": (lambda world: _finder(world, q="voisines", par="mots", canal="site"), {"permis"}),
    "couper": (_get("quote_cut"), {"permis", "presse"}),
    "autour": (_get("quote_around"), {"permis", "presse"}),
    "témoignage, pour la communication": (_get("quote_testimony"), {"permis", "presse"}),
    "cartes": (_get("quote_cards"), {"permis", "presse"}),
    "carte, aperçu": (_get("quote_card", form="carre"), {"permis", "presse"}),
    "carte, pour le site": (_post("quote_card_take", canal="site", fichier="svg"), {"permis"}),
    "texte, pour le site": (_post("quote_copy", canal="site"), {"permis"}),
    "texte, pour tous les canaux": (_post("quote_copy"), {"permis"}),
    "liste": (_list("", ""), {"permis", "presse"}),
    "document de citations, pour tous les canaux": (_list("docx", ""), {"permis"}),
    "tableau de citations, pour le site": (_list("csv", "site"), {"permis"}),
    "document de citations, pour la presse": (_list("docx", "presse"), {"permis", "presse"}),
    "publications": (_published, {"permis", "presse"}),
    "rapport au conseil": (_report(Audience.BOARD), {"permis"}),
    "rapport au financeur": (_report(Audience.FUNDER), {"permis"}),
    "rapport au public": (_report(Audience.PUBLIC), {"permis"}),
    "tableaux": (_of_analysis("tables_export", "csv"), set()),
    "historique": (_of_analysis("history_export", "csv"), set()),
    "recherche, pour la communication": (lambda world: _searched(world), set()),
}
"""Each exit, and the kinds whose words it may give. Pages where one only looks show what may leave by some channel."""


@pytest.mark.parametrize("exit_", EXITS)
def test_nothing_leaves_beyond_its_consent(world: World, exit_: str):
    ask, allowed = EXITS[exit_]
    given = _folded(ask(world))
    found = {kind for kind, mark in MARKS.items() if mark in given}
    if exit_.startswith(("texte", "carte, pour")):  # refused, it is shown again
        found -= set() if _sent("presse") else {"presse"}
    assert found == allowed


def _folded(text: str) -> str:
    """The text, words that a layout cut or a card broke into lines put together."""
    return text.lower().replace("\u00ad", "").replace("-\n", "")


def _sent(kind: str) -> bool:
    """Whether it is told to have gone out."""
    return Publication.objects.filter(text__icontains=MARKS[kind]).exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "permis"])
def test_what_publishes_asks_the_base_again(world: World, kind: str):
    """Even a quote that was worded before its consent changed."""
    row = Passage.objects.select_related("testimony__place").get(pk=world.passages["permis"].pk)
    made = quoting.worded(row, settings=settings.VOICES)
    Letter.objects.filter(pk=row.testimony_id).update(**KINDS[kind])
    with pytest.raises(VoicesError):
        quoting.publish(made, "texte", "Ici", world.author, outlet=Outlet.WEB)
    assert not Publication.objects.exists()


def test_a_report_whose_consents_were_lowered_is_kept_by_nobody(world: World):
    rows = reach_of(world.author).testimonies(Action.REPORT)
    for lowered in ({"until": YESTERDAY}, {"outlets": "presse"}):
        found = reporting.compose(Asked("Essai"), rows, settings=settings.VOICES, watch=silent)
        mine = Letter.objects.filter(pk=world.passages["permis"].testimony_id)
        mine.update(**lowered)
        with pytest.raises(OvertakenError):
            found.keep(None, None)
        mine.update(outlets=ALL_OUTLETS, until="")
    assert not ReportVersion.objects.exists()

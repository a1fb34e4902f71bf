"""Pages, scripts, templates and queries in what people write: shown as they are, never run, on every page and piece."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.security.page import injected
from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from tests.web.doors import DOORS
from tests.web.reports.conftest import Network, spoken
from voices import coding, defining
from voices.domain import Consent, OwnCode
from voices.receiving.depositing import keep_file
from voices.store import models
from voices.store.models import Deposit, Grant, User

pytestmark = pytest.mark.django_db

PAYLOADS = [
    '"><poison onload=poison()>',
    "' poison='1' onmouseover='poison()",
    "</title></textarea></style></script><script>poison()</script>",
    "javascript:poison()//<a href='javascript:poison()'>",
    "{{ 7|add:70 }}{% poison %}<!--poison-->${7*7}#{7*7}",
]
TRIED = [*PAYLOADS[:2], *(pytest.param(one, marks=pytest.mark.long) for one in PAYLOADS[2:])]
WRITTEN: dict[type[Any], tuple[str, ...]] = {
    models.Place: ("name", "town"),
    models.User: ("name",),
    models.Link: ("name",),
    models.Deposit: ("collected_by", "consent_source"),
    models.SourceFile: ("name", "reason"),
    models.Testimony: ("collected_by", "consent_source"),
    models.Passage: ("speaker", "question", "previous"),
    models.MachinePass: ("coder",),
    models.Decision: ("comment",),
    models.Act: ("before", "after", "source"),
    models.Assignment: ("title",),
    models.CodebookVersion: ("note",),
    models.Erasure: ("why",),
    models.Job: ("problem", "remedy"),
    models.Shortlist: ("name",),
    models.Export: ("what",),
    models.Publication: ("text", "attribution", "where"),
    models.ReportVersion: ("title",),
    models.SavedSearch: ("name",),
    models.Theme: ("label", "given"),
    models.ThemeRun: ("note",),
    models.ThemeChange: ("name",),
    models.Trace: ("about",),
}
"""What people write, wherever it lies."""
TOLD = (200, 302, 400, 404, 422)
"""What may be answered to nonsense: a page, or what is wrong with it."""
MORE = ("place_home", "review", "testimonies", "search", "account", "report_new", "quotes", "history")


def _poisoned(payload: str) -> None:
    for model, fields in WRITTEN.items():
        for row in model.objects.all():
            for name in fields:
                longest = model._meta.get_field(name).max_length or 500
                setattr(row, name, f"{payload}{row.pk}"[:longest])
            row.save(update_fields=list(fields))


def _chief() -> Client:
    """Someone who may everything, everywhere."""
    someone = person(name="Chef")
    for role in ("coordination", "evaluation", "communication", "administration"):
        Grant.objects.create(user=someone, role=role)
    return signed_in(someone)


def _world(payload: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of every page, of things in whose every text that is written."""
    monkeypatch.setattr(testimony, "__defaults__", (f"{payload} On m’a tiré une chaise. {payload} Personne.",))
    here = place(payload)
    own = OwnCode("repas", payload, payload, payload, (payload,), (payload,))
    defining.keep(defining.Book(coding.codebook(), (own,)), base=0, note=payload, by=None)
    addresses = [reverse(door.name, kwargs=door.kwargs(here)) for door in DOORS if door.answer == 200]
    one = passage(testimony(here))
    suggested(one, {"accueil": "+"})
    addresses += [
        reverse("review_passage", args=[one.pk]),
        reverse("review_card", args=[one.pk]),
        reverse("review_testimony", args=[one.testimony_id]),
        reverse("testimony", args=[one.testimony_id]),
        reverse("names", args=[one.testimony_id]),
        *map(reverse, MORE),
    ]
    keep_file(Deposit.objects.create(place=here), f"{payload}.txt", b"Bonjour.", settings=settings.VOICES)
    _poisoned(payload)
    return addresses


@pytest.mark.parametrize("payload", TRIED)
def test_what_is_written_is_shown_as_it_is_on_every_page(monkeypatch: pytest.MonkeyPatch, payload: str):
    addresses = _world(payload, monkeypatch)
    chief, shown = _chief(), 0
    for address in addresses:
        for headers in ({}, {"HX-Request": "true"}):
            answer = chief.get(address, headers=headers)
            if answer.status_code in (302, 404, 405, 410):
                continue
            assert answer.status_code == 200, address
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert injected(content, answer["Content-Type"]) == [], address
            if answer["Content-Type"].startswith("text/html") and content.strip():
                told = " ".join(map(str, html.document_fromstring(content.decode()).itertext()))
                shown += payload[:20] in told
    assert shown > 40, "the pages show what was written, or this proves nothing"


@pytest.mark.parametrize("payload", TRIED)
def test_what_is_asked_in_an_address_is_shown_as_it_is(payload: str):
    here = place()
    suggested(passage(testimony(here)), {"accueil": "+"})
    chief, asked = _chief(), 0
    for door in [*(one.name for one in DOORS if one.answer == 200 and not one.kwargs(here)), *MORE]:
        address = reverse(door)
        clean = chief.get(address)
        if clean.status_code != 200 or not clean["Content-Type"].startswith("text/html"):
            continue
        fields = _fields(clean.text) | {"q", "page", "tri", "ordre", "mot", "lieu", "next"}
        alone = [{one} for one in fields] if payload == PAYLOADS[0] else []
        for chosen in (fields, *alone):
            answer = chief.get(f"{address}?{urlencode(dict.fromkeys(sorted(chosen), payload))}")
            assert answer.status_code in TOLD, f"{door} {chosen}"
            assert "poison" not in answer.headers.get("Location", "").partition("?")[0]
            assert injected(answer.content, answer["Content-Type"]) == [], f"{door} {chosen}"
            asked += 1
    assert asked > (100 if payload == PAYLOADS[0] else 20)


@pytest.mark.parametrize(
    "path", ["/%22%3E%3Cpoison%3E/", "/connexion/?next=%22%3E%3Cpoison%3E", "/invitation/<poison>/"]
)
def test_pages_for_who_is_not_signed_in_show_nothing_of_the_address(client: Client, path: str):
    answer = client.get(path)
    assert injected(answer.content, answer["Content-Type"]) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_report_holds_it_as_words(payload: str):
    here = place(payload)
    network = Network(here, place("Ailleurs"), evaluator=person("evaluation", name=payload))
    for number, consent in enumerate((Consent.NAMED_QUOTES, Consent.ANONYMOUS_QUOTES)):
        text = f"On m’a tiré une chaise {payload} près du poêle, la fois n° {number}, et je suis restée."
        network.letters[consent] = spoken(here, text, consent, {"accueil": "+"})
    version = network.composed(title=payload)
    assert injected(version.html, "text/html") == []
    assert version.html.count("<style>") == 1
    assert payload[:20] in " ".join(map(str, html.document_fromstring(version.html).itertext()))


def _fields(page: str) -> set[str]:
    forms = [one for one in html.document_fromstring(page).iter("form") if one.get("method", "get") != "post"]
    return {name for form in forms for one in form.iter() if (name := one.get("name"))}


SQL = [
    "' OR 1=1 --",
    "'; DROP TABLE store_user; --",
    '" UNION SELECT password FROM store_user --',
    "%' AND 1=0",
    "\\",
    "\x00",
]
QUERIES = [*SQL, "a* OR", '"chaise', "NEAR(a b", "chaise -", "(((", "a & | !", ":*", "col:x", "{x y}", "^a", "''''"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", ["search", "words", "words_concordance", "quotes", "testimonies", "history", "people"])
def test_a_query_is_words_whatever_its_syntax(name: str, query: str):
    suggested(passage(testimony(place())), {"accueil": "+"})
    before = User.objects.count()
    chief = _chief()
    fields = _fields(chief.get(reverse(name)).text) | {"q", "tri", "ordre", "page"}
    answer = chief.get(f"{reverse(name)}?{urlencode(dict.fromkeys(sorted(fields), query))}")
    assert answer.status_code in TOLD, name
    assert User.objects.count() == before + 1
    assert "argon2" not in answer.text
    assert "md5$" not in answer.text

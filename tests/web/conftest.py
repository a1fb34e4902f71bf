"""People, places, testimonies for the tests of the site: small functions that write a row each, and a browser."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from voices.domain import Consent
from voices.store.models import Grant, MachinePass, Passage, Place, Suggestion, Testimony, User

_number = count(1)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent / "axe.min.js"
LETTER = "On m’a tiré une chaise. Personne ne m’a jugée."
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    "--proxy-server=http://127.0.0.1:9",  # nobody is there: what is not on this machine is not reached
]


def place(name: str = "", **fields: Any) -> Place:
    """A place."""
    number = next(_number)
    return Place.objects.create(**{"name": name or f"Le Lieu {number}", "slug": f"lieu-{number}"} | fields)


def person(role: str | None = None, at: Place | None = None, **fields: Any) -> User:
    """Someone with an account, the password « mot de passe long » and that role, at that place or everywhere."""
    number = next(_number)
    user = User.objects.create_user(
        **{"username": f"personne{number}", "name": f"Personne {number}", "password": "mot de passe long"} | fields
    )
    if role is not None:
        Grant.objects.create(user=user, role=role, place=at)
    return user


def signed_in(user: User) -> Client:
    """A browser where that person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def testimony(at: Place, text: str = LETTER, **fields: Any) -> Testimony:  # noqa: PT028 - a function of ours, not a test
    """A testimony in one turn, that may be quoted without a name."""
    return Testimony.objects.create(
        **{
            "key": f"t{next(_number)}",
            "place": at,
            "text": text,
            "turns": [[0, len(text), "temoin", None, False, None]],
            "consent": Consent.ANONYMOUS_QUOTES.value,
            "date": "2024-05-12",
        }
        | fields
    )


testimony.__test__ = False  # type: ignore[attr-defined]


def passage(of: Testimony, start: int = 0, end: int | None = None, **fields: Any) -> Passage:
    """A passage of that testimony: the whole of it, unless said otherwise."""
    end = len(of.text) if end is None else end
    return Passage.objects.create(
        **{
            "testimony": of,
            "place": of.place,
            "number": of.passages.count() + 1,
            "start": start,
            "end": end,
            "text": of.text[start:end],
            "turn": 0,
            "sentences": [[start, end]],
        }
        | fields
    )


def suggested(of: Passage, codes: dict[str, str], by: MachinePass | None = None, **fields: Any) -> Suggestion:
    """What a machine said of that passage: code -> sense."""
    by = by or MachinePass.objects.get_or_create(coder="essai")[0]
    codings: list[dict[str, Any]] = [
        {
            "code": code,
            "sense": sense,
            "probability": 0.9,
            "sense_probability": 0.9,
            "subcodes": [],
            "certainty": "probable",
            "evidence": None,
        }
        for code, sense in codes.items()
    ]
    return Suggestion.objects.create(**{"machine_pass": by, "passage": of, "codings": codings} | fields)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, closed after each file: two Playwrights at once do not get on. Django refuses the base where an
    event loop runs, as Playwright's does: it is told not to.
    """
    if CHROMIUM is None:
        pytest.skip("no chromium here: scripts/system.sh installs it")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def window(browser: Browser, address: str, user: User | None = None, **context: Any) -> Page:
    """A page in a browser of its own, at that address (`live_server.url`), where that person is signed in if any."""
    opened = browser.new_context(**{"base_url": address, "viewport": {"width": 1400, "height": 900}} | context)
    opened.set_default_timeout(60_000)
    if user is not None:
        session = signed_in(user).cookies["sessionid"].value
        opened.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return opened.new_page()


def axe_violations(page: Page) -> list[str]:
    """What axe-core reproaches to the page: rule and elements. `evaluate` is not held by the page's CSP."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]

"""A consent changes while a page is open: the next gesture says so, what was not kept, and where to go on."""

import html
import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.web.conftest import axe_violations, passage, person, place, signed_in, testimony, window
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store.models import AssignedPassage, Assignment, Decision, Passage, Publication, ShortlistItem, User

CHANGED = "L’accord de cette personne a changé"

REVIEW = [
    ("get", "review_passage", {}, ""),
    ("get", "review_card", {}, ""),
    ("post", "review_decide", {"code-accueil": "+", "commentaire": "Ses mots"}, "Votre décision et votre commentaire"),
    ("post", "review_decide", {"code-accueil": "+"}, "Ce que vous veniez d’envoyer"),
    ("post", "review_comment", {"commentaire": "Ses mots"}, "Votre commentaire n’est donc pas gardé"),
    ("get", "review_split", {}, ""),
    ("post", "review_join", {}, "n’est donc pas gardé"),
]
QUOTES = [
    ("get", "quote_cut", [], ""),
    ("get", "quote_around", [], ""),
    ("get", "quote_testimony", [], ""),
    ("get", "quote_cards", [], ""),
    ("post", "quote_keep", [], "Rien n’a donc été gardé ni publié"),
    ("post", "quote_copy", [], "Rien n’a donc été gardé ni publié"),
    ("post", "quote_card_take", ["a5"], "Rien n’a donc été gardé ni publié"),
]


def said(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def two_passages() -> tuple[Passage, Passage]:
    """Of two people, at one place."""
    here = place()
    return passage(testimony(here), useful=0.9, accueil="+"), passage(testimony(here), useful=0.1, accueil="+")


def withdraw(one: Passage, after: Consent = Consent.WITHDRAWN) -> None:
    change([one.testimony], after, source="", by=None)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "name", "sent", "unkept"), REVIEW)
def test_the_desk_says_that_the_consent_changed_and_leads_to_the_next_passage(method, name, sent, unkept):
    one, other = two_passages()
    withdraw(one)
    browser = signed_in(person("evaluation"))
    answer = getattr(browser, method)(reverse(name, args=[one.pk]) + "?ordre=utile", sent)
    assert answer.status_code == 410
    assert CHANGED in said(answer)
    assert unkept in said(answer)
    assert f"{reverse('review_passage', args=[other.pk])}?ordre=utile" in html.unescape(answer.content.decode())
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_the_desk_that_sends_by_itself_is_told_the_same():
    one, other = two_passages()
    withdraw(one)
    sent = {"code-accueil": "+", "commentaire": "Ses mots"}
    address = reverse("review_decide", args=[one.pk])
    answer = signed_in(person("evaluation")).post(address, sent, headers={"Accept": "application/json"})
    told = answer.json()
    assert answer.status_code == 409
    assert CHANGED in told["problem"]
    assert "Votre décision et votre commentaire ne sont donc pas gardés" in told["remedy"]
    assert (told["address"], told["label"]) == (reverse("review_passage", args=[other.pk]), "Passage suivant")


@pytest.mark.django_db
def test_what_was_decided_before_the_withdrawal_is_not_silently_kept_from_being_undone():
    one, _ = two_passages()
    browser = signed_in(person("evaluation"))
    browser.post(reverse("review_decide", args=[one.pk]), {"code-accueil": "+", "token": "a"})
    withdraw(one)
    for address in (reverse("review_undo", args=[Decision.objects.get().pk]), reverse("review_undo_last")):
        assert CHANGED in said(browser.post(address))


@pytest.mark.django_db
@pytest.mark.parametrize("after", [Consent.ANALYSIS, Consent.WITHDRAWN])
@pytest.mark.parametrize(("method", "name", "args", "unkept"), QUOTES)
def test_a_page_of_a_quote_says_that_the_consent_changed(method, name, args, unkept, after):
    one, _ = two_passages()
    withdraw(one, after)
    browser = signed_in(person("communication"))
    answer = getattr(browser, method)(reverse(name, args=[one.pk, *args]), {"ou": "Affiche", "coupe": "0-4"})
    assert answer.status_code == 410
    assert f"{CHANGED} : ses mots ne peuvent plus être cités" in said(answer)
    assert unkept in said(answer)
    assert reverse("quotes") in answer.content.decode()
    assert not Publication.objects.exists()
    assert not ShortlistItem.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["testimony", "names", "review_testimony"])
def test_a_testimony_withdrawn_while_it_is_read_says_so(name):
    one, _ = two_passages()
    withdraw(one)
    answer = signed_in(person("evaluation")).get(reverse(name, args=[one.testimony_id]))
    assert answer.status_code == 410
    assert CHANGED in said(answer)


@pytest.mark.django_db
def test_a_passage_to_code_blind_that_is_withdrawn_leads_to_the_next_of_the_sample():
    one, other = two_passages()
    coder = person("evaluation")
    double = Assignment.objects.create(title="Essai")
    double.coders.add(coder)
    for order, given in enumerate((one, other), 1):
        AssignedPassage.objects.create(assignment=double, passage=given, order=order)
    withdraw(one)
    answer = signed_in(coder).post(reverse("double_decide", args=[double.pk, 1]), {"code-accueil": "+"})
    assert CHANGED in said(answer)
    assert reverse("double_passage", args=[double.pk, 2]) in answer.content.decode()
    assert not Decision.objects.exists()


def who(role: str, elsewhere: bool) -> User:
    return person(role, place() if elsewhere else None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "name", "was", "after", "elsewhere"),
    [
        ("evaluation", "review_passage", Consent.ANONYMOUS_QUOTES, Consent.WITHDRAWN, True),
        ("communication", "quote_cut", Consent.ANONYMOUS_QUOTES, Consent.ANALYSIS, True),
        ("communication", "quote_cut", Consent.UNKNOWN, Consent.ANALYSIS, False),
    ],
    ids=["another place", "a quote of another place", "never to be quoted"],
)
def test_who_never_could_see_it_learns_nothing(role, name, was, after, elsewhere):
    one = passage(testimony(place(), consent=was.value))
    withdraw(one, after)
    assert signed_in(who(role, elsewhere)).get(reverse(name, args=[one.pk])).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("last", [False, True], ids=["with a next one", "at the end of the queue"])
def test_the_open_desk_says_that_a_comment_was_not_kept(browser: Browser, live_server: Any, last: bool):
    one, other = two_passages()
    if last:
        other.delete()
    page = window(browser, live_server.url, person("evaluation"))
    page.goto(reverse("review_passage", args=[one.pk]))
    expect(page.locator("[data-back]")).to_be_visible()
    withdraw(one)
    page.keyboard.press("m")
    page.keyboard.type("Ses mots me touchent.")
    page.keyboard.press("Control+Enter")
    toast = page.locator("#messages .toast")
    expect(toast).to_contain_text("Votre décision et votre commentaire ne sont donc pas gardés")
    page.wait_for_timeout(300)
    expect(toast).to_be_visible()
    expect(toast.get_by_role("link")).to_have_text("Revenir à la file" if last else "Passage suivant")
    page.context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_open_quote_page_says_it_at_the_next_word_ticked(browser: Browser, live_server: Any):
    one, _ = two_passages()
    page = window(browser, live_server.url, person("communication"))
    page.goto(reverse("quote_cut", args=[one.pk]))
    withdraw(one, Consent.ANALYSIS)
    page.locator(".word input").nth(2).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_contain_text(CHANGED)
    expect(page.get_by_role("link", name="Chercher une autre citation")).to_be_visible()
    assert axe_violations(page) == []
    page.context.close()

"""The desk in a real browser, as a reviewer meets it: by keyboard, by mouse, on a phone, and when sending fails."""

from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.web.conftest import axe_violations, passage, signed_in, suggested, testimony
from tests.web.review.conftest import Desk, laid
from voices import reviewing
from voices.store.models import Decision, Passage, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

WIDTHS = (1400, 390)


@pytest.fixture
def desk() -> Desk:
    return laid()


class Site:
    """A browser where Marie is signed in, at one width."""

    def __init__(self, browser: Browser, address: str, desk: Desk, width: int = 1400, **options: Any) -> None:
        self.address, self.desk, self.scripts = address, desk, options.get("java_script_enabled", True)
        self.context: BrowserContext = browser.new_context(viewport={"width": width, "height": 850}, **options)
        self.sign_in(desk.marie)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def sign_in(self, user: User) -> None:
        cookie = signed_in(user).cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])

    def open(self, name: str, *args: int, query: str = "") -> None:
        self.page.goto(self.address + reverse(name, args=args) + query)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def at(self, index: int) -> None:
        """Waits until that passage is on the desk, and what moves it is there where scripts run."""
        words = self.desk.passages[index].text
        if self.scripts:
            expect(self.page.locator("[data-back]")).to_be_visible()
        expect(self.page.locator(".passage")).to_contain_text(words[-20:])

    def saved(self, count: int) -> None:
        """Waits until the page says that so many decisions are kept."""
        said = "1 décision enregistrée" if count == 1 else f"{count} décisions enregistrées"
        expect(self.page.locator("[data-sent]")).to_have_text(said)


@pytest.fixture
def opened(browser: Browser, live_server: Any, desk: Desk) -> Iterator[Any]:
    """Opens the site at a width; closed at the end, without any fault of a script."""
    sites: list[Site] = []

    def open_at(width: int = 1400, **options: Any) -> Site:
        sites.append(Site(browser, live_server.url, desk, width, **options))
        return sites[-1]

    yield open_at
    for site in sites:
        site.page.unroute_all(behavior="ignoreErrors")
        site.context.close()
        assert site.faults == []


def held(one: Passage) -> dict[str, str]:
    codes: dict[str, str] = reviewing.before(one)["codes"]
    return codes


@pytest.mark.parametrize("width", [pytest.param(WIDTHS[0], marks=pytest.mark.main_path), *WIDTHS[1:]])
def test_the_queue_is_gone_through_by_keyboard_alone(opened: Any, desk: Desk, width: int):
    site = opened(width)
    site.open("review")
    site.page.get_by_role("button", name="Commencer").focus()
    site.press("Enter")
    site.at(1)
    # What is proposed is accepted, then the next is corrected: « manque » for « présence », trust, action, a sub-code.
    site.press("Enter")
    site.at(0)
    site.press("1", "c", "3", "s", "Enter")
    site.at(3)
    site.press("0")
    site.at(2)
    site.saved(3)
    assert desk.now(1).standing == "relu"
    now = desk.now(0)
    assert (held(now), now.trust, now.subcodes) == ({"accueil": "-", "action": "+"}, True, ["autres", "contribution"])
    assert (held(desk.now(3)), desk.now(3).standing) == ({}, "relu")
    # The last one is taken back, and comes back on the desk.
    site.press("u")
    site.at(3)
    site.saved(2)
    assert desk.now(3).standing == "machine"
    # Passed without deciding, then gone back to.
    site.press("j")
    site.at(2)
    site.press("k")
    site.at(3)
    # A comment goes with the decision.
    site.press("m")
    site.page.keyboard.type("Le temps qu’il faisait.")
    site.press("Control+Enter")
    site.at(2)
    site.saved(3)
    assert desk.passages[3].decisions.latest("pk").comment == "Le temps qu’il faisait."
    # The end of the queue.
    site.press("Enter")
    expect(site.page.get_by_role("heading", name="Cette file est vide")).to_be_visible()
    assert Passage.objects.filter(standing="relu").count() == 4


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_is_done_by_mouse_or_by_touch(opened: Any, desk: Desk, width: int):
    site = opened(width, has_touch=width < 500)
    site.open("review")
    page = site.page
    page.get_by_text("Lieu par lieu").click()
    page.get_by_role("button", name="Commencer").click()
    site.at(0)
    accueil = page.get_by_role("group", name="Accueil", exact=True)
    accueil.get_by_role("radio", name="mixte").check(force=True)
    page.get_by_label("hospitalité").uncheck(force=True)
    page.get_by_label("être soi").check(force=True)
    page.get_by_role("checkbox", name="Confiance").check()
    page.get_by_role("button", name="Valider").click()
    site.at(1)
    site.saved(1)
    now = desk.now(0)
    assert (held(now), now.subcodes, now.trust) == ({"accueil": "±"}, ["soi"], True)
    page.get_by_role("link", name="Passer").click()
    site.at(2)
    page.get_by_role("button", name="Aucun code").click()
    site.at(3)
    page.get_by_role("button", name="Annuler").click()
    site.at(2)
    page.get_by_text("Historique (2)").click()
    page.get_by_role("button", name="Rétablir").click()
    expect(page.get_by_text("Décision rétablie.")).to_be_visible()
    assert desk.now(2).standing == "relu"


def test_what_was_begun_on_a_passage_is_there_on_coming_back(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[1].pk)
    site.at(1)
    site.press("1", "m")
    site.page.keyboard.type("Un doute.")
    site.press("Escape", "j")
    site.at(0)
    site.press("k")
    site.at(1)
    expect(site.page.locator("#commentaire")).to_have_value("Un doute.")
    accueil = site.page.get_by_role("group", name="Accueil", exact=True)
    expect(accueil.get_by_role("radio", name="présence")).to_be_checked()
    site.press("Enter")
    site.at(0)
    site.saved(1)
    said = desk.passages[1].decisions.get()
    assert (said.comment, said.codes["accueil"]) == ("Un doute.", "+")


def test_enter_just_after_no_code_is_a_slip_and_decides_nothing(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[1].pk)
    site.at(1)
    before = int(site.page.locator("[data-left]").inner_text())
    site.press("0", "Enter")
    site.at(0)
    site.saved(1)
    assert int(site.page.locator("[data-left]").inner_text()) == before - 1
    assert Decision.objects.count() == 1


def test_undoing_a_decision_of_an_earlier_visit_counts_nothing_below_none(opened: Any, desk: Desk):
    signed_in(desk.marie).post(reverse("review_decide", args=[desk.passages[1].pk]), {"code-accueil": "+"})
    site = opened()
    site.open("review_passage", desk.passages[0].pk)
    site.at(0)
    site.press("u")
    site.at(1)
    expect(site.page.locator("[data-sent]")).to_have_text("")


def test_a_passage_is_cut_and_joined_by_keyboard(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[0].pk)
    site.press("d")
    site.page.get_by_role("button", name="Couper ici").focus()
    site.press("Enter")
    expect(site.page.locator(".passage")).to_have_text("Une dame m’a tiré une chaise.")
    site.press("g")
    expect(site.page.locator(".passage")).to_contain_text("Personne ne m’a jugée.")
    for _ in range(2):
        site.press("u")
        expect(site.page.get_by_text("Décision annulée.")).to_be_visible()
        site.page.get_by_text("Décision annulée.").evaluate("one => one.remove()")
    site.at(0)
    assert not Passage.objects.filter(retired=False).exclude(pk__in=[one.pk for one in desk.passages]).exists()


def test_the_passage_asked_for_last_is_the_one_shown_in_whatever_order_they_come(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[0].pk)
    site.press("d")
    site.page.get_by_role("button", name="Couper ici").focus()
    site.press("Enter")
    expect(site.page.locator(".passage")).to_have_text("Une dame m’a tiré une chaise.")
    site.press("g")
    expect(site.page.locator(".passage")).to_contain_text("Personne ne m’a jugée.")
    late: list[Any] = []
    site.page.route("**/fiche/**", lambda route: route.continue_() if late else late.append(route))
    site.press("u")
    expect(site.page.get_by_text("Décision annulée.")).to_be_visible()
    site.page.get_by_text("Décision annulée.").evaluate("one => one.remove()")
    site.press("u")
    site.at(0)
    with site.page.expect_response("**/fiche/**"):
        late[0].continue_()
    site.page.wait_for_timeout(200)
    site.at(0)


def test_the_keys_are_told_and_silent_where_one_writes_or_once_turned_off(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[0].pk)
    site.press("?")
    dialog = site.page.get_by_role("dialog")
    expect(dialog.get_by_text("Valider et passer au suivant")).to_be_visible()
    site.press("0")
    dialog.get_by_role("checkbox").uncheck()
    site.press("Escape")
    site.page.locator("#passage").focus()
    site.press("0", "c")
    expect(site.page.get_by_role("checkbox", name="Confiance")).not_to_be_checked()
    site.at(0)
    assert not Decision.objects.exists()


def test_a_french_keyboard_needs_no_shift_for_digits(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[0].pk)
    site.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '&', code: 'Digit1', bubbles: true}))"
    )
    expect(
        site.page.get_by_role("group", name="Accueil", exact=True).get_by_role("radio", name="manque")
    ).to_be_checked()


def test_enter_on_a_link_follows_it_and_decides_nothing(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[0].pk)
    site.page.get_by_role("link", name="Tout le témoignage").focus()
    site.press("Enter")
    expect(site.page.get_by_role("heading", level=1)).to_contain_text("Un témoignage")
    assert not Decision.objects.exists()


def test_enter_on_a_sense_validates_and_never_joins(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[0].pk)
    site.page.get_by_role("group", name="Accueil", exact=True).get_by_role("radio", name="présence").focus()
    site.press("ArrowRight", "Enter")
    site.saved(1)
    assert held(desk.now(0)) == {"accueil": "-"}
    assert not Passage.objects.filter(retired=True).exists()


def test_the_next_passage_does_not_wait_for_the_site_to_answer(opened: Any, desk: Desk):
    """From the key to the next card painted, as the reviewer sees it, before a slow site has answered."""
    letter = testimony(desk.here)
    for index in range(12):
        suggested(passage(letter, text=f"Le passage numéro {index}.", useful=0.0), {"action": "+"})
    site = opened()
    site.page.route("**/decider/*", lambda route: (site.page.wait_for_timeout(1000), route.continue_()))
    site.open("review")
    site.page.get_by_role("button", name="Commencer").click()
    waits = []
    for _ in range(8):
        site.page.wait_for_load_state("networkidle")
        waits.append(site.page.evaluate(_TIMED))
    assert median(waits) < 1000, waits


_TIMED = """() => new Promise(done => {
  const start = performance.now(), before = document.getElementById("fiche").dataset.address;
  const look = () => document.getElementById("fiche").dataset.address !== before
    ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);
  document.querySelector("[data-accept]").click();
  look();
})"""


def test_what_could_not_be_sent_is_kept_said_and_sent_again(opened: Any, desk: Desk):
    site = opened()

    def refuse(route: Route) -> None:
        route.abort()

    site.open("review_passage", desk.passages[1].pk)
    site.page.wait_for_load_state("networkidle")
    site.page.route("**/decider/*", refuse)
    site.press("Enter")
    site.at(0)
    site.press("Enter")
    site.at(3)
    warning = site.page.get_by_role("alert").filter(has_text="2 décisions pas encore enregistrées")
    expect(warning).to_be_visible()
    assert not Decision.objects.exists()
    asked: list[str] = []

    def turn_away(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    site.page.once("dialog", turn_away)
    site.page.evaluate("location.reload()")
    site.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    site.page.unroute("**/decider/*")
    warning.get_by_role("button", name="Réessayer").click()
    site.saved(2)
    expect(warning).to_be_hidden()
    assert set(Decision.objects.values_list("passage", flat=True)) == {desk.passages[1].pk, desk.passages[0].pk}


@pytest.mark.main_path
def test_an_answer_that_is_lost_makes_no_second_decision(opened: Any, desk: Desk):
    site = opened()
    lost: list[int] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    site.page.route("**/decider/*", lose)
    site.open("review_passage", desk.passages[1].pk)
    site.press("Enter")
    site.saved(1)
    assert lost == [200]
    assert Decision.objects.count() == 1


def test_a_session_that_ended_loses_nothing_once_one_has_signed_in_again(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[1].pk)
    site.page.wait_for_load_state("networkidle")
    Session.objects.all().delete()
    site.press("Enter")
    expect(site.page.get_by_role("alert").filter(has_text="1 décision pas encore enregistrée")).to_be_visible()
    site.sign_in(desk.marie)
    site.page.get_by_role("button", name="Réessayer").click()
    site.saved(1)
    assert desk.now(1).standing == "relu"


def test_a_passage_cut_by_someone_else_is_told_and_the_rest_goes_on(opened: Any, desk: Desk):
    site = opened()
    site.open("review_passage", desk.passages[1].pk)
    site.page.wait_for_load_state("networkidle")
    reviewing.split(desk.passages[0], desk.paul, [desk.passages[0].sentences[1][0]], token="c")
    site.press("Enter")
    site.at(0)
    site.press("Enter")
    site.at(3)
    told = site.page.locator("#messages").get_by_text("vient d’être coupé ou joint")
    expect(told).to_be_visible()
    told.get_by_role("link", name="Y aller").click()
    expect(site.page.get_by_role("heading", level=1)).to_contain_text("Un témoignage")


def test_without_scripts_one_reads_and_decides(opened: Any, desk: Desk):
    site = opened(java_script_enabled=False)
    site.open("review")
    site.page.get_by_role("button", name="Commencer").click()
    site.at(1)
    site.page.get_by_role("group", name="Appartenance", exact=True).get_by_role("radio", name="manque").check(
        force=True
    )
    site.page.get_by_role("button", name="Valider", exact=False).last.click()
    site.at(0)
    assert held(desk.now(1)) == {"appartenance": "-"}
    site.page.get_by_role("button", name="Annuler").click()
    site.at(1)
    assert desk.now(1).standing == "machine"


def test_two_people_settle_what_they_see_differently(opened: Any, desk: Desk):
    site = opened()
    for who, sense in ((desk.marie, "+"), (desk.paul, "-")):
        signed_in(who).post(reverse("review_decide", args=[desk.passages[0].pk]), {"code-accueil": sense})
    site.open("review")
    site.page.get_by_role("link", name="À départager").click()
    site.page.get_by_role("button", name="Retenir cet avis de Paul").click()
    expect(site.page.get_by_role("heading", name="Tout le monde est d’accord")).to_be_visible()
    now = desk.now(0)
    assert (held(now), now.standing) == ({"accueil": "-"}, "tranche")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_every_page_is_accessible_and_holds_in_its_width(opened: Any, desk: Desk, width: int, scheme: str):
    site = opened(width, color_scheme=scheme)
    for who, sense in ((desk.marie, "+"), (desk.paul, "-")):
        signed_in(who).post(
            reverse("review_decide", args=[desk.passages[0].pk]), {"code-accueil": sense, "commentaire": "Un mot."}
        )
    machine = desk.passages[0].suggestions.get().machine_pass
    one = desk.passages[0].pk
    pages = [
        ("review", []),
        ("review_passage", [one]),
        ("review_split", [one]),
        ("review_testimony", [desk.letter.pk]),
        ("review_differences", []),
        ("review_passes", []),
        ("review_pass", [machine.pk]),
    ]
    for name, args in pages:
        site.open(name, *args)
        for details in site.page.locator("main details").all():
            details.evaluate("one => { one.open = true; }")
        assert axe_violations(site.page) == [], name
        assert not site.page.evaluate("document.documentElement.scrollWidth > innerWidth"), name


def test_what_one_touches_on_a_phone_is_large_enough(opened: Any, desk: Desk):
    site = opened(390, has_touch=True, is_mobile=True)
    site.open("review_passage", desk.passages[0].pk)
    touched = site.page.locator(".answers .button:visible, .sense-choice:visible, .sub:visible, .why > summary:visible")
    sizes = [box for box in (one.bounding_box() for one in touched.all()) if box]
    assert len(sizes) > 15
    assert min(box["height"] for box in sizes) >= 44

"""From an invitation to the way out, by keyboard alone; and the pages as axe-core reads them."""

from datetime import datetime
from functools import partial
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.web.conftest import axe_violations, person, place, window
from voices.store.models import Grant, User
from voices.web import links

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHRASE = "trois bols et un chat"
# What has the focus: its label, or what is written in it.
FOCUSED = """() => {
  const e = document.activeElement;
  const label = e.labels && e.labels.length ? e.labels[0].innerText : e.getAttribute('aria-label');
  return (label || e.innerText || '').trim();
}"""


def tab_to(page: Page, name: str, kind: str = "*") -> None:
    """Nothing; the focus is on what begins with that name and is of that kind. Fails where Tab does not lead there."""
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1].startswith(name) and page.evaluate("kind => document.activeElement.matches(kind)", kind):
            return
    raise AssertionError(f"Tab does not lead to « {name} », only to {passed}")


def write(page: Page, **answers: str) -> None:
    """Nothing; each field, found by Tab by the beginning of its label, holds its answer."""
    for label, answer in answers.items():
        tab_to(page, label.replace("_", " "), "input, select")  # and not what names it among the faults
        page.keyboard.press("Control+A")
        page.keyboard.type(answer)


def press(page: Page, name: str, then: str) -> None:
    """Nothing; what begins with that name was found by Tab, Enter pressed, and what that shows is there."""
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.get_by_text(then).filter(visible=True).first.wait_for()


@pytest.mark.main_path
def test_from_an_invitation_to_the_way_out_by_keyboard_alone(browser: Browser, live_server: Any):
    desk = window(browser, live_server.url, person("administration", name="Chef"))
    desk.goto("/personnes/")
    press(desk, "Inviter quelqu’un", then="Vous recevrez un lien")
    write(desk, Nom_de_la_personne="Anne")
    tab_to(desk, "Coordination")
    desk.keyboard.press("ArrowUp")
    write(desk, **{"Pour quel lieu": "Tout"})
    press(desk, "Faire le lien", then="Copiez-le maintenant")
    link = desk.get_by_label("Pour créer son compte").input_value()

    page = window(browser, live_server.url)
    page.goto(link)
    write(page, Votre_nom="Anne Petit", Votre_nom_de_connexion="Anne", Nouveau_mot_de_passe=PHRASE, Le_même=PHRASE)
    press(page, "Créer mon compte", then="Bienvenue, Anne Petit")

    press(page, "Anne Petit", then="Mon compte")
    press(page, "Mon compte", then="Ce qui vous est confié")
    press(page, "Demander un code", then="Trois gestes")
    totp = pyotp.TOTP(page.locator("form strong").inner_text().replace(" ", ""))
    write(page, Les_six_chiffres=totp.now())
    press(page, "C’est prêt", then="un code vous sera demandé")

    press(page, "Anne Petit", then="Me déconnecter")
    press(page, "Me déconnecter", then="La table est mise")
    write(page, Votre_nom_de_connexion="anne", Votre_mot_de_passe=PHRASE)
    press(page, "Me connecter", then="Votre code")
    last = User.objects.get(username="anne").totp_last
    write(page, Les_six_chiffres=totp.generate_otp(last))
    press(page, "Entrer", then="n’est plus, le bon")
    write(page, Les_six_chiffres=totp.generate_otp(max(last + 1, totp.timecode(datetime.now()))))
    press(page, "Entrer", then="Qui a un compte ici")

    press(page, "Anne Petit", then="Me déconnecter")
    press(page, "Me déconnecter", then="La table est mise")
    page.goto("/personnes/")
    assert page.get_by_role("heading", name="Bonjour").is_visible()


def test_a_link_is_copied_and_said_to_be(browser: Browser, live_server: Any):
    someone = person(name="Anne")
    desk = window(browser, live_server.url, person("administration"), permissions=["clipboard-read", "clipboard-write"])
    desk.goto(f"/personnes/{someone.pk}/")
    press(desk, "Faire un lien", then="Copiez-le maintenant")
    press(desk, "Copier le lien", then="Copié.")
    assert desk.evaluate("navigator.clipboard.readText()") == desk.locator("#lien").input_value()


def test_one_comes_in_and_goes_out_without_scripts(browser: Browser, live_server: Any):
    person("administration", username="chef", name="Chef")
    page = window(browser, live_server.url, java_script_enabled=False)
    page.goto("/activite/")
    page.get_by_label("Votre nom de connexion").fill("chef")
    page.get_by_label("Votre mot de passe").fill("mot de passe long")
    page.get_by_role("button", name="Me connecter").click()
    assert page.get_by_role("heading", name="Activité").is_visible()
    page.locator(".bar-right summary").click()
    page.locator(".bar-right").get_by_role("button", name="Me déconnecter").click()
    assert page.get_by_role("heading", name="Bonjour").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024, 1400])
def test_axe_has_nothing_to_say_and_nothing_overflows(browser: Browser, live_server: Any, width: int, scheme: str):
    there = place("La Petite Cantine du Lavoir", type="petite cantine", town="Épinal")
    chief = person("administration", name="Chef")
    anne = person("coordination", there, name="Anne", username="anne", totp_secret=b"x")
    Grant.objects.create(user=anne, role="evaluation")
    closed, nobody = person(is_active=False), person()
    invitation, reset = links.invite("Benoît", "coordination", there, chief), links.reset(anne, chief)
    shown: list[tuple[User | None, list[str]]] = [
        (None, ["/connexion/", invitation, reset, "/invitation/rien/", "/nulle/part/"]),
        (nobody, ["/", "/personnes/"]),
        (
            chief,
            [
                *("/personnes/", "/personnes/inviter/", f"/personnes/{anne.pk}/", f"/personnes/{closed.pk}/"),
                *("/lieux/", "/lieux/nouveau/", f"/lieux/{there.pk}/", "/activite/", "/activite/?what=rien"),
                *("/compte/", "/compte/code/", invitation),
            ],
        ),
    ]
    said: list[str] = []
    for who, addresses in shown:
        page = window(browser, live_server.url, who, viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.on("console", partial(_keep, said))
        for address in addresses:
            page.goto(address)
            said += [f"{address} {one}" for one in axe_violations(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                said.append(f"{address} overflows")
        page.context.close()
    assert said == []


def _keep(said: list[str], message: ConsoleMessage) -> None:
    if "Content Security" in message.text:
        said.append(message.text)

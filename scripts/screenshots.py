"""Pictures of the site for the guide, from the demonstration: `python scripts/screenshots.py`.

Starts `voices serve --demo` in a folder of its own, waits until everything is read, opens each page as the role that
has it, and writes docs/guide/images/*.png. Run it again whenever a page changes: the guide then shows what people see.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "guide" / "images"
PORT = 8431
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SIZE = {"width": 1200, "height": 820}
SHOTS = {
    "coordination": (
        ("lieu", "/lieu/"),
        ("deposer", "/deposer/"),
        ("depot", "/deposer/depots/1/"),
        ("noms", ""),
        ("rapports", "/rapports/"),
    ),
    "evaluation": (
        ("relire", "/relire/?commencer=1"),
        ("double", "/double-codage/"),
        ("grille", "/grille/"),
        ("themes", "/themes/"),
        ("chercher", "/chercher/?q=quelqu’un+qui+reprend+confiance&mode=sens"),
        ("tableaux", "/tableaux/"),
        ("historique", "/historique/"),
    ),
    "communication": (("citations", "/citations/"),),
    "administration": (("personnes", "/personnes/"),),
}


def main() -> int:
    """Whether a page was missing."""
    if CHROMIUM is None:
        sys.exit("no chromium here: scripts/system.sh installs it")
    OUT.mkdir(parents=True, exist_ok=True)
    missing = 0
    with tempfile.TemporaryDirectory(prefix="voices-images-") as folder, demo(Path(folder)) as password:
        wait_until_read(Path(folder))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            for role, shots in SHOTS.items():
                page = signed_in(browser, role, password)
                missing += sum(not shot(page, name, path) for name, path in shots)
            browser.close()
    return min(missing, 1)


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The demonstration, opened in that folder; the password of its accounts."""
    command = [sys.executable, "-u", "-c", "from voices.cli import main; main()", "serve", "--demo"]
    environ = os.environ | {"PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [*command, "--port", str(PORT), "--data", str(folder)], stdout=subprocess.PIPE, text=True, env=environ
    )
    try:
        assert server.stdout is not None
        said = next(line for line in server.stdout if "Mot de passe" in line)
        yield re.search(r"Mot de passe de tous.?: (\S+)", said)[1]  # type: ignore[index]
    finally:
        server.terminate()
        server.wait()


def wait_until_read(folder: Path) -> None:
    """Nothing, once no work is left."""
    with closing(sqlite3.connect(folder / "voices.sqlite3", timeout=30)) as base:
        while base.execute("SELECT count(*) FROM store_job WHERE state IN ('attente', 'en_cours')").fetchone()[0]:
            time.sleep(1)


def signed_in(browser: Browser, role: str, password: str) -> Page:
    """A page where that account of the demonstration is signed in."""
    page = browser.new_context(viewport=SIZE, base_url=f"http://localhost:{PORT}", locale="fr-FR").new_page()
    page.goto("/connexion/")
    page.get_by_label("nom de connexion").fill(role)
    page.get_by_label("mot de passe").first.fill(password)
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    return page


def shot(page: Page, name: str, path: str) -> bool:
    """Whether the page is there; its picture is written."""
    answer = page.goto(path or with_names(page))
    page.wait_for_load_state("networkidle")
    if answer is None or answer.status != 200:
        print(f"{path}: {answer and answer.status}", file=sys.stderr)
        return False
    page.screenshot(path=OUT / f"{name}.png")
    # 256 colours tell the same, at a third of the weight.
    Image.open(OUT / f"{name}.png").quantize(256, dither=Image.Dither.NONE).save(OUT / f"{name}.png", optimize=True)
    print(f"{name}.png: {(OUT / f'{name}.png').stat().st_size // 1000} kB")
    return True


def with_names(page: Page) -> str:
    """The address where the names of a testimony are checked: the first of the list where some were replaced."""
    page.goto("/temoignages/")
    links = page.locator("a[href^='/temoignages/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for link in dict.fromkeys(links):
        if re.fullmatch(r"/temoignages/\d+/", link):
            page.goto(f"{link}noms/")
            if page.locator(".replaced").count():
                return f"{link}noms/"
    return "/temoignages/"


if __name__ == "__main__":
    sys.exit(main())

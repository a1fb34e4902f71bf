"""The site killed in the middle of its work, as by a power cut: what was confirmed is there once, and whole."""

import random
import threading
import time
from urllib.parse import urlencode

import pytest

from tests.web.killed.killing import KILLS, LOST
from tests.web.killed.site import PLAIN, Browser, Site
from voices.domain import Consent

LETTERS = {
    f"lettre {number}.txt": f"On m’a tiré une chaise numéro {number}. Personne ne m’a jugée.\n\nJ’ai servi la soupe."
    for number in range(4)
}


@pytest.mark.parametrize("site", ["reviewing"], indirect=True)
def test_killed_while_people_review_every_decision_is_kept_once(site: Site):
    chance = random.Random(3)
    reviewer = Browser(site, "evaluation")
    reviewer.enter(f"/relire/passage/{site.told['passages'][0]}/")
    confirmed: list[int] = []
    over = threading.Event()

    def review() -> None:
        for pk in site.told["passages"]:
            form = {"csrfmiddlewaretoken": reviewer.seal, "token": f"jeton-{pk}", "code-accueil": "-"}
            while not over.is_set():  # sent again until the site says that it is kept, as the desk does
                try:
                    answer, _ = reviewer.ask(
                        "POST",
                        f"/relire/passage/{pk}/decider/",
                        urlencode(form),
                        PLAIN | {"Accept": "application/json"},
                    )
                except LOST:
                    time.sleep(0.05)
                    continue
                assert answer.status == 200
                confirmed.append(pk)
                break
            time.sleep(0.02)

    sender = threading.Thread(target=review)
    sender.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.05, 0.4))
        site.kill()
        held = {pk for (pk,) in site.rows("SELECT passage_id FROM store_decision")}
        assert set(confirmed) <= held
        assert site.faults() == []
        site.start()
    sender.join(timeout=60)
    over.set()
    assert confirmed == site.told["passages"]
    assert site.rows("SELECT count(*), count(DISTINCT token) FROM store_decision") == [(len(confirmed),) * 2]
    assert site.rows("SELECT count(*) FROM store_passage WHERE standing = 'relu' AND accueil = '-'") == [
        (len(confirmed),)
    ]


@pytest.mark.parametrize("site", ["reviewing"], indirect=True)
def test_killed_while_files_are_handed_in_read_and_coded_each_is_in_once(site: Site):
    chance = random.Random(5)
    coordinator = Browser(site, "coordination")
    coordinator.enter("/deposer/")
    seal = coordinator.seal
    confirmed: list[str] = []
    over = threading.Event()

    def hand_in() -> None:
        for name, text in LETTERS.items():
            while not over.is_set():
                try:
                    answer, page = coordinator.ask("POST", "/deposer/", *_form(site, seal, name, text))
                except LOST:
                    time.sleep(0.1)
                    continue
                assert answer.status == 302, page[-2000:]
                confirmed.append(name)
                break
            time.sleep(1)

    sender = threading.Thread(target=hand_in)
    sender.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 6))
        site.kill()
        assert set(confirmed) <= {name for (name,) in site.rows("SELECT name FROM store_sourcefile")}
        # Never a part of a testimony: its passages are there with it, or neither is.
        assert site.rows(_BARE) == []
        assert site.faults() == []
        site.start()
    sender.join(timeout=60)
    over.set()
    site.wait_for_work()
    for (file,) in site.rows(_STOPPED_TOO_OFTEN):  # told so, with a button
        coordinator.ask("POST", f"/deposer/fichiers/{file}/reessayer/", urlencode({"csrfmiddlewaretoken": seal}), PLAIN)
    site.wait_for_work()
    assert confirmed == list(LETTERS)
    read = site.rows("SELECT text, count(*) FROM store_testimony WHERE file_id IS NOT NULL GROUP BY text")
    assert sorted(text.split("\n")[0] for text, _ in read) == sorted(text.split("\n")[0] for text in LETTERS.values())
    assert {count for _, count in read} == {1}
    assert site.rows(_TWICE) == []


_STOPPED_TOO_OFTEN = """SELECT store_sourcefile.id FROM store_sourcefile
    JOIN store_job ON CAST(subject ->> 'file' AS integer) = store_sourcefile.id
    WHERE store_job.state = 'echec' AND store_job.problem LIKE '%trois fois%'"""
_BARE = """SELECT id FROM store_testimony WHERE file_id IS NOT NULL
    AND id NOT IN (SELECT testimony_id FROM store_passage)"""
_TWICE = """SELECT start FROM store_passage
    JOIN store_testimony ON store_testimony.id = testimony_id AND file_id IS NOT NULL
    GROUP BY testimony_id, start HAVING count(*) > 1"""


def _form(site: Site, seal: str, name: str, text: str) -> tuple[bytes, dict[str, str]]:
    """A deposit of one file, as a browser sends it."""
    fields = {"csrfmiddlewaretoken": seal, "place": str(site.told["place"]), "consent": Consent.ANALYSIS.value}
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}' for key, value in fields.items()]
    parts.append(f'Content-Disposition: form-data; name="fichiers"; filename="{name}"\r\n\r\n{text}')
    body = "".join(f"--coupe\r\n{part}\r\n" for part in parts) + "--coupe--\r\n"
    return body.encode(), {"Content-Type": "multipart/form-data; boundary=coupe"}

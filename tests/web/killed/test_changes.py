"""The site killed while someone changes what it holds: each change is there once and whole, or is not there."""

from itertools import count, cycle

import pytest

from tests.web.killed.killing import Act, kill_during
from tests.web.killed.site import Browser, Site, field


@pytest.mark.parametrize("site", ["names"], indirect=True)
def test_names_are_replaced_and_put_back_with_all_that_points_into_the_words(site: Site):
    coordinator, done = Browser(site, "coordination"), dict.fromkeys(site.told["testimonies"], 0)
    decided = site.rows(_DECIDED)

    def act(pk: int) -> Act:
        pages: list[str] = []

        def send() -> None:
            path = f"/temoignages/{pk}/noms/"
            if not pages:  # sent again, it is the same page that sends it
                pages.append(coordinator.enter(path))
            seen = field(pages[0], "vu")
            if done[pk] % 2:
                status, page = coordinator.send(f"{path}remettre/", vu=seen, repere=_mark(site, pk))
            else:
                status, page = coordinator.send(
                    f"{path}remplacer/", vu=seen, nom="Bérénice", sorte="personne", partout="oui"
                )
            assert status in (200, 302), page[-2000:]
            if status == 200:
                assert "vient d’être changé" in page  # it was kept, and the answer was lost
            done[pk] += 1

        return send

    kill_during(site, (act(pk) for pk in cycle(done)), within=0.3, seed=1)
    site.wait_for_work()
    assert site.faults() == []
    changes = dict(site.rows("SELECT testimony_id, count(*) FROM store_namechange GROUP BY testimony_id"))
    assert {pk: changes.get(pk, 0) for pk in done} == done
    for pk, times in done.items():
        [(text,)] = site.rows(f"SELECT text FROM store_testimony WHERE id = {pk}")
        assert ("Bérénice" in text) == (times % 2 == 0)
    assert site.rows(_DECIDED) == decided
    assert site.rows("SELECT count(*) FROM store_passage WHERE vector IS NULL") == [(0,)]


@pytest.mark.parametrize("site", ["quotes"], indirect=True)
def test_quotes_that_went_out_are_noted_once(site: Site):
    editor, noted = Browser(site, "communication"), 0
    editor.enter(f"/citations/{site.told['passages'][0]}/")

    def act(passage: int, where: str) -> Act:
        def send() -> None:
            nonlocal noted
            status, page = editor.send(f"/citations/{passage}/texte/", ou=where)
            assert status == 200, page[-2000:]
            noted += 1

        return send

    sent = ((pk, f"Affiche numéro {rank}") for rank in count() for pk in site.told["passages"])
    kill_during(site, (act(*one) for one in sent), within=0.1, seed=2)
    assert site.rows("SELECT count(*) FROM store_publication") == [(noted,)]
    assert site.rows(_PUBLISHED_TWICE) == []


@pytest.mark.parametrize("site", ["passes"], indirect=True)
def test_what_a_machine_said_is_taken_back_and_brought_back_whole(site: Site):
    reviewer = Browser(site, "evaluation")
    last = site.told["passes"][-1]
    path = f"/relire/machine/{last}/"
    reviewer.enter(path)
    undone: list[bool] = []

    def act(back: bool) -> Act:
        def send() -> None:
            status, page = reviewer.send(path, **({"retablir": "oui"} if back else {}))
            assert status == 302, page[-2000:]
            undone.append(not back)

        return send

    kill_during(site, (act(back) for back in cycle((False, True))), within=1.0, seed=3)
    code = "accueil" if undone[-1] else "action"
    assert site.rows(f"SELECT count(*) FROM store_passage WHERE {code} = '+'") == [(1200,)]
    assert site.faults() == []
    assert site.rows("SELECT count(*) FROM store_trace WHERE what LIKE '%machine%'") == [(len(undone),)]


@pytest.mark.parametrize("site", ["book"], indirect=True)
def test_a_version_of_the_book_is_kept_with_all_that_follows_of_it(site: Site):
    """The machine reads the passages again, for each version that asked for it: one pass, whole."""
    evaluator, kept = Browser(site, "evaluation"), []

    def act(number: int) -> Act:
        pages: list[str] = []
        form = "/grille/code/fete/" if number else "/grille/nouveau/"

        def send() -> None:
            if not pages:
                evaluator.enter(form)
                pages.append(evaluator.send(form, **_own(number))[1])
            draft, base = field(pages[0], "grille"), field(pages[0], "base")
            status, page = evaluator.send(
                "/grille/enregistrer/", grille=draft, base=base, note=_note(number), relire="1"
            )
            assert status == 302 or "Quelqu’un a enregistré une autre version" in page or "Rien ne change" in page, page
            kept.append(_note(number))

        return send

    kill_during(site, (act(number) for number in count()), within=1.5, seed=4)
    site.wait_for_work()
    assert site.faults() == []
    assert [note for (note,) in site.rows("SELECT note FROM store_codebookversion ORDER BY number")] == kept
    assert site.rows("SELECT count(*) FROM store_job WHERE kind = 'codage'") == [(len(kept),)]


_DECIDED = "SELECT id, passage_id, kind, token FROM store_decision ORDER BY id"
_PUBLISHED_TWICE = """SELECT passage_id FROM store_publication GROUP BY passage_id, "where" HAVING count(*) > 1"""


def _mark(site: Site, pk: int) -> str:
    """What stands now in place of the name."""
    rows = site.rows(f"SELECT mark FROM store_namechange WHERE testimony_id = {pk} AND kind = 'ajout' ORDER BY id DESC")
    return str(rows[0][0])


def _note(number: int) -> str:
    return f"Le code numéro {number} compte."


def _own(number: int) -> dict[str, str]:
    return {
        "label": "Fête",
        "definition": f"On fête ensemble, pour la fois numéro {number}.",
        "lack": "",
        "examples": "on a dansé",
        "counterexamples": "",
    }

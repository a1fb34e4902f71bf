"""The history of decisions: every one of them, found again by its filters, opened, and taken away as a table."""

import csv
import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import passage as a_passage
from tests.web.conftest import person, place, signed_in, testimony
from tests.web.review.conftest import Desk, laid
from voices import reviewing
from voices.domain import Sense
from voices.reviewing import Coding
from voices.store.models import Decision, Passage, Trace

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Marie changes, Paul says otherwise, Marie settles; Paul comments, undoes; Marie cuts."""
    found = laid()
    first, second, third, fourth = found.passages
    reviewing.decide(first, found.marie, Coding({"accueil": Sense.LACK}, trust=True), token="1")
    reviewing.decide(first, found.paul, Coding({"action": Sense.PRESENCE}), token="2")
    reviewing.decide(first, found.marie, Coding({"action": Sense.PRESENCE}), token="3", adjudicates=True)
    reviewing.comment(second, found.paul, "Relire l’entretien.", token="4")
    taken = reviewing.decide(third, found.paul, Coding({"action": Sense.MIXED}), token="5")
    reviewing.undo(taken, found.paul, token="6")
    reviewing.decide(fourth, found.marie, Coding(), token="8")
    found.passages[0].refresh_from_db()
    return found


def lines(desk: Desk, query: str = "", user: Any = None) -> list[Any]:
    """What is told of passages."""
    return [line.told for line in desk.browser(user).get(reverse("history") + query).context["lines"] if line.told]


def table(desk: Desk, query: str = "", user: Any = None) -> list[dict[str, str]]:
    text = b"".join(desk.browser(user).get(reverse("history_export", args=["csv"]) + query)).decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text), delimiter=";") if row["nature"] == "Passages"]


def codes(chips: Any) -> dict[str, str]:
    return {chip.code: chip.sense for chip in chips}


def test_every_decision_is_there_with_what_stood_before_and_after(desk: Desk):
    told = [(one.who, one.did, codes(one.before_chips), codes(one.after_chips), one.undone) for one in lines(desk)]
    assert told == [
        ("Marie", "a relu", {}, {}, False),
        ("Paul", "a annulé sa relecture", {"action": "±"}, {"action": "+"}, False),
        ("Paul", "a relu", {"action": "+"}, {"action": "±"}, True),
        ("Paul", "a commenté", {"appartenance": "+"}, {}, False),
        ("Marie", "a tranché", {"action": "+"}, {"action": "+"}, False),
        ("Paul", "a relu", {"accueil": "-"}, {"action": "+"}, False),
        ("Marie", "a relu", {"accueil": "+"}, {"accueil": "-"}, False),
    ]
    shown = desk.browser().get(reverse("history")).content.decode()
    assert "Relire l’entretien." in shown
    assert "annulé depuis" in shown
    assert "sans rien changer" in shown


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 7),
        ("?qui={paul}", 4),
        ("?qui={marie}", 3),
        ("?qui=0", 0),
        ("?lieu={here}", 7),
        ("?lieu=nulle-part", 0),
        ("?code=accueil", 2),
        ("?nature=passages", 7),
        ("?nature=accords", 0),
        ("?temoignage={letter}", 7),
        ("?temoignage={letter}&passage=1", 3),
        ("?temoignage=999999", 0),
        ("?passage=x", 0),
        ("?code=appartenance", 1),
        ("?nature=commentaire", 1),
        ("?nature=tranche", 1),
        ("?nature=annule", 1),
        ("?nature=coupe", 0),
        ("?du={today}", 7),
        ("?du={tomorrow}", 0),
        ("?au={today}", 7),
        ("?au={yesterday}", 0),
        ("?du=hier", 0),
        ("?qui={paul}&nature=code&code=action", 2),
    ],
)
def test_decisions_are_found_by_person_place_code_period_and_kind(desk: Desk, query: str, expected: int):
    today = timezone.localdate()
    values = {"paul": desk.paul.pk, "marie": desk.marie.pk, "here": desk.here.slug, "today": today}
    values |= {"letter": desk.letter.pk}
    values |= {"tomorrow": today + timedelta(days=1), "yesterday": today - timedelta(days=1)}
    asked = query.format(**values)
    assert len(lines(desk, asked)) == expected
    assert len(table(desk, asked)) == expected


def test_each_line_opens_its_passage_and_its_testimony_once_it_was_cut(desk: Desk):
    second = desk.passages[1]
    shown = desk.browser().get(reverse("history") + "?nature=commentaire")
    assert shown.context["lines"][0].url == reverse("review_passage", args=[second.pk])
    reviewing.split(second, desk.marie, [second.start + 7], token="c")
    lines_now = desk.browser().get(reverse("history") + "?nature=passages").context["lines"]
    assert lines_now[0].did == "a coupé le passage"
    addresses = {line.url for line in lines_now if line.told.passage.pk == second.pk}
    assert addresses == {reverse("review_testimony", args=[desk.letter.pk])}
    for line in lines_now:
        assert desk.browser().get(line.url).status_code == 200


def test_a_decision_whose_account_is_gone_is_still_told(desk: Desk):
    Decision.objects.filter(author=desk.paul).update(author=None)
    assert len(lines(desk, "?qui=0")) == 4
    assert lines(desk, "?qui=0")[0].who == "Quelqu’un dont le compte est effacé"


def test_it_is_told_by_pages_without_a_query_a_line(desk: Desk, django_assert_max_num_queries: Any):
    for number in range(60):
        reviewing.comment(desk.passages[0], desk.marie, f"Mot {number}.", token=f"m{number}")
    browser = desk.browser()
    browser.get(reverse("history"))
    with django_assert_max_num_queries(32):
        first = browser.get(reverse("history"))
    assert len(first.context["lines"]) == 50
    address = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert address
    second = browser.get(reverse("history") + html.unescape(address[1]))
    assert len(second.context["lines"]) == 18
    numbers = [line.number for answer in (first, second) for line in answer.context["lines"] if line.told]
    assert numbers == sorted(set(numbers), reverse=True)
    assert 'rel="next"' not in second.content.decode()
    filtered = browser.get(reverse("history") + "?nature=commentaire").content.decode()
    assert "?nature=commentaire&amp;apres=" in filtered


def test_people_of_another_place_see_none_of_it(desk: Desk):
    away = place()
    elsewhere = person("evaluation", away)
    assert lines(desk, user=elsewhere) == []
    assert table(desk, user=elsewhere) == []
    form = desk.browser(elsewhere).get(reverse("history")).context["form"]
    assert [label for _, label in form.fields["qui"].choices] == ["Peu importe"]
    other = a_passage(testimony(away))
    reviewing.decide(other, desk.paul, Coding({"action": Sense.PRESENCE}), token="z")
    assert len(lines(desk, user=elsewhere)) == len(table(desk, user=elsewhere)) == 1
    assert len(lines(desk)) == 8
    Decision.objects.filter(author=desk.paul, passage=other).update(author=None)
    form = desk.browser(elsewhere).get(reverse("history")).context["form"]
    assert [label for _, label in form.fields["qui"].choices] == ["Peu importe", "Un compte effacé"]


def test_what_was_decided_of_a_withdrawn_testimony_is_seen_no_more(desk: Desk):
    desk.letter.consent = "retire"
    desk.letter.save()
    assert lines(desk) == []
    assert table(desk) == []


def test_the_table_has_words_for_senses_both_states_and_what_was_undone(desk: Desk):
    rows = table(desk)[::-1]
    assert [row["quoi"] for row in rows][:3] == ["a relu", "a relu", "a tranché"]
    first = rows[0]
    assert (first["avant"], first["apres"]) == (
        "Accueil (présence)\u202f; sous-codes\u202f: autres",
        "Accueil (manque)\u202f; confiance",
    )
    assert (rows[4]["annulee"], first["annulee"]) == ("oui", "non")
    assert rows[3]["precision"] == "Relire l’entretien."
    assert rows[6]["apres"] == "aucun code"
    assert (first["sujet"], first["nature"]) == (desk.passages[0].text, "Passages")
    assert Trace.objects.filter(what="Export de l’historique").count() == 1


def test_no_cell_of_the_table_is_a_formula(desk: Desk):
    Passage.objects.update(text="=1+1")
    reviewing.comment(desk.passages[0], desk.marie, "@SUM(A1)", token="f")
    desk.paul.name = "+paul"
    desk.paul.save()
    cells = [cell for row in table(desk) for cell in row.values()]
    assert {"'=1+1", "'@SUM(A1)", "'+paul"} <= set(cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_table_is_sent_while_it_is_read_in_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("voices.web.views.history._BATCH", 2)
    answer = desk.browser().get(reverse("history_export", args=["csv"]))
    assert answer.streaming
    assert len(table(desk)) == 7


def test_a_text_that_would_be_markup_is_only_text(desk: Desk):
    Passage.objects.update(text="<script>alert(1)</script>")
    reviewing.comment(desk.passages[0], desk.marie, "<script>alert(2)</script>", token="x")
    assert "<script>alert" not in signed_in(desk.marie).get(reverse("history")).content.decode()

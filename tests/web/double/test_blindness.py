"""Nobody sees what the machine or the others say of their sample, by any page or address, before all is coded."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import signed_in
from tests.web.double.conftest import SECRET, Sample
from voices import reviewing
from voices.domain import Sense
from voices.reviewing import Coding
from voices.store.models import Decision, Passage

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'(?:href|data-address|data-following)="(/(?!static)[^"#]*)"')

CODES = ("présence", "manque", "mixte", "aucun code", "À relire", SECRET, "Mot de Paul", "Mot de Lise", "Relu")
"""What tells a code, on pages that show those of the sample alone."""


@pytest.fixture
def coded(sample: Sample) -> Sample:
    """Marie has coded nothing; Paul all; Lise had reviewed every passage before."""
    for one in sample.passages:
        said = Coding({"accueil": Sense.LACK}, comment="Mot de Lise")
        reviewing.decide(one, sample.lise, said, token=f"z{one.pk}")
    sample.code_all(sample.paul, action="±", commentaire="Mot de Paul")
    return sample


def read(sample: Sample, name: str, *args: Any, query: str = "", user: Any = None) -> str:
    answer = signed_in(user or sample.marie).get(reverse(name, args=args) + query)
    return b"".join(answer).decode() if answer.status_code == 200 else str(answer.status_code)


def test_the_blind_desk_has_the_words_and_nothing_that_was_said_of_them(coded: Sample):
    for order in coded.orders():
        for name in ("double_passage", "double_card"):
            shown = read(coded, name, coded.one.pk, order)
            assert coded.at(order).text in shown
            for words in ("Mot de", SECRET, "Machine", "reveal history", "certainty", "Paul", "Lise", "weighs"):
                assert words not in shown, words
            assert 'value="" checked' in shown
            for sense in "+-±":
                assert f'value="{sense}" checked' not in shown


def test_before_all_is_coded_the_page_tells_how_far_everybody_is_and_no_code(coded: Sample):
    for user in (coded.marie, coded.lise):
        shown = read(coded, "double_one", coded.one.pk, user=user)
        assert "6 sur 6" in shown
        for words in CODES:
            assert words not in shown, words
    # One's own codes are one's own.
    coded.code(coded.marie, 1, accueil="-", commentaire="Le mien")
    assert "manque" in read(coded, "double_one", coded.one.pk)


@pytest.mark.parametrize("name", ["double_differences", "double_codings", "double_differences_csv"])
def test_side_by_side_and_exports_are_not_there_yet(coded: Sample, name: str):
    for user in (coded.marie, coded.paul, coded.lise):
        assert read(coded, name, coded.one.pk, user=user) == "404"
    assert read(coded, "double_settle", coded.one.pk, 1) == "404"


def test_the_desk_of_the_review_the_queue_and_what_it_sends_know_nothing_of_the_sample(coded: Sample):
    for order in coded.orders():
        one = coded.at(order)
        for name in ("review_passage", "review_card", "review_split"):
            assert read(coded, name, one.pk) == "404"
        for name in ("review_decide", "review_comment", "review_join"):
            answer = coded.browser().post(reverse(name, args=[one.pk]), headers={"Accept": "application/json"})
            assert answer.status_code == 404
    for query in ("?avis=tous", "?avis=tous&ordre=code", "?avis=tous&accueil=manque", "?commencer=1&avis=tous"):
        shown = coded.browser().get(reverse("review") + query, follow=True).content.decode()
        for order in coded.orders():
            assert coded.at(order).text not in shown


def test_search_has_none_of_it_whatever_is_asked(coded: Sample):
    for query in ("?q=chaise", "?q=soupe", "?accueil=manque", "?avis=relu", "?accueil=non"):
        shown = read(coded, "search", query=query)
        for order in coded.orders():
            assert f"/relire/passage/{coded.at(order).pk}/" not in shown
            assert f">{coded.at(order).text}<" not in shown
    assert "accueil=manque" in read(coded, "search", query="?accueil=manque", user=coded.lise)


@pytest.mark.parametrize("name", ["testimony", "review_testimony"])
def test_the_whole_testimony_is_read_without_the_codes_of_the_sample(coded: Sample, name: str):
    Passage.objects.exclude(pk__in=coded.one.passages.values("passage")).update(retired=True)
    for order in coded.orders():
        shown = read(coded, name, coded.at(order).testimony_id)
        assert coded.at(order).text in shown
        assert "à l’aveugle" in shown
        for words in ("manque", "mixte", "présence", "Mot de"):
            assert words not in shown.split("<aside")[0], words


def test_the_first_reading_of_a_place_shows_none_of_its_words(coded: Sample):
    shown = [read(coded, "place", one.slug) for one in (coded.here, coded.there)]
    shown += [read(coded, "place_passages", one.slug) for one in (coded.here, coded.there)]
    for order in coded.orders():
        assert not any(coded.at(order).text in page for page in shown)


@pytest.mark.parametrize(("name", "form"), [("history", ()), ("history_export", ("csv",))])
def test_the_history_has_neither_what_was_said_of_the_sample_nor_what_stood_before(
    coded: Sample, name: str, form: tuple[str, ...]
):
    shown = read(coded, name, *form)
    for order in coded.orders():
        assert coded.at(order).text not in shown
    assert "Mot de Paul" not in shown
    # To others, what is coded blind is not told either.
    assert "Mot de Paul" not in read(coded, name, *form, user=coded.lise)
    assert "Mot de Lise" in read(coded, name, *form, user=coded.lise)
    assert (
        "Mot de Lise" not in read(coded, name, *form, query=f"?q=&code=accueil&lieu={coded.here.slug}")
        or coded.passages
    )


def test_others_see_the_passages_as_before_and_not_the_blind_codes(coded: Sample):
    shown = read(coded, "review_passage", coded.at(1).pk, user=coded.lise)
    assert "Mot de Lise" in shown
    assert "Mot de Paul" not in shown
    assert coded.now(1).accueil == "-"
    assert coded.now(1).action == ""


def test_an_undo_of_someone_else_s_blind_word_is_not_there(coded: Sample):
    for one in Decision.objects.filter(author=coded.paul):
        assert coded.browser().post(reverse("review_undo", args=[one.pk])).status_code == 404


def test_once_closed_everything_is_seen_again(coded: Sample):
    coded.code_all(coded.marie, accueil="+")
    assert "Mot de Paul" not in read(coded, "double_one", coded.one.pk)
    coded.browser().post(coded.url("double_close"))
    shown = read(coded, "double_differences", coded.one.pk)
    assert "Mot de Paul" in shown
    assert "Marie" in shown
    assert "Mot de Paul" in read(coded, "review_passage", coded.at(1).pk)
    assert "Mot de Paul" in read(coded, "history")
    assert coded.at(1).text in read(coded, "search", query="?q=chaise") + read(coded, "search", query="?q=soupe")


def test_no_page_that_links_lead_to_tells_what_was_said_of_the_sample(sample: Sample):
    """Every page of the site from the first, by its own links: what others wrote of the sample is on none."""
    for order in sample.orders():
        said = Coding({"accueil": Sense.LACK}, comment="Mot de Lise")
        reviewing.decide(sample.at(order), sample.lise, said, token=f"z{order}")
    sample.code_all(sample.paul, action="±", commentaire="Mot de Paul")
    browser, seen, left = sample.browser(), set[str](), ["/"]
    while left and len(seen) < 150:
        address = left.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = browser.get(address, follow=True)
        if answer.status_code != 200:
            continue
        shown = b"".join(answer).decode("utf-8", "replace")
        assert "Mot de" not in shown, address
        assert SECRET not in shown or "/relire/" in address, address
        left += [one.replace("&amp;", "&") for one in _LINK.findall(shown) if "clore" not in one]
    assert len(seen) > 40
    assert reverse("double_passage", args=[sample.one.pk, 1]) in seen
    assert not any(reverse("review_passage", args=[sample.at(order).pk]) in seen for order in sample.orders())

"""The desk: what its card shows, in what order passages come, what its forms do without any script."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import passage, testimony
from tests.web.review.conftest import TEXT, Desk
from voices import reviewing
from voices.domain import Sense
from voices.reviewing import Coding
from voices.store.models import AssignedPassage, Assignment, CodebookVersion, Decision, MachinePass, Passage, Trace
from voices.web.views.review import attention

pytestmark = pytest.mark.django_db


def page(desk: Desk, index: int = 0, query: str = "", user=None) -> str:
    address = reverse("review_passage", args=[desk.passages[index].pk])
    shown: str = desk.browser(user).get(f"{address}{query}").content.decode()
    return shown


def send(desk: Desk, index: Any = 0, user: Any = None, query: str = "", **fields: Any) -> Any:
    address = reverse("review_decide", args=[desk.passages[index].pk])
    return desk.browser(user).post(f"{address}{query}", fields)


def begin(desk: Desk, user: Any = None) -> str:
    """Where « Commencer » leads."""
    address: str = desk.browser(user).get(reverse("review"), {"commencer": "1"}).url
    return address


def order(desk: Desk, query: str) -> list[int]:
    rows = desk.browser().get(reverse("review") + query).context["rows"]
    return [desk.passages.index(row["passage"]) for row in rows]


def test_the_queue_tells_how_many_are_left_and_begins_with_the_most_useful(desk: Desk):
    answer = desk.browser().get(reverse("review"))
    assert answer.context["left"] == 4
    assert order(desk, "") == [1, 0, 3, 2]
    assert begin(desk) == reverse("review_passage", args=[desk.passages[1].pk])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?ordre=lieu", [0, 1, 2, 3]),
        ("?ordre=code", [0, 1, 2, 3]),
        ("?ordre=hasard", [0, 3, 2, 1]),
        ("?ordre=theme", []),
        ("?accueil=presence", [0]),
        ("?accueil=manque", []),
        ("?lieu=ailleurs", []),
        ("?du=2025", []),
        ("?avis=relu", []),
        ("?avis=tous&ordre=lieu", [0, 1, 2, 3]),
        ("?accueil=non&appartenance=non&action=non", [3]),
    ],
)
def test_the_queue_is_ordered_and_filtered_as_its_address_says(desk: Desk, query: str, expected: list[int]):
    assert order(desk, query) == expected


def test_the_card_shows_what_surrounds_the_passage_and_why_its_codes_are_proposed(desk: Desk):
    shown = page(desk)
    for words in (
        "Qu’est-ce qui vous a fait revenir ?",
        "Une dame m’a tiré une chaise.<",
        "Depuis, on m’appelle",
        "On m’a donné un tablier.",
        "La porte était fermée.",
        "être salué, attendu",
        "<b>présence</b>, 90",
        "hospitalité",
    ):
        assert words in shown, words
    assert "<mark" in shown.split("Personne ne m’a jugée")[0]


def test_the_form_starts_from_what_the_machine_says_and_validating_it_accepts_everything(desk: Desk):
    shown = page(desk)
    assert 'name="code-accueil" value="+" checked' in shown
    assert 'value="autres" checked' in shown
    send(desk, **{"code-accueil": "+", "sous-codes-accueil": "autres", "token": "t"})
    now = desk.now(0)
    assert (now.standing, now.accueil, now.subcodes) == ("relu", "+", ["autres"])


def test_after_a_decision_comes_the_next_passage_of_the_same_queue(desk: Desk):
    answer = send(desk, 1, query="?accueil=non", **{"code-appartenance": "-"})
    assert answer.url == reverse("review_passage", args=[desk.passages[3].pk]) + "?accueil=non"
    assert send(desk, 2).url == reverse("review")


@pytest.mark.parametrize(
    ("fields", "codes", "trust"),
    [
        ({"code-accueil": "-"}, {"accueil": "-"}, False),
        ({"code-accueil": "±", "code-action": "+"}, {"accueil": "±", "action": "+"}, False),
        ({"code-accueil": ""}, {}, False),
        ({"code-accueil": "+", "aucun": "1"}, {}, False),
        ({"confiance": "on"}, {}, True),
    ],
)
def test_codes_are_changed_added_removed(desk: Desk, fields: dict[str, str], codes: dict[str, str], trust: bool):
    send(desk, **fields)
    assert reviewing.before(desk.now(0)) == {"codes": codes, "subcodes": [], "trust": trust, "standing": "relu"}


@pytest.mark.parametrize("fields", [{"code-accueil": "?"}, {"code-inconnu": "+"}, {"code-own__x": "+"}])
def test_codes_that_no_form_of_ours_sends_are_refused(desk: Desk, fields: dict[str, str]):
    send(desk, **fields)
    assert not Decision.objects.exists()


def test_sub_codes_of_a_code_that_is_absent_are_left_out(desk: Desk):
    send(desk, **{"code-accueil": "", "sous-codes-accueil": "autres", "code-action": "+", "sous-codes-action": "elan"})
    assert desk.now(0).subcodes == ["elan"]


def test_the_page_that_sends_by_itself_is_told_what_was_kept(desk: Desk):
    address = reverse("review_decide", args=[desk.passages[0].pk])
    browser = desk.browser()
    said = {"code-accueil": "+", "token": "t"}
    answers = [browser.post(address, said, headers={"Accept": "application/json"}).json() for _ in range(2)]
    assert answers[0] == answers[1] | {"address": answers[0]["address"]}
    assert answers[0]["kept"] is True
    assert Decision.objects.count() == 1


def test_a_decision_on_a_passage_cut_meanwhile_is_answered_by_why(desk: Desk):
    reviewing.split(desk.passages[0], desk.paul, [TEXT.index("Personne")], token="c")
    address = reverse("review_decide", args=[desk.passages[0].pk])
    answer = desk.browser().post(address, {"code-accueil": "+"}, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "coupé ou joint" in answer.json()["problem"]
    assert answer.json()["address"] == reverse("review_testimony", args=[desk.letter.pk])


def test_the_address_of_a_passage_cut_since_leads_to_its_testimony(desk: Desk):
    reviewing.split(desk.passages[0], desk.paul, [TEXT.index("Personne")], token="c")
    answer = desk.browser().get(reverse("review_passage", args=[desk.passages[0].pk]))
    assert answer.url == reverse("review_testimony", args=[desk.letter.pk])


def test_the_last_decision_is_undone_and_its_passage_is_back_on_the_desk(desk: Desk):
    send(desk, **{"code-action": "-"})
    send(desk, 2, **{"code-action": "-"})
    for index in (2, 0):
        answer = desk.browser().post(reverse("review_undo_last"))
        assert answer.url == reverse("review_passage", args=[desk.passages[index].pk])
        assert desk.now(index).standing == "machine"
    desk.browser().post(reverse("review_undo_last"))
    assert Decision.objects.count() == 4


def test_any_decision_is_undone_from_the_history_and_brought_back(desk: Desk):
    send(desk, **{"code-action": "-", "commentaire": "Elle le dit plus loin."})
    assert "Elle le dit plus loin." in page(desk)
    for standing in ("machine", "relu", "machine"):
        last = Decision.objects.latest("pk")
        desk.browser().post(reverse("review_undo", args=[last.pk]))
        assert desk.now(0).standing == standing
    assert "a rétabli sa relecture" in page(desk)


def test_anothers_decision_is_not_undone(desk: Desk):
    send(desk, **{"code-action": "-"})
    desk.browser(desk.paul).post(reverse("review_undo", args=[Decision.objects.get().pk]))
    assert desk.now(0).standing == "relu"
    assert "Annuler<span" not in page(desk, user=desk.paul)


def test_a_comment_is_kept_without_deciding(desk: Desk):
    address = reverse("review_comment", args=[desk.passages[0].pk])
    desk.browser().post(address, {"commentaire": "À vérifier."})
    desk.browser().post(address, {"commentaire": "   "})
    assert desk.now(0).standing == "machine"
    assert [row.comment for row in Decision.objects.all()] == ["À vérifier."]
    assert "À vérifier." in page(desk)


def test_two_people_who_differ_see_both_words_with_both_names(desk: Desk):
    send(desk, user=desk.marie, **{"code-accueil": "+"})
    send(desk, user=desk.paul, **{"code-accueil": "-"})
    shown = page(desk, user=desk.paul)
    assert "Avis différents" in shown
    assert shown.index("<b>Marie</b>") < shown.index("<b>Paul</b>")
    assert "Trancher ainsi" in shown
    # Each starts from their own last word.
    assert 'name="code-accueil" value="-" checked' in shown
    assert 'name="code-accueil" value="+" checked' in page(desk)


def test_a_difference_is_settled_from_its_list(desk: Desk):
    send(desk, user=desk.marie, **{"code-accueil": "+", "sous-codes-accueil": "soi", "confiance": "on"})
    send(desk, user=desk.paul, **{"code-accueil": "-"})
    listed = desk.browser().get(reverse("review_differences"))
    assert [word.who for word in listed.context["found"][0]["words"]] == ["Marie", "Paul"]
    for field in ('name="code-accueil" value="+"', 'name="sous-codes-accueil" value="soi"', 'name="confiance"'):
        assert field in listed.content.decode()
    answer = send(desk, query="?suite=departager", **{"code-accueil": "-", "tranche": "1"})
    assert answer.url == reverse("review_differences")
    assert desk.now(0).standing == "tranche"
    assert not desk.browser().get(reverse("review_differences")).context["found"]


def test_a_passage_is_cut_between_two_sentences_then_the_parts_are_reviewed(desk: Desk):
    address = reverse("review_split", args=[desk.passages[0].pk])
    assert f'value="{TEXT.index("Personne")}"' in desk.browser().get(address).content.decode()
    answer = desk.browser().post(address, {"at": TEXT.index("Personne"), "token": "t"})
    first = Passage.objects.get(text="Une dame m’a tiré une chaise.")
    assert answer.url == reverse("review_passage", args=[first.pk])
    shown = desk.browser().get(answer.url).content.decode()
    assert "a coupé le passage" in shown
    assert "en sont repris" in shown
    assert 'name="code-accueil" value="+" checked' in shown


def test_a_passage_is_cut_anywhere_by_going_to_the_line(desk: Desk):
    address = reverse("review_split", args=[desk.passages[0].pk])
    written = desk.passages[0].text.replace("m’a tiré", "m’a\r\ntiré")
    desk.browser().post(address, {"texte": written})
    assert Passage.objects.filter(retired=False, text="Une dame m’a").exists()


@pytest.mark.parametrize("fields", [{}, {"texte": "Tout autre chose."}, {"at": "3"}])
def test_a_cut_that_cannot_be_made_changes_nothing_and_says_why(desk: Desk, fields: dict[str, str]):
    address = reverse("review_split", args=[desk.passages[0].pk])
    answer = desk.browser().post(address, fields, follow=True)
    assert answer.request["PATH_INFO"] == address
    assert list(answer.context["messages"])
    assert not Passage.objects.filter(retired=True).exists()


def test_a_passage_is_joined_with_the_next_and_that_is_undone(desk: Desk):
    answer = desk.browser().post(reverse("review_join", args=[desk.passages[0].pk]))
    whole = Passage.objects.get(number=1, retired=False)
    assert answer.url == reverse("review_passage", args=[whole.pk])
    assert whole.text.startswith("Une dame")
    assert whole.text.endswith("un mardi.")
    answer = desk.browser().post(reverse("review_undo_last"))
    assert answer.url == reverse("review_passage", args=[desk.passages[0].pk])


def test_the_last_passage_of_a_turn_has_nothing_to_be_joined_with(desk: Desk):
    assert "Joindre au suivant" in page(desk, 0)
    assert "Joindre au suivant" not in page(desk, 3)
    answer = desk.browser().post(reverse("review_join", args=[desk.passages[3].pk]), follow=True)
    assert "Aucun passage ne suit" in answer.content.decode()


def test_the_document_shows_the_whole_testimony_each_passage_a_click_away(desk: Desk):
    send(desk, **{"code-accueil": "-"})
    shown = desk.browser().get(reverse("review_testimony", args=[desk.letter.pk])).content.decode()
    assert "Qu’est-ce qui vous a fait revenir ?" in shown
    for one in desk.passages:
        assert (
            reverse("review_passage", args=[one.pk]) + f"?temoignage={desk.letter.pk}&amp;ordre=lieu&amp;avis=tous"
            in shown
        )
    assert "3 à relire" in shown


def test_going_through_a_document_keeps_to_it(desk: Desk):
    passage(testimony(desk.here), useful=9.0)
    answer = send(desk, 0, query=f"?temoignage={desk.letter.pk}&ordre=lieu&avis=tous")
    assert answer.url.startswith(reverse("review_passage", args=[desk.passages[1].pk]))
    last = send(desk, 3, query=f"?temoignage={desk.letter.pk}&ordre=lieu&avis=tous")
    assert last.url.startswith(reverse("review") + "?")


def test_a_machine_pass_is_looked_at_taken_back_and_brought_back(desk: Desk):
    send(desk, **{"code-accueil": "-"})
    machine = desk.passages[0].suggestions.get().machine_pass
    listed = desk.browser().get(reverse("review_passes")).content.decode()
    assert reverse("review_pass", args=[machine.pk]) in listed
    assert f'data-label="Lieux">{desk.here.name}</td>' in listed
    address = reverse("review_pass", args=[machine.pk])
    reach = desk.browser().get(address).context["reach"]
    assert (reach.passages, reach.decided, reach.bare) == (4, 1, 3)
    desk.browser().post(address)
    assert [desk.now(index).accueil + desk.now(index).appartenance for index in (0, 1)] == ["-", ""]
    desk.browser().post(address, {"retablir": "1"})
    assert desk.now(1).appartenance == "+"
    assert Trace.objects.count() == 2


@pytest.mark.parametrize(
    ("coder", "called"),
    [("coder-3a@b2af1bb71aa5", "le codeur 3A livré"), ("le-mien@0123", "le-mien@0123")],
)
def test_a_coder_that_comes_with_voices_is_called_in_words(desk: Desk, coder: str, called: str):
    MachinePass.objects.update(coder=coder)
    page = desk.browser().get(reverse("review_passes"))
    assert {name for _, name, _ in page.context["passes"]} == {called}
    assert coder in page.content.decode()


def test_two_people_are_not_given_the_same_passage(desk: Desk):
    desk.browser().get(begin(desk))
    assert begin(desk, desk.paul).endswith(f"/{desk.passages[0].pk}/")
    assert begin(desk).endswith(f"/{desk.passages[1].pk}/")


def test_when_every_passage_is_before_someone_the_first_is_given_all_the_same(desk: Desk):
    for one in desk.passages:
        attention.look(one, desk.paul)
    assert attention.free(Passage.objects.order_by("pk"), desk.marie) == desk.passages[0]


def test_a_passage_that_one_is_to_code_blind_is_not_reviewed_before(desk: Desk):
    assignment = Assignment.objects.create(title="Essai")
    assignment.coders.add(desk.marie)
    AssignedPassage.objects.create(assignment=assignment, passage=desk.passages[1], order=1)
    assert order(desk, "") == [0, 3, 2]
    assert desk.browser().get(reverse("review_passage", args=[desk.passages[1].pk])).status_code == 404
    shown = desk.browser().get(reverse("review_testimony", args=[desk.letter.pk])).content.decode()
    assert "à l’aveugle" in shown
    Assignment.objects.update(closed_at=timezone.now() - timedelta(days=1))
    assert order(desk, "") == [1, 0, 3, 2]


def test_blind_words_show_nowhere_while_the_double_coding_is_open(desk: Desk):
    assignment = Assignment.objects.create(title="Essai")
    coding = Coding({"action": Sense.LACK}, comment="Mon avis secret.")
    reviewing.decide(desk.passages[0], desk.paul, coding, token="b", assignment=assignment)
    shown = page(desk)
    assert "secret" not in shown
    assert "Paul" not in shown
    assert "Historique (" not in shown
    decision = Decision.objects.get()
    assert desk.browser().post(reverse("review_undo", args=[decision.pk])).status_code == 404
    Assignment.objects.update(closed_at=timezone.now())
    assert "secret" in page(desk)


def test_the_card_follows_the_last_version_of_the_code_book(desk: Desk):
    code = {"id": "accueil", "label": "Bienvenue", "motto": "m", "definition": "Être reçu.", "lack": "Ne pas l’être."}
    own = {"id": "sommeil", "label": "Sommeil", "definition": "Mieux dormir."}
    CodebookVersion.objects.create(number=1, book={"version": "2", "codes": [code], "own": [own]})
    shown = page(desk)
    assert "Bienvenue" in shown
    assert "Être reçu." in shown
    assert "Appartenance" not in shown.split("<main")[1]
    send(desk, **{"code-sommeil": "-"})
    assert desk.now(0).own == {"sommeil": "-"}


def test_words_of_a_testimony_never_become_part_of_the_page(desk: Desk):
    text = "<script>alert(1)</script> {{ csrf_token }} \u202e🙂 " + "a" * 100_000
    other = testimony(desk.here, text)
    one = passage(other)
    browser = desk.browser()
    for name, pk in (("review_passage", one.pk), ("review_split", one.pk), ("review_testimony", other.pk)):
        shown = browser.get(reverse(name, args=[pk])).content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ csrf_token }} \u202e🙂" in shown


def test_each_page_asks_the_base_the_same_number_of_questions_however_long_the_queue(
    desk: Desk, django_assert_max_num_queries
):
    browser = desk.browser()
    with django_assert_max_num_queries(22):
        browser.get(reverse("review_card", args=[desk.passages[0].pk]))

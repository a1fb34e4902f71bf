"""The code book: its versions, what a change would touch, its files, and where it is followed."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices import coding, defining, reviewing
from voices.defining import Book, OvertakenError, book, book_at
from voices.defining.changes import Kind, What, changes
from voices.defining.consequences import consequences, to_read_again
from voices.defining.differing import stretches
from voices.defining.files import from_bytes, to_json, to_markdown, to_toml
from voices.defining.written import free
from voices.domain import OwnCode, Sense
from voices.errors import SettingsError
from voices.reviewing import Coding
from voices.store.models import CodebookVersion, Job, Passage, Trace, User

pytestmark = pytest.mark.django_db

FEAST = OwnCode("fete", "Fête", "On fête ensemble.", None, ("on a dansé",), ("on a bien mangé",))
OWN = {"label": "Fête", "definition": "On fête ensemble.", "lack": "", "counterexamples": ""}
OWN |= {"examples": "on a dansé\n"}


@pytest.fixture
def marie() -> User:
    return person("evaluation", name="Marie")


def with_feast(by: User | None = None) -> CodebookVersion:
    return defining.keep(Book(coding.codebook(), (FEAST,)), base=0, note="La fête compte", by=by)


def kept(browser: Any, answer: Any, **fields: str) -> Any:
    """The answer to the form of the page that shows what changes."""
    context = answer.context
    sent = {"grille": context["draft"], "base": str(context["base"]), "note": "Parce que.", "relire": "oui"}
    return browser.post(reverse("book_keep"), sent | fields)


def subcode_form(code_id: str, **changed: str) -> dict[str, str]:
    """What the form of a code sends where nothing but that changes."""
    code = book().codebook.code(code_id)
    sent = {"motto": code.motto, "definition": code.definition, "lack": code.lack, "sous-TOTAL_FORMS": "9"}
    sent |= {"examples": "", "counterexamples": "", "sous-INITIAL_FORMS": str(len(code.subcodes))}
    for rank, sub in enumerate(code.subcodes):
        lines = {"id": sub.id, "label": sub.label, "includes": sub.includes, "examples": "\n".join(sub.examples)}
        sent |= {f"sous-{rank}-{name}": value for name, value in lines.items()}
    sent["sous-TOTAL_FORMS"] = str(len(code.subcodes) + 1)
    return sent | changed


def test_an_added_code_makes_a_version_with_author_date_and_note(marie: User):
    browser = signed_in(marie)
    shown = browser.post(reverse("book_new"), OWN)
    assert [(one.title, one.kind) for one in shown.context["changes"]] == [("Code ajouté «\u202fFête\u202f»", "ajouté")]
    assert not CodebookVersion.objects.exists()
    assert kept(browser, shown).status_code == 302
    version = CodebookVersion.objects.get()
    assert (version.number, version.note, version.made_by) == (1, "Parce que.", marie)
    assert [one.id for one in book().own] == ["fete"]
    assert book().codebook.version == "1.2+1"
    assert Trace.objects.filter(what="Grille modifiée").exists()


def test_an_added_code_is_among_the_choices_of_the_desk_and_of_search(marie: User):
    with_feast()
    one = passage(testimony(place()))
    browser = signed_in(marie)
    assert "Fête" in browser.get(reverse("review_passage", args=[one.pk])).content.decode()
    assert "Fête" in browser.get(reverse("search")).content.decode()
    browser.post(reverse("review_decide", args=[one.pk]), {"code-fete": "+", "jeton": "j"})
    assert Passage.objects.get(pk=one.pk).own == {"fete": "+"}


def test_a_rename_touches_what_carries_the_subcode(marie: User):
    here, there = place("Ici"), place("Là")
    for at, count in ((here, 3), (there, 1)):
        for _ in range(count):
            passage(testimony(at), accueil="+", subcodes=["soi"])
    decided = Passage.objects.first()
    assert decided
    reviewing.decide(decided, marie, Coding({"accueil": Sense.PRESENCE}, ("soi",)), token="a")
    shown = signed_in(marie).post(
        reverse("book_code", args=["accueil"]), subcode_form("accueil", **{"sous-1-label": "être soi-même"})
    )
    [told] = shown.context["changes"]
    found = told.consequence
    assert (found.change.kind, found.change.id) == (Kind.RENAMED, "soi")
    assert (found.passages, found.reviewed, found.decisions) == (4, 1, 1)
    assert found.places == (("Ici", 3), ("Là", 1))
    assert shown.context["again"] == 0
    answer = signed_in(marie).get(told.url)
    assert answer.context["total"] == 4
    assert signed_in(marie).get(told.reviewed_url).context["total"] == 1


def test_a_decision_taken_back_is_not_counted(marie: User):
    with_feast()
    one = passage(testimony(place()))
    decision = reviewing.decide(one, marie, Coding({"fete": Sense.PRESENCE}), token="a")
    [removed] = changes(book(), Book(book().codebook))
    assert consequences([removed], Passage.objects.all())[0].decisions == 1
    reviewing.undo(decision, marie, token="b")
    assert consequences([removed], Passage.objects.all())[0].decisions == 0


def test_the_machine_is_asked_to_read_again_only_for_what_it_reads(marie: User):
    passages = [passage(testimony(place())) for _ in range(3)]
    browser = signed_in(marie)
    kept(browser, browser.post(reverse("book_code", args=["accueil"]), subcode_form("accueil", definition="Autre.")))
    assert not Job.objects.exists()
    kept(browser, browser.post(reverse("book_new"), OWN))
    assert Job.objects.get(kind=Job.Kind.CODE).subject == {"passages": sorted(one.pk for one in passages)}
    assert Job.objects.get().made_by == marie


def test_it_may_be_left_for_later(marie: User):
    passage(testimony(place()))
    browser = signed_in(marie)
    kept(browser, browser.post(reverse("book_new"), OWN), relire="")
    assert CodebookVersion.objects.count() == 1
    assert not Job.objects.exists()


def test_a_removed_code_leaves_what_people_said_and_takes_what_the_machine_said(marie: User):
    with_feast()
    said, proposed = (passage(testimony(place())) for _ in range(2))
    suggested(proposed, {"fete": "+"})
    reviewing.refresh([proposed.pk])
    reviewing.decide(said, marie, Coding({"fete": Sense.PRESENCE}), token="a")
    browser = signed_in(marie)
    shown = browser.post(reverse("book_remove", args=["fete"]))
    [told] = shown.context["changes"]
    assert (told.consequence.passages, told.consequence.machine, told.consequence.decisions) == (2, 1, 1)
    kept(browser, shown)
    assert Passage.objects.get(pk=proposed.pk).own == {}
    assert Passage.objects.get(pk=said.pk).own == {"fete": "+"}
    desk = browser.get(reverse("review_passage", args=[said.pk])).content.decode()
    assert "Fête (retiré de la grille)" in desk


def test_an_id_is_never_given_twice(marie: User):
    with_feast()
    browser = signed_in(marie)
    kept(browser, browser.post(reverse("book_remove", args=["fete"])))
    kept(browser, browser.post(reverse("book_new"), OWN))
    assert [one.id for one in book().own] == ["fete_2"]


def test_an_earlier_version_is_restored_as_a_new_one(marie: User):
    with_feast()
    browser = signed_in(marie)
    kept(browser, browser.post(reverse("book_restore", args=[0])))
    assert [one.number for one in CodebookVersion.objects.all()] == [2, 1]
    assert changes(book(), book_at(0)) == ()
    kept(browser, browser.post(reverse("book_restore", args=[1])))
    assert book().own == (FEAST,)


def test_two_people_at_once_lose_nothing(marie: User):
    browser = signed_in(marie)
    shown = browser.post(reverse("book_new"), OWN)
    with_feast()
    again = kept(browser, shown)
    assert again.status_code == 200
    assert CodebookVersion.objects.count() == 1
    assert again.context["base"] == 1
    with pytest.raises(OvertakenError):
        defining.keep(book_at(0), base=0, note="", by=marie)


def test_a_draft_goes_back_to_its_form_whole(marie: User):
    browser = signed_in(marie)
    shown = browser.post(reverse("book_new"), OWN | {"label": "Le <b>bal</b>"})
    back = browser.post(reverse("book_new"), {"grille": shown.context["draft"], "reprendre": "oui"})
    assert back.context["form"].initial["label"] == "Le <b>bal</b>"
    assert "Le <b>" not in back.content.decode()


def test_subcodes_are_added_and_removed(marie: User):
    browser = signed_in(marie)
    new = {"sous-2-label": "la porte", "sous-2-includes": "On voit qu’on peut entrer.", "sous-0-DELETE": "on"}
    shown = browser.post(reverse("book_code", args=["accueil"]), subcode_form("accueil", **new))
    assert {(one.consequence.change.id, one.kind) for one in shown.context["changes"]} == {
        ("autres", "retiré"),
        ("la_porte", "ajouté"),
    }


def test_a_begun_subcode_without_a_name_is_told(marie: User):
    answer = signed_in(marie).post(
        reverse("book_code", args=["accueil"]), subcode_form("accueil", **{"sous-0-label": ""})
    )
    assert "retirer" in answer.context["subs"].errors[0]["label"][0]


def test_versions_are_listed_and_compared(marie: User):
    with_feast(marie)
    browser = signed_in(marie)
    listed = browser.get(reverse("book_versions")).content.decode()
    assert "La fête compte" in listed
    assert "Marie" in listed
    compared = browser.get(reverse("book_version", args=[1]))
    assert [one.kind for one in compared.context["changes"]] == ["ajouté"]
    back = browser.get(reverse("book_version", args=[0]), {"avec": "1"})
    assert [one.kind for one in back.context["changes"]] == ["retiré"]
    assert browser.get(reverse("book_version", args=[7])).status_code == 404


@pytest.mark.parametrize("form", ["toml", "json"])
def test_an_exported_book_is_imported_as_it_was(marie: User, form: str):
    with_feast()
    browser = signed_in(marie)
    answer = browser.get(reverse("book_export", args=[1, form]))
    assert "attachment" in answer["Content-Disposition"]
    assert from_bytes(f"g.{form}", answer.content) == book()
    defining.keep(book_at(0), base=1, note="", by=None)
    file = SimpleUploadedFile(f"grille.{form}", answer.content)
    shown = browser.post(reverse("book_import"), {"fichier": file})
    assert [one.kind for one in shown.context["changes"]] == ["ajouté"]


def test_what_is_exported_is_read_at_the_terminal(tmp_path: Any):
    path = tmp_path / "grille.toml"
    path.write_text(to_toml(Book(coding.codebook(), (FEAST,))), encoding="utf-8")
    assert coding.codebook(path) == coding.codebook()
    assert coding.read_own(path) == (FEAST,)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe", "ne se lit pas"),
        (b"[1, 2", "ne se lit pas"),
        (b"version = '1'", "défauts"),
        (to_json(Book(coding.codebook())).replace('"accueil"', '"contains"').encode(), "trois premiers codes"),
        (to_json(Book(coding.codebook(), (OwnCode("in", "In", "x"),))).encode(), "« in » ne peut pas servir"),
    ],
)
def test_a_faulty_file_is_refused_with_what_is_wrong(marie: User, content: bytes, told: str):
    name = "g.toml" if content.startswith((b"\xff", b"[", b"version")) else "g.json"
    answer = signed_in(marie).post(reverse("book_import"), {"fichier": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not CodebookVersion.objects.exists()


def test_what_a_page_carries_is_checked_again(marie: User):
    browser = signed_in(marie)
    sent = {"grille": json.dumps({"version": "x", "codes": []}), "base": "0", "note": "x"}
    assert browser.post(reverse("book_keep"), sent).status_code == 302
    assert browser.post(reverse("book_keep"), {"grille": "[" * 100_000, "base": "0", "note": "x"}).status_code == 302
    assert not CodebookVersion.objects.exists()


def test_markdown_has_every_code():
    written = to_markdown(Book(coding.codebook(), (FEAST,)))
    assert all(f"## {one.label}" in written for one in coding.codebook().codes)
    assert "on a dansé" in written


CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
TEXTS = st.text(CHARACTERS, min_size=1, max_size=40).filter(str.strip)
CODES = st.builds(
    OwnCode,
    st.from_regex(r"[a-z]{3,8}", fullmatch=True).filter(lambda one: free(one) and one not in ("autres", "soi")),
    TEXTS,
    TEXTS,
    st.none() | TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.lists(TEXTS, max_size=3).map(tuple),
)


@given(st.lists(CODES, max_size=4, unique_by=lambda one: one.id))
def test_any_book_survives_its_files(codes: list[OwnCode]):
    taken = {*Book(coding.codebook()).ids, "confiance"} | {
        sub.id for code in coding.codebook().codes for sub in code.subcodes
    }
    one = Book(coding.codebook(), tuple(code for code in codes if code.id not in taken))
    assert from_bytes("g.toml", to_toml(one).encode()) == one
    assert from_bytes("g.json", to_json(one).encode()) == one


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_hold_both_texts(before: str, after: str):
    found = stretches(before, after)
    assert "".join(one.text for one in found if one.kind != "new") == before
    assert "".join(one.text for one in found if one.kind != "gone") == after


def test_rules_alone_touch_no_passage():
    now = book()
    from dataclasses import replace

    after = replace(now, codebook=replace(now.codebook, rules=()))
    found = changes(now, after)
    assert [one.what for one in found] == [What.RULES]
    assert to_read_again(found, Passage.objects.all()) == []
    with pytest.raises(SettingsError):
        from_bytes("g.toml", b"x" * 2_000_000)

"""The names of a testimony of the base, corrected: its words change, and all that points into them follows."""

import unicodedata
from dataclasses import replace as with_
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import passage, person, place, suggested, testimony
from voices import naming, reviewing
from voices.domain import Role, Sense
from voices.errors import PrivacyError, VoicesError
from voices.privacy import Correspondence
from voices.raw import RawTestimony, RawTurn
from voices.receiving.sealing import open_names, seal_names
from voices.store import models
from voices.store.models import Decision, Job, NameChange, Passage, Shortlist, ShortlistItem, Suggestion
from voices.store.search import text as search
from voices.store.search import words

pytestmark = pytest.mark.django_db
many = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

NAMES = ["Yvette", "yvette", "Jean-Lou", "Zoe\u0302\u0301", "Odile Kerbrat", "Kerbrat", "Rose", "Ana"]
PIECES = [
    *NAMES,
    "rose",
    "Odile",
    "m’a dit",
    "🙂",
    "👩🏽‍🍳",
    "e\u0301\u0323",
    "Rose-Marie",
    "[téléphone]",
    "d’",
    "la Puce",
    "«",
    ".",
]
SAID = [*NAMES, "la Puce", "Mme Kerbrat", "Rose-Marie", "🙂", "d", "la"]


def a_testimony(text: str, **fields: Any) -> models.Testimony:
    """A testimony of these words, to which nothing was done yet."""
    return testimony(place(), text, **fields)


def add(row: models.Testimony, said: str, kind: str = "personne", at: int | None = None) -> NameChange:
    """The change, and the row as it then is."""
    change = naming.add(row, said, kind, at=at, seen=naming.stamp(row), by=None, settings=site.VOICES)
    row.refresh_from_db()
    return change


def put_back(row: models.Testimony, mark: str, original: int = 0, at: int | None = None) -> NameChange:
    """The same, of a word put back."""
    seen = naming.stamp(row)
    change = naming.put_back(row, mark, original, at=at, seen=seen, by=None, settings=site.VOICES)
    row.refresh_from_db()
    return change


def the_mark(row: models.Testimony) -> str:
    """What was replaced in it, where one thing was."""
    (one,) = naming.names_of(row, site.VOICES).replaced
    return one.mark


@st.composite
def told(draw: st.DrawFn) -> tuple[list[str], list[int], list[tuple[int, int, bool]]]:
    """Turns, where their passages are cut (anywhere, in words too), and what is done: (what, which, here alone)."""
    pieces = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9)
    turns = draw(
        st.lists(pieces.map(lambda some: unicodedata.normalize("NFC", " ".join(some))), min_size=1, max_size=4)
    )
    cuts = draw(st.lists(st.integers(0, 200), max_size=8))
    steps = draw(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 5), st.booleans()), min_size=1, max_size=6))
    return turns, cuts, steps


def written(turns: list[str], cuts: list[int]) -> models.Testimony:
    """A row of these turns, with passages that stand, one retired over them, evidence and quotes that point into it."""
    spans, at = [], 0
    for text in turns:
        spans.append((at, at + len(text)))
        at += len(text) + 2
    roles = ["temoin", "intervieweur"]
    row = a_testimony(
        "\n\n".join(turns),
        turns=[[*span, roles[i % 2], ["Mme Kerbrat", "Q"][i % 2], False, None] for i, span in enumerate(spans)],
    )
    for index, (start, end) in enumerate(spans):
        if index % 2 == 0:
            _passages(row, index, start, end, cuts, question=turns[index - 1] if index else "")
    whole = passage(row, *spans[0], retired=True, number=99)
    suggested(whole, {"accueil": "+"})
    items = Shortlist.objects.create(name="liste")
    for one in row.passages.all():
        ShortlistItem.objects.create(shortlist=items, passage=one, spans=[[one.start, one.end]], digest="d")
        for suggestion in one.suggestions.all():
            evidence = {"start": one.start, "end": one.end, "neighbours": [{"text": "Yvette"}], "against": []}
            suggestion.codings[0]["evidence"] = evidence
            suggestion.save()
    return row


def _passages(row: models.Testimony, turn: int, start: int, end: int, cuts: list[int], question: str) -> None:
    edges = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
    previous = ""
    for first, past in pairwise(edges):
        text = row.text[first:past]
        lemmas = " ".join(text[slice(*span)].lower() for span in words.spans(text))
        one = passage(
            row, first, past, turn=turn, speaker="Mme Kerbrat", question=question, previous=previous, lemmas=lemmas
        )
        suggested(one, {"accueil": "+"})
        question, previous = "", one.text


def holds(row: models.Testimony) -> None:
    """Everything that points into the testimony points at what it says it does."""
    passages = list(row.passages.order_by("retired", "start", "pk"))
    for one in passages:
        assert row.text[one.start : one.end] == one.text
        assert one.sentences == [[one.start, one.end]]
        assert one.speaker in ("", row.turns[one.turn][3])
        assert one.question == "" or one.question == row.text[slice(*row.turns[one.turn - 1][:2])]
        assert len(one.lemmas.split()) in (0, len(words.spans(one.text)))
        assert [item.spans for item in one.shortlisted.all()] == [[[one.start, one.end]]]
        for suggestion in one.suggestions.all():
            evidence = suggestion.codings[0]["evidence"]
            assert (evidence["start"], evidence["end"]) == (one.start, one.end)
    standing = [one for one in passages if not one.retired]
    for before, after in pairwise(standing):
        assert before.end <= after.start
        if before.turn == after.turn:
            assert (before.end, after.previous) == (after.start, before.text)
    turns = [turn[:2] for turn in row.turns]
    assert all(one[1] + 2 == other[0] and row.text[one[1] : other[0]] == "\n\n" for one, other in pairwise(turns))
    assert (turns[0][0], turns[-1][1]) == (0, len(row.text))


@many
@given(told())
def test_whatever_is_added_and_put_back_every_offset_follows(
    case: tuple[list[str], list[int], list[tuple[int, int, bool]]],
):
    turns, cuts, steps = case
    row = written(turns, cuts)
    holds(row)
    original, changes = row.text, 0
    for what, which, here in steps:
        names = naming.names_of(row, site.VOICES)
        try:
            if what < 7 or not names.replaced:
                said = SAID[(what + which) % len(SAID)]
                spans = naming.places(row, said, "personne", seen=naming.stamp(row), settings=site.VOICES).spans
                add(row, said, at=spans[0][0] if here and spans else None)
            else:
                mark = names.replaced[which % len(names.replaced)].mark
                at = next((one.start for one in names.standing if row.text[one.start : one.end] == mark), None)
                put_back(row, mark, at=at if here else None)
            changes += 1
        except VoicesError:
            pass
        row.refresh_from_db()
        holds(row)
    assert row.name_changes.count() == changes
    for _ in range(20):
        replaced = naming.names_of(row, site.VOICES).replaced
        if not replaced:
            break
        put_back(row, replaced[0].mark)
    assert row.text == original
    assert (row.turns[0][3], row.replaced) == ("Mme Kerbrat", {})
    holds(row)


def test_a_name_added_is_replaced_in_the_words_the_labels_and_the_words_around():
    text = "Qui vous a accueillie, Yvette ?\n\nYvette m’a tiré une chaise. Elle rit.\n\nEt Yvette ?\n\nElle rit."
    row = a_testimony(
        text,
        turns=[
            [0, 31, "intervieweur", "Q", False, None],
            [33, 70, "temoin", "Yvette R.", False, None],
            [72, 83, "intervieweur", "Q", False, None],
            [85, 94, "temoin", "Yvette R.", False, 12.5],
        ],
    )
    first = passage(
        row, 33, 60, turn=1, question=text[:31], speaker="Yvette R.", lemmas="yvette me avoir tirer un chaise"
    )
    then = passage(row, 61, 70, turn=1, previous=first.text, speaker="Yvette R.", lemmas="elle rire")
    change = add(row, "Yvette")
    mark = the_mark(row)
    assert "Yvette" not in row.text + str(row.turns)
    assert row.turns[3][3:] == [f"{mark} R.", False, 12.5]
    first.refresh_from_db()
    then.refresh_from_db()
    assert first.text == f"{mark} m’a tiré une chaise."
    assert first.question == f"Qui vous a accueillie, {mark} ?"
    assert first.lemmas == f"{mark.lower()} me avoir tirer un chaise"
    assert then.previous == first.text
    assert first.speaker == f"{mark} R."
    assert (change.kind, change.mark, change.count) == (NameChange.Kind.ADDED, mark, 4)
    assert row.replaced == {"personne": 3}  # in the text; the label is a fourth
    assert open_names(row.names or b"", site.VOICES) == (Correspondence("personne", "Yvette", mark),)


def test_codes_and_decisions_stay_and_a_quote_put_aside_is_told_from_what_was_chosen():
    row = a_testimony("Yvette m’a tiré une chaise.")
    one = passage(row)
    suggested(one, {"accueil": "+"})
    reviewing.decide(one, person(), reviewing.Coding({"action": Sense.LACK}), token="t")
    item = ShortlistItem.objects.create(
        shortlist=Shortlist.objects.create(name="l"), passage=one, spans=[[0, 27]], digest="sha de la citation"
    )
    add(row, "Yvette")
    one.refresh_from_db()
    item.refresh_from_db()
    assert (one.standing, one.action, one.accueil) == (Passage.Standing.REVIEWED, "-", "")
    assert Decision.objects.get().codes == {"action": "-"}
    assert Suggestion.objects.count() == 1
    assert (item.spans, item.digest) == ([[0, len(row.text)]], "sha de la citation")


def test_a_word_is_put_back_where_it_is_or_everywhere_and_only_then_is_no_secret_any_more():
    row = a_testimony("Rose parle. Une rose. Rose rit.")
    add(row, "Rose")
    mark = the_mark(row)
    here = row.text.index(mark)
    assert put_back(row, mark, at=here).count == 1
    assert row.text == f"Rose parle. Une rose. {mark} rit."
    assert naming.names_of(row, site.VOICES).replaced[0].originals == ("Rose",)
    assert put_back(row, mark).kind == NameChange.Kind.UNDONE
    assert row.text == "Rose parle. Une rose. Rose rit."
    assert open_names(row.names or b"", site.VOICES) == ()
    add(row, "Rose")
    assert the_mark(row) == mark


def test_a_word_is_replaced_only_where_it_was_chosen():
    row = a_testimony("Une nuit claire, claire est venue. Claire !")
    found = naming.places(row, "claire", "personne", seen=naming.stamp(row), settings=site.VOICES)
    assert [row.text[start:end] for start, end in found.spans] == ["claire", "claire", "Claire"]
    at = row.text.index("claire est")
    seen = naming.stamp(row)
    change = naming.add(row, "claire", "personne", at=at, seen=seen, by=None, settings=site.VOICES)
    row.refresh_from_db()
    assert (row.text, change.count) == (f"Une nuit claire, {change.mark} est venue. Claire !", 1)
    with pytest.raises(VoicesError, match="vient d’être changé"):
        naming.add(row, "claire", "personne", at=0, seen=naming.stamp(row), by=None, settings=site.VOICES)
    put_back(row, change.mark)
    assert row.text == "Une nuit claire, claire est venue. Claire !"


def test_a_detail_is_hidden_and_put_back_with_the_pseudonym_that_it_holds():
    text = "Yvette est la fille de Monique."
    row = a_testimony(text)
    add(row, "Monique")
    before, said = row.text, row.text[row.text.index("la fille") : -1]
    assert add(row, said, "detail").mark == "[détail]"
    assert (row.text, row.replaced["detail"]) == ("Yvette est [détail].", 1)
    put_back(row, "[détail]")
    assert row.text == before
    put_back(row, the_mark(row))
    assert row.text == text


def test_one_of_several_words_that_gave_one_mark_is_put_back():
    row = a_testimony("Au 06, ou au 07.")
    add(row, "06", "telephone")
    add(row, "07", "telephone")
    assert row.text == "Au [téléphone], ou au [téléphone]."
    assert naming.names_of(row, site.VOICES).replaced[0].originals == ("06", "07")
    put_back(row, "[téléphone]", 1, at=row.text.rindex("["))
    assert row.text == "Au [téléphone], ou au 07."
    with pytest.raises(VoicesError, match="changé"):
        put_back(row, "[téléphone]", 5)


def test_what_another_changed_meanwhile_is_not_written_over():
    row = a_testimony("Yvette et Odile.")
    seen, late = naming.stamp(row), models.Testimony.objects.get(pk=row.pk)
    add(row, "Yvette")
    for one in (row, late):
        with pytest.raises(VoicesError, match="vient d’être changé"):
            naming.add(one, "Odile", "personne", seen=seen, by=None, settings=site.VOICES)
    with pytest.raises(VoicesError, match="vient d’être changé"):  # and not « introuvable », of a name just replaced
        naming.places(row, "Yvette", "personne", seen=seen, settings=site.VOICES)
    with pytest.raises(VoicesError, match="vient d’être changé"):
        naming.put_back(row, the_mark(row), at=9999, seen=naming.stamp(row), by=None, settings=site.VOICES)
    row.refresh_from_db()
    assert "Odile" in row.text


def test_nothing_is_half_written_where_the_history_cannot_be(monkeypatch: pytest.MonkeyPatch):
    row = a_testimony("Yvette rit.")
    one = passage(row)

    def refuse(self: NameChange, *args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr(NameChange, "save", refuse)
    with pytest.raises(OSError):  # noqa: PT011 - the disk says nothing more
        add(row, "Yvette")
    one.refresh_from_db()
    assert (models.Testimony.objects.get(pk=row.pk).text, one.text) == ("Yvette rit.", "Yvette rit.")


def test_no_history_line_no_repr_and_no_message_holds_the_name():
    row = a_testimony("Yvette rit. YVETTE !")
    add(row, "Yvette")
    assert "yvette" not in f"{list(NameChange.objects.values())} {Job.objects.values()}".lower()
    assert "yvette" not in repr(naming.names_of(row, site.VOICES)).lower()
    assert b"vette" not in bytes(row.names or b"")


def test_the_words_searched_follow_and_the_vector_is_asked_anew():
    row = a_testimony("Yvette rit. Elle part.")
    one = passage(row, 0, 11, lemmas="yvette rire", vector=bytes(768))
    other = passage(row, 12, 22, lemmas="elle partir", vector=bytes(768))
    add(row, "Yvette")
    everything = Passage.objects.all()
    mark = the_mark(row)
    assert not search.containing(everything, words.exact("yvette")).exists()
    assert list(search.containing(everything, words.exact(mark))) == [one]
    assert list(search.containing(everything, words.exact(mark), column="lemmas")) == [one]
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.vector, bytes(other.vector or b"")) == (None, bytes(768))
    assert Job.objects.get(kind=Job.Kind.VECTORS).subject == {"passages": [one.pk]}


def test_the_vectors_asked_for_are_those_of_the_words_as_they_are():
    from voices.naming.vectors import vectors

    row = a_testimony("Yvette rit.")
    one, other = passage(row), passage(a_testimony("Personne."))
    write = vectors([one.pk, other.pk], settings=site.VOICES, watch=lambda _: lambda *_: None)
    Passage.objects.filter(pk=other.pk).update(text="Changé.")
    write()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (len(one.vector or b""), other.vector) == (768, None)


def test_a_key_that_does_not_open_the_table_is_told(tmp_path: Path):
    row = a_testimony("Clarisse rit.", names=seal_names([Correspondence("personne", "B", "Clarisse")], site.VOICES))
    other = with_(site.VOICES, data=tmp_path)
    seal_names([], other)
    with pytest.raises(PrivacyError):
        naming.names_of(row, other)


def test_what_protect_replaced_can_be_put_back():
    from voices import privacy

    raw = RawTestimony(
        "t9", (RawTurn("Bénédicte m’a tiré une chaise, au 06 12 34 56 78.", Role.WITNESS, "Mme Lagarde"),)
    )
    protected = privacy.protect(raw)
    row = a_testimony(
        protected.testimony.text,
        turns=[[0, len(protected.testimony.text), "temoin", protected.testimony.turns[0].speaker, False, None]],
        names=seal_names(protected.correspondences, site.VOICES),
        replaced=dict(protected.testimony.replaced),
    )
    for one in naming.names_of(row, site.VOICES).replaced:
        put_back(row, one.mark)
    assert (row.text, row.turns[0][3]) == (raw.turns[0].text, "Mme Lagarde")
    assert row.replaced == {}


def test_names_are_checked_and_unchecked():
    row, someone = a_testimony("Rien."), person()
    naming.check(row, someone)
    assert (row.names_checked_by, row.names_checked_at is not None) == (someone, True)
    naming.check(row, someone, checked=False)
    assert (row.names_checked_by, row.names_checked_at) == (None, None)

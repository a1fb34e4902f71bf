"""What holds for a passage: a person's word over the machine's, everybody's kept, every step taken back and redone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.domain import Sense
from voices.review import Given, Statement, effective, standing, taken_back

A, B = 1, 2
PLUS, LACK = Sense.PRESENCE, Sense.LACK

codings = st.tuples(
    st.dictionaries(st.sampled_from(["accueil", "appartenance", "action", "sommeil"]), st.sampled_from(Sense)),
    st.booleans(),
)


def said(id_: int, author: int, codes: dict[str, Sense] | None = None, **fields: object) -> Statement:
    return Statement(id_, author, codes or {}, **fields)  # type: ignore[arg-type]


MACHINE = said(0, 0, {"accueil": PLUS})


@st.composite
def histories(draw: st.DrawFn, authors: int = 3, *, undos: bool = True) -> list[Statement]:
    """Words of a few people, some blind, some that adjudicate, some that take back an earlier step."""
    steps: list[Statement] = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        author = draw(st.integers(1, authors))
        if undos and steps and draw(st.booleans()):
            steps.append(said(number, author, undoes=draw(st.integers(1, number - 1))))
            continue
        codes, trust = draw(codings)
        steps.append(said(number, author, codes, trust=trust, adjudicates=draw(st.booleans()) and undos))
    return steps


CASES = {
    "nobody spoke, the machine neither": ([], None, Given.MACHINE, {}),
    "nobody spoke: what the machine says": ([], MACHINE, Given.MACHINE, {"accueil": PLUS}),
    "a person's « no code » holds over the machine": ([said(1, A)], MACHINE, Given.REVIEWED, {}),
    "the last word of one person holds": (
        [said(1, A, {"action": PLUS}), said(2, A, {"action": LACK})],
        MACHINE,
        Given.REVIEWED,
        {"action": LACK},
    ),
    "two people who agree": (
        [said(1, A, {"action": PLUS}), said(2, B, {"action": PLUS})],
        None,
        Given.REVIEWED,
        {"action": PLUS},
    ),
    "two who differ: the latest is shown, as differing": (
        [said(1, A, {"action": PLUS}), said(2, B)],
        None,
        Given.DIFFERING,
        {},
    ),
    "a difference of trust alone is one": (
        [said(1, A, {"action": PLUS}, trust=True), said(2, B, {"action": PLUS})],
        None,
        Given.DIFFERING,
        {"action": PLUS},
    ),
    "a difference of sub-codes alone is none": (
        [said(1, A, {"action": PLUS}, subcodes=("elan",)), said(2, B, {"action": PLUS})],
        None,
        Given.REVIEWED,
        {"action": PLUS},
    ),
    "adjudication ends a difference": (
        [said(1, A, {"action": PLUS}), said(2, B), said(3, B, {"action": PLUS}, adjudicates=True)],
        None,
        Given.ADJUDICATED,
        {"action": PLUS},
    ),
    "another word after that opens it again, and the adjudicated code stays shown": (
        [said(1, A, {"action": PLUS}, adjudicates=True), said(2, B)],
        None,
        Given.DIFFERING,
        {"action": PLUS},
    ),
    "the same word after that changes nothing": (
        [said(1, A, {"action": PLUS}, adjudicates=True), said(2, B, {"action": PLUS})],
        None,
        Given.ADJUDICATED,
        {"action": PLUS},
    ),
    "a decision taken back gives the floor to the machine again": (
        [said(1, A), said(2, A, undoes=1)],
        MACHINE,
        Given.MACHINE,
        {"accueil": PLUS},
    ),
    "a blind word holds nowhere yet": ([said(1, A, hidden=True)], MACHINE, Given.MACHINE, {"accueil": PLUS}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_holds(name: str):
    history, machine, by, codes = CASES[name]
    found = standing(history, machine)
    assert (found.given, dict(found.codes)) == (by, codes)


@given(histories(), codings)
def test_the_machine_is_never_taken_over_a_person(history: list[Statement], coding: tuple[dict[str, Sense], bool]):
    """Whatever the machine says changes nothing once anyone's word holds."""
    machine = Statement(0, None, coding[0], trust=coding[1])
    with_machine, without = standing(history, machine), standing(history, None)
    if any(one for one in effective(history)):
        assert with_machine == without
        assert with_machine.given is not Given.MACHINE
    else:
        assert with_machine.codes == machine.codes


@given(histories())
def test_what_holds_was_said_by_someone_and_not_taken_back(history: list[Statement]):
    found = standing(history, None)
    if found.given is not Given.MACHINE:
        assert any((one.codes, one.trust) == (found.codes, found.trust) for one in effective(history))


@given(histories(), codings)
def test_an_undo_gives_back_what_held_and_its_undo_what_came_after(
    history: list[Statement], coding: tuple[dict[str, Sense], bool]
):
    last = len(history)
    word = said(last + 1, A, coding[0], trust=coding[1])
    undo, redo = said(last + 2, A, undoes=last + 1), said(last + 3, A, undoes=last + 2)
    assert standing([*history, word, undo], MACHINE) == standing(history, MACHINE)
    assert standing([*history, word, undo, redo], MACHINE) == standing([*history, word], MACHINE)


@given(histories(undos=False), st.randoms())
def test_the_order_between_two_people_changes_neither_who_differs_nor_whether(history: list[Statement], chance):
    """Each keeps the order of their own words; how the two are shuffled only chooses which of two words is shown."""
    queues = {author: [one for one in history if one.author == author] for author in (1, 2, 3)}
    shuffled: list[Statement] = []
    while any(queues.values()):
        author = chance.choice([author for author in queues if queues[author]])
        shuffled.append(replace(queues[author].pop(0), id=len(shuffled) + 1))
    one, other = standing(history, MACHINE), standing(shuffled, MACHINE)
    assert one.given == other.given
    if one.given is not Given.DIFFERING:
        assert (one.codes, one.trust) == (other.codes, other.trust)


@given(histories(), st.data())
def test_blind_words_change_nothing_anywhere_else(history: list[Statement], data: st.DataObject):
    """What holds is what would hold had the blind words never been said."""
    blind = {
        one.id for one in history if one.undoes is None and not one.adjudicates and data.draw(st.booleans(), "blind")
    }
    hidden = [replace(one, hidden=one.id in blind) for one in history]
    gone = [one for one in history if one.id not in blind]
    assert standing(hidden, MACHINE) == standing(gone, MACHINE)


@given(histories())
def test_one_is_among_those_who_differ_only_when_their_last_word_is_not_what_is_shown(history: list[Statement]):
    found = standing(history, None)
    for author in found.authors:
        words = [one for one in effective(history) if one.author == author and not one.adjudicates]
        assert words[-1].coding != (frozenset(found.codes.items()), found.trust)
    assert bool(found.authors) == (found.given is Given.DIFFERING)


@pytest.mark.parametrize(
    ("steps", "undone"),
    [
        ([(1, None)], set()),
        ([(1, None), (2, 1)], {1}),
        ([(1, None), (2, 1), (3, 2)], {2}),
        ([(1, None), (2, 1), (3, 2), (4, 3)], {1, 3}),
        ([(1, None), (2, None), (3, 1)], {1}),
    ],
)
def test_an_undo_that_was_undone_is_no_undo(steps, undone):
    assert taken_back(steps) == undone

"""A quote cut by hand is its testimony word for word; what would not be is refused with a sentence one can act on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quotes.passages import told, without
from voices.errors import VoicesError
from voices.quotes.cutting import MARK, check, kept, left_out, pieces, trimmed, written

PAIN = ("J’apporte le pain du jeudi.", "On m’a gardé une chaise, près du four.", "Je reviens.")
MESSY = st.lists(
    st.text(alphabet="abé’.,;«»!? \u202f\n\t😀…[]", min_size=1, max_size=40).filter(lambda text: text.strip()),
    min_size=1,
    max_size=5,
)


def quoted(sentences, *left):
    testimony, passage = told(*sentences)
    return written(testimony.text, passage, without(testimony.text, passage, *left))


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ((), "J’apporte le pain du jeudi. On m’a gardé une chaise, près du four. Je reviens."),
        ((PAIN[1],), "J’apporte le pain du jeudi. […] Je reviens."),
        ((PAIN[0],), "On m’a gardé une chaise, près du four. Je reviens."),
        ((PAIN[2],), "J’apporte le pain du jeudi. On m’a gardé une chaise, près du four."),
        (("du jeudi.", PAIN[1]), "J’apporte le pain […] Je reviens."),
        (("J’apporte", PAIN[1], PAIN[2]), "[…] le pain du jeudi."),
        (("du four. Je reviens.",), "J’apporte le pain du jeudi. On m’a gardé une chaise, près […]"),
        ((PAIN[0], "chaise,"), "On m’a gardé une […] près du four. Je reviens."),
    ],
)
def test_what_is_left_out_is_marked_and_nothing_else_changes(left, expected):
    assert quoted(PAIN, *left) == expected


@pytest.mark.parametrize(
    ("spans", "problem"),
    [
        ([], "Il ne reste aucun mot"),
        ([(0, 6)], "sort du passage"),
        ([(7, 400)], "sort du passage"),
        ([(-5, 10)], "sort du passage"),
        ([(17, 24), (7, 16)], "n’en suit pas l’ordre"),
        ([(7, 24), (20, 34)], "n’en suit pas l’ordre"),
        ([(7, 7)], "sort du passage"),
        ([(9, 16)], "au milieu d’un mot"),
        ([(7, 18)], "au milieu d’un mot"),
        ([(7, 17)], "ne commence ou ne finit pas sur un mot"),
        ([(7, 16), (17, 19)], "ne laisse aucun mot de côté"),
    ],
)
def test_spans_that_are_not_whole_words_of_the_passage_in_order_are_refused(spans, problem):
    testimony, passage = told(*PAIN)
    with pytest.raises(VoicesError, match=problem) as refused:
        check(testimony.text, passage, spans)
    assert refused.value.remedy.endswith(".")
    assert "pain" not in str(refused.value)


@settings(max_examples=300, deadline=None)
@given(MESSY, st.data())
def test_whatever_words_are_kept_the_quote_is_verbatim(sentences, data):
    testimony, passage = told(*sentences)
    every = [piece for sentence in pieces(testimony.text, passage, ()) for piece in sentence]
    keep = data.draw(st.lists(st.sampled_from(every), min_size=1, unique_by=lambda piece: piece.start))
    spans = kept(testimony.text, [(piece.start, piece.end) for piece in keep])
    quote = written(testimony.text, passage, spans)
    words = quote.split()
    for start, end in spans:
        assert testimony.text[start:end] in quote
        assert passage.start <= start < end <= passage.end
    said = [word for start, end in spans for word in testimony.text[start:end].split()]
    assert [word for word in words if word != MARK] == [word for word in said if word != MARK]
    gaps = left_out(testimony.text, passage, spans)
    assert {word.start for sentence in pieces(testimony.text, passage, spans) for word in sentence if word.kept} == {
        piece.start for piece in keep
    }
    assert "".join(testimony.text[a:b] for a, b in sorted([*spans, *gaps])).split() or not words


@settings(max_examples=300, deadline=None)
@given(MESSY, st.lists(st.tuples(st.integers(-3, 220), st.integers(-3, 220)), max_size=4))
def test_no_spans_from_a_page_make_words_that_were_not_said(sentences, spans):
    testimony, passage = told(*sentences)
    try:
        quote = written(testimony.text, passage, spans)
    except VoicesError:
        return
    said = passage.text.split()
    for word in quote.replace(f" {MARK}", "").replace(f"{MARK} ", "").split():
        assert any(word in one for one in said)
    assert all(testimony.text[start:end] in passage.text for start, end in spans)


def test_white_space_at_the_ends_of_spans_is_no_part_of_a_quote():
    testimony, passage = told("Un.", "Deux.", joint=" \n ")
    start = passage.start
    assert trimmed(testimony.text, [(start, start + 6)]) == ((start, start + 3),)
    assert trimmed(testimony.text, [(start, start + 4), (start + 4, passage.end)]) == ((start, passage.end),)
    assert trimmed(testimony.text, [(start + 3, start + 6)]) == ()

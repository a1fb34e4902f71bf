"""Passages: exact offsets, nothing lost, nothing of the interviewer, one idea at a time."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voices import domain, passages
from voices.domain import Passage, Role, Turn

WITNESS, INTERVIEWER = Role.WITNESS, Role.INTERVIEWER


def told(*turns, name="t1", between="\n\n", empty=frozenset()) -> domain.Testimony:
    """A testimony made of (role, speaker, words)."""
    text, made = "", []
    for i, (role, speaker, words) in enumerate(turns):
        made.append(Turn(len(text), len(text) + len(words), role, speaker, i in empty))
        text += words + between
    return domain.Testimony(name, text, tuple(made))


def cut(text: str) -> list[str]:
    """The passages of one turn of one witness."""
    return [passage.text for passage in passages.cut([told((WITNESS, "L1", text))])]


def sentences(text: str) -> list[str]:
    (whole,) = [told((WITNESS, "L1", text))]
    return [whole.text[start:end] for passage in passages.cut([whole]) for start, end in passage.sentences]


def assert_exact(source: domain.Testimony, found: list[Passage]) -> None:
    """Every invariant that the passages of a testimony keep."""
    covered = [0] * len(source.text)
    for number, passage in enumerate(found, start=1):
        turn = source.turns[passage.turn]
        assert (passage.number, passage.id) == (number, f"{source.id}-p{number:03d}")
        assert passage.testimony_id == source.id
        assert passage.text == source.text[passage.start : passage.end] == passage.text.strip() != ""
        assert turn.role is WITNESS
        assert not turn.empty
        assert turn.speaker == passage.speaker
        assert turn.start <= passage.start < passage.end <= turn.end
        assert len(passage.text.split()) <= 90
        assert 1 <= len(passage.sentences) <= 5
        assert (passage.sentences[0][0], passage.sentences[-1][1]) == (passage.start, passage.end)
        assert all(start < end for start, end in passage.sentences)
        assert all(source.text[a[1] : b[0]].strip() == "" and a[1] <= b[0] for a, b in pairwise(passage.sentences))
        for place in range(passage.start, passage.end):
            covered[place] += 1
    assert all(a.end <= b.start for a, b in pairwise(found))
    said = {p for turn in source.turns if turn.role is WITNESS and not turn.empty for p in range(turn.start, turn.end)}
    for place, character in enumerate(source.text):
        if not character.isspace():
            assert covered[place] == (place in said)


SPOKEN = """
    Bonjour je j'ai mangé là-bas. euh alors M. Dupont « oui » non ! ? … ... et puis, donc “tu viens ?” [rires] (bon)
    12,50 € Mme A. ; : Ensuite – Et " ' É.
""".split()  # noqa: SIM905 — easier to read
STRANGE = ["👍🏽", "👩\u200d👩\u200d👧", "e\u0301te\u0301", "\u0301", "\ufeff", "\u200b", "\x00", "!👍🏽", "🇫🇷", "ﬁn"]
WORDS = st.sampled_from(SPOKEN + STRANGE)
SPACES = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\u202f", "\xa0", "\t ", " \n \n", "\x1f", "\u2028", ""])
SPEECH = st.lists(st.tuples(WORDS, SPACES), max_size=60).map(lambda pairs: "".join(map("".join, pairs)))
SPEAKERS = st.sampled_from([None, "L1", "L2"])
TURNS = st.lists(
    st.tuples(st.sampled_from([WITNESS, WITNESS, INTERVIEWER]), SPEAKERS, SPEECH | st.text(max_size=40)), max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(turns=TURNS, empty=st.sets(st.integers(0, 5), max_size=1), between=st.sampled_from(["", " ", "\n"]))
def test_whatever_the_words_nothing_is_lost_and_nothing_of_the_interviewer_is_taken(turns, empty, between):
    source = told(*turns, empty=empty, between=between)
    assert_exact(source, list(passages.cut([source])))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.sampled_from(["je", "on", "va", "mange", "euh", "bon", "voilà", "alors", "puis", "elle", "soupe", "mardi"]),
        min_size=91,
        max_size=700,
    )
)
def test_speech_without_a_full_stop_is_still_cut(words):
    source = told((WITNESS, "L1", " ".join(words)))
    found = list(passages.cut([source]))
    assert len(found) > 1
    assert_exact(source, found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Je suis venu. J'ai mangé.", ["Je suis venu.", "J'ai mangé."], id="two plain sentences"),
        pytest.param(
            "M. Dupont et Mme. Roy sont venus lundi.", ["M. Dupont et Mme. Roy sont venus lundi."], id="titles"
        ),
        pytest.param(
            "Elle m'a dit : « Vous tombez bien. Entrez donc ! » J'ai posé mon sac.",
            ["Elle m'a dit : « Vous tombez bien. Entrez donc ! »", "J'ai posé mon sac."],
            id="a short quote stays whole and its mark with it",
        ),
        pytest.param(
            "Il demande « c'est prêt ? », et on rit.",
            ["Il demande « c'est prêt ? », et on rit."],
            id="a question inside",
        ),
        pytest.param(
            "Le sel. [rires] Non mais c'est vrai.", ["Le sel. [rires]", "Non mais c'est vrai."], id="laughter"
        ),
        pytest.param(
            "Chère Nadia,\nJe vous écris enfin.", ["Chère Nadia,", "Je vous écris enfin."], id="salutation on its line"
        ),
        pytest.param("un paragraphe\n\nun autre", ["un paragraphe", "un autre"], id="paragraphs"),
        pytest.param(
            "Nous avons passé tout l'après-midi à éplucher avec\nMarie et les autres.",
            ["Nous avons passé tout l'après-midi à éplucher avec\nMarie et les autres."],
            id="a line cut by the width of a page",
        ),
    ],
)
def test_sentences_are_those_a_reader_sees(text, expected):
    assert sentences(text) == expected


def test_a_long_breath_is_cut_at_connectors_rather_than_anywhere():
    clause = "on a préparé la soupe avec les voisins du troisième étage"
    text = ", et puis ".join([clause] * 12)
    found = cut(text)
    assert len(found) > 1
    assert all(passage.startswith(("on a", "et puis")) for passage in found)


def test_a_lone_yes_joins_what_follows_it():
    assert cut("Oui. On mange à midi avec tout le monde, on se serre un peu.") == [
        "Oui. On mange à midi avec tout le monde, on se serre un peu."
    ]


def test_a_greeting_alone_in_its_turn_stands_alone():
    assert cut("Bonjour,") == ["Bonjour,"]


def test_two_subjects_in_a_long_answer_become_two_passages():
    text = (
        "La première fois, une dame m'a tendu un tablier sans rien me demander. J'ai épluché des carottes pendant deux "
        "heures à côté d'elle et on a parlé de nos mères. Je suis rentrée chez moi en chantant, ça ne m'était pas "
        "arrivé depuis des mois. Sinon, pour les horaires, la salle ouvre à 11 h et ferme à 15 h. Le repas coûte 6 €, "
        "le parking est derrière la mairie. Il faut réserver la veille par téléphone."
    )
    first, second = cut(text)
    assert second.startswith("Sinon, pour les horaires")
    assert first.endswith("depuis des mois.")


LONG = "Elle m'a montré la cuisine et le jardin derrière la maison, avec les poules et les deux ruches. " * 8


def test_the_question_goes_with_the_first_passage_of_the_answer_only():
    source = told((INTERVIEWER, "E", " Pourquoi venez-vous ? "), (WITNESS, "L1", LONG), (WITNESS, "L2", "Moi aussi."))
    first, *others = passages.cut([source])
    assert first.question == "Pourquoi venez-vous ?"
    assert first.previous is None
    assert {passage.question for passage in others} == {None}


def test_the_passage_before_is_context_within_one_answer_only():
    source = told(
        (WITNESS, "L1", LONG),
        (WITNESS, "L1", "Je reprends."),
        (WITNESS, "L2", "Moi, non."),
        (INTERVIEWER, "E", "Et vous ?"),
        (WITNESS, "L2", "Pareil."),
    )
    *long, again, other, answer = passages.cut([source])
    assert [passage.previous for passage in [*long[1:], again]] == [passage.text for passage in long]
    assert (other.previous, answer.previous) == (None, None)


def test_empty_answers_and_interviewers_give_no_passage():
    source = told((INTERVIEWER, "E", "Et après ?"), (WITNESS, "L1", "RAS"), (WITNESS, "L1", "  "), empty={1})
    assert passages.cut([source]) == ()


def test_a_passage_does_not_depend_on_the_other_testimonies():
    one, two = told((WITNESS, "L1", LONG), name="a"), told((WITNESS, "L1", "Oui. " + LONG), name="b")
    assert passages.cut([one, two]) == passages.cut([one]) + passages.cut([two])


def test_progress_counts_testimonies():
    calls: list[tuple[int, int]] = []
    passages.cut([told((WITNESS, None, "Oui."), name=str(i)) for i in range(25)], progress=lambda *x: calls.append(x))
    assert calls[-1] == (25, 25)
    assert len(calls) > 1


def test_a_line_of_a_million_characters_is_cut_too():
    source = told((WITNESS, None, "mot " * 3000 + "x" * 45_000))
    assert_exact(source, list(passages.cut([source])))

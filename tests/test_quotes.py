"""Quotes are verbatim, released, distinct, and chosen for how they say it."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices.domain import (
    SURE_SENSE,
    Code,
    Codebook,
    CodedPassage,
    Coding,
    Evidence,
    Origin,
    Passage,
    Role,
    Sense,
    Theme,
    Themes,
    Turn,
)
from voices.domain import (
    Testimony as Told,
)
from voices.quotes import ELISION, attribution, choose, dissenting
from voices.quotes.style import frames, reads_well

BOOK = Codebook("1", (Code("accueil", "Accueil", "", "", ""),))
NO_THEMES = Themes((), (), (), "")
GOLD = Path(__file__).parents[1] / "corpora/gold/coded_passages.jsonl"


def a_voice(number, sentences, *, place="Le Fournil, Annonay", date="2024-03", channel="livre_or", question=None):
    """A testimony of one passage made of those sentences."""
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    name = f"t{number}"
    origin = Origin(place, None, date, channel)
    told = Told(name, text, (Turn(0, len(text), Role.WITNESS, "Odile"),), origin)
    passage = Passage(f"{name}-1", name, 1, 0, len(text), text, 0, tuple(spans), "Odile", question)
    return told, passage


def coded(passage, *, sense=Sense.PRESENCE, probability=0.9, sense_probability=1.0, evidence=None):
    found = Evidence(*passage.sentences[evidence]) if evidence is not None else None
    coding = Coding(passage.id, "accueil", sense, probability, sense_probability, (), found)
    return CodedPassage(passage.id, (coding,), {}, False, 0.0)


def chosen(pairs, codings=None, *, themes=NO_THEMES, released=None, vectors=None, **options):
    testimonies, passages = zip(*pairs, strict=True)
    return choose(
        [told for told in testimonies if released is None or told.id in released],
        passages,
        [coded(passage) for passage in passages] if codings is None else codings,
        themes,
        BOOK,
        vectors=np.eye(len(passages), 32, dtype=np.float32) if vectors is None else vectors,
        **options,
    )


@pytest.mark.parametrize(
    ("sentences", "evidence", "expected"),
    [
        pytest.param(
            ["Bonjour à tous,", "J’ai été reçue comme si je venais depuis toujours."],
            1,
            "[…] J’ai été reçue comme si je venais depuis toujours.",
            id="a greeting is dropped",
        ),
        pytest.param(
            [
                "Lettre de Séverine Launay, Épinal, le 12 mars 2024\nChère Corinne,",
                "J’ai été reçue comme si je venais depuis toujours.",
                "Bien à vous,",
                "Séverine Launay",
                "Épinal, le 12 mars 2024",
            ],
            1,
            "[…] J’ai été reçue comme si je venais depuis toujours. […]",
            id="a letter's heading and signature are dropped",
        ),
        pytest.param(
            ["Chère Corinne,", "J’ai été reçue comme si je venais depuis toujours."],
            0,
            "[…] J’ai été reçue comme si je venais depuis toujours.",
            id="a salutation is dropped, even as evidence",
        ),
        pytest.param(
            ["On m’a tendu un tablier sans me demander d’où je venais ni qui j’étais.", "Voilà, quoi."],
            0,
            "On m’a tendu un tablier sans me demander d’où je venais ni qui j’étais. […]",
            id="a filler at the end is dropped",
        ),
        pytest.param(
            ["J’ai poussé la porte un jeudi de pluie.", "Bon, voilà.", "On m’a gardé une chaise depuis."],
            2,
            "J’ai poussé la porte un jeudi de pluie. […] On m’a gardé une chaise depuis.",
            id="a filler inside becomes an elision",
        ),
        pytest.param(
            ["Elle m’a dit de m’asseoir.", "Je suis resté tout l’après-midi à éplucher des carottes avec les autres."],
            0,
            "Elle m’a dit de m’asseoir. Je suis resté tout l’après-midi à éplucher des carottes avec les autres.",
            id="the evidence stays, even where it hangs on a word before",
        ),
        pytest.param(
            ["Elle m’a dit de m’asseoir.", "Je suis resté tout l’après-midi à éplucher des carottes avec les autres."],
            1,
            "[…] Je suis resté tout l’après-midi à éplucher des carottes avec les autres.",
            id="a start that hangs on a word before is dropped",
        ),
        pytest.param(
            ["Mot " * 40 + "fin.", "J’ai été accueillie par mon prénom.", "Mot " * 40 + "fin."],
            1,
            "Mot " * 40 + "fin. J’ai été accueillie par mon prénom. […]",
            id="a long passage is cut down around its evidence",
        ),
    ],
)
def test_a_passage_is_trimmed_at_sentence_ends(sentences, evidence, expected):
    told, passage = a_voice(1, sentences)
    quotes = chosen([(told, passage)], [coded(passage, evidence=evidence)])
    assert [quote.text for quote in quotes] == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lettre de Séverine Launay, Épinal, 12 mars 2024", True),
        ("Chère Corinne,", True),
        ("Madame la directrice,", True),
        ("Bien à vous, Séverine L.", True),
        ("Marie de La Tour, bénévole", True),
        ("Épinal, le 3 mai 2023", True),
        ("Séverine", True),
        ("Lettre de ma sœur ou pas, je reviens.", False),
        ("En mars 2024, j’ai poussé la porte.", False),
        ("Une chaise pour chacun.", False),
        ("Accueil au top", False),
        ("Convivialité, partage, bonne humeur", False),
        ("Une carte de visite en mars 2024, et voilà.", False),
        ("On m’a dit : à jeudi.", False),
    ],
)
def test_a_letters_frame_is_told_from_its_body(sentence, expected):
    assert frames(sentence) is expected


SENTENCES = st.lists(
    st.one_of(
        st.sampled_from(
            ["Bonjour.", "Euh, voilà.", "Et puis elle est venue.", "J’ai pleuré de joie ce soir-là, je le dis.", "Non."]
        ),
        st.text(alphabet="aàéç J’.,!«» \u202f\n😀", min_size=1, max_size=80),
        st.integers(1, 70).map(lambda n: "mot " * n + "fin."),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SENTENCES, st.integers(0, 5)), min_size=1, max_size=5))
def test_a_quote_is_its_testimony_word_for_word_within_its_passage_with_its_evidence(told):
    pairs = [a_voice(number, sentences) for number, (sentences, _) in enumerate(told)]
    at = [evidence % len(sentences) for sentences, evidence in told]
    codings = [coded(passage, evidence=e) for (_, passage), e in zip(pairs, at, strict=True)]
    quotes = chosen(pairs, codings)
    texts = {testimony.id: testimony.text for testimony, _ in pairs}
    passages = {passage.id: passage for _, passage in pairs}
    evidence = {coding.passage_id: coding.codings[0].evidence for coding in codings}
    for quote in quotes:
        passage, shown = passages[quote.passage_id], evidence[quote.passage_id]
        said = ELISION.join(texts[quote.testimony_id][start:end] for start, end in quote.spans)
        assert quote.text in (said, f"[…] {said}", f"{said} […]", f"[…] {said} […]")
        assert all(passage.start <= start < end <= passage.end for start, end in quote.spans)
        assert list(quote.spans) == sorted(quote.spans)
        assert shown is not None
        whole = any(start <= shown.start and shown.end <= end for start, end in quote.spans)
        assert whole or frames(texts[quote.testimony_id][shown.start : shown.end])
        assert 0 < quote.score <= 1
    assert len({quote.passage_id for quote in quotes}) == len(quotes)
    assert [quote.score for quote in quotes] == sorted((quote.score for quote in quotes), reverse=True)


@pytest.mark.parametrize("sense", [Sense.PRESENCE, Sense.LACK])
def test_a_coding_of_a_sure_sense_is_quoted_before_one_of_a_doubtful_sense(sense):
    pairs = [
        a_voice(n, [f"On m’a montré où m’asseoir ce jour-là, la fois numéro {n}."], place=f"Lieu {n}") for n in (1, 2)
    ]
    doubtful, sure = (passage for _, passage in pairs)
    codings = [
        coded(doubtful, sense=sense, probability=0.98, sense_probability=SURE_SENSE - 0.01),
        coded(sure, sense=sense, probability=0.6, sense_probability=SURE_SENSE),
    ]
    quotes = chosen(pairs, codings)
    assert [(quote.passage_id, quote.sense_doubtful) for quote in quotes] == [(sure.id, False), (doubtful.id, True)]


def test_a_testimony_that_is_not_released_is_never_quoted():
    pairs = [a_voice(n, [f"J’ai été reçue ce jour-là avec le sourire numéro {n}."]) for n in range(6)]
    themes = Themes((Theme("theme-01", "Sourire", (), tuple(p.id for _, p in pairs), ()),), (), (), "")
    quotes = chosen(pairs, themes=themes, released={"t1", "t4"}, per_subject=6)
    assert {quote.testimony_id for quote in quotes} == {"t1", "t4"}
    assert {quote.subject for quote in quotes} == {"accueil", "theme-01"}


def test_each_sense_has_its_own_quotes():
    pairs = [a_voice(n, [f"J’ai poussé la porte {n} fois et je m’en souviens encore."]) for n in range(3)]
    codings = [coded(passage, sense=sense) for (_, passage), sense in zip(pairs, Sense, strict=True)]
    quotes = chosen(pairs, codings)
    assert [(quote.sense, quote.testimony_id) for quote in quotes] == [(s, f"t{n}") for n, s in enumerate(Sense)]


def test_the_same_words_are_quoted_once():
    said = ["On m’a reçue les bras ouverts et je suis revenue."]
    pairs = [
        a_voice(1, said),
        a_voice(2, [said[0].upper()]),
        a_voice(3, ["J’ai eu une chaise dès le premier jour."]),
    ]
    assert {quote.testimony_id for quote in chosen(pairs)} == {"t1", "t3"}


def test_passages_that_mean_the_same_in_the_same_words_are_quoted_once():
    pairs = [a_voice(n, [f"J’ai eu ma chaise dès le premier jour de l’année {n}."]) for n in range(4)]
    vectors = np.eye(4, 8, dtype=np.float32)
    vectors[1] = vectors[0]
    assert {quote.testimony_id for quote in chosen(pairs, vectors=vectors)} == {"t0", "t2", "t3"}


def test_quotes_of_one_subject_come_from_different_places():
    pairs = [
        a_voice(n, [f"J’ai eu ma chaise dès le premier jour de l’année {n}."], place=place)
        for n, place in enumerate(["Ici", "Ici", "Ici", "Là"])
    ]
    codings = [coded(passage, probability=p) for (_, passage), p in zip(pairs, (0.9, 0.89, 0.88, 0.8), strict=True)]
    assert [quote.testimony_id for quote in chosen(pairs, codings, per_subject=2)] == ["t0", "t3"]


def test_the_surest_coding_is_quoted_first():
    pairs = [a_voice(n, [f"J’ai eu ma chaise dès le premier jour de l’année {n}."], place=str(n)) for n in range(3)]
    codings = [coded(passage, probability=p) for (_, passage), p in zip(pairs, (0.5, 0.95, 0.7), strict=True)]
    assert chosen(pairs, codings, per_subject=1)[0].testimony_id == "t1"


def test_what_hardly_tells_a_code_is_not_put_forward_as_telling_it():
    pairs = [a_voice(n, [f"J’ai eu ma chaise dès le premier jour de l’année {n}."], place=str(n)) for n in range(2)]
    codings = [coded(passage, probability=p) for (_, passage), p in zip(pairs, (0.6, 0.2), strict=True)]
    assert [quote.testimony_id for quote in chosen(pairs, codings, per_subject=5)] == ["t0"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(
            "La dame m’a gardé une place près du poêle et je suis revenue.",
            "Elle m’a gardé une place près du poêle et je suis revenue.",
            id="stands alone",
        ),
        pytest.param(
            "J’ai mangé avec eux et je me suis sentie chez moi ce jour-là.",
            "Euh j’ai mangé avec eux et ben je me suis sentie, hein, chez moi ce jour-là.",
            id="few fillers",
        ),
        pytest.param(
            "Je suis revenue tous les jeudis parce qu’on m’attendait.", "Tous les jeudis, une chaise.", id="has a verb"
        ),
        pytest.param(
            "Je suis revenue tous les jeudis parce qu’on m’y attendait chaque fois.",
            "JE SUIS REVENUE TOUS LES JEUDIS PARCE QU’ON M’Y ATTENDAIT CHAQUE FOIS.",
            id="not shouted",
        ),
        pytest.param(
            "Il y a une chaise que personne ne prend et je sais pourquoi elle est là.",
            "Il garde une chaise que personne ne prend et je sais pourquoi elle est là.",
            id="an impersonal « il » hangs on nothing",
        ),
        pytest.param(
            "Je suis revenue tous les jeudis parce qu’on m’attendait là-bas.", "J’étais bien.", id="long enough"
        ),
    ],
)
def test_what_reads_better_is_worth_more(better, worse):
    assert reads_well(better) > reads_well(worse)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (Origin("Le Fournil, Annonay", "cafe", "2024-03-12", "livre_or"), "Le Fournil, Annonay, livre d’or, 2024"),
        (Origin("Le Fournil", None, None, "entretien"), "Le Fournil, entretien"),
        (Origin(None, None, "2023", "sms"), "lieu non précisé, texto, 2023"),
        (Origin(None, None, "2023", "carnet_de_bord"), "lieu non précisé, carnet de bord, 2023"),
        (Origin(), "lieu non précisé"),
    ],
)
def test_an_attribution_tells_where_and_when_and_never_who(origin, expected):
    assert attribution(Told("t", "", (), origin)) == expected


def test_those_who_tell_the_opposite_of_their_place_are_heard():
    pairs = [a_voice(n, [f"J’ai eu ma chaise dès le premier jour de l’année {n}."], place="Ici") for n in range(6)]
    pairs.append(a_voice(6, ["Personne ne m’a regardée et je suis repartie."], place="Ailleurs"))
    senses = [Sense.PRESENCE] * 5 + [Sense.LACK] * 2
    testimonies, passages = zip(*pairs, strict=True)
    codings = [coded(passage, sense=sense) for passage, sense in zip(passages, senses, strict=True)]
    quotes = dissenting(testimonies, passages, codings, BOOK, vectors=np.eye(7, dtype=np.float32))
    assert [(quote.testimony_id, quote.sense) for quote in quotes] == [("t5", Sense.LACK)]


def test_nothing_gives_no_quote():
    assert choose([], [], [], NO_THEMES, BOOK, vectors=np.empty((0, 8), dtype=np.float32)) == ()


def _gold_quotes():
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][:600]
    pairs = [a_voice(n, [row["text"]], place=row["place"]) for n, row in enumerate(rows)]
    codings = [
        coded(passage, sense=Sense(row["codes"]["accueil"]))
        for (_, passage), row in zip(pairs, rows, strict=True)
        if "accueil" in row["codes"]
    ]
    vectors = np.random.default_rng(0).normal(size=(len(rows), 16)).astype(np.float32)
    return chosen(pairs, codings, vectors=vectors, per_subject=8)


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled corpus is not in this checkout")
def test_on_real_passages_quotes_have_a_good_length_and_come_from_many_places():
    quotes = [quote for quote in _gold_quotes() if quote.sense is not Sense.MIXED]
    assert len(quotes) == 16
    assert sum(10 <= len(quote.text.split()) <= 65 for quote in quotes) >= 15
    assert len({quote.attribution for quote in quotes}) >= 14

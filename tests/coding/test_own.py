import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.fakes import WordEncoder, labelled, passage
from voices import coding
from voices.coding import own
from voices.coding.calibration import sigmoid
from voices.coding.labelled import Labelled
from voices.domain import OwnCode, Sense
from voices.errors import ModelError

SOUP = OwnCode("soupe", "Soupe", "La soupe est fameuse, chaude.", lack="Bouillon froid, fade, immangeable.")
TOLD = (
    "La soupe était chaude et fameuse.",
    "Bouillon froid, fade.",
    "On m'a tiré une chaise.",
    "Rue 12, entrée libre.",
)


def decided(text: str, number: int, *, there: bool) -> Labelled:
    return Labelled(f"D-{number}", 1, text, {SOUP.id: Sense.PRESENCE} if there else {})


def find(model, encoder, *, decisions=(), texts=TOLD, code=SOUP):
    passages = [passage(text, start=100 * number) for number, text in enumerate(texts)]
    (found,) = coding.seek([code], passages, model, encoder, decisions=decisions)
    return found, [found.probabilities[one.id] for one in passages]


def test_passages_near_the_description_come_first_without_any_decision(model, encoder):
    _, chances = find(model, encoder)
    assert min(chances[:2]) > max(chances[2:])


def test_what_is_found_is_likeliest_first_with_its_evidence(model, encoder):
    found, chances = find(model, encoder)
    put = [one.probability for one in found.codings]
    assert put == sorted(put, reverse=True)
    assert put[0] == max(chances)
    assert found.codings[0].evidence is not None


def test_the_sense_of_a_code_with_a_lack_is_what_the_3a_have_in_common(model, encoder):
    there, lacking = "Soupe fameuse, on m'a tiré une chaise", "Soupe fameuse, restée sur le seuil, dévisagée"
    found, _ = find(model, encoder, texts=[there, lacking])
    senses = {one.passage_id: one.sense for one in found.codings}
    assert (senses["t:0"], senses["t:100"]) == (Sense.PRESENCE, Sense.LACK)


def test_without_a_lack_only_presence_is_told(model, encoder):
    found, _ = find(model, encoder, code=OwnCode("soupe", "Soupe", "La soupe est fameuse, chaude, ou froide, fade."))
    assert {one.sense for one in found.codings} == {Sense.PRESENCE}


def test_decisions_draw_the_code_towards_what_was_decided(model, encoder):
    yes = [decided(f"Entrée libre, rue {number}.", number, there=True) for number in range(20)]
    no = [decided(f"La soupe, {number} fois.", 50 + number, there=False) for number in range(20)]
    (_, before), (found, after) = find(model, encoder), find(model, encoder, decisions=yes + no)
    assert after[3] > before[3]
    assert after[0] < before[0]
    assert found.decisions == 40


def test_decisions_teach_where_among_the_3a_the_code_is(model, encoder):
    yes = [decided(f"On m'a tiré une chaise, {number}.", number, there=True) for number in range(20)]
    no = [decided(f"Quand je manque on m'appelle, {number}.", 50 + number, there=False) for number in range(20)]
    texts = [
        "Restée sur le seuil, dévisagée",
        "Leur clan m'a oubliée",
    ]  # an accueil and an appartenance, in other words
    (_, before), (_, after) = find(model, encoder, texts=texts), find(model, encoder, texts=texts, decisions=yes + no)
    assert after[0] - before[0] > after[1] - before[1]


def test_a_counterexample_lowers_what_looks_like_it(model, encoder):
    against = OwnCode(SOUP.id, SOUP.label, SOUP.definition, SOUP.lack, counterexamples=("Bouillon froid, fade.",))
    (_, before), (_, after) = find(model, encoder), find(model, encoder, code=against)
    assert after[1] < before[1]


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(others=st.lists(st.sampled_from(TOLD), max_size=4), text=st.text(max_size=40))
def test_what_is_said_of_a_passage_depends_on_it_alone(model, encoder, others, text):
    decisions = [decided(one, number, there=number == 0) for number, one in enumerate(TOLD)]
    _, alone = find(model, encoder, decisions=decisions, texts=[text])
    _, among = find(model, encoder, decisions=decisions, texts=[text, *others])
    assert alone[0] == among[0]
    assert 0 <= alone[0] <= 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000), count=st.integers(1, 12), scale=st.floats(0.01, 50))
def test_the_mode_is_where_the_posterior_is_flat(seed, count, scale):
    chance = np.random.default_rng(seed)
    columns = chance.normal(size=(count, 5))
    alike, base, truth = scale * columns @ columns.T, chance.normal(size=count), chance.random(count) < 0.5
    pull = own.mode(alike, base, truth)
    # Where `alike` is singular, many pulls give the same log-odds: it is these that must be the best.
    gradient = alike @ (truth - sigmoid(base + alike @ pull)) - alike @ pull
    assert np.abs(gradient).max() < 1e-2 * max(1.0, scale)


def test_the_coder_of_the_3a_must_have_read_with_the_same_encoder(model):
    with pytest.raises(ModelError, match="autre@1"):
        find(model, WordEncoder("autre@1"))


def test_the_3a_are_coded_the_same_before_and_after_own_codes_were_looked_for(model, encoder):
    passages = [passage(text, start=100 * number) for number, text in enumerate(TOLD)]
    before = model.code(passages, encoder)
    coding.seek([SOUP], passages, model, encoder, decisions=[decided(TOLD[0], 1, there=True)])
    assert model.code(passages, encoder) == before


def test_no_passage_gives_no_coding(model, encoder):
    (found,) = coding.seek([SOUP], [], model, encoder, decisions=labelled()[:4])
    assert found.codings == ()
    assert found.probabilities == {}

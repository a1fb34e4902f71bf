"""A coder adapted to decisions, beside the one it comes from, and put in its folder whole."""

import errno
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.fakes import WordEncoder, labelled, passage
from voices import coding
from voices.coding.adapting import adapt
from voices.coding.figures import Figure
from voices.coding.fitting import tabulate
from voices.coding.judged import Judged
from voices.coding.model import ADAPTED
from voices.domain import Sense
from voices.errors import ModelError, SettingsError

SAYING = "On boit la tisane du soir"
"""Words that the coder never met; the project's reviewers code them « appartenance »."""


def decisions(*, testimonies=20, codes=None, sense=Sense.PRESENCE):
    codes = {"appartenance": sense} if codes is None else codes
    told = [
        replace(one, testimony_id=f"P-{number}", number=1, text=f"{SAYING}, {number}.", codes=codes, subcodes=())
        for number, one in enumerate(labelled(testimonies=testimonies)[::4])
    ]
    nothing = [
        replace(one, testimony_id=f"P-{number}", number=2, text=f"Le bus {number} passe.", codes={}, subcodes=())
        for number, one in enumerate(labelled(testimonies=testimonies)[3::4])
    ]
    return tuple(told + nothing)


@pytest.fixture(scope="module")
def adapted(model, encoder):
    return adapt(model, tabulate(decisions(), encoder))


def test_the_adapted_coder_codes_as_the_reviewers_did(model, adapted, encoder):
    new = passage(f"{SAYING}, 99.")
    before, after = (one.code([new], encoder)[0] for one in (model, adapted))
    assert after.probabilities["appartenance"] > before.probabilities["appartenance"] + 0.2
    assert after.sense("appartenance") == Sense.PRESENCE


def test_a_lack_decided_is_learnt_as_a_lack(model, encoder):
    found = adapt(model, tabulate(decisions(sense=Sense.LACK), encoder))
    (coded,) = found.code([passage(f"{SAYING}, 99.")], encoder)
    assert coded.sense("appartenance") == Sense.LACK


def test_what_was_known_is_not_forgotten(model, adapted, encoder):
    table = tabulate(labelled(), encoder)
    judged = [Judged(table, model.layout) for _ in range(2)]
    for one, coder in zip(judged, (model, adapted), strict=True):
        one.take(coder, np.arange(len(table.passages)))
    wrong = [int((one.truth != one.said)[:, :3].sum()) for one in judged]
    assert wrong[1] <= wrong[0] + 3


def test_the_coder_in_force_is_untouched(model, encoder, tmp_path):
    before = coding.save(model, tmp_path / "avant")
    adapt(model, tabulate(decisions(), encoder))
    assert coding.save(model, tmp_path / "apres") == before


def test_the_same_decisions_make_the_same_coder(model, adapted, encoder, tmp_path):
    again = adapt(model, tabulate(decisions(), encoder))
    assert coding.save(again, tmp_path / "a") == coding.save(adapted, tmp_path / "b")


def test_no_word_of_the_decisions_is_kept(adapted, tmp_path):
    coding.save(adapted, tmp_path)
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"tisane" not in written


def test_decisions_without_any_code_are_learnt_too(model, encoder):
    found = adapt(model, tabulate(decisions(codes={}), encoder))
    (before,), (after,) = (one.code([passage(f"{SAYING}, 99.")], encoder) for one in (model, found))
    assert sum(after.probabilities.values()) < sum(before.probabilities.values())


@settings(max_examples=10, deadline=None)
@given(flipped=st.sets(st.integers(0, 39), max_size=40))
def test_whatever_is_decided_probabilities_stay_probabilities(model, encoder, flipped):
    told = [
        replace(one, codes={"action": Sense.MIXED} if row in flipped else one.codes)
        for row, one in enumerate(decisions())
    ]
    found = adapt(model, tabulate(told, encoder))
    predicted = found.predict(told, tabulate(told, encoder).vectors)
    for values in (predicted.present, predicted.senses, predicted.subcodes):
        assert np.isfinite(values).all()
        assert ((values >= 0) & (values <= 1)).all()
    assert all(0 < one < 1 for one in found.thresholds)


@pytest.fixture(scope="module")
def candidate(model, encoder):
    steps = []
    found = coding.propose(
        decisions(), model, encoder, seed=3, kept=labelled(), progress=lambda *step: steps.append(step)
    )
    assert steps == [(done, 6) for done in range(1, 7)]
    return found


def test_old_and_new_are_compared_on_decisions_held_out(candidate, model):
    found = candidate.comparison
    assert (found.before, found.decisions.passages, found.decisions.testimonies) == (model.identity, 40, 20)
    belonging = next(one for one in found.decisions.labels if one.name == "appartenance")
    assert belonging.passages == 20
    assert belonging.f1.after > belonging.f1.before
    for one in (found.decisions.macro_f1, found.decisions.sense, belonging.f1, belonging.recall):
        assert one.difference.value == pytest.approx(one.after - one.before)
        assert one.difference.low <= one.difference.value <= one.difference.high


def test_what_becomes_of_certainty_is_told_and_written_in_the_card(candidate):
    told = candidate.comparison.certainty
    assert "40 décisions ne suffisent pas" in told
    assert told in candidate.comparison.as_markdown()
    assert candidate.model.describe()["Certitude"] == told


def test_what_would_be_forgotten_is_told(candidate):
    assert candidate.comparison.kept.passages == len(labelled())
    assert "--gold" in candidate.comparison.as_markdown()


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.01, 0.2, "fait mieux"), (-0.2, -0.01, "moins bien"), (-0.1, 0.1, "hasard")],
    ids=["above zero", "below zero", "around zero"],
)
def test_the_page_says_what_the_interval_allows(candidate, low, high, said):
    sides = replace(candidate.comparison.decisions.macro_f1, difference=Figure(0.0, low, high))
    found = replace(candidate.comparison, kept=None)
    found = replace(found, decisions=replace(found.decisions, macro_f1=sides))
    assert said in found.as_markdown()


def test_the_card_says_that_it_is_adapted_from_what_and_to_what(candidate, model, encoder, tmp_path):
    coding.adopt(candidate.model, tmp_path / "mien")
    card = (tmp_path / "mien" / "card.md").read_text(encoding="utf-8")
    for fact in (ADAPTED, model.identity, "40 décisions de 20 témoignages", "mises de côté"):
        assert fact in card
    assert "Refaire" not in card
    loaded = coding.load(tmp_path / "mien")
    assert ADAPTED in loaded.describe()
    text = [passage(f"{SAYING}, 99.")]
    assert loaded.code(text, encoder) == candidate.model.code(text, encoder)


def test_an_adapted_coder_is_not_adapted_again(candidate, encoder):
    with pytest.raises(ModelError) as caught:
        coding.propose(decisions(), candidate.model, encoder, seed=3)
    assert "deux fois" in caught.value.problem
    assert "--coder" in caught.value.remedy


def test_too_few_testimonies_are_refused(model, encoder):
    with pytest.raises(ModelError, match="adapter un codeur\u202f: 9"):
        coding.propose(decisions(testimonies=9), model, encoder, seed=3)


def test_another_encoder_is_refused(model):
    with pytest.raises(ModelError, match="autre@2"):
        coding.propose(decisions(), model, WordEncoder("autre@2"), seed=3)


def test_a_folder_that_holds_something_is_never_written_over(candidate, tmp_path):
    (tmp_path / "note.txt").write_text("à garder", encoding="utf-8")
    for taken in (tmp_path, tmp_path / "note.txt"):
        with pytest.raises(SettingsError, match="existe déjà"):
            coding.adopt(candidate.model, taken)
    assert [one.name for one in tmp_path.iterdir()] == ["note.txt"]


def test_a_coder_is_replaced_only_where_it_is_asked(candidate, model, tmp_path):
    coding.adopt(model, tmp_path / "mien")
    (tmp_path / "mien" / "note.txt").write_text("à garder", encoding="utf-8")
    with pytest.raises(SettingsError, match="existe déjà") as caught:
        coding.adopt(candidate.model, tmp_path / "mien")
    assert "--remplacer" in caught.value.remedy
    assert ADAPTED not in coding.load(tmp_path / "mien").describe()
    coding.adopt(candidate.model, tmp_path / "mien", replacing=True)
    assert ADAPTED in coding.load(tmp_path / "mien").describe()
    assert (tmp_path / "mien" / "note.txt").read_text(encoding="utf-8") == "à garder"
    assert [one.name for one in tmp_path.iterdir()] == ["mien"]


def test_what_is_no_coder_is_never_replaced(candidate, tmp_path):
    (tmp_path / "note.txt").write_text("à garder", encoding="utf-8")
    for taken in (tmp_path, tmp_path / "note.txt"):
        with pytest.raises(SettingsError, match="pas un codeur") as caught:
            coding.adopt(candidate.model, taken, replacing=True)
        assert "--remplacer" not in caught.value.remedy
    assert [one.name for one in tmp_path.iterdir()] == ["note.txt"]


def test_an_empty_folder_and_one_to_come_are_free(candidate, tmp_path):
    (tmp_path / "vide").mkdir()
    for name in ("vide", "a-venir"):
        coding.adopt(candidate.model, tmp_path / name)
        coding.load(tmp_path / name)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a-venir", "vide"]


def test_a_coder_half_written_leaves_nothing(candidate, tmp_path, monkeypatch):
    def breaks(model, folder):
        folder.mkdir()
        (folder / "weights.safetensors").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr("voices.coding.storage.save", breaks)
    with pytest.raises(ModelError, match="le disque est plein"):
        coding.adopt(candidate.model, tmp_path / "mien")
    assert list(tmp_path.iterdir()) == []

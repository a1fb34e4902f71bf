"""Whom spaCy takes for a person, in texts of any length."""

import pytest

from voices.privacy import language
from voices.privacy.words import Words

LINE = "Le mardi, Monique Delattre épluche les carottes avec Karim Benali."


def told(text: str) -> list[str]:
    words = Words(text)
    [(found, _)] = language.persons([words], range(1))
    return [words.items[index].text for index in sorted(found)]


@pytest.mark.parametrize("joint", ["\n", " "])
def test_a_long_text_is_read_in_parts_that_change_nothing(joint: str):
    lines = 3 * language._WINDOW // len(LINE)
    assert told(LINE) == ["Monique", "Delattre", "Karim", "Benali"]
    assert told(joint.join([LINE] * lines))[:200] == told(LINE) * 50


@pytest.mark.parametrize("text", ["", "a", "a" * 20_001, "a " * 20_000, f"{'é' * 7_999}\n\n{'b' * 9_000} c"])
def test_parts_follow_one_another_and_miss_nothing(text: str):
    parts = list(language._windows(text))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= language._WINDOW for start, end in parts)


def test_more_than_a_million_code_points_are_read():
    assert told("a" * 1_000_001 + "\n" + LINE) == told(LINE)

"""The words of a whole study, as the library gives them."""

from dataclasses import replace

import pytest

import voices
from voices.domain import Theme, Themes
from voices.errors import SettingsError
from voices.lexicon.parts import NO_CODE, NO_THEME, UNTOLD, WAYS, of


@pytest.fixture(scope="module")
def lexicon(study):
    return voices.lexicon(study)


def themed(study):
    """The study, its first passage in a theme."""
    theme = Theme("theme-01", "La chaise", ("chaise",), (study.passages[0].id,), ())
    return replace(study, themes=Themes((theme,), (), (), method=""))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("lieu", {"La Petite Cantine du Lavoir, Épinal", "Le Grain de Sel, Brest"}),
        ("annee", {"2023", "2024"}),
        ("mois", {"2024-03", "2024-05", UNTOLD}),
        ("canal", {"lettre", "entretien"}),
        ("theme", {"La chaise", NO_THEME}),
    ],
)
def test_a_study_is_parted_by(study, by, expected):
    parts = of(themed(study), by)
    assert set(parts.names) == expected
    assert parts.members.sum() == len(study.passages)


@pytest.mark.parametrize("by", ["code", "sens"])
def test_every_passage_is_in_the_part_of_its_codes(study, by):
    parts = of(study, by)
    told = {coded.passage_id: sorted(one.code for one in coded.codings) for coded in study.codings}
    for row, passage in enumerate(study.passages):
        names = [parts.names[at] for at in parts.members[[row], :].nonzero()[1].tolist()]
        codes = [name.split(",")[0].lower() for name in names if name != NO_CODE]
        assert sorted(codes) == told[passage.id]


def test_a_role_is_told_by_its_group(study):
    testimonies = [
        replace(one, origin=replace(one.origin, role=role))
        for one, role in zip(study.reading.testimonies, ("une bénévole", "bénévoles", None, "cuistot"), strict=True)
    ]
    parts = of(replace(study, reading=replace(study.reading, testimonies=tuple(testimonies))), "role")
    assert set(parts.names) == {"Bénévole", "cuistot", UNTOLD}


@pytest.mark.parametrize(("by", "remedy"), [("humeur", "Choisir"), ("theme", "qui cherche les thèmes")])
def test_what_cannot_be_compared_is_told(study, by, remedy):
    with pytest.raises(SettingsError, match=remedy):
        of(study, by)


def test_every_measure_is_asked_of_one_object(lexicon):
    table = lexicon.table(least=1)
    assert "café" in table.terms
    assert "euh" not in table.terms
    assert lexicon.specificities("lieu", table=table).size == len(lexicon.words)
    assert lexicon.concordance("accueillir", lemmas=True).lines == ()
    assert {line.found for line in lexicon.concordance("chais*").lines} == {"chaise"}
    assert lexicon.correspondence("lieu", table=table).eigenvalues.size == 1
    assert len(lexicon.cooccurrences(table=table, least=2).terms) == len(table.terms)


def test_no_word_of_the_interviewer_is_counted(lexicon):
    said = {lexicon.words.forms[form] for form in lexicon.words.form.tolist()}
    assert "four" in said
    assert not {"enquêtrice", "manqué", "quelque"} & said


def test_ways_are_those_that_the_command_tells():
    from voices.cli.lexicon import By

    told = By.__metadata__[0].help  # type: ignore[attr-defined]
    assert [way for way in WAYS if way not in told] == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one,
        lambda one: one.words,
        lambda one: one.table(least=1),
        lambda one: one.specificities("lieu"),
        lambda one: one.concordance("la"),
        lambda one: one.concordance("la").lines,
        lambda one: one.cooccurrences(table=one.table(least=1), least=1),
        lambda one: one.correspondence("lieu", table=one.table(least=1)),
        lambda one: of(one.study, "lieu"),
    ],
)
def test_what_a_result_shows_of_itself_is_short_and_holds_no_testimony(lexicon, ask):
    shown = repr(ask(lexicon))
    assert len(shown) < 120 * (1 + shown.count("Line("))
    assert "chaise" not in shown

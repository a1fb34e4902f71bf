"""What changed since the study of the last report, whatever ids and names a new run gave."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.reading import said
from tests.report.studies import small, telling
from voices import pipeline
from voices.domain import Consent, Reading, Study
from voices.errors import VoicesError
from voices.exchange import study as files
from voices.report import compose
from voices.report.before import by_words, of_study
from voices.report.telling import Telling


def grown() -> Study:
    """The same testimonies under other ids, after those of a file that grew; other names put in."""
    study = telling()

    def anew(name: str) -> str:
        return f"autre-{name}"

    told = tuple(
        replace(one, id=anew(one.id), text=one.text.replace("Et ici", "Ici"), consent=Consent.ANONYMOUS_QUOTES)
        for one in study.reading.testimonies
    )
    passages = tuple(replace(one, testimony_id=anew(one.testimony_id)) for one in study.passages)
    return replace(study, reading=Reading(told, ()), passages=passages, quotes=())


def first(study: Study, number: int) -> Study:
    """Its first testimonies alone."""
    kept = study.reading.testimonies[:number]
    ids = {one.id for one in kept}
    passages = tuple(one for one in study.passages if one.testimony_id in ids)
    numbers = {one.id for one in passages}
    return replace(
        study,
        reading=Reading(kept, ()),
        passages=passages,
        codings=tuple(one for one in study.codings if one.passage_id in numbers),
        themes=replace(study.themes, themes=(), outliers=()),
        quotes=(),
    )


def test_a_study_run_again_on_more_is_compared_testimony_by_testimony(tmp_path: Path):
    from lxml import html

    files.save(first(telling(), 90), tmp_path / "sortie-2024" / pipeline.STUDY_FILE)
    pipeline.report(telling(), tmp_path / "r.html", before=tmp_path / "sortie-2024")
    page: html.HtmlElement = html.document_fromstring((tmp_path / "r.html").read_text(encoding="utf-8"))
    words = said(page.get_element_by_id("depuis"))
    assert "Le rapport précédent portait sur 90 témoignages. 30 témoignages sont arrivés depuis." in words
    assert "sortie-2024" not in said(page)


def since(study: Study, before: Study) -> str:
    """The part on what changed since `before`, whose testimonies are known by their words."""
    from lxml import html

    text = compose(study, title="Essai", telling=Telling(before=of_study(before, "le rapport précédent", by_words)))
    page: html.HtmlElement = html.document_fromstring(text.html)
    return said(page.get_element_by_id("depuis"))


def test_the_same_study_again_is_said_to_be_the_same_and_no_more():
    """One of its testimonies has no passage: it is counted then as now."""
    words = since(small(), small())
    assert words.endswith(
        "Le rapport précédent portait sur les mêmes 10 témoignages, et les codes sont les mêmes : "
        "rien n’a changé depuis."
    )


def test_where_nobody_came_nothing_is_said_of_those_who_came():
    other = replace(small().codings[0], codings=())
    words = since(replace(small(), codings=(other, *small().codings[1:])), small())
    assert "portait sur 10 témoignages. Aucun n’est arrivé depuis. Les codes de 1 témoignage ne sont plus" in words
    assert "sur 0" not in words
    assert "Arrivés depuis" not in words
    assert "4 sur 94 sur 9" in words  # « Un lien qui s’est noué », then and now: of those who have a passage


def test_two_who_say_the_same_words_are_two():
    study = small()
    twice = (*study.reading.testimonies, *(replace(one, id=f"{one.id}-bis") for one in study.reading.testimonies[-2:]))
    words = since(replace(study, reading=replace(study.reading, testimonies=twice)), study)
    assert "portait sur 10 témoignages. 2 témoignages sont arrivés depuis." in words


def test_other_ids_and_other_names_are_the_same_words():
    for one, other in zip(telling().reading.testimonies, grown().reading.testimonies, strict=True):
        assert one.id != other.id
        assert by_words(replace(one, text=one.text.replace("Et ici ?", "Ici ?"))) == by_words(other)
        named = replace(one, text=f"{one.text}\nAvec Josiane.")
        assert by_words(named) == by_words(replace(one, text=f"{one.text}\nAvec Monique."))


def test_a_folder_without_a_study_is_told(tmp_path: Path):
    with pytest.raises(VoicesError, match="n’est pas une étude codée"):
        pipeline.report(telling(), tmp_path / "r.html", before=tmp_path)
    assert list(tmp_path.iterdir()) == []

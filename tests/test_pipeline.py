"""The whole work on a small folder, with the shipped models."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import voices
from tests.conftest import COLD_LETTER, WITHDRAWN
from voices import pipeline
from voices.domain import Outcome, Purpose, Role, Sense
from voices.errors import ReadingError, VoicesError

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def out(folder, settings, tmp_path_factory):
    place = tmp_path_factory.mktemp("sorties") / "sortie"
    key = settings.key.with_name("cle-du-run")
    choices = pipeline.Choices(names_table=place.with_name("noms.chiffre"), key=key)
    pipeline.run(folder, place, choices=choices, settings=settings, today=TODAY)
    return place


def texts_of(folder: Path) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8", errors="replace") for path in folder.iterdir() if path.suffix != ".xlsx"
    )


def test_every_file_has_its_outcome(study):
    outcomes = {file.path: file.outcome for file in study.reading.files}
    assert outcomes["lettre.txt"] is Outcome.READ
    assert outcomes["photo.jpg"] is Outcome.REFUSED
    assert len(study.reading.testimonies) == 4
    assert len(study.reading.withdrawn) == 1


def test_passages_are_the_words_of_witnesses_only(study):
    testimonies = {one.id: one for one in study.reading.testimonies}
    for passage in study.passages:
        testimony = testimonies[passage.testimony_id]
        turn = testimony.turns[passage.turn]
        assert testimony.text[passage.start : passage.end] == passage.text
        assert turn.role is Role.WITNESS
        assert turn.start <= passage.start < passage.end <= turn.end


def test_names_and_numbers_are_gone_before_anything_else(study):
    words = " ".join(one.text for one in study.reading.testimonies)
    assert not any(secret in words for secret in ("Bénédicte", "Lagarde", "Mamadou", "06 12 34 56 78"))
    assert "[téléphone]" in words


def test_presence_and_lack_are_both_seen(study):
    senses = {one.sense(code.id) for one in study.codings for code in study.codebook.codes}
    assert {Sense.PRESENCE, Sense.LACK} <= senses


def test_a_passage_is_coded_the_same_alone_or_among_others(folder, settings, study):
    alone = pipeline.code(pipeline.read(folder / "froid.txt"), settings=settings)
    ids = {passage.id for passage in alone.passages}
    assert ids
    assert alone.codings == tuple(one for one in study.codings if one.passage_id in ids)


def test_a_run_writes_report_tables_and_study(out):
    names = {path.name for path in out.iterdir()}
    assert {
        "rapport.html", "rapport.docx", "rapport.pdf", "passages.csv", "passages.xlsx", "passages.jsonl",
        "themes.json", "citations.csv", "journal.json", "etude.voices.json",
    } <= names  # fmt: skip
    assert not [name for name in names if name.startswith(".") or "part" in name or "tmp" in name]


def test_a_withdrawn_testimony_is_nowhere_in_what_comes_out(out):
    assert "perroquet" in WITHDRAWN
    assert "perroquet" not in texts_of(out)


def test_words_without_consent_are_counted_and_never_quoted(out):
    assert "trompette" not in (out / "rapport.html").read_text(encoding="utf-8")
    assert "trompette" not in (out / "citations.csv").read_text(encoding="utf-8-sig")
    assert "trompette" in (out / "passages.csv").read_text(encoding="utf-8-sig")


def test_no_real_name_comes_out(out):
    assert not any(name in texts_of(out) for name in ("Bénédicte", "Lagarde", "Mamadou"))


def test_the_table_of_names_is_beside_the_output_and_unreadable(out):
    table = out.with_name("noms.chiffre").read_bytes()
    assert b"Lagarde" not in table


def test_same_input_same_output_byte_for_byte(folder, settings, out, tmp_path):
    again = tmp_path / "encore"
    pipeline.run(folder, again, settings=settings, today=TODAY)
    for name in (
        "rapport.html", "rapport.docx", "rapport.pdf", "passages.csv", "passages.jsonl",
        "themes.json", "citations.csv", "etude.voices.json",
    ):  # fmt: skip
        assert (again / name).read_bytes() == (out / name).read_bytes(), name


def test_a_run_starts_again_from_its_own_study(out, settings, tmp_path):
    again = tmp_path / "encore"
    pipeline.run(out, again, settings=settings, today=TODAY)
    assert (again / "rapport.html").read_bytes() == (out / "rapport.html").read_bytes()


@pytest.mark.parametrize(
    ("purpose", "may_quote_the_cold_letter"),
    [(Purpose.ANONYMOUS_QUOTES, True), (Purpose.NAMED_QUOTES, False)],
)
def test_quotes_follow_consent(study, settings, purpose, may_quote_the_cold_letter):
    chosen = pipeline.quotes(study, purpose=purpose, settings=settings)
    assert chosen
    assert any(quote.text in COLD_LETTER for quote in chosen) is may_quote_the_cold_letter


def test_output_inside_the_folder_read_is_refused(folder, settings):
    with pytest.raises(VoicesError, match="dans le dossier à lire"):
        pipeline.run(folder, folder / "sortie", settings=settings)
    assert not (folder / "sortie").exists()


def test_a_folder_with_nothing_to_code_leaves_the_output_untouched(tmp_path, settings):
    source = tmp_path / "vide"
    source.mkdir()
    (source / "ras.txt").write_text("   \n", encoding="utf-8")
    with pytest.raises(VoicesError) as caught:
        pipeline.run(source, tmp_path / "sortie", settings=settings)
    assert caught.value.remedy
    assert not (tmp_path / "sortie").exists()


def test_a_study_file_goes_and_comes_back(study, tmp_path):
    from voices.exchange import study as files

    assert files.load(files.save(study, tmp_path / "e.voices.json")) == study


@pytest.mark.parametrize("content", [b"", b"{}", b"pas du json", b'{"reading": 3}'])
def test_a_study_file_that_is_not_one_is_refused_without_quoting_it(tmp_path, content):
    path = tmp_path / "x.voices.json"
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=r"x\.voices\.json") as caught:
        pipeline.saved_study(path)
    assert caught.value.__cause__ is None


def test_the_library_has_the_verbs_of_the_command_line(folder, settings, tmp_path):
    reading = voices.read(folder)
    coded = voices.code(reading, settings=settings)
    found = voices.themes(coded, settings=settings)
    coded = replace(coded, themes=found)
    assert voices.quotes(coded, settings=settings)
    assert voices.report(coded, tmp_path / "r.html", today=TODAY).read_text(encoding="utf-8").startswith("<!")


def test_the_order_of_review_holds_every_passage_once_with_a_reason(study):
    found = pipeline.order(study)
    assert sorted(one.passage_id for one in found) == sorted(one.id for one in study.passages)
    assert all(one.reason for one in found)
    assert found[0].corrections == max(one.corrections for one in found)

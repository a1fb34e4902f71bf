"""Codes of one's own through the whole work, with the shipped models; the 3A are left as they are."""

import csv
import json
from dataclasses import replace
from datetime import date

import pytest
from typer.testing import CliRunner

from voices import pipeline
from voices.errors import SettingsError, VoicesError

CODES = """
[[code]]
id = "retour"
label = "Ne plus revenir"
definition = "La personne dit qu’elle n’est pas revenue, ou qu’elle ne reviendra pas."
examples = ["je n’y ai plus remis les pieds", "je ne suis pas revenue"]
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("codes") / "mes-codes.toml"
    path.write_text(CODES, encoding="utf-8")
    return pipeline.Own(path)


@pytest.fixture(scope="module")
def with_own(study, own, settings):
    return pipeline.seek(study, own, settings=settings)


def test_the_3a_are_the_same_with_and_without_own_codes(folder, own, settings, study):
    both = pipeline.study_of(folder, settings=settings, own=own)
    assert both.own
    assert replace(both, own=()) == study


def test_the_passage_described_is_the_likeliest(with_own):
    (found,) = with_own.own
    texts = {one.id: one.text for one in with_own.passages}
    assert "Je ne suis pas revenue" in texts[max(found.probabilities, key=lambda one: found.probabilities[one])]


def test_own_codes_stand_in_columns_of_their_own_after_all_others(study, with_own, tmp_path):
    from voices import exchange

    tables = []
    for number, one in enumerate((study, with_own)):
        exchange.write_tables(one, tmp_path / str(number))
        text = (tmp_path / str(number) / "passages.csv").read_text(encoding="utf-8-sig")
        tables.append(list(csv.reader(text.splitlines(), delimiter=";")))
    before, after = tables
    width = len(before[0])
    assert [row[:width] for row in after] == before
    assert after[0][width:] == ["ajout_retour", "ajout_retour_sens", "ajout_retour_probabilite"]
    assert {row[width] for row in after[1:]} <= {"à relire", "non"}
    lines = (tmp_path / "1" / "passages.jsonl").read_text(encoding="utf-8").split("\n")
    assert json.loads(lines[0])["codes_ajoutes"].keys() == {"retour"}
    assert "codes_ajoutes" not in (tmp_path / "0" / "passages.jsonl").read_text(encoding="utf-8")


def test_the_report_tells_own_codes_apart_and_only_where_there_are_some(study, with_own, tmp_path):
    today = date(2026, 11, 23)
    with_page = pipeline.report(with_own, tmp_path / "a.html", today=today).read_text(encoding="utf-8")
    without = pipeline.report(study, tmp_path / "b.html", today=today).read_text(encoding="utf-8")
    assert "Ne plus revenir" in with_page
    assert "Codes ajoutés, à relire" in with_page
    assert "Codes ajoutés" not in without


def test_a_study_with_own_codes_goes_and_comes_back(with_own, tmp_path):
    from voices.exchange import study as files

    assert files.load(files.save(with_own, tmp_path / "e.voices.json")) == with_own


def test_a_faulty_file_is_told_before_anything_is_read(tmp_path, settings):
    path = tmp_path / "codes.toml"
    path.write_text(CODES.replace('"retour"', '"accueil"'), encoding="utf-8")
    with pytest.raises(SettingsError, match="accueil"):
        pipeline.study_of(tmp_path / "nulle-part", settings=settings, own=pipeline.Own(path))


def test_the_command_finds_own_codes(folder, own, settings, monkeypatch):
    from voices.cli.app import app

    monkeypatch.setenv("VOICES_CACHE", str(settings.cache))
    ran = CliRunner().invoke(app, ["code", str(folder / "froid.txt"), "--codes", str(own.codes), "--json"])
    assert ran.exit_code == 0, ran.output
    assert {tuple(one["codes_ajoutes"]) for one in json.loads(ran.stdout)} == {("retour",)}


def test_decisions_without_codes_are_refused(folder, own):
    from voices.cli import options

    with pytest.raises(VoicesError, match="Des décisions"):
        options.own(None, own.codes)

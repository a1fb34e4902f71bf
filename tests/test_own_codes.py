"""Codes of one's own through the whole work: told apart in tables and report, and the 3A left as they are."""

import csv
import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from tests.report.studies import QUOTABLE, small
from voices import exchange, pipeline
from voices.domain import Coding, OwnCode, OwnCodings, Sense
from voices.errors import SettingsError
from voices.exchange import study as files
from voices.report import render

CODES = """
[[code]]
id = "retour"
label = "Ne plus revenir"
definition = "La personne dit qu’elle n’est pas revenue, ou qu’elle ne reviendra pas."
examples = ["je n’y ai plus remis les pieds", "je ne suis pas revenue"]
"""


def with_own():
    """The small study, an own code put on its first passage."""
    study = small()
    first = study.passages[0].id
    found = OwnCodings(
        OwnCode("retour", "Ne plus revenir", "La personne n’est pas revenue."),
        (Coding(first, "retour", Sense.PRESENCE, 0.4, 1.0),),
        {passage.id: 0.4 if passage.id == first else 0.1 for passage in study.passages},
    )
    return replace(study, own=(found,))


def test_own_codes_stand_in_columns_of_their_own_after_all_others(tmp_path):
    tables = []
    for name, study in {"sans": small(), "avec": with_own()}.items():
        exchange.write_tables(study, tmp_path / name)
        with (tmp_path / name / "passages.csv").open(encoding="utf-8-sig", newline="") as file:
            tables.append(list(csv.reader(file, delimiter=";")))
    before, after = tables
    width = len(before[0])
    assert [row[:width] for row in after] == before
    assert after[0][width:] == ["ajout_retour", "ajout_retour_sens", "ajout_retour_probabilite"]
    assert after[1][width:] == ["à relire", "présence", "0,4"]
    assert {tuple(row[width:]) for row in after[2:]} == {("non", "", "0,1")}


def test_lines_hold_own_codes_only_where_there_are_some(tmp_path):
    for name, study in {"sans": small(), "avec": with_own()}.items():
        exchange.write_tables(study, tmp_path / name)
    told = (tmp_path / "avec" / "passages.jsonl").read_text(encoding="utf-8")
    assert json.loads(told.partition("\n")[0])["codes_ajoutes"] == {"retour": 0.4}
    assert "codes_ajoutes" not in (tmp_path / "sans" / "passages.jsonl").read_text(encoding="utf-8")


def test_the_report_tells_own_codes_apart_and_only_where_there_are_some():
    page = render(with_own(), title="Avec", quotable=QUOTABLE)
    assert "Codes ajoutés" in page
    assert "Ne plus revenir" in page
    assert "Codes ajoutés" not in render(small(), title="Sans", quotable=QUOTABLE)


def test_a_study_with_own_codes_goes_and_comes_back(tmp_path):
    assert files.load(files.save(with_own(), tmp_path / "e.voices.json")) == with_own()


def test_a_faulty_file_is_told_before_anything_is_read(tmp_path, settings):
    path = tmp_path / "codes.toml"
    path.write_text(CODES.replace('"retour"', '"accueil"'), encoding="utf-8")
    with pytest.raises(SettingsError, match="accueil"):
        pipeline.study_of(tmp_path / "nulle-part", settings=settings, own=pipeline.Own(path))


def test_decisions_without_codes_are_refused(tmp_path):
    from voices.cli import options

    with pytest.raises(SettingsError, match="Des décisions"):
        options.own(None, tmp_path / "decisions.jsonl")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("codes") / "mes-codes.toml"
    path.write_text(CODES, encoding="utf-8")
    return pipeline.Own(path)


def test_with_the_shipped_models_the_3a_are_the_same_and_the_passage_described_comes_first(
    folder, own, settings, study
):
    both = pipeline.study_of(folder, settings=settings, own=own)
    assert replace(both, own=()) == study
    (found,) = both.own
    texts = {one.id: one.text for one in both.passages}
    assert "Je ne suis pas revenue" in texts[max(found.probabilities, key=lambda one: found.probabilities[one])]


def test_the_command_finds_own_codes(folder, own, settings, monkeypatch):
    from voices.cli.app import app

    monkeypatch.setenv("VOICES_CACHE", str(settings.cache))
    ran = CliRunner().invoke(app, ["code", str(folder / "froid.txt"), "--codes", str(own.codes), "--json"])
    assert ran.exit_code == 0, ran.output
    assert {tuple(one["codes_ajoutes"]) for one in json.loads(ran.stdout)} == {("retour",)}

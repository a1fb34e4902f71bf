"""`voices lexicon classes`: what is printed, written and given to a program."""

import csv
import json

import numpy as np
import pytest

from tests.lexicon.test_classes import corpus
from voices.cli import classes as command
from voices.lexicon import classes, parts, profiles
from voices.lexicon.classes import Choices


@pytest.fixture(scope="module")
def found():
    return classes.find(corpus(), choices=Choices(classes=3, resamples=2))


@pytest.fixture(scope="module")
def crossed(found):
    worlds = [(f"monde {rank}",) for rank in found.labels[np.argsort(found.segments.passage)].tolist()]
    return (profiles.cross(found.segments, found.labels, parts.named(worlds), "lieu"),)


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_files_hold_every_class_segment_and_crossing(found, crossed, tmp_path):
    written = command.write(found, crossed, tmp_path / "classes")
    assert [path.name for path in written] == ["profils.csv", "segments.csv", "croisements.csv", "arbre.svg"]
    lines = {path.stem: table(path) for path in written[:3]}
    assert {line["classe"] for line in lines["profils"]} == {"1", "2", "3"}
    assert len(lines["segments"]) == 90
    assert {line["tient"] for line in lines["croisements"] if line["part_de_la_partie"][0] == "1"} == {"oui"}
    assert written[3].read_text(encoding="utf-8").startswith("<svg")


def test_what_a_program_reads_is_json_and_tells_how_it_was_done(found, crossed):
    told = json.loads(json.dumps(command.as_json(found, crossed)))
    assert [one["part"] for one in told["classes"]] == [0.3333] * 3
    assert [one["stabilite"] for one in told["classes"]] == [1.0] * 3
    assert told["part_non_classee"] == 0
    assert "Reinert" in told["methode"]
    assert len(told["croisements"]) == 9


def test_the_screen_tells_the_share_without_class_and_what_holds(found, crossed, capsys):
    command._show(found, crossed)
    shown = " ".join(capsys.readouterr().out.split())
    assert "Segments sans classe : 0 %" in shown
    assert "stable (1,00)" in shown
    assert "monde 0 : classe 1, 100 % de ses segments (ailleurs 0 %), 10 témoignages sur 10" in shown

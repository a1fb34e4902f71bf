"""The measures of words as people type them."""

import csv
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from voices.cli import tabled
from voices.cli.lexicon import lexicon
from voices.domain import Study
from voices.errors import SettingsError
from voices.exchange import study as files

ROOT = Path(__file__).parents[2]
VOICES = Path(sys.executable).parent / "voices"
MEASURES = sorted(str(command.name) for command in lexicon.registered_commands)


def voices(*arguments):
    return subprocess.run([str(VOICES), "lexicon", *map(str, arguments)], capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def saved(study: Study, tmp_path_factory):
    return files.save(study, tmp_path_factory.mktemp("mots") / "etude.voices.json")


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_french_help_with_an_example(measure):
    done = voices(measure, "--help")
    assert done.returncode == 0
    assert f"Exemple : voices lexicon {measure}" in done.stdout
    assert not re.search(r"\b(Show|required|default|message and exit)\b", done.stdout)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_in_the_guide(measure):
    assert f"`voices lexicon {measure}" in (ROOT / "docs" / "guide" / "analyse.md").read_text(encoding="utf-8")


def test_a_table_is_shown_and_written_whole_for_a_spreadsheet(saved, tmp_path):
    out = tmp_path / "mots" / "mots.csv"
    done = voices("words", saved, "--least", 2, "--number", 3, "--out", out)
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["mot", "categorie", "occurrences", "passages"]
    assert len(rows) > 4
    assert len(done.stdout.split("\n\n")[0].splitlines()) == 4
    told = voices("words", saved, "--least", 2, "--number", 3)
    assert f"3 lignes sur {len(rows) - 1}." in told.stdout
    assert str(out) in done.stdout


def test_a_concordance_is_found_without_the_tagger(saved):
    found = json.loads(voices("concordance", saved, "on m'a", "--sort", "droite", "--json").stdout)
    assert {"gauche", "mot", "droite", "passage", "debut", "fin"} <= set(found[0])
    assert {row["mot"].lower() for row in found} <= {"on m’a", "on m'a"}


def test_specificities_compare_places(saved):
    found = json.loads(voices("specificities", saved, "--least", 2, "--json").stdout)
    assert all(abs(row["specificite"]) >= 2 for row in found)


def test_pictures_and_graphs_are_written(saved, tmp_path):
    graph, gephi, plane = (tmp_path / name for name in ("graphe.svg", "graphe.graphml", "plan.svg"))
    done = voices("cooccurrences", saved, "--least", 2, "--svg", graph, "--graphml", gephi, "--index", "jaccard")
    assert done.returncode in (0, 2), done.stderr
    if done.returncode == 0:
        assert ET.parse(graph).getroot().tag.endswith("svg")
        assert ET.parse(gephi).getroot().tag.endswith("graphml")
    done = voices("correspondence", saved, "--by", "code", "--least", 1, "--svg", plane)
    assert done.returncode == 0, done.stderr
    assert ET.parse(plane).getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("specificities", "ETUDE", "--by", "humeur"), "Choisir parmi"),
        (("concordance", "ETUDE", "…"), "aucun mot à chercher"),
        (("concordance", "ETUDE", "pain", "--sort", "goût"), "Choisir parmi"),
        (("cooccurrences", "ETUDE", "--within", "page"), "passage ou phrase"),
        (("cooccurrences", "ETUDE", "--around", "zèbre"), "voices lexicon words"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_mistake_is_told_in_french_with_its_remedy(saved, arguments, told):
    done = voices(*(saved if word == "ETUDE" else word for word in arguments))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Que faire : " in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("words", "ETUDE", "--out", "x.pdf"), ".csv"),
        (("cooccurrences", "ETUDE", "--svg", "x.png"), ".svg"),
        (("cooccurrences", "ETUDE", "--graphml", "x.csv"), ".graphml"),
        (("classes", "ETUDE", "--out", "x.csv"), "un dossier"),
        (("words", "ETUDE", "--least", "-3"), "il faut un nombre entier, 1 ou plus"),
        (("words", "ETUDE", "--number", "0"), "il faut un nombre entier, 1 ou plus"),
        (("classes", "ETUDE", "--classes", "1"), "il faut un nombre entier, de 2 à 30"),
        (("concordance", "ETUDE", "p[oa]rte"), "Les crochets ne choisissent pas"),
        (("concordance", "ETUDE", "[adresse]", "--lemmas"), "pas de lemme"),
        (("concordance", "ETUDE", "porte " * 50), "200 caractères"),
        (("specificities", "nulle part", "--by", "humeur"), "Choisir parmi"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_is_refused_before_any_work(saved, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    done = voices(*(saved if word == "ETUDE" else word for word in arguments))
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("words", "--least", 500), "--least plus petit"),
        (("specificities", "--least", 500), "--by"),
        (("concordance", "zèbre"), "accents"),
        (("cooccurrences", "--least", 500), "--least plus petit"),
    ],
)
@pytest.mark.parametrize("json_too", [False, True])
def test_nothing_found_is_told_with_what_to_do(saved, arguments, told, json_too):
    measure, *rest = arguments
    done = voices(measure, saved, *rest, *(["--json"] if json_too else []))
    assert done.returncode == 0
    assert told in done.stderr
    assert done.stdout.strip() == ("[]" if json_too else "")


class _Table:
    columns = ("partie", "mot", "specificite")

    def rows(self):
        return iter([("A", "un", 9.0), ("A", "deux", 8.0), ("A", "trois", -8.5), ("B", "quatre", 2.1)])


def test_each_part_has_its_strongest_rows_and_the_rest_is_told(capsys):
    share = tabled.Share("partie", "specificite", ("A", "B", "C"))
    tabled.tell(_Table(), number=2, nothing=tabled.Nothing("", ""), share=share)
    shown = capsys.readouterr().out
    assert [line.split()[1] for line in shown.splitlines()[1:4]] == ["un", "trois", "quatre"]
    assert "Rien ne se détache pour\u202f: C." in shown
    assert "3 lignes sur 4." in shown


def test_a_line_of_a_concordance_tells_its_place(saved):
    done = voices("concordance", saved, "on m'a *", "--sort", "lieu")
    assert "· Le Grain de Sel, Brest" in done.stdout


def test_a_place_where_nothing_can_be_written_is_told(tmp_path):
    (tmp_path / "fichier").write_text("")
    with pytest.raises(SettingsError, match="Rien ne peut être écrit"):
        tabled.write(tmp_path / "fichier" / "mots.csv", b"")


def test_what_was_not_read_is_told(tmp_path, folder):
    (tmp_path / "passages.jsonl").write_text('{"text": "On m’a tiré une chaise."}', encoding="utf-8")
    done = voices("words", tmp_path)
    assert done.returncode == 2
    assert "Aucun témoignage" in done.stderr
    assert "voices read" in done.stderr
    assert "Un fichier n’est pas lu, sur " in voices("concordance", folder, "chaise").stderr

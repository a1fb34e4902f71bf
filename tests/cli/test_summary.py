"""What a study is told to be on a screen, and to a program."""

from dataclasses import replace

from tests.report.studies import small
from voices.cli import summary
from voices.domain import WhyOutside

FIRST = replace(small().codings[0], codings=(), outside=True, why=WhyOutside.FOREIGN)
OUTSIDE = replace(small(), codings=(FIRST, *small().codings[1:]))


def test_passages_outside_are_counted_apart_from_those_to_reread(capsys, tmp_path):
    summary.show_codes(OUTSIDE)
    assert "sûr 0, probable 21, à relire 0, hors domaine 1 (dont 1 pas en français)." in capsys.readouterr().out
    told = summary.as_json(OUTSIDE, out=tmp_path)["certitude"]
    assert told == {"sûr": 0, "probable": 21, "à relire": 0, "hors domaine": 1}


def test_a_doubtful_sense_is_told_of_codings_and_quotes(capsys, tmp_path):
    summary.show_passages(small())
    told = capsys.readouterr().out
    assert "accueil ± (0.93, sûr, sens à vérifier)" in told
    assert told.count("sens à vérifier") == 1
    summary.show_quotes(small())
    assert capsys.readouterr().out.count("une convive, Givors · sens à vérifier") == 1
    summary.show_codes(small())
    assert "Sens à vérifier : Accueil 1, Appartenance 0, Action 0." in capsys.readouterr().out
    doubtful = summary.as_json(small(), out=tmp_path)["sens_a_verifier"]
    assert doubtful == {"accueil": 1, "appartenance": 0, "action": 0}


def test_a_passage_outside_is_said_to_be_so(capsys):
    summary.show_passages(OUTSIDE)
    assert "t01-1  [hors domaine : ce passage n’est pas en français]" in capsys.readouterr().out
    assert [one["certainty"] for one in summary.passages_as_json(OUTSIDE)][:2] == ["hors domaine", "probable"]


def test_what_is_to_be_reread_is_told_under_its_quote(capsys, tmp_path):
    summary.show_quotes(small())
    assert "À relire avant de publier : « Le frère de Céline » : une personne" in _spaced(capsys.readouterr().out)
    summary.show(small())
    assert "À relire avant de publier : 1 citation, où des mots" in _spaced(capsys.readouterr().out)
    assert summary.as_json(small(), out=tmp_path)["citations_a_relire"] == 1


def _spaced(said):
    return " ".join(said.split())

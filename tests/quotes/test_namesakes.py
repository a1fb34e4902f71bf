"""A first name that signs a quote, met in what others say: as a name, never as a word."""

import pytest

from voices.quotes.namesakes import first_name_of, namesakes

MET = ["J’ai vu Rose mardi.", "ROSE est là", "c’est rose qui m’a ouvert", "Rose, elle, chante.", "pour Rose"]
NOT_MET = ["La rose du jardin sent bon.", "Roseline est venue.", "Marie-Rose est venue.", "Primrose", "Rose-Marie"]


@pytest.mark.parametrize(("text", "met"), [(one, True) for one in MET] + [(one, False) for one in NOT_MET])
def test_a_name_is_met_as_a_name_alone(text, met):
    assert namesakes({"Rose", "Odile"}, [("t1", text)]) == ({"Rose": {"t1"}} if met else {})


def test_accents_may_be_left_out_and_each_text_is_told():
    texts = [("t1", "Hélène est venue."), ("t2", "Helene aussi."), ("t2", "HÉLÈNE, encore."), ("t3", "Personne.")]
    assert namesakes({"Hélène"}, texts) == {"Hélène": {"t1", "t2"}}
    assert namesakes(set(), texts) == {}


def test_an_attribution_begins_with_its_first_name():
    assert first_name_of("Odile, Le Fournil, Annonay, 2024") == "Odile"

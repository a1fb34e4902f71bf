import sys

import pytest

from voices import french
from voices.errors import ModelError


def test_the_pipeline_cuts_sentences_and_finds_people():
    doc = french.pipeline()("J’ai pleuré devant Bénédicte Martin. Elle n’a rien dit. Puis on a ri.")
    assert len(list(doc.sents)) == 3
    assert any("Bénédicte" in entity.text for entity in doc.ents)


def test_the_full_pipeline_gives_lemmas():
    doc = french.pipeline(full=True)("Les bénévoles nous accueillaient.")
    assert [token.lemma_ for token in doc if token.is_alpha] == ["le", "bénévole", "nous", "accueillir"]


def test_loading_it_leaves_torch_importable():
    french.pipeline()
    assert sys.modules.get("torch", "absent") is not None


def test_a_missing_model_is_told(monkeypatch):
    monkeypatch.setattr(french, "MODEL", "fr_modele_absent")
    french.pipeline.cache_clear()
    try:
        with pytest.raises(ModelError, match="fr_modele_absent"):
            french.pipeline()
    finally:
        french.pipeline.cache_clear()


def test_spacy_s_own_command_line_still_imports_afterwards():
    french.pipeline()
    from spacy.cli.info import info

    assert callable(info)

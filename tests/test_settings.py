from pathlib import Path

import pytest

from voices.errors import SettingsError, VoicesError
from voices.settings import PREFIX, SETTINGS, load


def test_defaults_hold_without_environment():
    settings = load({})
    assert settings.encoder == "e5-small-fr"
    assert settings.models.name == "models"
    assert settings.coder is None
    assert settings.threads >= 1
    assert settings.seed == 3


@pytest.mark.parametrize(
    ("variable", "value", "name", "expected"),
    [
        ("VOICES_FILS", "4", "threads", 4),
        ("VOICES_GRAINE", "7", "seed", 7),
        ("VOICES_CACHE", "/tmp/x", "cache", Path("/tmp/x")),
        ("VOICES_MODELES", "/tmp/m", "models", Path("/tmp/m")),
        ("VOICES_CLE", "/tmp/k", "key", Path("/tmp/k")),
        ("VOICES_CODEUR", "/tmp/c", "coder", Path("/tmp/c")),
        ("VOICES_ENCODEUR", "autre", "encoder", "autre"),
        ("VOICES_SEUILS", "large", "aim", "large"),
        ("VOICES_DONNEES", "/tmp/d", "data", Path("/tmp/d")),
        ("VOICES_BASE", "postgresql://a@b/c", "database", "postgresql://a@b/c"),
        ("VOICES_HOTES", "a.fr, b.fr,", "hosts", ("a.fr", "b.fr")),
        ("VOICES_HTTPS", "1", "https", True),
        ("VOICES_PROXY", "127.0.0.1", "proxy", "127.0.0.1"),
        ("VOICES_CLE_DU_SITE", "/mnt/cle", "site_key", Path("/mnt/cle")),
        ("VOICES_DONNEES", "/tmp/d", "site_key", Path("/tmp/d/cle")),
        ("VOICES_SAUVEGARDES", "/mnt/s", "backups", Path("/mnt/s")),
        ("VOICES_GARDEES", "7, 4, 12", "kept", (7, 4, 12)),
        ("VOICES_GARDEES", "0", "kept", ()),
        ("VOICES_JOURNAL", "json", "journal", "json"),
        ("VOICES_MESURES", "ici", "measures", "ici"),
        ("VOICES_INACTIVITE", "45", "idle_minutes", 45),
        ("VOICES_CODE_EXIGE", "tous", "code_asked_of", "tous"),
        ("VOICES_CODE_EXIGE", "", "code_asked_of", "personne"),
        ("VOICES_HTTPS", "1", "code_asked_of", "administration"),
    ],
)
def test_each_setting_has_its_variable(variable, value, name, expected):
    assert getattr(load({variable: value}), name) == expected


def test_every_setting_of_the_table_is_tested_above_and_helped():
    assert {PREFIX + setting.name.upper() for setting in SETTINGS} == {
        "VOICES_FILS", "VOICES_GRAINE", "VOICES_CACHE", "VOICES_MODELES", "VOICES_CLE", "VOICES_ENCODEUR",
        "VOICES_CODEUR", "VOICES_SEUILS", "VOICES_DONNEES", "VOICES_BASE", "VOICES_HOTES", "VOICES_HTTPS",
        "VOICES_SAUVEGARDES", "VOICES_GARDEES", "VOICES_PROXY", "VOICES_CLE_DU_SITE",
        "VOICES_JOURNAL", "VOICES_MESURES", "VOICES_INACTIVITE", "VOICES_CODE_EXIGE",
    }  # fmt: skip
    assert all(setting.help for setting in SETTINGS)


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"VOICES_FILLES": "2"}, "VOICES_FILLES"),
        ({"VOICES_FILS": "deux"}, "« deux »"),
        ({"VOICES_GRAINE": "-1"}, "-1"),
        ({"VOICES_PROXY": "*"}, "adresse IP"),
        ({"VOICES_PROXY": "proxy.example"}, "adresse IP"),
        ({"VOICES_GARDEES": "7"}, "trois nombres"),
        ({"VOICES_GARDEES": "0,4,12"}, "trois nombres"),
        ({"VOICES_JOURNAL": "tout"}, "« tout »"),
        ({"VOICES_CODE_EXIGE": "oui"}, "« oui »"),
    ],
    ids=["unknown name", "not a number", "negative", "any proxy", "a name", "one number", "no day", "a journal", "yes"],
)
def test_what_is_not_understood_is_refused_with_a_remedy(environ, told):
    with pytest.raises(SettingsError, match=told) as caught:
        load(environ)
    assert caught.value.remedy


def test_an_error_tells_problem_and_remedy():
    error = VoicesError("Le fichier est vide.", "En donner un autre.")
    assert (error.problem, error.remedy) == ("Le fichier est vide.", "En donner un autre.")
    assert str(error) == "Le fichier est vide. En donner un autre."

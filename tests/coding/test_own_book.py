import json

import pytest

from voices import coding
from voices.coding.own_book import known
from voices.domain import OwnCode, Sense
from voices.errors import ReadingError, SettingsError

FULL = """
[[code]]
id = "gout"
label = "Goût des repas"
definition = "Ce que l’on mange est bon, et on le dit."
lack = "C’était froid, fade, immangeable."
examples = ["la soupe était fameuse"]
counterexamples = ["j’ai épluché les carottes"]

[[code]]
id = "silence"
label = "Silence"
definition = "Pouvoir se taire."
"""


@pytest.fixture
def file(tmp_path):
    def write(text: str):
        path = tmp_path / "mes-codes.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_codes_are_read_as_they_are_written(file):
    assert coding.read_own(file(FULL)) == (
        OwnCode(
            "gout",
            "Goût des repas",
            "Ce que l’on mange est bon, et on le dit.",
            "C’était froid, fade, immangeable.",
            ("la soupe était fameuse",),
            ("j’ai épluché les carottes",),
        ),
        OwnCode("silence", "Silence", "Pouvoir se taire."),
    )


ENTRY = '[[code]]\nid = "{}"\nlabel = "L"\ndefinition = "D"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(ENTRY.format("accueil"), "« accueil » est déjà celui", id="a code of the 3A"),
        pytest.param(ENTRY.format("lien"), "« lien » est déjà celui", id="a sub-code of the 3A"),
        pytest.param(ENTRY.format("confiance"), "« confiance » est déjà celui", id="the marker of trust"),
        pytest.param(ENTRY.format("a") * 2, "« a » sert deux fois", id="an id twice"),
        pytest.param(ENTRY.format("Mon code"), "« Mon code » n’est pas fait de", id="an id that names no column"),
        pytest.param('[[code]]\nid = "a"\nlabel = "L"', "« definition » manque", id="no definition"),
        pytest.param(ENTRY.format("a") + 'examples = "un"', "« examples » n’est pas une liste", id="examples as text"),
        pytest.param(ENTRY.format("a") + 'lack = ""', "« lack » n’est pas un texte", id="an empty lack"),
        pytest.param(ENTRY.format("a") + 'exemples = ["un"]', "« exemples » n’est pas un champ", id="an unknown field"),
        pytest.param('version = "1"', "aucune table", id="no code"),
        pytest.param("[[code", "n’est pas du TOML", id="not TOML"),
    ],
)
def test_a_faulty_file_is_refused_with_its_fault(file, text, told):
    with pytest.raises(SettingsError, match=r"mes-codes\.toml") as caught:
        coding.read_own(file(text))
    assert told in caught.value.problem
    assert caught.value.remedy


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="ne s’ouvre pas"):
        coding.read_own(tmp_path / "rien.toml")


def test_decisions_may_name_own_codes_and_only_those_described(file, tmp_path):
    codes = coding.read_own(file(FULL))
    decisions = tmp_path / "decisions.jsonl"
    line = {"testimony_id": "t", "passage_no": 1, "text": "Fameuse, la soupe.", "codes": {"gout": "+", "accueil": "-"}}
    decisions.write_text(json.dumps(line), encoding="utf-8")
    (read,) = coding.read_labelled(decisions, own=codes)
    assert read.codes == {"gout": Sense.PRESENCE, "accueil": Sense.LACK}
    with pytest.raises(ReadingError, match=r"code inconnu .*gout"):
        coding.read_labelled(decisions)


def test_what_is_known_is_every_code_sub_code_and_trust_once():
    ids = [one.id for one in known(coding.codebook())]
    assert len(ids) == len(set(ids)) == 12

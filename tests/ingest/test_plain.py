import pytest

from tests.ingest.conftest import texts
from voices.ingest.document import ReadOptions
from voices.ingest.plain import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Un.\nDeux.\n\nTrois.", ["Un.", "Deux.", "Trois."], id="a line, a paragraph"),
        pytest.param(
            "Un.\r\nDeux.\rTrois.\u2028Quatre.\x0bCinq.", ["Un.", "Deux.", "Trois.", "Quatre.", "Cinq."], id="line ends"
        ),
        pytest.param("* un\n_deux_\n# trois", ["* un", "_deux_", "# trois"], id="no markup in testimonies"),
        pytest.param("  retrait gardé  ", ["  retrait gardé  "], id="white space inside is kept"),
        pytest.param(
            "Je suis venue un soir de novembre et il faisait déjà nuit dehors,\n"
            "personne ne m’attendait et pourtant la porte était grande ouverte,\n"
            "alors je suis entrée sans frapper et je me suis assise à la table\n"
            "du fond.\n\nDepuis, je reviens tous les jeudis avec ma fille et ses deux amies\nde l’école.",
            2,
            id="lines cut at a fixed width",
        ),
        pytest.param("L1 : " + "a " * 30 + "\nL2 : " + "b " * 30 + "\nL1 : " + "c " * 30, 3, id="turns of one length"),
    ],
)
def test_text_gives_its_paragraphs(text, expected):
    found = texts(read(text.encode(), ReadOptions()))
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_front_matter_gives_metadata_and_identity():
    lines = [
        "Lieu : Café du Port, Brest",
        "date: 12/03/2024",
        "Nom: Anne Le Goff",
        "téléphone : 0298000000",
        "humeur: bonne",
    ]
    front = "\n".join(["---", *lines, "---", "Bonjour."])
    parsed = read(front.encode(), ReadOptions())
    document = parsed.documents[0]
    assert texts(parsed) == ["Bonjour."]
    assert document.metadata == {"lieu": "Café du Port, Brest", "date": "12/03/2024"}
    assert (document.identity.names, document.identity.contacts) == (("Anne Le Goff",), ("0298000000",))
    assert any("1 ligne non reconnue, laissée de côté" in detail for detail in parsed.details)


@pytest.mark.parametrize(
    "text", ["---\nUn.\n---\nDeux.", "---\nUn.", "Un.\n---\nlieu: x\n---"], ids=["rules", "open", "late"]
)
def test_dashes_that_are_no_front_matter_lose_nothing(text):
    parsed = read(text.encode(), ReadOptions())
    assert "".join(texts(parsed)) == text.replace("\n", "")
    assert not parsed.warnings


def test_a_header_never_closed_is_read_as_text_and_said():
    parsed = read("---\nlieu: Le Grain de Sel\nOn m’a souri.".encode(), ReadOptions())
    assert texts(parsed) == ["---", "lieu: Le Grain de Sel", "On m’a souri."]
    assert "n’est pas fermé" in parsed.warnings[0]

"""Names in the ways people write and say them: speech without capitals, text messages, nicknames, other countries."""

import pytest
from benchmarks.names import found

FOUND = [
    ("j'ai vu mouloud et tiphaine hier avec les enfants de bernadette", ["mouloud", "tiphaine", "bernadette"]),
    ("c'est karim qui m'a dit ça et puis y avait sabrina aussi", ["karim", "sabrina"]),
    ("ma copine elle s'appelle wided elle vient de sfax", ["wided"]),
    ("j'ai dit à madame lefranc que je viendrais", ["lefranc"]),
    ("merci a seb et a manon pr hier", ["seb", "manon"]),
    ("slt c lulu jarive a 18h", ["lulu"]),
    ("chui avc jordan e kevin o kfé", ["jordan", "kevin"]),
    ("Tsering Dolma m'a appris les momos.", ["Tsering Dolma"]),
    ("On est partis avec Bakhtiyar et Zarina.", ["Bakhtiyar", "Zarina"]),
    ("Quand Ravaka est là, tout va.", ["Ravaka"]),
    ("Chez Zbyszek on boit du thé.", ["Zbyszek"]),
    ("Tout le monde l'appelle Biquet.", ["Biquet"]),
    ("On l'appelle la Marquise.", ["Marquise"]),
    ("J'ai croisé Boulette au marché.", ["Boulette"]),
    ("JP m'a dit de venir.", ["JP"]),
    ("Il s'appelle Kowalski, K-O-W-A-L-S-K-I.", ["Kowalski", "K-O-W-A-L-S-K-I"]),
    ("Bien à vous, Sékou K.", ["Sékou K"]),
    ("— Habib : moi je viens tous les jours.", ["Habib"]),
    ("Nom : KHELIFI\nPrénom : Leïla", ["KHELIFI", "Leïla"]),
    ("Reçu de C. Le Dantec.", ["C. Le Dantec"]),
    ("Les Langlois et les Benkhelifa sont venus.", ["Langlois", "Benkhelifa"]),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_a_person_is_found(text: str, names: list[str]):
    [spans] = found([text])
    assert [text[span.start : span.end] for span in spans] == names


@pytest.mark.parametrize(
    "text",
    [
        "Servez-vous, dit l'affiche. Venez nombreux. Mangez bien. Asseyez-vous.",
        "La Caf m'a appelé, puis Pôle emploi.",
        "À Lille, il pleut ; à Roubaix aussi.",
        "J'ai mangé un Kinder devant Netflix.",
        "Les Bretons et les Lillois étaient là.",
        "On a reçu les Grenobloises et deux Parisiens.",
        "Jai pas dormi. Cetait bien. Jpeu venir.",
        "Mon perroquet Marcel est mort.",
        "La Croix-Rouge est passée avec un Kangoo.",
    ],
)
def test_nobody_is_found_where_nobody_is_named(text: str):
    assert found([text]) == [[]]

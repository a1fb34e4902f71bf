"""Contact details in every guise: written, miscopied, said aloud, cut in two."""

import pytest

from voices.privacy.contacts import contacts

FOUND = [
    ("mon num c 06.39.98.15.72 voilà", ["06.39.98.15.72"], "telephone"),
    ("o6 39 98 15 72", ["o6 39 98 15 72"], "telephone"),
    ("06-39-98-15-72", ["06-39-98-15-72"], "telephone"),
    ("06 3998 1572 le soir", ["06 3998 1572"], "telephone"),
    ("+33 (0)6 39 98 15 72", ["+33 (0)6 39 98 15 72"], "telephone"),
    ("tél : 6 39 98 15 72", ["6 39 98 15 72"], "telephone"),
    ("c'est le 06 39 et après 98 15 72", ["06 39", "98 15 72"], "telephone"),
    ("zéro six trente-neuf, quatre-vingt-dix-huit, quinze, soixante-douze", None, "telephone"),
    ("06 trente-neuf quatre-vingt-dix-huit quinze soixante-douze", None, "telephone"),
    ("0 6 3 9 9 8 1 5 7 2", None, "telephone"),
    ("jeanne.martin@exemple,fr", ["jeanne.martin@exemple,fr"], "courriel"),
    ("jeanne(at)exemple(dot)org", ["jeanne(at)exemple(dot)org"], "courriel"),
    ("jeanne tiret bas martin arobase gmail point com", None, "courriel"),
    ("jeanne chez gmail point com", ["jeanne chez gmail point com"], "courriel"),
    ("jeanne 12 arobase orange point fr", None, "courriel"),
    ("www.exemple.org/fete", ["www.exemple.org/fete"], "lien"),
    ("trois w point exemple point org", None, "lien"),
    ("insta : lili_35", ["lili_35"], "lien"),
    ("FR71-1000-5007-0100-0050-0X03-888", None, "iban"),
    ("ma sécu : 2 49 05 2B 033 018 62", ["2 49 05 2B 033 018 62"], "securite_sociale"),
    ("au 14 cité des Peupliers, à Brest", ["14 cité des Peupliers"], "adresse"),
    ("5 r victor hugo", ["5 r victor hugo"], "adresse"),
    ("au douze de la rue des Lilas", ["douze de la rue des Lilas"], "adresse"),
    ("12 rue du 8 mai 1945", ["12 rue du 8 mai 1945"], "adresse"),
]


@pytest.mark.parametrize(("text", "wanted", "kind"), FOUND)
def test_a_contact_detail_is_found(text: str, wanted: list[str] | None, kind: str):
    spans = contacts(text)
    assert {span.kind for span in spans} == {kind}
    if wanted is not None:
        assert [text[span.start : span.end] for span in spans] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "On a servi 30 repas le 12 mai 2024, et 45 le 13.",
        "Le 115 sonne dans le vide, le 3949 aussi.",
        "J'ai payé 06 euros et 50 centimes en 2019.",
        "Le dossier 2023-0612-98 est perdu.",
        "De 09 h 30 à 12 h 45 le mardi.",
        "un point c'est tout, et point final",
        "le point de vue du foyer, chez moi",
        "Il est resté chez Orange vingt ans.",
        "On était vingt et un, puis trente, puis douze.",
        "Le 12 place aux enfants : trois par table.",
    ],
)
def test_a_number_that_leads_to_nobody_stays(text: str):
    assert contacts(text) == ()

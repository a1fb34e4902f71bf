import pytest

from voices.errors import ReadingError
from voices.ingest.document import Parsed, ReadOptions
from voices.ingest.iramuteq import is_iramuteq, read
from voices.ingest.turns import label_turns

CORPUS = """**** *lieu_Annonay *annee_2024 *canal_entretien *sexe_f
Je viens souvent.

-*repas
On y mange bien.
**** *lieu_Petite_Cantine *date_2024_03_12 *type_lieu
Je suis restée.
"""


def parsed(text: str | bytes) -> Parsed:
    return read(text.encode() if isinstance(text, str) else text, ReadOptions())


def texts(text: str | bytes) -> list[list[str]]:
    return [[stretch.text for stretch in document.stretches] for document in parsed(text).documents]


def test_each_marker_opens_a_document():
    assert texts(CORPUS) == [["Je viens souvent.", "On y mange bien."], ["Je suis restée."]]
    assert [document.key for document in parsed(CORPUS).documents] == ["t001", "t002"]


def test_starred_variables_become_metadata_where_they_are_known():
    assert [dict(document.metadata) for document in parsed(CORPUS).documents] == [
        {"lieu": "Annonay", "date": "2024", "canal": "entretien"},
        {"lieu": "Petite Cantine", "date": "2024-03-12"},
    ]
    assert any("*sexe" in detail for detail in parsed(CORPUS).details)


def test_theme_lines_are_taken_out_and_counted():
    assert any(detail.endswith(": 1.") and "thématique" in detail for detail in parsed(CORPUS).details)


VARIANTS = {
    "a BOM": ("\ufeff**** *a_1\nOui.\n", [["Oui."]]),
    "Windows and Unix line ends": ("**** *a_1\r\nOui.\nNon.\r\n", [["Oui.", "Non."]]),
    "a marker without variable": ("****\nOui.\n****\nNon.\n", [["Oui."], ["Non."]]),
    "four digits": ("0001 *a_1\nOui.\n0002 *a_2\nEn 2024\n2023 fut dur.\n", [["Oui."], ["En 2024", "2023 fut dur."]]),
    "an empty text": ("**** *a_1\n**** *a_2\nOui.\n", [["Oui."]]),
    "a value without name": ("**** *_x *age_\nOui.\n", [["Oui."]]),
    "cp1252": ("**** *a_1\nÇa a été très gai.\n".encode("cp1252"), [["Ça a été très gai."]]),
}


@pytest.mark.parametrize(("text", "expected"), VARIANTS.values(), ids=VARIANTS)
def test_every_way_of_writing_a_corpus_is_read(text, expected):
    assert texts(text) == expected


def test_words_before_the_first_marker_are_said():
    found = parsed("Mon corpus à moi\n**** *a_1\nOui.\n")
    assert found.warnings == (
        "4 mots avant le premier «\u202f****\u202f» n’appartiennent à aucun texte et ne sont pas lus.",
    )


def test_labels_inside_a_text_still_name_speakers():
    (document,) = parsed("**** *a_1\nL1 : Alors ?\nL2 : Oui.\n").documents
    assert [turn.speaker for turn in label_turns(document.stretches).turns] == ["L1", "L2"]


def test_a_file_without_marker_is_refused():
    with pytest.raises(ReadingError, match="aucun texte"):
        parsed("Je viens souvent.\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CORPUS, True),
        ("\ufeff" + CORPUS, True),
        ("Titre\n" + CORPUS + CORPUS, True),
        ("Je viens.\n**** fin ****\n", False),
        ("*****\n", False),
        ("", False),
    ],
    ids=["a corpus", "with a BOM", "with a title", "a line of stars", "five stars", "nothing"],
)
def test_a_corpus_is_told_from_a_plain_text(text, expected):
    assert is_iramuteq(text) is expected

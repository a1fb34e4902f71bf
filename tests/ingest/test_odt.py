import pytest

from tests.ingest.conftest import ODF_SPACES, fodt, odt, texts, zipped
from voices.errors import ReadingError
from voices.ingest.document import ReadOptions
from voices.ingest.odt import read


@pytest.mark.parametrize("make", [odt, fodt], ids=["odt", "fodt"])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<text:h>Titre</text:h><text:p>Un.</text:p><text:p/>", ["Titre", "Un."], id="paragraphs"),
        pytest.param('<text:p>a<text:s text:c="3"/>b<text:s/>c</text:p>', ["a   b c"], id="spaces"),
        pytest.param("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", ["a\tb\nc"], id="tab and break"),
        pytest.param("<text:p>Un\n   mot</text:p>", ["Un mot"], id="white space of the file"),
        pytest.param("<text:p>a<text:span>b<text:a>c</text:a></text:span>d</text:p>", ["abcd"], id="spans and links"),
        pytest.param(
            "<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>"
            "<text:section><text:p>b</text:p></text:section>",
            ["a", "b"],
            id="list and section",
        ),
        pytest.param(
            "<text:p>Il<office:annotation><text:p>à revoir</text:p></office:annotation> dit</text:p>",
            ["Il dit"],
            id="comment inside a paragraph",
        ),
        pytest.param(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>ôté</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>gardé</text:p>",
            ["gardé"],
            id="tracked deletion",
        ),
        pytest.param(
            "<text:p>Un<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p>"
            "</text:note-body></text:note> mot</text:p><text:p>Deux</text:p>",
            ["Un mot", "Note.", "Deux"],
            id="note after its paragraph",
        ),
        pytest.param(
            "<text:p>Corps<draw:frame xmlns:draw='urn:x'><draw:text-box><text:p>Cadre</text:p></draw:text-box>"
            "</draw:frame></text:p>",
            ["Corps", "Cadre"],
            id="text box",
        ),
        pytest.param(
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell table:number-columns-repeated='9999'><text:p>b</text:p></table:table-cell>"
            "</table:table-row></table:table>",
            ["a", "b"],
            id="table",
        ),
    ],
)
def test_every_word_of_the_text_is_read_once_and_in_order(make, body, expected):
    assert texts(read(make(body), ReadOptions())) == expected


def test_what_is_left_aside_is_counted():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion/></text:changed-region></text:tracked-changes>"
        "<text:p>Il<office:annotation/> dit</text:p>"
    )
    styles = "<style:header><text:p>Association des Tilleuls</text:p></style:header>"
    assert read(odt(body, styles=styles), ReadOptions()).details == (
        "Commentaires de relecture laissés de côté\u202f: 1.",
        "Suppressions en suivi des modifications, laissées de côté\u202f: 1.",
        "En-têtes et pieds de page laissés de côté\u202f: 3 mots.",
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(odt("", manifest="<m><encryption-data/></m>"), "mot de passe", id="encrypted"),
        pytest.param(zipped({"a": "b"}), "OpenDocument", id="another package"),
        pytest.param(f"<office:document {ODF_SPACES}/>".encode(), "pas un texte", id="no text"),
        pytest.param(b"<office:document", "abîmé", id="cut"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(data, problem):
    with pytest.raises(ReadingError, match=problem):
        read(data, ReadOptions())

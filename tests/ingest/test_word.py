import pytest

from tests.ingest.conftest import W, docx, p, texts, zipped
from voices.domain import Role
from voices.errors import ReadingError
from voices.ingest.document import ReadOptions
from voices.ingest.word import read


def said(body: str, **parts: str) -> list[str]:
    return texts(read(docx(body, **parts), ReadOptions()))


def table(*rows: tuple[str, ...]) -> str:
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def run(content: str) -> str:
    return f"<w:p><w:r>{content}</w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("Un.") + p("Deux."), ["Un.", "Deux."], id="paragraphs"),
        pytest.param(p("Un.") + "<w:p/>" + p(" "), ["Un."], id="empty paragraphs"),
        pytest.param("<w:p><w:r><w:t>Un </w:t></w:r><w:r><w:t>mot</w:t></w:r></w:p>", ["Un mot"], id="runs"),
        pytest.param(run("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"), ["a\tb\nc"], id="tab and break"),
        pytest.param(run("<w:t>rendez</w:t><w:noBreakHyphen/><w:t>vous</w:t>"), ["rendez-vous"], id="hard hyphen"),
        pytest.param(run("<w:t>can</w:t><w:softHyphen/><w:t>tine</w:t>"), ["cantine"], id="soft hyphen"),
        pytest.param("<w:p><w:hyperlink><w:r><w:t>lien</w:t></w:r></w:hyperlink></w:p>", ["lien"], id="hyperlink"),
        pytest.param(
            "<w:p><w:r><w:t>avant </w:t></w:r><w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>ôté</w:delText></w:r></w:del></w:p>",
            ["avant ajouté"],
            id="tracked changes",
        ),
        pytest.param(
            "<w:p><w:moveFrom><w:r><w:t>ici</w:t></w:r></w:moveFrom></w:p>"
            "<w:p><w:moveTo><w:r><w:t>là</w:t></w:r></w:moveTo></w:p>",
            ["là"],
            id="moved",
        ),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Champ.')}</w:sdtContent></w:sdt>"
            "<w:p><w:sdt><w:sdtContent><w:r><w:t>Dedans.</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            ["Champ.", "Dedans."],
            id="content controls",
        ),
        pytest.param(
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>", ["3"], id="field code"
        ),
        pytest.param(table(("a", "b"), ("c", "d")), ["a", "b", "c", "d"], id="table row by row"),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{p('a')}{table(('b', 'c'))}</w:tc></w:tr></w:tbl>", ["a\nb\nc"], id="table in a table"
        ),
        pytest.param(
            "<w:p><w:r><w:t>Corps.</w:t><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
            f"{p('Encadré.')}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>"
            f"{p('Encadré.')}</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["Corps.", "Encadré."],
            id="text box once",
        ),
        pytest.param(
            "<w:p><w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><v:textbox><w:txbxContent>"
            f"{p('Ancien.')}</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["Ancien."],
            id="text box only in the older writing",
        ),
    ],
)
def test_every_word_of_the_body_is_read_once_and_in_order(body, expected):
    assert said(body) == expected


def test_a_two_column_table_of_speakers_gives_who_speaks():
    rows = (
        ("Locuteur", "Texte"),
        ("Anne :", "Et vous ?"),
        ("Paul :", "Moi, ça va."),
        ("", "Enfin."),
        ("Anne :", "Bien."),
    )
    stretches = read(docx(table(*rows)), ReadOptions()).documents[0].stretches
    assert [(stretch.speaker, stretch.text) for stretch in stretches] == [
        ("Anne", "Et vous ?"),
        ("Paul", "Moi, ça va."),
        ("Paul", "Enfin."),
        ("Anne", "Bien."),
    ]


def test_a_third_column_of_times_gives_when_they_speak():
    rows = (("00:05", "A", "Oui."), ("01:02:03", "B", "Non."), ("01:02:09", "A", "Si."))
    stretches = read(docx(table(*rows)), ReadOptions()).documents[0].stretches
    assert [(stretch.speaker, stretch.seconds) for stretch in stretches] == [("A", 5.0), ("B", 3723.0), ("A", 3729.0)]


def test_a_table_of_questions_gives_the_questions_to_the_interviewer():
    rows = (("Que venez-vous chercher ?", "La soupe."), ("Et après ?", "Rien."))
    stretches = read(docx(table(*rows)), ReadOptions()).documents[0].stretches
    assert [stretch.role for stretch in stretches] == [Role.INTERVIEWER, Role.WITNESS] * 2


def test_the_fields_of_a_form_are_not_taken_for_speakers():
    stretches = read(docx(table(("Lieu", "Annonay"), ("Date", "2024"))), ReadOptions()).documents[0].stretches
    assert {stretch.speaker for stretch in stretches} == {None}


def test_notes_are_read_after_the_paragraph_that_calls_them():
    note = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Une note.")}</w:footnote></w:footnotes>'
    )
    end = note.replace("footnote", "endnote").replace("Une note", "Une fin")
    body = '<w:p><w:r><w:t>Un</w:t><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/></w:r></w:p>' + p(
        "Deux"
    )
    assert said(body, footnotes=note, endnotes=end) == ["Un", "Une note.", "Une fin.", "Deux"]


def test_what_is_beside_the_text_is_reported():
    parsed = read(
        docx(
            p("Un.")
            + "<w:p><w:ins><w:r><w:t>b</w:t></w:r></w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del></w:p>",
            header1=f"<w:hdr {W}>{p('Association des Tilleuls')}</w:hdr>",
            comments=f"<w:comments {W}><w:comment>{p('à revoir')}</w:comment></w:comments>",
        ),
        ReadOptions(),
    )
    assert parsed.details == (
        "Insertions en suivi des modifications, lues\u202f: 1.",
        "Suppressions en suivi des modifications, laissées de côté\u202f: 1.",
        "En-têtes et pieds de page laissés de côté\u202f: 3 mots.",
        "Commentaires de relecture laissés de côté\u202f: 1.",
    )


def test_the_strict_variant_is_read_too():
    strict = zipped(
        {
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
            f"{p('Un.')}</w:body></w:document>"
        }
    )
    assert texts(read(strict, ReadOptions())) == ["Un."]


def test_an_entity_in_the_document_reads_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe")
    body = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><w:document {W}><w:body>{p("a&x;b")}</w:body></w:document>'
    )
    with pytest.raises(ReadingError, match="placé ailleurs"):
        read(zipped({"word/document.xml": body}), ReadOptions())


def test_a_package_without_a_document_is_refused():
    with pytest.raises(ReadingError):
        read(zipped({"a.xml": "<a/>"}), ReadOptions())

import pytest

from tests.ingest.conftest import texts
from voices.ingest.document import ReadOptions
from voices.ingest.html import read


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<p>Un <b>mot</b> et <i>un</i> autre.</p><p>Deux.", ["Un mot et un autre.", "Deux."], id="inline"),
        pytest.param("<div>a<div>b</div>c</div>", ["a", "b", "c"], id="nested blocks"),
        pytest.param("<p>a<br>b</p>", ["a\nb"], id="line break"),
        pytest.param("<p>a\n   b&nbsp;: c</p>", ["a b\u00a0: c"], id="white space"),
        pytest.param("<pre>L1 : a\nL2 :  b\n</pre>", ["L1 : a", "L2 :  b"], id="preformatted"),
        pytest.param("<ul><li>a</li><li>b</li></ul>", ["a", "b"], id="list"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table><p>c", ["a", "b", "c"], id="table"),
        pytest.param(
            "<head><title>x</title><style>p{}</style></head><script>var a</script><!-- b --><p>c</p>",
            ["c"],
            id="scripts, styles, comments",
        ),
        pytest.param("<p>&lt;3 &amp; &eacute;t&eacute;</p>", ["<3 & été"], id="entities"),
        pytest.param("Sans balise", ["Sans balise"], id="bare text"),
    ],
)
def test_blocks_make_paragraphs(page, expected):
    assert texts(read(page.encode(), ReadOptions())) == expected


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252", "utf-8", "macintosh"])
def test_the_declared_encoding_is_honoured(name):
    page = f'<meta charset="{name}"><p>déjà'.encode("mac_roman" if name == "macintosh" else name)
    assert texts(read(page, ReadOptions())) == ["déjà"]


def test_a_page_that_lies_about_its_encoding_is_read_and_said():
    parsed = read('<meta charset="utf-8"><p>déjà venu l’été'.encode("cp1252"), ReadOptions())
    assert texts(parsed) == ["déjà venu l’été"]
    assert parsed.warnings


def test_a_two_column_table_gives_the_speakers():
    rows = "".join(
        f"<tr><td>{who}</td><td>{what}</td></tr>" for who, what in (("A", "Un"), ("B", "Deux"), ("A", "Trois"))
    )
    stretches = read(f"<table>{rows}</table>".encode(), ReadOptions()).documents[0].stretches
    assert [stretch.speaker for stretch in stretches] == ["A", "B", "A"]


def test_a_page_nested_ten_thousand_deep_is_read():
    assert texts(read(b"<div>" * 10_000 + b"fond" + b"</div>" * 10_000, ReadOptions())) == ["fond"]

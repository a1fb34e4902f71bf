import pytest

from voices.errors import ReadingError
from voices.ingest.xml import parse_xml


def test_an_entity_that_names_a_file_is_never_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe")
    with pytest.raises(ReadingError, match="placé ailleurs") as caught:
        parse_xml(f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>début &x; fin</a>'.encode())
    assert "mot de passe" not in str(caught.value)


def test_entities_made_of_entities_are_refused_without_being_expanded():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<!DOCTYPE a [<!ENTITY l0 "rire">{levels}]><a>&l11;</a>'.encode()
    with pytest.raises(ReadingError):
        parse_xml(data)


def test_a_doctype_that_names_a_dtd_is_tolerated_and_not_fetched():
    data = b'<?xml version="1.0"?><!DOCTYPE Trans SYSTEM "http://example.invalid/trans-14.dtd"><Trans/>'
    assert parse_xml(data).tag == "Trans"


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"bonjour", b"<a>" * 5000 + b"</a>" * 5000], ids=["empty", "cut", "text", "deep"]
)
def test_what_is_not_honest_xml_is_refused_with_a_remedy(data):
    with pytest.raises(ReadingError) as caught:
        parse_xml(data)
    assert caught.value.remedy

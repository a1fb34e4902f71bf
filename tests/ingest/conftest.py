"""Small real files, made on the spot: what office software writes, with nothing but zip and XML."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest

from voices.ingest.document import Parsed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD_SPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
ODF_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing", "manifest")
)
ODT_MIME = "application/vnd.oasis.opendocument.text"


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def encrypted(archive: bytes, *, only: str = "") -> bytes:
    """The archive, that says of its files, or of one alone, that a password closes them."""
    data = bytearray(archive)
    for signature, flags, name in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= data.startswith(only.encode(), at + name)
            at = data.find(signature, at + 1)
    return bytes(data)


def docx(body: str, **parts: str) -> bytes:
    """A .docx of that body; `parts` are further files of its `word` folder, by stem."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {WORD_SPACES}><w:body>{body}</w:body></w:document>",
    }
    return zipped(files | {f"word/{name}.xml": content for name, content in parts.items()})


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, *, manifest: str = "<manifest/>", styles: str = "") -> bytes:
    files = {
        "mimetype": ODT_MIME,
        "META-INF/manifest.xml": manifest,
        "content.xml": fodt(body).decode(),
        "styles.xml": f"<office:document-styles {ODF_SPACES}>{styles}</office:document-styles>",
    }
    return zipped(files)


def fodt(body: str) -> bytes:
    return (
        f"<office:document {ODF_SPACES} xmlns:draw='urn:x:draw'><office:body><office:text>{body}"
        "</office:text></office:body></office:document>"
    ).encode()


def texts(parsed: Parsed) -> list[str]:
    return [stretch.text for document in parsed.documents for stretch in document.stretches]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes files (path: content) in a folder whose name tells nothing, and gives the folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "envoi"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write

"""One small sound file of each format that is read, made with nothing but zip and XML: the same bytes everywhere."""

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO

LETTER = (
    "Au Grain de Sel, on m’a tiré une chaise près de la fenêtre et servi un café sans rien demander.",
    "Personne ne m’a jugée, et quand je rate un mardi quelqu’un m’appelle pour savoir si tout va bien.",
    "L’été dernier, nous avons repeint la salle ensemble\u202f: c’était long, mais c’était chez nous.",
)
TURNS = (("Enquêteur", "Comment êtes-vous arrivée ici\u202f?"), ("Témoin", LETTER[0]), ("Témoin", LETTER[1]))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
XML = '<?xml version="1.0" encoding="UTF-8"?>'
ROWS = (
    ("Votre prénom", "Racontez ce qui vous a marqué", "Acceptez-vous d’être cité ?"),
    ("Odile", LETTER[0], "Oui, sans mon nom"),
    ("Kevin", LETTER[1], "Non"),
    ("Mona", LETTER[2], "Oui, sans mon nom"),
)
_WHEN = (2024, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, str | bytes], *, small: bool = False) -> bytes:
    """A zip of these files; stored as they are, so that it is the same with every library, unless `small`."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = archive.compression
            info.create_system = 3
            archive.writestr(info, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A .docx of that body (WordprocessingML); `parts` are further files of its `word` folder, by stem."""
    return packed(docx_files(body, **parts))


def docx_files(body: str, **parts: str) -> dict[str, str]:
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"/>',
        "word/document.xml": f"{XML}<w:document {W}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def fodt(body: str, head: str = "") -> bytes:
    inside = f"<office:body><office:text>{body}</office:text></office:body>"
    return f"{XML}{head}<office:document {ODF}>{inside}</office:document>".encode()


def odt(body: str, *, manifest: str = "<manifest/>", kind: str = "text") -> bytes:
    inside = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    mime = "spreadsheet" if kind == "spreadsheet" else "text"
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{mime}",
            "META-INF/manifest.xml": manifest,
            "content.xml": f"{XML}<office:document-content {ODF}>{inside}</office:document-content>",
        }
    )


def text_p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def xlsx(rows: str, *, dimension: str = "", head: str = "") -> bytes:
    """A workbook of one sheet, whose rows are given in SpreadsheetML."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed(
        {
            "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
            "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="'
            'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{XML}<workbook {S} {R}><sheets><sheet name="Réponses" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"{XML}{head}<worksheet {S}>{dimension}<sheetData>{rows}</sheetData>"
            "</worksheet>",
        }
    )


def cells(rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    return "".join(
        f'<row r="{rank}">'
        + "".join(
            f'<c r="{chr(65 + column)}{rank}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for column, cell in enumerate(row)
        )
        + "</row>"
        for rank, row in enumerate(rows, start=1)
    )


def pdf(*objects: str, text: str = "") -> bytes:
    """A PDF of these objects, numbered from 1, with a sound cross-reference table; `text` is drawn on its page."""
    stream = f"BT /F1 11 Tf 60 760 Td 14 TL {text} ET".encode("cp1252", "replace")
    bodies = [one.encode("cp1252", "replace") for one in objects] or [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, at)


def drawn(*lines: str) -> str:
    """The lines as a page draws them, cut at a printed line's length."""
    words = " ".join(lines).replace("\u202f", " ").split()
    cut: list[str] = [""]
    for word in words:
        if len(cut[-1]) + len(word) > 80:
            cut.append("")
        cut[-1] = f"{cut[-1]} {word}".strip()
    return " ".join(f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in cut)


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return f"{{\\rtf1{head}{{\\fonttbl{{\\f0 Arial;}}}}{body}}}".encode("ascii")


def rtf_words(text: str) -> str:
    return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text) + r"\par "


def stamp(seconds: int, mark: str = ".") -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}000"


def vtt(cues: tuple[tuple[str, str], ...] = TURNS) -> bytes:
    told = (
        f"{rank + 1}\n{stamp(5 * rank)} --> {stamp(5 * rank + 4)}\n<v {who}>{words}\n"
        for rank, (who, words) in enumerate(cues)
    )
    return ("WEBVTT\n\n" + "\n".join(told)).encode()


def srt(cues: tuple[tuple[str, str], ...] = TURNS) -> bytes:
    told = (
        f"{rank + 1}\n{stamp(5 * rank, ',')} --> {stamp(5 * rank + 4, ',')}\n{who} : {words}\n"
        for rank, (who, words) in enumerate(cues)
    )
    return "\n".join(told).encode()


def whisper() -> bytes:
    segments = [
        {"id": rank, "start": 5.0 * rank, "end": 5.0 * rank + 4, "text": f" {words}", "speaker": who}
        for rank, (who, words) in enumerate(TURNS)
    ]
    return json.dumps({"text": "", "segments": segments, "language": "fr"}, ensure_ascii=False).encode()


def otranscribe() -> bytes:
    lines = "".join(
        f'<p><span class="timestamp" data-timestamp="{5 * rank}">0:0{5 * rank % 10}</span> {who} : {words}</p>'
        for rank, (who, words) in enumerate(TURNS)
    )
    return json.dumps({"text": lines, "media": "", "media-time": 0}, ensure_ascii=False).encode()


def transcriber(head: str = '<!DOCTYPE Trans SYSTEM "trans-14.dtd">', words: str = "") -> bytes:
    turns = "".join(
        f'<Turn speaker="s{who == "Témoin":d}" startTime="{5 * rank}" endTime="{5 * rank + 4}">'
        f'<Sync time="{5 * rank}"/>{words or said}</Turn>'
        for rank, (who, said) in enumerate(TURNS)
    )
    return (
        f'{XML}{head}<Trans><Speakers><Speaker id="s0" name="Enquêteur"/><Speaker id="s1" name="Témoin"/></Speakers>'
        f'<Episode><Section type="report" startTime="0" endTime="15">{turns}</Section></Episode></Trans>'
    ).encode()


def elan(head: str = "", words: str = "") -> bytes:
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{n}" TIME_VALUE="{2500 * n}"/>' for n in range(2 * len(TURNS)))
    tiers = "".join(
        f'<TIER TIER_ID="{who}{rank}" PARTICIPANT="{who}"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{rank}" '
        f'TIME_SLOT_REF1="t{2 * rank}" TIME_SLOT_REF2="t{2 * rank + 1}"><ANNOTATION_VALUE>{words or said}'
        "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
        for rank, (who, said) in enumerate(TURNS)
    )
    return f"{XML}{head}<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>".encode()


def table(delimiter: str = ";") -> bytes:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS).encode()


def ods(rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    told = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return odt(f'<table:table table:name="Réponses">{told}</table:table>', kind="spreadsheet")


def html(body: str = "", head: str = "") -> bytes:
    inside = body or "".join(f"<p>{one}</p>" for one in LETTER)
    return f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{inside}</body></html>'.encode()


def iramuteq() -> bytes:
    return "\n".join(f"**** *lieu_grain *n_{rank}\n{one}" for rank, one in enumerate(LETTER)).encode()


FILES: dict[str, bytes] = {
    "txt": "\n\n".join(LETTER).encode(),
    "md": ("---\nlieu: Le Grain de Sel\ndate: 2024\n---\n\n# Lettre\n\n" + "\n\n".join(LETTER)).encode(),
    "docx": docx("".join(map(p, LETTER))),
    "odt": odt("".join(map(text_p, LETTER))),
    "fodt": fodt("".join(map(text_p, LETTER))),
    "rtf": rtf("".join(map(rtf_words, LETTER))),
    "pdf": pdf(text=drawn(*LETTER)),
    "html": html(),
    "csv": table(),
    "tsv": table("\t"),
    "xlsx": xlsx(cells()),
    "ods": ods(),
    "vtt": vtt(),
    "srt": srt(),
    "json": whisper(),
    "otr": otranscribe(),
    "trs": transcriber(),
    "eaf": elan(),
    "zip": packed({"lettre.txt": "\n\n".join(LETTER), "entretien.vtt": vtt(), "sous/page.html": html()}),
    "iramuteq.txt": iramuteq(),
}
"""A sound file of each format, by its suffix."""

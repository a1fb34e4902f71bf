"""Which reader for which file: by its suffix, unless its first bytes plainly say otherwise."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from voices.errors import ReadingError
from voices.ingest import apart
from voices.ingest.characters import words
from voices.ingest.document import Parsed, ReadOptions

LEAVES = {
    ".txt": "plain",
    ".md": "plain",
    ".docx": "word",
    ".odt": "odt",
    ".fodt": "odt",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".csv": "questionnaire",
    ".tsv": "questionnaire",
    ".xlsx": "questionnaire",
    ".ods": "questionnaire",
    ".vtt": "subtitles",
    ".srt": "subtitles",
    ".json": "whisper",
    ".otr": "otranscribe",
    ".trs": "transcriber",
    ".eaf": "elan",
}
READ_FORMATS = ", ".join(LEAVES) + ", .zip"
_SAME = {".text": ".txt", ".markdown": ".md", ".xhtml": ".html", ".docm": ".docx", ".dotx": ".docx", ".ott": ".odt"}
_PACKAGES = frozenset({".docx", ".odt", ".xlsx", ".ods"})
_TEXT = frozenset({"plain", "subtitles", "whisper", "otranscribe", "html"})

_MEDIA = dict.fromkeys(
    words(".mp3 .wav .m4a .aac .ogg .opus .flac .wma .amr .mp4 .mov .avi .mkv .webm .3gp"),
    "C’est un enregistrement\u202f: le transcrire d’abord, puis donner la transcription (.vtt, .srt, .docx ou .txt).",
) | dict.fromkeys(
    words(".jpg .jpeg .png .gif .tif .tiff .bmp .heic .webp .svg"),
    "C’est une image\u202f: taper le texte, ou passer l’image à la reconnaissance de caractères, puis donner le texte.",
)
_REFUSED = (
    _MEDIA
    | {
        ".doc": "Ancien format Word\u202f: l’ouvrir et l’enregistrer en .docx.",
        ".xls": "Ancien format Excel\u202f: l’ouvrir et l’enregistrer en .xlsx.",
        ".ppt": "Diaporama\u202f: copier le texte dans un document .docx ou .odt.",
        ".pptx": "Diaporama\u202f: copier le texte dans un document .docx ou .odt.",
        ".pages": "Document Pages\u202f: l’exporter en .docx.",
        ".numbers": "Tableau Numbers\u202f: l’exporter en .xlsx.",
        ".wpd": "Document WordPerfect\u202f: l’enregistrer en .docx.",
        ".msg": "Message Outlook\u202f: copier son texte dans un document .docx ou .txt.",
        ".eml": "Message électronique\u202f: copier son texte dans un document .docx ou .txt.",
        ".protege": "Le document est protégé par un mot de passe\u202f: l’ouvrir et l’enregistrer sans mot de passe.",
        ".office97": "Ancien format Office\u202f: l’ouvrir et l’enregistrer en .docx ou en .xlsx.",
        ".programme": "C’est un programme, pas un témoignage\u202f: il n’a pas été ouvert.",
    }
    | dict.fromkeys(
        (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"),
        "Archive d’un autre genre\u202f: la décompresser et donner le dossier, ou refaire un .zip.",
    )
)

_MAGIC = (
    (rb"%PDF-", ".pdf"),
    (rb"\{\\rtf", ".rtf"),
    (rb"ID3|\xff[\xfb\xf3\xf2]|OggS|fLaC|RIFF....WAVE", ".mp3"),
    (rb"....ftyp|\x1aE\xdf\xa3", ".mp4"),
    (rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*|RIFF....WEBP|BM.{4}\0\0\0\0", ".jpg"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ", ".rar"),
    (rb"MZ[\x00-\xff]{58}|\x7fELF", ".programme"),
)
_SKIPPED = rb"(?:\xef\xbb\xbf)?\s*"
_MARKUP = (
    (rb"<!doctype html|<html[\s>]", ".html"),
    (rb"<\?xml[^>]*>\s*(?:<!--.*?-->\s*)*<office:document\s", ".fodt"),
    (rb"(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE Trans\b|<Trans[\s>])", ".trs"),
    (rb"(?:<\?xml[^>]*>\s*)?<ANNOTATION_DOCUMENT[\s>]", ".eaf"),
    (rb"WEBVTT(?:\s|$)", ".vtt"),
    (rb"1\r?\n\d{1,2}:\d{2}:\d{2}[,.]\d{1,3} --> ", ".srt"),
)


@dataclass(frozen=True, slots=True)
class Format:
    """The reader of a file, and the suffix its content has where that is not the one it bears."""

    leaf: str
    told_by_content: str | None = None

    def reader(self, data: bytes, options: ReadOptions) -> Parsed:
        """What the file holds, read apart. Raises ReadingError, SettingsError."""
        found: Parsed = apart.run(f"{self.leaf}.read", data, options)
        return found


def format_of(name: str, data: bytes) -> Format:
    """The format of a file. Raises ReadingError, with what to do, where it is not one we read."""
    suffix = PurePosixPath(name).suffix.lower()
    suffix = _SAME.get(suffix, suffix)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ReadingError("Le fichier est vide.", "Vérifier le fichier d’origine.")
    content = _by_content(data)
    found = _agreed(suffix, content)
    if found == ".zip":
        raise ReadingError("Une archive dans une archive n’est pas ouverte.", "En sortir les fichiers.")
    if found in _REFUSED:
        problem, _, remedy = _REFUSED[found].partition("\u202f: ")
        raise ReadingError(f"{problem}.", remedy[:1].upper() + remedy[1:])
    if found not in LEAVES:
        raise ReadingError(
            f"Le format «\u202f{suffix or 'sans extension'}\u202f» n’est pas lu.", f"Formats lus\u202f: {READ_FORMATS}."
        )
    leaf = LEAVES[found]
    if leaf in _TEXT and content is None and _is_binary(data):
        raise ReadingError(
            "Le contenu n’est pas du texte.", "Vérifier le fichier, ou l’enregistrer en .docx ou en .txt."
        )
    if leaf == "questionnaire" and suffix in _PACKAGES and content is None and _is_binary(data):
        raise ReadingError("Le tableau est abîmé.", "L’ouvrir dans un tableur et l’enregistrer en .xlsx.")
    if found == ".txt" and _opens_texts(data):
        leaf = "iramuteq"
    return Format(leaf, _other_than_told(suffix, found, leaf, content))


def _other_than_told(suffix: str, found: str, leaf: str, content: str | None) -> str | None:
    """The format that the content tells, where the suffix tells another; None where they agree."""
    if leaf == "questionnaire" and suffix in _PACKAGES and content is None:
        return ".csv"
    return found if found != suffix and (LEAVES.get(suffix) != leaf or content in _PACKAGES) else None


def _opens_texts(data: bytes) -> bool:
    """Whether a plain text is an IRaMuTeQ corpus: `****` opens its first line, or three lines of it."""
    first = re.match(rb"(?:\xef\xbb\xbf)?\s*\*\*\*\*", data)
    return bool(first) or len(re.findall(rb"(?m)^\*\*\*\* ", data)) >= 3


def _agreed(suffix: str, content: str | None) -> str:
    """The content's word against the suffix's: a text may well hold an HTML page, a web page is never a .csv."""
    if content is None:
        return suffix
    if content == ".office97":
        return suffix if suffix in {".doc", ".xls", ".ppt", ".msg"} else content
    if content in _MEDIA:
        return suffix if suffix in _MEDIA else content
    if content == ".zip" and suffix in _PACKAGES:
        return suffix  # damaged inside: its own reader says it better
    return content


def _by_content(data: bytes) -> str | None:
    """The suffix that the first bytes call for, or None where they tell nothing."""
    head = data[:1024]
    for pattern, suffix in _MAGIC:
        if re.match(pattern, head, re.DOTALL):
            return suffix
    if b"%PDF-" in head and b"\0" in head:
        return ".pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _by_members(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ".protege" if "EncryptedPackage".encode("utf-16-le") in data else ".office97"
    for pattern, suffix in _MARKUP:
        if re.match(_SKIPPED + pattern, data[:4096], re.DOTALL | re.IGNORECASE):
            return suffix
    return None


def _by_members(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return ".zip"
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return {b"text": ".odt", b"spreadsheet": ".ods"}.get(kind.strip().rsplit(b".", 1)[-1].split(b"-")[0], ".ppt")
    for member, suffix in (
        ("word/document.xml", ".docx"),
        ("xl/workbook.xml", ".xlsx"),
        ("ppt/presentation.xml", ".pptx"),
    ):
        if member in names:
            return suffix
    return ".zip"


def _is_binary(data: bytes) -> bool:
    """More than one control character in a hundred, once UTF-16 is set aside: not a text with a stray NUL."""
    sample = data[:20_000]
    zeros = [sample[::2].count(0), sample[1::2].count(0)]
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or max(zeros) > 0.3 * len(sample) / 2 > 10 * min(zeros):
        return False
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample))
    return controls > max(3, len(sample) / 100)

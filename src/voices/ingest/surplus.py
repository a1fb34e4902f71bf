"""What a file holds before or after its document: the leftovers of a bad transfer, or a second file hidden there."""

_BLANK = b"\0 \t\r\n\x1a\xef\xbb\xbf"
_ZIP, _LAST_OF_ZIP, _END = b"PK\x03\x04", b"PK\x05\x06", 22
_DIRECTORY, _FROM_START, _COMMENT = slice(12, 16), slice(16, 20), slice(20, 22)


def surplus(data: bytes, leaf: str) -> str | None:
    """What to say of the bytes around the document that the reader `leaf` reads; None where there are none."""
    start, end = _bounds(data, leaf)
    told = [
        where
        for where, around in (("avant", data[:start]), ("après", data[end:]))
        if start < end and around.strip(_BLANK)
    ]
    if not told:
        return None
    return (
        f"Le fichier contient autre chose {' et '.join(told)} le document\u202f: ce reste n’a pas été lu. "
        "Vérifier d’où il vient."
    )


def around_archive(data: bytes) -> bool:
    """Whether a .zip holds something before or after the archive."""
    start, end = _zip(data)
    return bool(data[:start].strip(_BLANK) or data[end:].strip(_BLANK))


def _bounds(data: bytes, leaf: str) -> tuple[int, int]:
    """Where the document begins and ends, as far as its format tells; the whole file where it does not."""
    if leaf == "pdf":
        last = data.rfind(b"%%EOF")
        return max(0, data.find(b"%PDF-")), len(data) if last < 0 else last + len(b"%%EOF")
    if leaf == "rtf":
        return max(0, data.find(b"{\\rtf")), data.rfind(b"}") + 1 or len(data)
    if leaf in ("word", "odt", "questionnaire") and _LAST_OF_ZIP in data and _ZIP in data[:4096]:
        return _zip(data)
    return 0, len(data)


def _zip(data: bytes) -> tuple[int, int]:
    """From the first file of the archive to the comment that ends it."""
    last = data.rfind(_LAST_OF_ZIP)
    directory, from_start, comment = (
        int.from_bytes(data[last:][field], "little") for field in (_DIRECTORY, _FROM_START, _COMMENT)
    )
    told = last - directory - from_start  # where the archive says that it begins: another may stand before it
    first = told if told > 0 and data.startswith(_ZIP, told) else data.find(_ZIP)
    return max(0, first if first < last else last), min(len(data), last + _END + comment)

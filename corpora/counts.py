"""Print the counts of a file of coded passages, for its data sheet.

python corpora/counts.py [corpora/written/coded_passages.jsonl]
"""

import sys
from collections import Counter
from pathlib import Path

from voices import coding
from voices.domain import Sense

WRITTEN = Path(__file__).parent / "written" / "coded_passages.jsonl"


def main() -> None:
    """Markdown: passages, codes by sense, sub-codes, channels, places."""
    rows = coding.read_labelled(Path(sys.argv[1]) if len(sys.argv) > 1 else WRITTEN)
    words = sorted(len(row.text.split()) for row in rows)
    bare = sum(not row.codes for row in rows)
    lacks = sum(any(sense != Sense.PRESENCE for sense in row.codes.values()) for row in rows)
    print(
        f"**Counts.** {len(rows):,} passages of {len({row.testimony_id for row in rows}):,} testimonies. "
        f"No code: {bare} ({bare / len(rows):.0%}). With `confiance`: {sum(row.trust for row in rows)}. "
        f"With a lack or both: {lacks} ({lacks / len(rows):.0%}). With a question: "
        f"{sum(row.question is not None for row in rows)}. Words: {sum(words) / len(words):.0f} on average, "
        f"{words[-1]} at most.\n"
    )
    print("| code | `+` | `-` | `±` | all |\n|---|---|---|---|---|")
    for code in coding.codebook().codes:
        senses = Counter(row.codes[code.id] for row in rows if code.id in row.codes)
        print(f"| {code.id} | " + " | ".join(str(senses[sense]) for sense in Sense) + f" | {senses.total()} |")
    for title, found in (
        ("Sub-codes", Counter(sub for row in rows for sub in row.subcodes)),
        ("Channels", Counter(row.channel for row in rows)),
        ("Places", Counter(row.place_type for row in rows)),
    ):
        print(f"\n{title}: " + ", ".join(f"{name} {count}" for name, count in found.most_common()) + ".")


if __name__ == "__main__":
    main()

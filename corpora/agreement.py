"""Print how far the second coder of corpora/written agrees with the first.

python corpora/agreement.py
"""

from pathlib import Path

from voices import coding
from voices.coding.agreement import agreements
from voices.coding.labelled import Labelled
from voices.coding.layout import Layout

HERE = Path(__file__).parent / "written"


def main() -> None:
    """A Markdown table, a row a label."""
    first, second = (_by_place(HERE / name) for name in ("coded_passages.jsonl", "second_coder.jsonl"))
    book = coding.codebook()
    subcodes = tuple((sub.id, code.id) for code in book.codes for sub in code.subcodes)
    pairs = [(first[place], one) for place, one in second.items()]
    print(
        f"{len(pairs)} passages coded twice, {sum(one.codes == other.codes for one, other in pairs)} of them alike.\n"
    )
    print("| label | either | both | Krippendorff's alpha |\n|---|---|---|---|")
    for found in agreements(pairs, Layout(tuple(code.id for code in book.codes), subcodes)):
        value = "–" if found.alpha is None else f"{found.alpha:.2f}"
        print(f"| {found.label} | {found.either} | {found.both} | {value} |")


def _by_place(path: Path) -> dict[tuple[str, int], Labelled]:
    return {(one.testimony_id, one.number): one for one in coding.read_labelled(path)}


if __name__ == "__main__":
    main()

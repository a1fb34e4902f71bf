"""The report on paper: the HTML page read again as blocks, and set by Typst as an accessible PDF.

The page stays the one source: every word and every figure of the PDF is read from it, so that both say the same. What
is printed goes to Typst as data, never as markup: whatever a testimony holds, it is letters.
"""

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import PDFStandard

HERE = Path(__file__).parent


def pdf(html: str) -> bytes:
    """The page of `report.render` as a tagged PDF (PDF/UA-1), fonts inside. Same page, same bytes.

    A cluster of signs that no font of ours can draw costs the claim of the standard, not the document.
    """
    import typst

    from voices.report.paper.blocks import document, reworded
    from voices.report.paper.letters import printable

    told = json.dumps(reworded(document(html), printable), ensure_ascii=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", typst.TypstWarning)
        try:
            return _made(told, ["ua-1"])
        except typst.TypstError:
            return _made(told, [])


def _made(told: str, standards: "list[PDFStandard]") -> bytes:
    import typst

    made = typst.compile(
        (HERE / "paper.typ").read_bytes(),
        None,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"]),
        sys_inputs={"report": told},
        pdf_standards=standards,
        timestamp=0,
    )
    return b"".join(made) if isinstance(made, list) else made or b""

"""The report for a word processor: the HTML page read again as blocks, and set in real styles.

The page stays the one source, as for the paper: every word and every figure is read from it.
"""


def docx(html: str) -> bytes:
    """The page of `report.render` as a DOCX whose text, headings, captions and tables can be edited.

    Same page, same bytes. Bars are pictures; one beside its numbers is decoration, one alone has a text alternative.
    """
    from voices.report.paper.blocks import document, reworded
    from voices.report.word.document import written
    from voices.report.word.letters import fit

    return written(reworded(document(html), fit))

"""Passages of our own writing for the tests of quotes."""

from voices.domain import Origin, Passage, Role, Testimony, Turn


def told(*sentences: str, question: str | None = None, joint: str = " ") -> tuple[Testimony, Passage]:
    """A testimony whose one passage is made of those sentences, after words that are not in it."""
    before = "Avant. "
    text = before + joint.join(sentences) + " Après."
    spans, at = [], len(before)
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + len(joint)
    start, end = spans[0][0], spans[-1][1]
    origin = Origin("Le Fournil, Annonay", "petite_cantine", "2024-03", "livre_or")
    testimony = Testimony("t1", text, (Turn(0, len(text), Role.WITNESS, "Odile"),), origin)
    return testimony, Passage("p1", "t1", 1, start, end, text[start:end], 0, tuple(spans), "Odile", question)


def without(text: str, passage: Passage, *left: str) -> tuple[tuple[int, int], ...]:
    """The spans of the passage less those words."""
    spans, at = [], passage.start
    for words in left:
        start = text.index(words, at, passage.end)
        spans.append((at, start))
        at = start + len(words)
    return tuple(
        (start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
        for start, end in [*spans, (at, passage.end)]
        if text[start:end].strip()
    )

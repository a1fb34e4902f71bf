"""Passages and words made for these tests, without a tagger."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from voices.domain import Origin, Passage, Role, Testimony, Turn
from voices.lexicon.words import KINDS, Words


def passage(text, number=1, testimony="t", sentences=None):
    return Passage(f"{testimony}-p{number}", testimony, number, 0, len(text), text, 0, sentences or ((0, len(text)),))


def spoken(text, name="t", **origin):
    """A testimony of one turn."""
    return Testimony(name, text, (Turn(0, len(text), Role.WITNESS),), Origin(**origin))


def told_in_two(asked, answered):
    """A testimony where someone asks before and after, and the passage that is all of the answer but its last word."""
    text = f"{asked}\n{answered}\n{asked}"
    start, end = len(asked) + 1, len(asked) + 1 + len(answered)
    roles = ((0, start - 1, Role.INTERVIEWER), (start, end, Role.WITNESS), (end + 1, len(text), Role.INTERVIEWER))
    cut = start + answered.rindex(" ")
    one = Testimony("t", text, tuple(Turn(*role) for role in roles))
    return one, Passage("t-p1", "t", 1, start, cut, text[start:cut], 1, ((start, cut),))


def whole(one):
    """The passage that holds all of a testimony."""
    return passage(one.text, testimony=one.id)


def words_of(texts: Sequence[str]) -> Words:
    """The words of texts where « | » ends a sentence and a word is « form », « form/lemma » or « form/lemma/KIND »."""
    found: list[Any] = []
    bounds, passages = [0], []
    for number, text in enumerate(texts, start=1):
        written, sentences = "", []
        for sentence in text.split("|"):
            begin = len(written)
            for word in sentence.split():
                form, lemma, kind = (*word.split("/"), *("", ""))[:3]
                found.append((form, lemma or form, KINDS.index(kind or "NOUN"), len(written), len(written) + len(form)))
                written += form + " "
            sentences.append((begin, len(written)))
        passages.append(passage(written, number, sentences=tuple(sentences)))
        bounds.append(len(found))
    forms, lemmas = ([*dict.fromkeys(row[at] for row in found)] for at in (0, 1))
    return Words(
        tuple(passages),
        np.array(bounds),
        tuple(forms),
        tuple(lemmas),
        np.array([forms.index(row[0]) for row in found], dtype=np.int32),
        np.array([lemmas.index(row[1]) for row in found], dtype=np.int32),
        np.array([row[2] for row in found], dtype=np.int8),
        np.array([row[3] for row in found], dtype=np.int32),
        np.array([row[4] for row in found], dtype=np.int32),
        np.zeros(len(found), dtype=np.int8),
    )

"""A tiny encoder and a tiny set of coded passages, for tests that train in a second."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voices.coding import Labelled
from voices.domain import Passage, Sense
from voices.ports import Progress, Span

# Under eight words with the number: longer ones would be near-duplicates of one another, and stand in one fold.
_SAID = {
    "accueil": ("On m'a tiré une chaise", "Restée sur le seuil, dévisagée", "Froids puis souriants"),
    "appartenance": ("Quand je manque on m'appelle", "Leur clan m'a oubliée", "Une famille puis un clan"),
    "action": ("J'ai épluché des carottes", "On ne me laisse rien éplucher", "J'ai épluché puis écarté"),
}
_SUBCODES = {"accueil": ("autres", "soi"), "appartenance": ("lien", "besoin"), "action": ("contribution", "initiative")}


class WordEncoder:
    """Counts words in 32 buckets: near texts get near vectors, and a text's vector depends on that text alone."""

    def __init__(self, identity: str = "mots@1") -> None:
        self.identity = identity
        self.dim = 32
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        self.asked += texts
        found = np.array([self.count(["", *text.split()]) for text in texts]).reshape(-1, self.dim)
        if progress:
            progress(len(texts), len(texts))
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)

    def count(self, words: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros(self.dim, np.float32)
        for word in words:
            found[zlib.crc32(word.lower().encode()) % self.dim] += 1
        return found


class SplittingWordEncoder(WordEncoder):
    """The same vectors, and what the words of each span bring to them."""

    splits = True

    def encode_parts(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Progress | None = None
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        parts = []
        for text, some in zip(texts, spans, strict=True):
            whole = np.linalg.norm(self.count(["", *text.split()]))
            rows = [self.count(text[start:end].split()) / whole for start, end in some]
            parts.append(np.array(rows, np.float32).reshape(-1, self.dim))
        return self.encode(texts, progress=progress), parts


def labelled(*, testimonies: int = 24) -> tuple[Labelled, ...]:
    """Four passages a testimony: one a code, with a sense that turns, and one of nothing."""
    found = []
    for number in range(testimonies):
        previous = None
        for rank, (code, texts) in enumerate(_SAID.items(), start=1):
            kind = (number + rank) % 3
            found.append(
                Labelled(
                    testimony_id=f"W{number % 3 + 1}-{number:03}",
                    number=rank,
                    text=f"{texts[kind]}, {number}.",
                    codes={code: list(Sense)[kind]},
                    trust=number % 4 == 0 and code == "action",
                    subcodes=(_SUBCODES[code][number % 2],),
                    question="Racontez une journée ?" if number % 2 else None,
                    previous=previous,
                )
            )
            previous = found[-1].text
        nothing = f"Ouvert le mardi, rue {number}, entrée libre."
        found.append(Labelled(f"W{number % 3 + 1}-{number:03}", 4, nothing, {}, previous=previous))
    return tuple(found)


def passage(text: str, *, sentences: Sequence[str] = (), start: int = 100, question: str | None = None) -> Passage:
    """A passage standing at `start` in its testimony; `sentences` are stretches of its text."""
    spans = [(start + text.index(one), start + text.index(one) + len(one)) for one in sentences or (text,)]
    return Passage(
        id=f"t:{start}",
        testimony_id="t",
        number=1,
        start=start,
        end=start + len(text),
        text=text,
        turn=0,
        sentences=tuple(spans),
        question=question,
    )

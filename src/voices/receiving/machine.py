"""What reads passages: the coder, its encoder, the sentence encoder and the French pipeline, loaded once and kept."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol

from voices import loading
from voices.defining import book
from voices.domain import CodedPassage, Coding, OwnCode, Passage
from voices.ports import Progress
from voices.receiving.decided import decided
from voices.settings import Settings
from voices.store.keeping import suggestion_fields

if TYPE_CHECKING:
    from voices.coding import Labelled
    from voices.coding.model import CoderModel
    from voices.coding.own_coder import OwnCoder
    from voices.ports import Encoder

_CHUNK = 128
"""Passages read at once: what is computed of them is let go before the next."""


class Reader(Protocol):
    """What reads passages."""

    @property
    def settings(self) -> Settings:
        """Where its models and the site's data are."""

    @property
    def name(self) -> str:
        """The coder's name and revision."""

    def describe(self) -> dict[str, str]:
        """What describes the coder and its encoder, French label to French sentence."""

    def read(self, passages: Sequence[Passage], progress: Progress) -> Iterator[list[dict[str, Any]]]:
        """What is found of the passages, some at a time, in the order given: lemmas, vector and suggestion of each."""


class Machine:
    """The models of the settings; each loads when it is first needed and stays."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._built: tuple[tuple[OwnCode, ...], tuple[Labelled, ...], OwnCoder] | None = None

    @property
    def settings(self) -> Settings:
        """The settings whose models these are."""
        return self._settings

    @cached_property
    def _coder(self) -> "CoderModel":
        return loading.coder_of(self.settings)

    @cached_property
    def _reader(self) -> "Encoder":
        return loading.reader_of(self._coder, self.settings)

    @property
    def name(self) -> str:
        """The coder's name and revision."""
        return self._coder.identity

    def describe(self) -> dict[str, str]:
        """What describes the coder and its encoder, French label to French sentence."""
        return {**self._coder.describe(), "Encodeur": self._reader.identity, **self._describe_own()}

    def read(self, passages: Sequence[Passage], progress: Progress) -> Iterator[list[dict[str, Any]]]:
        """What is found of the passages, some at a time, in the order given: lemmas, vector and suggestion of each.

        Raises ModelError where a model is missing or damaged.
        """
        progress(0, len(passages))
        seeker = self._seeker()
        for first in range(0, len(passages), _CHUNK):
            some = passages[first : first + _CHUNK]
            yield self._read(some, seeker, partial(_within, progress, first, len(some), len(passages)))
        progress(len(passages), len(passages))

    def _read(self, passages: Sequence[Passage], seeker: "OwnCoder | None", progress: Progress) -> list[dict[str, Any]]:
        from voices import coding
        from voices.store.search.lemmas import lemmas_of

        texts = [passage.text for passage in passages]
        coded = self._coder.code(passages, self._reader, progress=progress)
        useful = {one.passage_id: one.corrections for one in coding.order(coded)}
        both = self._with_own(passages, coded, seeker)
        return [
            {"lemmas": lemmas, "vector": vector, "suggestion": suggestion_fields(one, useful[one.passage_id])}
            for lemmas, vector, one in zip(lemmas_of(texts), self._vectors(texts), both, strict=True)
        ]

    def _with_own(
        self, passages: Sequence[Passage], coded: Sequence[CodedPassage], seeker: "OwnCoder | None"
    ) -> list[CodedPassage]:
        """The codings, those of the evaluators' own codes after them; what is not for the coder is left alone."""
        found: dict[str, list[Coding]] = {}
        for of_code in seeker.code(passages, self._reader) if seeker else ():
            for one in of_code.codings:
                found.setdefault(one.passage_id, []).append(one)
        return [
            one if one.outside else replace(one, codings=(*one.codings, *found.get(one.passage_id, ())))
            for one in coded
        ]

    def _seeker(self) -> "OwnCoder | None":
        """What looks for the own codes of the book in force, with what people decided of them; None where there are
        none to seek.
        """
        from voices import coding

        codes = book().own
        if not codes or self._coder.blind:
            return None
        decisions = decided(codes)
        if self._built is None or self._built[:2] != (codes, decisions):
            seeker = coding.own_coder_of(codes, self._coder, self._reader, decisions=decisions)
            self._built = (codes, decisions, seeker)
        return self._built[2]

    def _describe_own(self) -> dict[str, str]:
        codes = book().own
        if not codes:
            return {}
        told = "non cherchés : ce codeur ne lit pas le sens des passages"
        return {"Codes ajoutés": told if self._coder.blind else ", ".join(one.label for one in codes)}

    def _vectors(self, texts: Sequence[str]) -> list[str]:
        from voices.coding.features import plain
        from voices.store.search.vectors import packed

        vectors = loading.encoder_of(self.settings).encode([plain(text) for text in texts])
        return [base64.b85encode(one).decode() for one in packed(vectors)]


def _within(progress: Progress, first: int, size: int, whole: int, done: int, total: int) -> None:
    """The progress of a part, told as that of the whole."""
    progress(first + size * done // max(total, 1), whole)


def vector_bytes(found: dict[str, Any]) -> bytes:
    """The vector of what `read` found, as the base keeps it."""
    return base64.b85decode(found["vector"])

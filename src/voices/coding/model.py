"""The coder: one linear map over vectors and n-grams, calibrated. numpy only: it must start at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voices.coding.calibration import Doubles, Platt, sigmoid, softmax
from voices.coding.doubt import Doubt, Flags
from voices.coding.evidence import Examples, Weigh, choices, each_alone, folded_choices, heaviest_sentences, without
from voices.coding.features import Floats, Grams, InContext, Vectors, plain, vectors, vectors_and_parts, weighted
from voices.coding.layout import SENSES, Layout
from voices.coding.outside import Border, unreadable
from voices.coding.scaling import Scaling
from voices.coding.sightless import NO_ENCODER
from voices.domain import Aim, Certainty, CodedPassage, Coding, Evidence, Passage, WhyOutside
from voices.errors import ModelError, SettingsError
from voices.ports import Encoder, Progress, SplittingEncoder

ADAPTED = "Adaptation"
"""The fact that a coder adapted to decisions has, and no other."""

SUBCODE_PROBABILITY = 0.4
"""From here a sub-code is suggested; the likeliest is always."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear map to `n_rows` scores, in the order of `Layout.rows`.

    `dense` (n_rows, 3 * dim), `lexical` (BUCKETS, n_rows), `bias` (n_rows,), `idf` (BUCKETS,): float32.
    `sense_bias` (n_codes, 3) float32 is added to the sense scores of each code.
    """

    dense: Floats
    lexical: Floats
    bias: Floats
    idf: Floats
    sense_bias: Floats

    def scores(self, dense: Floats, texts: Sequence[str]) -> Floats:
        """(n, n_rows) float32.

        Row by row: a product of matrices may round a row otherwise when its neighbours change, and a passage's
        codes must depend on that passage alone.
        """
        return self.scores_of(dense, self.grams(texts))

    def grams(self, texts: Sequence[str]) -> list[Grams]:
        """The weighted n-grams of each text."""
        return [weighted(text, self.idf) for text in texts]

    def scores_of(self, dense: Floats, grams: Sequence[Grams]) -> Floats:
        """The same scores, of texts whose n-grams are weighed already."""
        found = np.empty((len(grams), len(self.bias)), np.float32)
        for row, (buckets, values) in enumerate(grams):
            found[row] = self.dense @ dense[row] + values @ self.lexical[buckets] + self.bias
        return found


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the coder thinks of n passages, float64: `present` (n, n_codes + 1) with trust last,
    `senses` (n, n_codes, 3) given presence, `subcodes` (n, n_subcodes) given the parent code. `outside` (n,) bool tells
    which passages are none of the coder's business.
    """

    present: Doubles
    senses: Doubles
    subcodes: Doubles
    outside: Flags


@dataclass(frozen=True, slots=True)
class CoderModel:
    """A trained coder. `thresholds` and `calibration` follow `layout.present`; `facts` are French, by title.

    `aims` holds the thresholds for each aim. Without a `border`, only what cannot be read is outside.
    """

    layout: Layout
    encoder_identity: str
    scaling: Scaling
    weights: Weights
    calibration: tuple[Platt, ...]
    thresholds: tuple[float, ...]
    temperature: float
    examples: Examples
    revision: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    aims: Mapping[Aim, tuple[float, ...]] = field(default_factory=dict)
    doubt: Doubt = field(default_factory=Doubt)
    border: Border | None = None

    @property
    def identity(self) -> str:
        """Name and revision."""
        name = "coder-3a-rapide" if self.blind else "coder-3a"
        return f"{name}@{self.revision}" if self.revision else name

    @property
    def blind(self) -> bool:
        """Whether it weighs n-grams alone, without vectors."""
        return self.encoder_identity == NO_ENCODER

    @property
    def encoder_name(self) -> str:
        """The name of the encoder it learnt with: what stands before the revision."""
        return self.encoder_identity.partition("@")[0]

    def describe(self) -> dict[str, str]:
        """French facts for a report's method section: title to sentence."""
        return {"Codeur": self.identity, **self.facts}

    def aiming(self, aim: str) -> "CoderModel":
        """The same coder with the thresholds for that aim. Raises SettingsError where it has none."""
        known = [one.value for one in self.aims]
        if aim not in known:
            raise SettingsError(f"Seuils « {aim} » inconnus.", f"Choisir parmi : {', '.join(known)}.")
        return replace(self, thresholds=self.aims[Aim(aim)])

    def code(
        self, passages: Sequence[Passage], encoder: Encoder, *, progress: Progress | None = None
    ) -> tuple[CodedPassage, ...]:
        """One CodedPassage a passage, in the order given. `progress` counts the texts that the encoder reads.

        Raises ModelError when the encoder is not the one the coder was trained with.
        """
        if not passages:
            return ()
        self.require(encoder)
        columns, weigh = self._read(passages, encoder, progress)
        predicted = self.predict(passages, columns)
        evidence = self._evidence(passages, columns, predicted, weigh)
        return tuple(self._coded(passage, predicted, row, evidence) for row, passage in enumerate(passages))

    def require(self, encoder: Encoder) -> None:
        """Raises ModelError when the encoder is not the one the coder was trained with."""
        if encoder.identity != self.encoder_identity:
            raise ModelError(
                f"Le codeur a été entraîné avec l’encodeur « {self.encoder_identity} »,"
                f" pas avec « {encoder.identity} ».",
                "Reprendre cet encodeur, ou entraîner un codeur avec l’autre : voices train --encoder.",
            )

    def predict(self, passages: Sequence[InContext], columns: Vectors) -> Prediction:
        """The probabilities of passages whose vectors are known."""
        texts = [one.text for one in passages]
        grams = self.weights.grams(texts)
        scores = self.weights.scores_of(self.scaling.dense(columns), grams).astype(np.float64)
        present = np.stack([platt.probability(scores[:, k]) for k, platt in enumerate(self.calibration)], axis=1)
        senses = scores[:, None, self.layout.sense_rows] + self.weights.sense_bias[None]
        subcodes = sigmoid(scores[:, self.layout.subcode_rows])
        return Prediction(present, softmax(senses * self.temperature), subcodes, self._outside(texts, grams, columns))

    def _outside(self, texts: Sequence[str], grams: Sequence[Grams], columns: Vectors) -> Flags:
        found = np.array([unreadable(text) is not None for text in texts], bool)
        if self.border is None:
            return found
        return found | self.border.crossed(self.scaling.texts(columns.text), grams)

    def says(self, predicted: Prediction) -> Flags:
        """(n, n_codes + 1) bool: which probabilities reach their threshold, in passages that are not outside."""
        return np.asarray((predicted.present >= np.array(self.thresholds)) & ~predicted.outside[:, None])

    def suggested(self, probabilities: Doubles, code: str) -> tuple[str, ...]:
        """The sub-codes of that code worth suggesting, likeliest first."""
        mine = [
            (float(probabilities[k]), sub) for k, (sub, parent) in enumerate(self.layout.subcodes) if parent == code
        ]
        ranked = sorted(mine, key=lambda one: (-one[0], one[1]))
        return tuple(sub for rank, (value, sub) in enumerate(ranked) if rank == 0 or value >= SUBCODE_PROBABILITY)

    def _read(self, passages: Sequence[Passage], encoder: Encoder, progress: Progress | None) -> tuple[Vectors, Weigh]:
        """The vectors, and how the sentences of a passage are weighed: (n_choices, n_rows) for each of some rows."""
        if not isinstance(encoder, SplittingEncoder) or not encoder.splits:
            known = vectors(passages, encoder, progress=progress)
            return known, each_alone(passages, lambda texts: self._alone(texts, encoder))
        spans = [folded_choices(one) for one in passages]
        columns, parts = vectors_and_parts(passages, spans, encoder, progress=progress)
        return columns, lambda rows: [-self._without_each(passages[row], columns, row, parts[row]) for row in rows]

    def _evidence(
        self, passages: Sequence[Passage], columns: Vectors, predicted: Prediction, weigh: Weigh
    ) -> dict[tuple[int, str], Evidence]:
        said = self.says(predicted)
        wanted = [(row, k) for row in range(len(passages)) for k in range(len(self.layout.codes)) if said[row, k]]
        spans = heaviest_sentences(wanted, passages, weigh)
        directions = self.scaling.directions(columns.text)
        around = {row: self.examples.around(directions[row]) for row in dict.fromkeys(row for row, _ in wanted)}
        return {
            (row, code): Evidence(
                *spans[row, k],
                neighbours=around[row].nearest(code, coded=True),
                against=around[row].nearest(code, coded=False),
            )
            for row, k in wanted
            for code in (self.layout.codes[k],)
        }

    def _without_each(self, passage: Passage, columns: Vectors, row: int, parts: Floats) -> Floats:
        """(n_choices, n_rows): the scores of the passage less each sentence, its words and its part of the vector.

        The states left have read the sentence taken away; to encode the rest anew would cost a pass a sentence.
        """
        left = columns.text[row] - parts
        left /= np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9)
        context = columns.rows(np.full(len(parts), row))
        rest = Vectors(left, context.question, context.previous)
        return self.weights.scores(self.scaling.dense(rest), [without(passage, span) for span in choices(passage)])

    def _alone(self, texts: Sequence[str], encoder: Encoder) -> Floats:
        """(n, n_rows): the scores of each text as a passage without context."""
        none = np.full((len(texts), encoder.dim), np.nan, np.float32)
        read = Vectors(encoder.encode([plain(text) for text in texts]), none, none)
        return self.weights.scores(self.scaling.dense(read), texts)

    def _coded(
        self, passage: Passage, predicted: Prediction, row: int, evidence: Mapping[tuple[int, str], Evidence]
    ) -> CodedPassage:
        present, outside = predicted.present[row], bool(predicted.outside[row])
        return CodedPassage(
            passage_id=passage.id,
            codings=tuple(
                self._coding(passage, predicted, row, k, evidence[row, code])
                for k, code in enumerate(self.layout.codes)
                if (row, code) in evidence
            ),
            probabilities={code: float(present[k]) for k, code in enumerate(self.layout.codes)},
            trust=bool(present[-1] >= self.thresholds[-1]) and not outside,
            trust_probability=float(present[-1]),
            certainties={
                code: self.certainty(predicted, row, k, put=(row, code) in evidence)
                for k, code in enumerate(self.layout.codes)
            },
            outside=outside,
            why=(unreadable(passage.text) or WhyOutside.UNLIKE) if outside else None,
        )

    def _coding(self, passage: Passage, predicted: Prediction, row: int, k: int, evidence: Evidence) -> Coding:
        senses = predicted.senses[row, k]
        best = int(np.argmax(senses))
        return Coding(
            passage_id=passage.id,
            code=self.layout.codes[k],
            sense=SENSES[best],
            probability=float(predicted.present[row, k]),
            sense_probability=float(senses[best]),
            subcodes=self.suggested(predicted.subcodes[row], self.layout.codes[k]),
            evidence=evidence,
            certainty=self.certainty(predicted, row, k, put=True),
        )

    def certainty(self, predicted: Prediction, row: int, k: int, *, put: bool) -> Certainty:
        """How sure the answer is on that code of that passage: put, or left out."""
        if predicted.outside[row]:
            return Certainty.REVIEW
        return self.doubt.certainty(k, float(predicted.present[row, k]), put=put)

"""The coder of own codes: each looked for by itself, beside the coder of the 3A, left as it is. numpy only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voices.coding import own
from voices.coding.calibration import Doubles
from voices.coding.evidence import each_alone, heaviest_sentences
from voices.coding.features import Floats, Vectors, plain, vectors
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES
from voices.coding.model import CoderModel
from voices.coding.own import Description, OwnModel, Prior, Seen, Words
from voices.coding.own_book import known
from voices.domain import Codebook, Coding, Evidence, OwnCode, OwnCodings, Passage, Sense
from voices.ports import Encoder

USUAL = 600
"""How many of the coder's examples are enough to say what is usual."""


LEANING_SPREAD = 2.0
"""Log-odds of the 3A vary by about two: divided by it, leanings have a spread of about one."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How passages are seen, context apart: as `coder` centres vectors, weighs n-grams and thinks of the 3A."""

    coder: CoderModel

    def see(self, texts: Sequence[str], encoder: Encoder) -> Seen:
        """What is seen of those texts."""
        return self.of(texts, encoder.encode([plain(text) for text in texts]).reshape(-1, encoder.dim))

    def of(self, texts: Sequence[str], found: Floats) -> Seen:
        """The same, of texts whose vectors are known: (n, dim) float32."""
        weights, none = self.coder.weights, np.full_like(found, np.nan)
        grams = weights.grams(texts)
        scores = weights.scores_of(self.coder.scaling.dense(Vectors(found, none, none)), grams)
        leanings = self._leanings(scores.astype(np.float64)).astype(np.float32)
        return Seen(own.unit(found - self.coder.scaling.centre[0]), Words.of_grams(grams), leanings)

    def _leanings(self, scores: Doubles) -> Doubles:
        """(n, n_codes + 1): the log-odds of each code of the 3A, then of a lack rather than a presence."""
        coder = self.coder
        odds = [
            coder.calibration[k].slope * scores[:, k] + coder.calibration[k].offset
            for k in range(len(coder.layout.codes))
        ]
        presence, lack = (
            scores[:, coder.layout.sense_rows][:, SENSES.index(one)] for one in (Sense.PRESENCE, Sense.LACK)
        )
        return np.stack([*odds, coder.temperature * (lack - presence)], axis=1) / LEANING_SPREAD


@dataclass(frozen=True, slots=True)
class Sought:
    """An own code, what finds it, and the probability from which it is put."""

    code: OwnCode
    model: OwnModel
    bar: float


@dataclass(frozen=True, slots=True)
class OwnCoder:
    """Looks for own codes; `decisions` counts what it learnt from.

    `coder`, that of the 3A, tells the sense of codes that have a lack: what it learnt of presence and lack is common
    to its codes. Likeness to a description does not tell a lack from its contrary (docs/own_codes.md).
    """

    coder: CoderModel
    sight: Sight
    sought: tuple[Sought, ...]
    decisions: int

    def code(self, passages: Sequence[Passage], encoder: Encoder) -> tuple[OwnCodings, ...]:
        """Where each own code was found, in the order of its file. What is said of a passage depends on it alone."""
        seen = self.sight.see([one.text for one in passages], encoder)
        found = [one.model.probability(seen) for one in self.sought]
        wanted = [(row, k) for k, one in enumerate(self.sought) for row in np.flatnonzero(found[k] >= one.bar).tolist()]
        spans = heaviest_sentences(
            wanted, passages, each_alone(passages, lambda texts: self._sentences(texts, encoder))
        )
        senses = self._senses(passages, encoder)
        return tuple(
            OwnCodings(
                code=one.code,
                codings=tuple(
                    Coding(
                        passages[row].id,
                        one.code.id,
                        senses[row][0] if one.code.lack else Sense.PRESENCE,
                        float(found[k][row]),
                        senses[row][1] if one.code.lack else 1.0,
                        evidence=Evidence(*spans[row, k]),
                    )
                    for row in np.argsort(-found[k], kind="stable")
                    if (row, k) in spans
                ),
                probabilities={passage.id: float(p) for passage, p in zip(passages, found[k], strict=True)},
                decisions=self.decisions,
            )
            for k, one in enumerate(self.sought)
        )

    def _senses(self, passages: Sequence[Passage], encoder: Encoder) -> list[tuple[Sense, float]]:
        """The likeliest sense of each passage and its probability, the mean over the codes of the 3A."""
        if not passages or not any(one.code.lack for one in self.sought):
            return []
        found = self.coder.predict(passages, vectors(passages, encoder)).senses.mean(axis=1)
        return [(SENSES[int(one.argmax())], float(one.max())) for one in found]

    def _sentences(self, texts: Sequence[str], encoder: Encoder) -> Floats:
        seen = self.sight.see(texts, encoder)
        return np.stack([one.model.probability(seen) for one in self.sought], axis=1).astype(np.float32)


def build(
    codes: Sequence[OwnCode],
    coder: CoderModel,
    encoder: Encoder,
    codebook: Codebook,
    *,
    decisions: Sequence[Labelled] = (),
    prior: Prior = own.PRIOR,
) -> OwnCoder:
    """A coder of those codes, that learnt from the decisions. `coder` lends what is usual: its examples.

    A decision that does not name a code says that it is not there. Raises ModelError when the encoder is not the
    coder's.
    """
    coder.require(encoder)
    sight, idf = Sight(coder), coder.weights.idf
    usual = _usual(coder)
    centre = mean_description(known(codebook), encoder, idf)
    decided = sight.see([one.text for one in decisions], encoder)
    found = [_seek(code, own.describe(code, encoder, idf), centre, usual, prior) for code in codes]
    sought = tuple(_taught(one, sight, encoder, decided, decisions, prior) for one in found)
    return OwnCoder(coder, sight, sought, len(decisions))


def mean_description(codes: Sequence[OwnCode], encoder: Encoder, idf: Floats) -> Floats:
    """(dim,): the mean of what the codes' descriptions look like, each code counted once."""
    means = [own.describe(code, encoder, idf).vectors.mean(axis=0) for code in codes]
    return np.asarray(np.mean(means, axis=0), np.float32)


def _usual(coder: CoderModel) -> Seen:
    count = len(coder.examples.passages)
    chosen = np.unique(np.linspace(0, count - 1, min(USUAL, count)).astype(np.intp))
    texts = [coder.examples.passages[row].text for row in chosen]
    none = np.zeros((len(chosen), len(coder.layout.codes) + 1), np.float32)  # descriptions are not read by leanings
    return Seen(coder.examples.directions[chosen], Words.of(texts, coder.weights.idf), none)


def _seek(code: OwnCode, description: Description, centre: Floats, usual: Seen, prior: Prior) -> Sought:
    return Sought(
        code,
        own.from_description(own.direct(description, centre, usual), prior, usual.leanings.shape[1]),
        prior.bars[0],
    )


def _taught(
    sought: Sought, sight: Sight, encoder: Encoder, decided: Seen, decisions: Sequence[Labelled], prior: Prior
) -> Sought:
    """The code with its decisions; a counterexample is one more passage where it is not."""
    code = sought.code
    seen = own.together(decided, sight.see(code.counterexamples, encoder))
    truth = np.array([*(code.id in one.codes for one in decisions), *(False for _ in code.counterexamples)], bool)
    model = own.learn(sought.model.direction, prior, seen, truth)
    return Sought(code, model, prior.bars[1] if len(decisions) else prior.bars[0])

"""A coder adapted to decisions: pulled towards what a person decided, held back by what it knew.

Every head is fitted again by maximum a posteriori logistic regression, its Gaussian prior centred on the weights of the
coder in force instead of on zero (Chelba and Acero 2006, « Adaptation of maximum entropy capitalizer »). Far from the
decisions nothing moves, which is what keeps a coder from forgetting. The prior is as wide as the penalties of training:
wider and narrower ones, chosen on inner folds or not, did no better (docs/review.md). A few hundred decisions are fewer
than the 66,688 columns, so the fit is done in its dual form: the change of a head is a sum over decisions, and all that
is needed of them is how alike they are.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.linalg import cholesky
from scipy.optimize import minimize

from voices.coding.calibration import Doubles, Platt, sigmoid, softmax
from voices.coding.features import Floats
from voices.coding.fitting import DENSE_C, LEXICAL_C, Rows, Table, sense_pairs
from voices.coding.folds import groups
from voices.coding.layout import SENSES
from voices.coding.lexical import weighed
from voices.coding.model import CoderModel, Weights
from voices.errors import ModelError

FEWEST_TESTIMONIES = 10
"""Under ten testimonies there is nothing to compare two coders on."""

BIAS_VARIANCE = 0.3
"""Variance of the prior on a change of bias: a project may tell a code half as often, or twice."""


def adapt(coder: CoderModel, decisions: Table) -> CoderModel:
    """The coder, its heads moved towards the decisions. `coder` itself is untouched.

    Scores become log-odds, which the fit calibrates as it goes. Thresholds stay, since a reviewer takes the doubtful
    passages first, whose best threshold is not that of the whole. Examples stay too: no word of the decisions is kept.
    Raises ModelError under ten testimonies.
    """
    require_enough(decisions)
    likeness = _Likeness.of(coder, decisions)
    scores = likeness.scores(coder)
    moved = _pull(_flags(coder, decisions, scores), _root(likeness.of_passages()))
    senses, pairs = _senses(coder, decisions, scores)
    turned = _pull(senses, _root(likeness.of_pairs(pairs)))
    weights = likeness.weights(coder, moved, turned, pairs)
    calibration = (Platt(1.0, 0.0),) * len(coder.calibration)
    return replace(coder, weights=weights, calibration=calibration, revision="")


def require_enough(decisions: Table) -> None:
    """Raises ModelError where the decisions are of too few testimonies."""
    testimonies = len(set(groups(decisions.passages)))
    if testimonies < FEWEST_TESTIMONIES:
        raise ModelError(
            f"Trop peu de témoignages relus pour adapter un codeur : {testimonies}, une fois les doublons réunis.",
            f"En relire au moins {FEWEST_TESTIMONIES}.",
        )


@dataclass(frozen=True, slots=True)
class _Heads:
    """Heads to move together. All (n, k): `base`, the log-odds before; `target`, 0 or 1; `counted`, which to learn.

    `exclusive` heads are the classes of one question; others are yes/no questions of their own.
    """

    base: Doubles
    target: Doubles
    counted: Doubles
    exclusive: bool = False

    def errors(self, change: Doubles) -> Doubles:
        """(n, k): target - probability once the log-odds have changed so; 0 where not counted."""
        odds = self.base + change
        found = softmax(odds) if self.exclusive else sigmoid(odds)
        return np.asarray((self.target - found) * self.counted, np.float64)

    def loss(self, change: Doubles) -> float:
        """Minus the log-likelihood."""
        odds = self.base + change
        if self.exclusive:
            normaliser = np.logaddexp.reduce(odds, axis=1, keepdims=True) * (self.target > 0)
            return float(((normaliser - self.target * odds) * self.counted).sum())
        return float(((np.logaddexp(0, odds) - self.target * odds) * self.counted).sum())


def _root(likeness: Doubles) -> Doubles:
    if not len(likeness):
        return likeness
    return np.asarray(cholesky(likeness + 1e-6 * np.eye(len(likeness)), lower=True))


def _pull(heads: _Heads, root: Doubles) -> Doubles:
    """(n, k): what each decision adds to each head, times its likeness to what is judged.

    They are the dual weights at the maximum a posteriori, where they equal the errors that are left.
    The change is root @ x with x ~ N(0, 1), which is what L-BFGS likes best.
    """
    shape = heads.base.shape
    if not heads.base.size:
        return heads.base

    def slope(flat: Doubles) -> tuple[float, Doubles]:
        x = flat.reshape(shape)
        change = root @ x
        return heads.loss(change) + 0.5 * float((x * x).sum()), (x - root.T @ heads.errors(change)).ravel()

    found = minimize(slope, np.zeros(heads.base.size), jac=True, method="L-BFGS-B", options={"gtol": 1e-4})
    return heads.errors(root @ found.x.reshape(shape))


def _flags(coder: CoderModel, decisions: Table, scores: Doubles) -> _Heads:
    """Codes and trust everywhere; sub-codes where their code was decided."""
    layout = coder.layout
    odds = [platt.slope * scores[:, k] + platt.offset for k, platt in enumerate(coder.calibration)]
    truth = decisions.truth(layout)
    subs = [[sub in one.subcodes for sub, _ in layout.subcodes] for one in decisions.passages]
    parents = [[parent in one.codes for _, parent in layout.subcodes] for one in decisions.passages]
    base = np.hstack([np.stack(odds, axis=1), scores[:, layout.subcode_rows]])
    return _Heads(base, np.hstack([truth, subs]).astype(float), np.hstack([np.ones_like(truth), parents]).astype(float))


def _senses(coder: CoderModel, decisions: Table, scores: Doubles) -> tuple[_Heads, Rows]:
    """The three senses of every (row, code) that was decided, and those pairs, (m, 2)."""
    pairs, kinds = sense_pairs(decisions, coder.layout)
    row, code = pairs.T
    odds = scores[:, coder.layout.sense_rows][row] + coder.weights.sense_bias[code]
    target = np.eye(len(SENSES))[kinds]
    return _Heads(odds * coder.temperature, target, np.ones_like(target), True), pairs


@dataclass(frozen=True, slots=True)
class _Likeness:
    """The columns of the decisions, and how alike these make them under the prior."""

    dense: Floats
    lexical: "sparse.csr_matrix"

    @classmethod
    def of(cls, coder: CoderModel, decisions: Table) -> "_Likeness":
        return cls(coder.scaling.dense(decisions.vectors), weighed(decisions.grams, coder.weights.idf))

    def scores(self, coder: CoderModel) -> Doubles:
        """(n, n_rows): the coder's scores of the decisions."""
        weights = coder.weights
        return np.asarray(self.dense @ weights.dense.T + self.lexical @ weights.lexical + weights.bias, np.float64)

    def of_passages(self) -> Doubles:
        """(n, n). A head is the mean of two regressions: its variance is a quarter of the sum of theirs."""
        dense = np.asarray(self.dense @ self.dense.T, np.float64)
        lexical = (self.lexical @ self.lexical.T).toarray().astype(np.float64)
        return np.asarray((DENSE_C * dense + LEXICAL_C * lexical) / 4 + BIAS_VARIANCE, np.float64)

    def of_pairs(self, pairs: Rows) -> Doubles:
        """(m, m), of passages and codes: a code's senses have a bias of their own."""
        row, code = pairs.T
        same = code[:, None] == code[None]
        return np.asarray(self.of_passages()[np.ix_(row, row)] + BIAS_VARIANCE * same, np.float64)

    def weights(self, coder: CoderModel, moved: Doubles, turned: Doubles, pairs: Rows) -> Weights:
        """The weights that those pulls make; scores of codes and trust become log-odds."""
        layout, old = coder.layout, coder.weights
        present = len(layout.present)
        pull = np.zeros((len(self.dense), len(layout.rows)))
        pull[:, :present], pull[:, layout.subcode_rows] = moved[:, :present], moved[:, present:]
        np.add.at(pull[:, layout.sense_rows], pairs[:, 0], turned / coder.temperature)
        slope, offset = np.ones(len(layout.rows)), np.zeros(len(layout.rows))
        slope[:present] = [platt.slope for platt in coder.calibration]
        offset[:present] = [platt.offset for platt in coder.calibration]
        lexical = old.lexical * slope + LEXICAL_C / 4 * (self.lexical.T @ pull)
        sense_bias = old.sense_bias.astype(np.float64)
        np.add.at(sense_bias, pairs[:, 1], BIAS_VARIANCE * turned / coder.temperature)
        return replace(
            old,
            dense=(old.dense * slope[:, None] + DENSE_C / 4 * (pull.T @ self.dense)).astype(np.float32),
            # Through float16, as it is stored (see fitting.with_examples).
            lexical=np.asarray(lexical, np.float16).astype(np.float32),
            bias=(old.bias * slope + offset + BIAS_VARIANCE * pull.sum(0)).astype(np.float32),
            sense_bias=sense_bias.astype(np.float32),
        )

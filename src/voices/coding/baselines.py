"""What the coder is compared with: a dictionary of key words, n-grams alone, vectors alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from voices.coding.calibration import Doubles, best_threshold
from voices.coding.features import Floats, inverse_frequency, plain
from voices.coding.fitting import DENSE_C, INNER_FOLDS, LEXICAL_C, Flags, Rows, Table, lexical_matrix
from voices.coding.folds import splits
from voices.coding.layout import TRUST, Layout
from voices.coding.scaling import fit_scaling

WORDS: Mapping[str, tuple[str, ...]] = {
    # Beginnings of words, from the code book's definitions, lacks and examples; written before any measure.
    "accueil": (
        "accueil", "bienvenu", "bonjour", "salu", "seuil", "chaise", "assieds", "asseoir", "assis", "entrer", "entrée",
        "porte", "prix libre", "à l'aise", "jug", "dévisag", "comme je suis", "étiquette", "justifi", "première fois",
        "regard", "ignor", "sans rien demander", "personne ne m'a demandé", "toisé", "honte",
    ),
    "appartenance": (
        "prénom", "famille", "ami", "copain", "copine", "ensemble", "appel", "manqu", "nous", "besoin", "aid", "souten",
        "confi", "clan", "entre eux", "entre-soi", "seul", "oubli", "liens", "attend", "inquiét", "bande", "groupe",
        "jamais je n'aurais", "voisin",
    ),
    "action": (
        "cuisin", "serv", "répar", "anim", "coup de main", "utile", "inutile", "propos", "organis", "responsab",
        "bénévol", "décid", "lancé", "atelier", "épluch", "formation", "inscrit", "monté", "tâche", "projet",
        "découragé", "arrêt", "rien faire", "participe", "prépar", "chanti",
    ),
    TRUST: ("confiance", "confié", "confie", "clé", "clef", "méfi", "secret", "serrure", "surveill", "soupçon"),
}  # fmt: skip


def dictionary(table: Table, layout: Layout) -> Flags:
    """(n, n_present) bool: whether the passage has one of the key words. It learns nothing."""
    patterns = [
        re.compile(r"\b(?:" + "|".join(map(re.escape, WORDS.get(name, ("\0",)))) + ")") for name in layout.present
    ]
    return np.array([[bool(one.search(plain(row.text).lower())) for one in patterns] for row in table.passages])


def ngrams(table: Table, learn: Rows, judge: Rows, layout: Layout, *, seed: int) -> Flags:
    """What logistic regressions on TF-IDF n-grams alone say of the rows to judge."""
    texts = [one.text for one in table.passages]
    matrix = lexical_matrix(texts, inverse_frequency([texts[row] for row in learn]))
    return _said(_Way(matrix, LEXICAL_C, "liblinear"), table, learn, judge, layout, seed)


def frozen(table: Table, learn: Rows, judge: Rows, layout: Layout, *, seed: int) -> Flags:
    """What logistic regressions on the passage's vector alone say of the rows to judge."""
    dense = fit_scaling(table.vectors.rows(learn)).dense(table.vectors)[:, : table.vectors.text.shape[1]]
    return _said(_Way(dense, DENSE_C, "lbfgs"), table, learn, judge, layout, seed)


@dataclass(frozen=True, slots=True)
class _Way:
    """One logistic regression on one kind of columns."""

    columns: "Floats | sparse.csr_matrix"
    strength: float
    solver: str

    def scores(self, learn: Rows, truth: Flags, judge: Rows) -> Doubles:
        """Log-odds of the rows to judge."""
        regression = LogisticRegression(C=self.strength, solver=self.solver, max_iter=300)
        fitted = regression.fit(self.columns[learn], truth)
        return np.asarray(fitted.decision_function(self.columns[judge]), np.float64)


def _said(way: _Way, table: Table, learn: Rows, judge: Rows, layout: Layout, seed: int) -> Flags:
    """Yes or no, with thresholds chosen on inner folds of the rows to learn from."""
    truth = table.truth(layout)
    inner = list(splits([table.passages[row] for row in learn], INNER_FOLDS, seed=seed))
    said = np.zeros((len(judge), truth.shape[1]), bool)
    for k in range(truth.shape[1]):
        held = np.zeros(len(learn))
        for some, others in inner:
            held[others] = way.scores(learn[some], truth[learn[some], k], learn[others])
        threshold = best_threshold(held, truth[learn, k])
        said[:, k] = way.scores(learn, truth[learn, k], judge) >= threshold
    return said

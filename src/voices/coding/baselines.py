"""What the coder is compared with: key words, n-grams alone, vectors alone, likeness to the code book's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from voices.coding.calibration import Doubles, best_threshold
from voices.coding.features import Floats, plain
from voices.coding.fitting import DENSE_C, INNER_FOLDS, Flags, Rows, Table, lexical_regression
from voices.coding.folds import splits
from voices.coding.layout import TRUST, Layout
from voices.coding.lexical import inverse_frequency, weighed
from voices.coding.scaling import fit_scaling
from voices.domain import Codebook
from voices.ports import Encoder

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


_TRUST_TEXTS = (
    "Toute parole ou tout geste de confiance, ou sa perte.",
    "Clés, enfant, argent, secret confiés, surveillance abandonnée, méfiance dite.",
)
"""The code book has no code for trust: these are the words of its rules 14 and 26."""


@dataclass(frozen=True, slots=True)
class Simpler:
    """Simpler ways of coding, on the vectors of an ordinary encoder."""

    table: Table
    layout: Layout
    descriptions: Mapping[str, Floats]
    """Label to the (m, dim) vectors of what the code book says of it."""
    seed: int

    def say(self, learn: Rows, judge: Rows) -> dict[str, Flags]:
        """What each way says of the rows to judge, (n, n_present), by its French name."""
        return {
            "Dictionnaire de mots clés": dictionary(self.table.rows(judge), self.layout),
            "Descriptions de la grille, sans exemple": self._described(learn, judge),
            "TF-IDF et régression logistique": self._ngrams(learn, judge),
            "Vecteurs d’un encodeur ordinaire et régression logistique": self._frozen(learn, judge),
        }

    def _described(self, learn: Rows, judge: Rows) -> Flags:
        """Likeness to the nearest description, by cosine of centred vectors. Only the thresholds, the best for F1 on
        the rows to learn from, are learnt.
        """
        scaling, truth = fit_scaling(self.table.vectors.rows(learn)), self.table.truth(self.layout)
        texts = scaling.directions(self.table.vectors.text)
        said = np.zeros((len(judge), truth.shape[1]), bool)
        for k, name in enumerate(self.layout.present):
            likeness = (texts @ scaling.directions(self.descriptions[name]).T).max(axis=1)
            said[:, k] = likeness[judge] >= best_threshold(likeness[learn], truth[learn, k])
        return said

    def _ngrams(self, learn: Rows, judge: Rows) -> Flags:
        """What logistic regressions on TF-IDF n-grams alone say of the rows to judge."""
        whole = self.table.whole()
        seen = np.append(learn, np.arange(len(self.table.passages), len(whole.passages)))
        lexical = weighed(whole.grams, inverse_frequency(whole.grams[seen]))
        return _said(_Way(lexical, lexical_regression()), self, learn, judge)

    def _frozen(self, learn: Rows, judge: Rows) -> Flags:
        """What logistic regressions on the passage's vector alone say of the rows to judge."""
        vectors = self.table.whole().vectors
        dense = fit_scaling(vectors.rows(learn)).dense(vectors)[:, : vectors.text.shape[1]]
        return _said(_Way(dense, LogisticRegression(C=DENSE_C, max_iter=300)), self, learn, judge)


def simpler(table: Table, layout: Layout, codebook: Codebook, encoder: Encoder, *, seed: int) -> Simpler:
    """The simpler ways, with the code book's words read by the encoder that made the table's vectors."""
    texts = {
        **{
            code.id: (
                f"{code.motto} : {code.definition}",
                code.lack,
                *(text for sub in code.subcodes for text in (sub.includes, *sub.examples)),
            )
            for code in codebook.codes
        },
        TRUST: _TRUST_TEXTS,
    }
    descriptions = {name: encoder.encode([plain(text) for text in some]) for name, some in texts.items()}
    return Simpler(table, layout, descriptions, seed)


def dictionary(table: Table, layout: Layout) -> Flags:
    """(n, n_present) bool: whether the passage has one of the key words. It learns nothing."""
    patterns = [
        re.compile(r"\b(?:" + "|".join(map(re.escape, WORDS.get(name, ("\0",)))) + ")") for name in layout.present
    ]
    return np.array([[bool(one.search(plain(row.text).lower())) for one in patterns] for row in table.passages])


@dataclass(frozen=True, slots=True)
class _Way:
    """One logistic regression on one kind of columns."""

    columns: "Floats | sparse.csr_matrix"
    regression: LogisticRegression

    def scores(self, learn: Rows, truth: Flags, judge: Rows) -> Doubles:
        """Log-odds of the rows to judge."""
        fitted = clone(self.regression).fit(self.columns[learn], truth[learn])
        return np.asarray(fitted.decision_function(self.columns[judge]), np.float64)


def _said(way: _Way, given: Simpler, learn: Rows, judge: Rows) -> Flags:
    """Yes or no, with thresholds chosen on inner folds of the rows to learn from. `also` is always learnt from."""
    whole, mine = given.table.whole(), len(given.table.passages)
    truth, always = whole.truth(given.layout), np.arange(mine, len(whole.passages))
    inner = list(splits([given.table.passages[row] for row in learn], INNER_FOLDS, seed=given.seed))
    said = np.zeros((len(judge), truth.shape[1]), bool)
    for k in range(truth.shape[1]):
        held = np.zeros(len(learn))
        for some, others in inner:
            held[others] = way.scores(np.append(learn[some], always), truth[:, k], learn[others])
        threshold = best_threshold(held, truth[learn, k])
        said[:, k] = way.scores(np.append(learn, always), truth[:, k], judge) >= threshold
    return said

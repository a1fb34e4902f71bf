"""Groups by shares: principal components, then k-means started many times (BERTopic with those in place of UMAP and
HDBSCAN). The same vectors and seed give the same groups; time and memory grow as the number of passages.
"""

import warnings

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import Normalizer
from threadpoolctl import threadpool_limits

from voices.themes.groups import Labels

_DIMENSIONS = (10, 32)
"""The fewest and the most; between them, the square root of the number of passages."""
_STARTS = (1, 30)
"""Of k-means, the best kept: groups then hang less on where it began. As many as `_WORK` allows."""
_WORK = 30_000
"""Passages read by all the starts together."""


def group(vectors: NDArray[np.float32], *, n_groups: int, seed: int) -> Labels:
    """(n,) groups, every passage in one. `vectors`: (n, dim) float32, centred, rows L2-normalised."""
    with threadpool_limits(limits=1):  # dozens of small groupings on many threads wait for each other
        short = _reducer(vectors, seed).fit_transform(vectors)
        found: Labels = _clusterer(len(vectors), n_groups, seed).fit_predict(short).astype(np.intp)
    return found


def group_by_bertopic(vectors: NDArray[np.float32], docs: list[str], *, n_groups: int, seed: int) -> Labels:
    """The same groups, numbered otherwise, as BERTopic gives them. `docs`: the passages' lemmas between spaces."""
    with warnings.catch_warnings():
        # The block also ends the filters that BERTopic adds for the whole process when it is imported.
        warnings.filterwarnings("ignore", category=SyntaxWarning, module="hdbscan")  # "\\{" in its docstrings
        warnings.filterwarnings("ignore", category=DeprecationWarning)  # numba, pynndescent
        warnings.filterwarnings("ignore", message="Tensorflow not installed", category=ImportWarning)  # umap
        from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer

    model = BERTopic(
        umap_model=_reducer(vectors, seed),
        hdbscan_model=_clusterer(len(vectors), n_groups, seed),
        vectorizer_model=CountVectorizer(analyzer=str.split),
    )
    topics, _ = model.fit_transform(docs, embeddings=vectors)
    return np.array(topics, dtype=np.intp)


def _reducer(vectors: NDArray[np.float32], seed: int) -> Pipeline:
    least, most = _DIMENSIONS
    dimensions = min(max(least, round(len(vectors) ** 0.5)), most, *vectors.shape)
    return make_pipeline(PCA(dimensions, svd_solver="covariance_eigh", random_state=seed), Normalizer())


def _clusterer(n_passages: int, n_groups: int, seed: int) -> KMeans:
    fewest, most = _STARTS
    return KMeans(n_groups, n_init=min(max(fewest, _WORK // n_passages), most), random_state=seed)

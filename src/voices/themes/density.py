"""Groups by BERTopic on vectors made elsewhere; no embedding model is loaded.

By density (UMAP, then HDBSCAN), or by shares (k-means) where there are too many passages for that.
"""

import warnings

import numpy as np
from numpy.typing import NDArray

with warnings.catch_warnings():
    # The block also ends the filters that BERTopic adds for the whole process when it is imported.
    warnings.filterwarnings("ignore", category=SyntaxWarning, module="hdbscan")  # "\\{" in its docstrings
    warnings.filterwarnings("ignore", category=DeprecationWarning)  # numba, pynndescent
    warnings.filterwarnings("ignore", message="Tensorflow not installed", category=ImportWarning)  # umap
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from hdbscan import HDBSCAN
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

from voices.themes.groups import Labels

_NEIGHBOURS = 15
_DIMENSIONS = 5
_EPOCHS = 200
"""UMAP's own default is 500 under 10,000 points: 2.5 times the time for the same groups."""
_STARTS = 3
"""Of k-means, the best kept."""


def group(vectors: NDArray[np.float32], docs: list[str], *, smallest: int, seed: int) -> Labels:
    """(n,) topics, -1 for BERTopic's outliers. `vectors`: (n, dim) float32, centred, rows L2-normalised."""
    reducer = UMAP(
        n_neighbors=_NEIGHBOURS,
        n_components=_DIMENSIONS,
        min_dist=0.0,
        metric="cosine",
        n_epochs=_EPOCHS,
        random_state=seed,
        n_jobs=1,
    )
    clusterer = HDBSCAN(min_cluster_size=smallest, min_samples=1, cluster_selection_method="leaf", core_dist_n_jobs=1)
    return _topics(reducer, clusterer, vectors, docs)


def share(vectors: NDArray[np.float32], docs: list[str], *, n_groups: int, seed: int) -> Labels:
    """(n,) topics, every passage in one. `vectors`: (n, dim) float32, centred, rows L2-normalised.

    Time and memory grow as the number of passages.
    """
    return _topics(
        BaseDimensionalityReduction(), MiniBatchKMeans(n_groups, random_state=seed, n_init=_STARTS), vectors, docs
    )


def _topics(reducer: object, clusterer: object, vectors: NDArray[np.float32], docs: list[str]) -> Labels:
    model = BERTopic(umap_model=reducer, hdbscan_model=clusterer, vectorizer_model=CountVectorizer(analyzer=str.split))
    with warnings.catch_warnings():
        # sklearn tells umap and hdbscan of a renamed argument.
        warnings.filterwarnings("ignore", message=".*force_all_finite.*", category=FutureWarning)
        topics, _ = model.fit_transform(docs, embeddings=vectors)
    return np.array(topics, dtype=np.intp)

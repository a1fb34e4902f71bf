"""Groups by BERTopic: UMAP then HDBSCAN on vectors made elsewhere; no embedding model is loaded."""

import warnings

import numpy as np
from numpy.typing import NDArray

with warnings.catch_warnings():
    # These libraries warn of their own dependencies when they are imported, and BERTopic adds filters for the
    # whole process: all of that ends with this block.
    warnings.simplefilter("ignore")
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

from voices.themes.groups import Labels

_NEIGHBOURS = 15
_DIMENSIONS = 5
_EPOCHS = 200
"""UMAP's own default is 500 under 10,000 points: 2.5 times the time for the same groups."""


def group(vectors: NDArray[np.float32], docs: list[str], *, smallest: int, seed: int) -> Labels:
    """(n,) topics, -1 for BERTopic's outliers. `vectors`: (n, dim) float32, centred, rows L2-normalised."""
    model = BERTopic(
        umap_model=UMAP(
            n_neighbors=_NEIGHBOURS,
            n_components=_DIMENSIONS,
            min_dist=0.0,
            metric="cosine",
            n_epochs=_EPOCHS,
            random_state=seed,
            n_jobs=1,
        ),
        hdbscan_model=HDBSCAN(
            min_cluster_size=smallest, min_samples=1, cluster_selection_method="leaf", core_dist_n_jobs=1
        ),
        vectorizer_model=CountVectorizer(analyzer=str.split),
    )
    with warnings.catch_warnings():
        # sklearn and umap tell each other's deprecations, and umap that a seed means one thread: wanted.
        warnings.simplefilter("ignore")
        topics, _ = model.fit_transform(docs, embeddings=vectors)
    return np.array(topics, dtype=np.intp)

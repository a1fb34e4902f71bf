"""Texts to vectors: the encoder that is shipped, any sentence-transformers model, and a cache of what is computed."""

from pathlib import Path

from voices.ports import Encoder


def load(name: str, *, models: Path, cache: Path | None, threads: int) -> Encoder:
    """The encoder of that name, ready to encode.

    Args:
        name: a folder of `models` that holds an embedded encoder ("e5-small-fr"), or the name or the path of any
            sentence-transformers model.
        models: the folder of the models that come with voices.
        cache: the folder where vectors are kept from one run to the next; None keeps nothing.
        threads: how many cores to use, at least 1. It changes the speed, never the vectors.

    Raises:
        ModelError: the model is missing, damaged, or cannot be read.
    """
    encoder = _load(name, models=models, threads=threads)
    if cache is None:
        return encoder
    from voices.encoders.cache import CachedEncoder

    return CachedEncoder(encoder, cache)


def is_embedded(name: str, *, models: Path) -> bool:
    """Whether it is the name of an encoder that comes with voices, in that folder of models."""
    from voices.networks import manifest

    return manifest.is_embedded(name, models)


def verify(*, models: Path) -> tuple[str, ...]:
    """The names of the embedded encoders of `models`, each file of which has the SHA-256 its manifest tells.

    Raises ModelError for a file that is missing or that changed.
    """
    from voices.networks import manifest

    folders = sorted(path.parent for path in models.glob(f"*/{manifest.FILE}") if manifest.is_encoder(path.parent))
    for folder in folders:
        manifest.verify(folder)
    return tuple(folder.name for folder in folders)


def _load(name: str, *, models: Path, threads: int) -> Encoder:
    from voices.networks import manifest

    if manifest.is_embedded(name, models):
        from voices.encoders.embedded import EmbeddedEncoder

        return EmbeddedEncoder(models / name, threads=threads)
    from voices.encoders.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name, threads=threads)

"""Passages to codings: the code book, the coder, its training, its figures.

A light door: numpy loads with the coder, scikit-learn only to train and to evaluate.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voices.coding.labelled import Labelled
from voices.domain import Codebook, CodedPassage, OwnCode, OwnCodings, Passage
from voices.errors import ModelError
from voices.ports import Encoder, Progress

if TYPE_CHECKING:
    from voices.coding.comparing import Candidate
    from voices.coding.figures import Evaluation
    from voices.coding.model import CoderModel
    from voices.coding.own_coder import OwnCoder
    from voices.coding.reviewing import ToReview

__all__ = [
    "Labelled",
    "adopt",
    "blind",
    "codebook",
    "codebook_of",
    "evaluate",
    "evaluate_on",
    "load",
    "order",
    "own_coder_of",
    "own_of",
    "propose",
    "read_labelled",
    "read_outside",
    "read_own",
    "require_free",
    "require_sight",
    "save",
    "seek",
    "train",
]

NAME = "coder-3a"
"""The folder, among those of models, of the coder that is taken where none is asked for."""


def codebook(path: Path | None = None) -> Codebook:
    """The code book of that TOML file, or the shipped one. Raises SettingsError with every fault found."""
    from voices.coding.book import read_codebook

    return read_codebook(path)


def codebook_of(data: Mapping[str, Any], name: str = "donnée") -> Codebook:
    """The code book that such a mapping describes. Raises SettingsError with every fault found in it."""
    from voices.coding import book

    return book.codebook_of(data, name)


def own_of(entries: object, codebook: Codebook, name: str = "donné") -> tuple[OwnCode, ...]:
    """The codes of one's own that such a list describes. Raises SettingsError with every fault found in it."""
    from voices.coding import own_book

    return own_book.own_of(entries, codebook, name)


def read_labelled(path: Path, *, own: tuple[OwnCode, ...] = ()) -> tuple[Labelled, ...]:
    """The coded passages of a JSON Lines file (its fields: corpora/gold/README.md), in the order of the file.

    `own` are further codes that its lines may name. Raises ReadingError with every faulty line, by number.
    """
    from voices.coding.labelled import read_labelled
    from voices.coding.own_book import with_own

    return read_labelled(path, with_own(codebook(), own))


def read_own(path: Path) -> tuple[OwnCode, ...]:
    """The codes of one's own that a TOML file describes. Raises SettingsError with every fault found in it."""
    from voices.coding.own_book import read_own

    return read_own(path, codebook())


def seek(
    codes: Sequence[OwnCode],
    passages: Sequence[Passage],
    coder: "CoderModel",
    encoder: Encoder,
    *,
    decisions: Sequence[Labelled] = (),
) -> tuple[OwnCodings, ...]:
    """Where each of those codes was found, from its description and from decisions; all of it is to be reread.

    A decision that does not name a code says that it is not there. `coder` lends its examples and is left as it is.
    Raises ModelError when the encoder is not the coder's, or where the coder reads without vectors.
    """
    return own_coder_of(codes, coder, encoder, decisions=decisions).code(passages, encoder)


def own_coder_of(
    codes: Sequence[OwnCode], coder: "CoderModel", encoder: Encoder, *, decisions: Sequence[Labelled] = ()
) -> "OwnCoder":
    """What looks for those codes, built once for passages that come some at a time. Raises as `seek` does."""
    from voices.coding import own_coder

    require_sight(coder)
    return own_coder.build(codes, coder, encoder, codebook(), decisions=decisions)


def require_sight(coder: "CoderModel") -> None:
    """Raises ModelError where the coder reads without vectors: own codes are found by them."""
    if coder.blind:
        raise ModelError(
            "Le codeur rapide ne cherche pas les codes à soi : il ne lit pas le sens des passages.",
            "Prendre le codeur ordinaire (sans --coder ni VOICES_CODEUR).",
        )


def blind() -> Encoder:
    """The encoder of coders that weigh n-grams alone: it reads nothing."""
    from voices.coding.sightless import Blind

    return Blind()


def read_outside(path: Path) -> tuple[str, ...]:
    """The ordinary texts of that file, one a line. Raises ModelError when it is missing or holds none."""
    from voices.coding import outside

    return outside.read_outside(path)


def load(folder: Path) -> "CoderModel":
    """The coder of that folder. Raises ModelError when it holds none, or one damaged or of another format."""
    from voices.coding import storage

    return storage.load(folder)


def save(model: "CoderModel", folder: Path) -> str:
    """The revision of the coder, written into that folder: weights, examples, card, and a manifest with checksums."""
    from voices.coding import storage

    return storage.save(model, folder)


def train(
    labelled: Sequence[Labelled],
    encoder: Encoder,
    *,
    seed: int,
    also: Sequence[Labelled] = (),
    outside: Sequence[str] = (),
    processes: int = 1,
    progress: Progress | None = None,
) -> "CoderModel":
    """A coder that learnt from those passages, with its cross-validated figures among its facts.

    `also` are passages of another corpus to learn from: figures and thresholds come from `labelled` alone.
    `outside` are ordinary texts, from which it learns what to leave alone. `progress` counts the coders trained, in
    that many `processes`. Raises ModelError when the passages are too few.
    """
    from voices.coding import course

    return course.train(
        labelled, encoder, codebook(), seed=seed, also=also, outside=outside, processes=processes, progress=progress
    )


def propose(
    decisions: Sequence[Labelled],
    coder: "CoderModel",
    encoder: Encoder,
    *,
    seed: int,
    kept: Sequence[Labelled] = (),
    progress: Progress | None = None,
) -> "Candidate":
    """The coder adapted to a person's decisions, and the two compared on decisions held out; nothing is written.

    `kept` are passages of another study, to see what is forgotten. `progress` counts adaptations. Raises ModelError
    under ten testimonies, where the coder is already adapted, or where the encoder is not the coder's.
    """
    from voices.coding import comparing
    from voices.coding.fitting import tabulate

    coder.require(encoder)
    others = tabulate(kept, encoder) if kept else None
    return comparing.propose(coder, tabulate(decisions, encoder), seed=seed, kept=others, progress=progress)


def require_free(folder: Path, *, replacing: bool = False) -> None:
    """Raises SettingsError where a coder could not be put into that folder: a coder is there, unless `replacing`, or
    anything else.
    """
    from voices.coding import adopting

    adopting.require_free(folder, replacing=replacing)


def adopt(model: "CoderModel", folder: Path, *, replacing: bool = False) -> str:
    """The revision of the coder, put into that folder whole or not at all; `replacing`, over the coder there.

    Raises SettingsError where the folder is taken.
    """
    from voices.coding import adopting

    return adopting.adopt(model, folder, replacing=replacing)


def order(coded: Sequence[CodedPassage]) -> tuple["ToReview", ...]:
    """The passages, most useful to review first, each with the corrections expected of it and a French reason."""
    from voices.coding import reviewing

    return reviewing.order(coded)


def evaluate(
    labelled: Sequence[Labelled],
    encoder: Encoder,
    *,
    folds: int = 5,
    seed: int,
    also: Sequence[Labelled] = (),
    plain: Encoder | None = None,
    processes: int = 1,
    reading: Progress | None = None,
    progress: Progress | None = None,
) -> "Evaluation":
    """The coder's figures, cross-validated by testimony and by writer's set, beside simpler ways of coding.

    `also` are passages of another corpus that every fold learns from and none judges.
    `plain` is the ordinary encoder of the simpler ways, the coder's own where None. Takes minutes; `reading` counts the
    texts encoded and `progress` the parts judged, in that many `processes` (the figures are the same; in a script, only
    under `if __name__ == "__main__"`). Raises ModelError when the passages are too few.
    """
    from voices.coding import judging

    return judging.evaluate(
        labelled,
        encoder,
        codebook(),
        folds=folds,
        seed=seed,
        also=also,
        plain=plain,
        processes=processes,
        reading=reading,
        progress=progress,
    )


def evaluate_on(labelled: Sequence[Labelled], coder: "CoderModel", encoder: Encoder, *, seed: int = 3) -> "Evaluation":
    """The figures of a trained coder on passages that it must not have learnt from."""
    from voices.coding import judging

    return judging.evaluate_on(labelled, coder, encoder, seed=seed)

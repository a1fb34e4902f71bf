"""Learning to code and measuring it: the use cases of those who train, adapt and evaluate coders."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voices import settings as table
from voices.loading import coder_of, encoder_of, reader_of
from voices.pipeline import Watch, silent
from voices.settings import Settings

if TYPE_CHECKING:
    from voices.coding.comparing import Candidate
    from voices.coding.figures import Evaluation
    from voices.coding.labelled import Labelled
    from voices.coding.model import CoderModel

_log = logging.getLogger(__name__)

PLAIN_ENCODER = "e5-small-fr"
"""What the coder is compared on: an encoder that was never tuned to codes."""


def train(
    labelled: Path,
    out: Path,
    *,
    also: Path | None = None,
    fast: bool = False,
    replacing: bool = False,
    processes: int = 1,
    settings: Settings | None = None,
    watch: Watch = silent,
) -> Path:
    """The folder of the coder trained on the labelled passages of that file; `fast`, it weighs n-grams alone.

    `also` is a file of another corpus to learn from: figures and thresholds come from `labelled` alone. With several
    `processes`, call it under `if __name__ == "__main__"`. Raises SettingsError, before the work, where `out` is taken:
    by a coder, unless `replacing`, or by anything else.
    """
    from voices import coding

    coding.require_free(out, replacing=replacing)
    settings = settings or table.load()
    passages, outside = coding.read_labelled(labelled), coding.read_outside(table.shipped_outside())
    model = coding.train(
        passages,
        coding.blind() if fast else encoder_of(settings),
        seed=settings.seed,
        also=coding.read_labelled(also) if also else (),
        outside=outside,
        processes=processes,
        progress=watch("Apprentissage"),
    )
    coding.adopt(model, out, replacing=replacing)
    return out


def adapt(
    decisions: Path, *, gold: Path | None = None, settings: Settings | None = None, watch: Watch = silent
) -> "Candidate":
    """The coder in force adapted to the reviewed passages of that file, beside the old one. Nothing is written.

    `gold` holds coded passages of another study, to see what would be forgotten.
    Raises ModelError where the decisions are too few, or the coder in force is already adapted.
    """
    from voices import coding

    settings = settings or table.load()
    passages = coding.read_labelled(decisions)
    kept = coding.read_labelled(gold) if gold else ()
    coder = coder_of(settings)
    _warn_of_known(passages, coder)
    encoder = reader_of(coder, settings)
    watch("Lecture par le modèle")(0, len(passages) + len(kept))
    return coding.propose(
        passages, coder, encoder, seed=settings.seed, kept=kept, progress=watch("Adaptation et comparaison")
    )


def adopt(candidate: "Candidate", out: Path, *, replacing: bool = False) -> Path:
    """The folder of the coder, written whole or not at all. Raises SettingsError where `out` is taken, as `train`."""
    from voices import coding

    coding.adopt(candidate.model, out, replacing=replacing)
    return out


def require_free(out: Path, *, replacing: bool = False) -> None:
    """Raises SettingsError where no coder could be adopted into `out`: to be known before the work."""
    from voices import coding

    coding.require_free(out, replacing=replacing)


def evaluate(
    labelled: Path,
    *,
    folds: int = 5,
    also: Path | None = None,
    fast: bool = False,
    processes: int = 1,
    settings: Settings | None = None,
    watch: Watch = silent,
) -> "Evaluation":
    """The coder's figures on labelled passages, by testimony and by writer's set, beside simpler ways of coding.

    `also` is a file of another corpus that every fold learns from and none judges; `fast` judges the coder without
    vectors. The figures are the same whatever
    the number of processes; with several, call it under `if __name__ == "__main__"`.
    """
    from voices import coding

    settings = settings or table.load()
    return coding.evaluate(
        coding.read_labelled(labelled),
        coding.blind() if fast else encoder_of(settings),
        folds=folds,
        seed=settings.seed,
        also=coding.read_labelled(also) if also else (),
        plain=encoder_of(replace(settings, encoder=PLAIN_ENCODER)),
        processes=processes,
        reading=watch("Lecture par le modèle"),
        progress=watch("Validation croisée"),
    )


def evaluate_on(labelled: Path, *, settings: Settings | None = None) -> "Evaluation":
    """The figures of the coder in force on labelled passages that it must not have learnt from."""
    from voices import coding

    settings = settings or table.load()
    coder, passages = coder_of(settings), coding.read_labelled(labelled)
    _warn_of_known(passages, coder)
    return coding.evaluate_on(passages, coder, reader_of(coder, settings), seed=settings.seed)


def _warn_of_known(passages: "Sequence[Labelled]", coder: "CoderModel") -> None:
    """Say it where the coder is judged on passages that it shows as examples: it learnt from them."""
    learnt = {example.text for example in coder.examples.passages}
    known = sum(one.text in learnt for one in passages)
    if known:
        _log.warning(
            "%d passages sur %d ont servi à l’apprentissage du codeur\u202f: ces chiffres le flattent.",
            known,
            len(passages),
        )

"""Whether the sentence shown as a reason is the one that carries the code: taken away, does the score fall most?

Run: `python -m benchmarks.reasons [--encoder NAME] [--passages N]`

Coders judge passages of testimonies that they have not read (3 folds). Of each code put on a passage of at least two
sentences that may be shown, each sentence is taken away in turn and the rest is encoded and scored anew, context
unchanged. The drop of the code's calibrated log-odds is compared between the sentence shown and the others. Beside it,
other choices of a sentence, on the same passages: the longest, the first, and the best that could be chosen, which
costs a pass a sentence. Intervals: testimonies drawn again, 95 %.
"""

import argparse
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voices import coding, encoders, settings
from voices.coding.evidence import choices, without
from voices.coding.features import Vectors, plain, vectors
from voices.coding.fitting import fit, layout_of, tabulate, with_examples
from voices.coding.folds import splits
from voices.coding.labelled import Labelled
from voices.coding.model import CoderModel
from voices.coding.resampling import draw, ratio
from voices.domain import Passage
from voices.passages.sentences import units
from voices.ports import Encoder

GOLD = Path(__file__).parents[1] / "corpora" / "gold" / "coded_passages.jsonl"
FOLDS, SEED = 3, 3


@dataclass(frozen=True)
class Case:
    """A code put: what the score loses without each sentence, their lengths, and which is shown."""

    testimony_id: str
    drops: NDArray[np.float64]
    lengths: Sequence[int]
    shown: int


def passages_of(labelled: Sequence[Labelled]) -> list[Passage]:
    """The labelled passages with their sentences."""
    found = []
    for row, (one, cut) in enumerate(zip(labelled, units([one.text for one in labelled]), strict=True)):
        spans = tuple((unit.start, unit.end) for unit in cut)
        context = {"question": one.question, "previous": one.previous}
        found.append(
            Passage(
                str(row), one.testimony_id, one.number, 0, len(one.text), one.text, turn=0, sentences=spans, **context
            )
        )
    return found


def cases(model: CoderModel, passages: Sequence[Passage], encoder: Encoder) -> Iterator[Case]:
    """A case for each code that the coder puts on those of the passages that have a choice."""
    several = [passage for passage in passages if len(choices(passage)) > 1]
    context = vectors(several, encoder)
    for row, coded in enumerate(model.code(several, encoder)):
        if not coded.codings:
            continue
        passage, spans = several[row], choices(several[row])
        texts = [passage.text, *(without(passage, span) for span in spans)]
        beside = context.rows(np.full(len(texts), row))
        read = Vectors(encoder.encode([plain(text) for text in texts]), beside.question, beside.previous)
        scores = model.weights.scores(model.scaling.dense(read), texts).astype(np.float64)
        for put in coded.codings:
            assert put.evidence
            k = model.layout.codes.index(put.code)
            odds = model.calibration[k].slope * scores[:, k]
            shown = spans.index((put.evidence.start, put.evidence.end))
            yield Case(passage.testimony_id, odds[0] - odds[1:], [end - start for start, end in spans], shown)


def told(found: Sequence[Case], chosen: Sequence[int]) -> str:
    """The drops, their factor with its interval, and how often the sentence is the one whose loss costs most."""
    times = draw([case.testimony_id for case in found], seed=SEED)
    mine = np.array([case.drops[one] for case, one in zip(found, chosen, strict=True)])
    others = np.array([np.delete(case.drops, one).mean() for case, one in zip(found, chosen, strict=True)])
    factors = ratio(mine, others, times)
    low, high = np.quantile(factors, (0.025, 0.975))
    first = np.mean([one == int(case.drops.argmax()) for case, one in zip(found, chosen, strict=True)])
    more = np.mean(mine > others)
    return (
        f"{mine.mean():6.2f}  {others.mean():6.2f}   {factors[0]:5.1f} [{low:.1f} – {high:.1f}]"
        f"   {100 * more:3.0f} %   {100 * first:3.0f} %"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", help="instead of the one in force")
    parser.add_argument("--models", type=Path, help="the folder that holds it")
    parser.add_argument("--passages", type=int, help="judge that many only")
    options = parser.parse_args()
    table = settings.load()
    name, models = options.encoder or table.encoder, options.models or table.models
    encoder = encoders.load(name, models=models, cache=table.cache, threads=table.threads)
    labelled = coding.read_labelled(GOLD)
    everything, layout = tabulate(labelled, encoder), layout_of(coding.codebook())
    found: list[Case] = []
    for learn, judge in splits(labelled, FOLDS, seed=SEED):
        learnt = everything.rows(learn)
        model = fit(learnt, layout, encoder_identity=encoder.identity, seed=SEED, subcodes=False)
        rows = judge[: options.passages // FOLDS] if options.passages else judge
        found += cases(with_examples(model, learnt), passages_of([labelled[row] for row in rows]), encoder)
    ways = {
        "voices": [case.shown for case in found],
        "the longest": [int(np.argmax(case.lengths)) for case in found],
        "the first": [0] * len(found),
        "the best": [int(case.drops.argmax()) for case in found],
    }
    print(f"{encoder.identity}, split: {getattr(encoder, 'splits', False)}")
    print(f"{len(found)} codes put on passages with a choice, {platform.machine()}, {table.threads} threads")
    print(f"{'':14}   mean drop of the log-odds     shown > others")
    print(f"{'':14}   shown  others   factor               and first")
    for way, chosen in ways.items():
        print(f"{way:14}  {told(found, chosen)}")


if __name__ == "__main__":
    main()

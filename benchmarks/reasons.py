"""Whether the sentence shown as a reason is the one that carries the code: taken away, does the score fall most?

Run: `python -m benchmarks.reasons [--passages N]`      (N: 600, about two minutes on two cores)
Writes docs/guide/evaluation.md. The coder is the one that benchmarks.review starts from: it has read none of the
testimonies judged, W7 to W11, whose passages are drawn at random. Of each code put on a passage of at least two
sentences that may be shown, each sentence is taken away in turn and the rest is encoded and scored anew, context
unchanged. The drop of the code's calibrated log-odds is compared between the sentence shown and the others. Beside it,
other choices of a sentence, on the same passages: the longest, the first, and the best that could be chosen, which
costs a pass a sentence. Intervals: testimonies drawn again, 95 %.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.cut import passages_of
from benchmarks.review import LEARNT, PROJECTS, first_coder
from benchmarks.whole import GOLD
from benchmarks.written import DOCS, between, circumstances, number
from voices import coding, loading, settings
from voices.coding.evidence import choices, without
from voices.coding.features import Vectors, plain, vectors
from voices.coding.fitting import tabulate
from voices.coding.model import CoderModel
from voices.coding.resampling import draw, interval, ratio
from voices.domain import Passage
from voices.ports import Encoder

PAGE, NAME = DOCS / "guide" / "evaluation.md", "mesures des raisons"
SEED = 3
WAYS = ("la phrase montrée", "la plus longue", "la première", "la meilleure possible")


@dataclass(frozen=True)
class Case:
    """A code put: what the score loses without each sentence, their lengths, and which is shown."""

    testimony_id: str
    drops: NDArray[np.float64]
    lengths: Sequence[int]
    shown: int


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


@dataclass(frozen=True)
class Told:
    """Of one way to choose a sentence: `factor` and its interval, how often its drop is over the others' mean (`more`)
    and the greatest (`first`).
    """

    mine: float
    others: float
    factor: float
    low: float
    high: float
    more: float
    first: float


def told(found: Sequence[Case], chosen: Sequence[int]) -> Told:
    """What the sentences chosen are worth."""
    times = draw([case.testimony_id for case in found], seed=SEED)
    mine = np.array([case.drops[one] for case, one in zip(found, chosen, strict=True)])
    others = np.array([np.delete(case.drops, one).mean() for case, one in zip(found, chosen, strict=True)])
    factors = ratio(mine, others, times)
    low, high = interval(factors)
    first = np.mean([one == int(case.drops.argmax()) for case, one in zip(found, chosen, strict=True)])
    more = float(np.mean(mine > others))
    return Told(float(mine.mean()), float(others.mean()), float(factors[0]), low, high, more, float(first))


def page(found: Sequence[Case], encoder: Encoder) -> str:
    """The figures in French."""
    chosen = (
        [case.shown for case in found],
        [int(np.argmax(case.lengths)) for case in found],
        [0] * len(found),
        [int(case.drops.argmax()) for case in found],
    )
    ways = dict(zip(WAYS, (told(found, one) for one in chosen), strict=True))
    shown = ways[WAYS[0]]
    testimonies = len({case.testimony_id for case in found})
    rows = [
        f"| {way} | {number(one.mine)} | {number(one.others)} | {_factor(one)} | {_percent(one.more)}"
        f" | {_percent(one.first)} |"
        for way, one in ways.items()
    ]
    return "\n".join(
        [
            f"Sur {len(found)} codes posés dans {testimonies} témoignages que le codeur n’avait pas lus, retirer la"
            f" phrase montrée fait perdre au code **{number(shown.factor, 1)} fois** plus"
            f" (intervalle à 95\u202f%\u202f: {number(shown.low, 1)} à {number(shown.high, 1)}) que"
            " retirer une autre phrase du même passage.",
            "",
            "| phrase retirée | perte | perte sans une autre | rapport | plus que les autres | la plus forte |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "Perte\u202f: du logarithme de la cote du code. La meilleure possible se cherche en relisant le passage"
            f" sans chacune de ses phrases. `python -m benchmarks.reasons`, {circumstances(encoder.identity)}.",
        ]
    )


def _factor(one: Told) -> str:
    return f"{number(one.factor, 1)} [{number(one.low, 1)} – {number(one.high, 1)}]"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=600, help="judge that many")
    asked = parser.parse_args().passages
    chosen = settings.load()
    encoder = loading.reader_of(loading.coder_of(chosen), chosen)
    labelled = coding.read_labelled(GOLD)
    coder = first_coder(tabulate([one for one in labelled if one.writer_set in LEARNT], encoder), encoder)
    new = [one for one in labelled if one.writer_set in PROJECTS]
    drawn = np.sort(np.random.default_rng(SEED).permutation(len(new))[:asked])
    found = list(cases(coder, passages_of([new[row] for row in drawn]), encoder))
    text = page(found, encoder)
    between(PAGE, NAME, text)
    print(text)


if __name__ == "__main__":
    main()

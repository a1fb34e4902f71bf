"""An adapted coder beside the one it comes from, on decisions that neither had read."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from voices.coding import resampling
from voices.coding.adapting import adapt, require_enough
from voices.coding.figures import Figure, number
from voices.coding.fitting import Table
from voices.coding.folds import splits
from voices.coding.judged import Judged
from voices.coding.model import ADAPTED, CoderModel
from voices.coding.resampling import Doubles, ratio
from voices.coding.vouching import vouched
from voices.errors import ModelError
from voices.ports import Progress

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Sides:
    """One figure of the two coders on the same passages, and their difference with its interval."""

    before: float
    after: float
    difference: Figure


@dataclass(frozen=True, slots=True)
class LabelSides:
    """A code, or trust: `passages` have it."""

    name: str
    passages: int
    precision: Sides
    recall: Sides
    f1: Sides


@dataclass(frozen=True, slots=True)
class Beside:
    """The two coders on one set of passages. `sense` is the share of right senses where people put the code."""

    passages: int
    testimonies: int
    labels: tuple[LabelSides, ...]
    macro_f1: Sides
    sense: Sides


@dataclass(frozen=True, slots=True)
class Comparison:
    """The coder `before` and its adaptation: on decisions held out, and on `kept`, passages of another study.

    `certainty` is a French sentence: what « sûr » is worth in the adapted coder.
    """

    before: str
    decisions: Beside
    certainty: str
    kept: Beside | None = None

    def as_json(self) -> dict[str, Any]:
        """Everything, in types that JSON knows."""
        return asdict(self)

    def as_markdown(self) -> str:
        """Tables in French."""
        return "\n".join(_page(self)) + "\n"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An adapted coder, adopted by nobody yet, and how it compares."""

    model: CoderModel
    comparison: Comparison


def propose(
    coder: CoderModel, decisions: Table, *, seed: int, kept: Table | None = None, progress: Progress | None = None
) -> Candidate:
    """The coder adapted to all the decisions, and the comparison of what each of five folds taught it.

    Raises ModelError under ten testimonies, or where the coder is itself adapted: it may have read these decisions.
    """
    require_enough(decisions)
    if ADAPTED in coder.facts:
        raise ModelError(
            f"Le codeur {coder.identity} est déjà adapté : les mêmes décisions compteraient deux fois.",
            "Partir du codeur qui ne l’est pas (--coder, ou sans VOICES_CODEUR), avec toutes les décisions.",
        )
    before, after = Judged(decisions, coder.layout), Judged(decisions, coder.layout)
    for done, (learn, judge) in enumerate(splits(decisions.passages, FOLDS, seed=seed), start=1):
        before.take(coder, judge)
        after.take(adapt(coder, decisions.rows(learn)), judge)
        if progress:
            progress(done, FOLDS + 1)
    model, certainty = vouched(adapt(coder, decisions), after)
    comparison = Comparison(
        before=coder.identity,
        decisions=beside(before, after, seed=seed),
        certainty=certainty,
        kept=_on(kept, coder, model, seed) if kept else None,
    )
    if progress:
        progress(FOLDS + 1, FOLDS + 1)
    facts = {**coder.facts, "Certitude": certainty, ADAPTED: _told(comparison)}
    return Candidate(replace(model, facts=facts), comparison)


def beside(before: Judged, after: Judged, *, seed: int) -> Beside:
    """What two coders said of the same passages, figure by figure; the interval is of paired differences."""
    passages, layout, truth = before.table.passages, before.layout, before.truth
    testimonies = [one.testimony_id for one in passages]
    times = resampling.draw(testimonies, seed=seed)
    codes, known = len(layout.codes), before.true_senses()

    def sides(figure: str) -> list[Doubles]:
        return [_figures(judged, figure, times) for judged in (before, after)]

    precision, recall, f1 = sides("precision"), sides("recall"), sides("f1")
    senses = [
        ratio(((known == one.senses) & (known >= 0)).sum(1), (known >= 0).sum(1), times) for one in (before, after)
    ]
    return Beside(
        passages=len(passages),
        testimonies=len(set(testimonies)),
        labels=tuple(
            LabelSides(
                name,
                int(truth[:, k].sum()),
                *(_sides(one[:, k], other[:, k]) for one, other in (precision, recall, f1)),
            )
            for k, name in enumerate(layout.present)
        ),
        macro_f1=_sides(*(one[:, :codes].mean(axis=1) for one in f1)),
        sense=_sides(*(np.nan_to_num(one) for one in senses)),
    )


def _figures(judged: Judged, figure: str, times: Doubles) -> Doubles:
    """(rounds, n_codes + 1)."""
    truth, said = judged.truth, judged.said
    if figure == "f1":
        return resampling.f1(truth, said, times)
    return np.nan_to_num(ratio(truth & said, said if figure == "precision" else truth, times))


def _sides(before: Doubles, after: Doubles) -> Sides:
    gained = after - before
    return Sides(float(before[0]), float(after[0]), Figure(float(gained[0]), *resampling.interval(gained)))


def _on(kept: Table, coder: CoderModel, model: CoderModel, seed: int) -> Beside:
    everything = np.arange(len(kept.passages))
    before, after = Judged(kept, coder.layout), Judged(kept, coder.layout)
    before.take(coder, everything)
    after.take(model, everything)
    return beside(before, after, seed=seed)


def _told(found: Comparison) -> str:
    day = datetime.now(UTC).strftime("%d/%m/%Y")
    mine, macro = found.decisions, found.decisions.macro_f1
    kept = f" Sur d’autres passages : {_arrow(found.kept.macro_f1)}." if found.kept else ""
    return (
        f"Codeur adapté le {day} à {mine.passages} décisions de {mine.testimonies} témoignages,"
        f" à partir de {found.before}. Macro-F1 sur des décisions mises de côté : {_arrow(macro)}.{kept}"
        " Les autres mesures de cette fiche sont celles du codeur d’avant."
    )


def _arrow(sides: Sides) -> str:
    return f"{number(sides.before)} avant, {number(sides.after)} après"


def _page(found: Comparison) -> Iterator[str]:
    mine = found.decisions
    yield f"Le codeur adapté à côté de {found.before}, sur des décisions qu’aucun des deux n’avait lues"
    yield f"({mine.passages} décisions de {mine.testimonies} témoignages, en {FOLDS} parts)."
    yield from _table(mine)
    yield ""
    yield found.certainty
    if found.kept:
        yield ""
        yield f"Ce qui est gardé : les {found.kept.passages} passages de --gold. Si le codeur d’avant y a appris,"
        yield "ses chiffres y sont flattés ; la différence reste ce que l’adaptation lui fait oublier, au plus."
        yield from _table(found.kept)


def _table(found: Beside) -> Iterator[str]:
    yield ""
    yield "| | passages | précision | rappel | F1 avant | F1 après | différence de F1 |"
    yield "|---|---|---|---|---|---|---|"
    for one in found.labels:
        moved = [f"{number(side.before)} → {number(side.after)}" for side in (one.precision, one.recall)]
        yield f"| {one.name} | {one.passages} | {' | '.join(moved)} | {_cells(one.f1)} |"
    yield f"| **les trois codes** | {found.passages} | | | {_cells(found.macro_f1)} |"
    yield f"| sens exact | | | | {_cells(found.sense)} |"
    yield ""
    yield _verdict(found.macro_f1.difference)


def _cells(sides: Sides) -> str:
    return f"{number(sides.before)} | {number(sides.after)} | {_signed(sides.difference)}"


def _signed(figure: Figure) -> str:
    low, high = (f"{one:+.2f}".replace(".", ",") for one in (figure.low, figure.high))
    return f"{figure.value:+.2f}".replace(".", ",") + f" [{low} ; {high}]"


def _verdict(difference: Figure) -> str:
    """What the interval allows to say."""
    if difference.low > 0:
        return "Le nouveau fait mieux : l’intervalle à 95 % de la différence est au-dessus de zéro."
    if difference.high < 0:
        return "Le nouveau fait moins bien : l’intervalle à 95 % de la différence est au-dessous de zéro."
    return "La différence peut n’être que du hasard : son intervalle à 95 % contient zéro."

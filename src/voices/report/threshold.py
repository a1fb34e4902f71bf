"""From the threshold to action: how the codes meet in the same testimonies, and where trust is said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

from markupsafe import Markup

from voices.domain import Code
from voices.report import charts
from voices.report.corpus import FEW, Corpus, Row
from voices.report.figures import Figure, Ledger
from voices.report.tellers import Census, Compared, Part, Side, kept, part, telling, tells


@dataclass(frozen=True, slots=True)
class Meeting:
    """The testimonies where these codes are lived, and no other; `codes` empty: where none is."""

    codes: tuple[Code, ...]
    name: str
    figure: Figure
    bar: Markup

    def has(self, code: Code) -> bool:
        """Whether that code is among them."""
        return code in self.codes


@dataclass(frozen=True, slots=True)
class Step:
    """From one code to the next: of the testimonies where the first is lived (or is not), those that live the next."""

    first: Code
    then: Code
    with_it: Part
    without: Part
    bars: tuple[Markup, ...]
    kept: bool
    """Whether chance does not explain the difference."""

    @property
    def more(self) -> bool:
        """Whether they go together more often."""
        return self.with_it.share > self.without.share

    @property
    def pair(self) -> str:
        """« accueil et appartenance »."""
        return f"{self.first.label.lower()} et {self.then.label.lower()}"


@dataclass(frozen=True, slots=True)
class TrustLine:
    """Of the testimonies where so many codes are lived, those that say or show trust."""

    number: int
    part: Part
    bar: Markup


@dataclass(frozen=True, slots=True)
class Threshold:
    """`every` is where all the codes are lived; `shut` where the first is lacking and not lived, `reached` those of
    them where the last is lived all the same."""

    codes: tuple[Code, ...]
    meetings: tuple[Meeting, ...]
    every: Part
    steps: tuple[Step, ...]
    shut: Part
    trust: Part
    trust_by_number: tuple[TrustLine, ...]
    trust_alone: Figure


def cross(corpus: Corpus, ledger: Ledger, census: Census, whole: Figure) -> Threshold:
    """How the codes meet; their figures are entered in the ledger."""
    codes = corpus.study.codebook.codes
    lived = _lived(corpus, codes)
    trust = ledger.figure("Confiance dite ou montrée", corpus.where(lambda row: row.trust))
    meetings = _meetings(corpus, codes, lived, ledger)
    return Threshold(
        codes=codes,
        meetings=meetings,
        every=Part(meetings[0].figure, whole),
        steps=_steps(corpus, codes, lived, ledger, census),
        shut=_shut(corpus, codes, lived, ledger),
        trust=Part(trust, whole),
        trust_by_number=_trust_lines(corpus, codes, lived, ledger),
        trust_alone=ledger.figure("Confiance sans aucun code", (row for row in trust.rows if not row.codes)),
    )


def name_of(held: tuple[Code, ...], codes: tuple[Code, ...]) -> str:
    """« Accueil et appartenance », « Les trois », « Aucun des trois »."""
    three = len(codes) == 3
    if not held:
        return "Aucun des trois" if three else "Aucun"
    if len(held) == len(codes):
        return "Les trois" if three else "Tous"
    first, *others = (code.label for code in held)
    return " et ".join([first, *(other.lower() for other in others)]) if others else f"{first} seulement"


def _lived(corpus: Corpus, codes: tuple[Code, ...]) -> dict[str, frozenset[str]]:
    """By testimony, the codes that are lived there."""
    found: dict[str, set[str]] = {row.testimony.id: set() for row in corpus.rows}
    for row in corpus.rows:
        found[row.testimony.id].update(code.id for code in codes if tells(row, code.id, Side.LIVED))
    return {name: frozenset(held) for name, held in found.items()}


def _meetings(
    corpus: Corpus, codes: tuple[Code, ...], lived: Mapping[str, frozenset[str]], ledger: Ledger
) -> tuple[Meeting, ...]:
    """Every set of codes, the fullest first, with the testimonies where just these are lived."""
    sets = [held for size in range(len(codes), -1, -1) for held in combinations(codes, size)]
    figures = [_exactly(corpus, held, codes, lived, ledger) for held in sets]
    most = max((figure.testimonies for figure in figures), default=0)
    return tuple(
        Meeting(held, name, figure, charts.amount(figure.testimonies, name=name, key=f"b-seuil-{at}", most=most))
        for at, (held, figure) in enumerate(zip(sets, figures, strict=True))
        for name in [name_of(held, codes)]
    )


def _exactly(
    corpus: Corpus,
    held: tuple[Code, ...],
    codes: tuple[Code, ...],
    lived: Mapping[str, frozenset[str]],
    ledger: Ledger,
) -> Figure:
    """The passages that say so; all those of the testimony where nothing is lived."""
    ids = frozenset(code.id for code in held)

    def keep(row: Row) -> bool:
        return lived[row.testimony.id] == ids and (not ids or any(tells(row, one, Side.LIVED) for one in ids))

    return ledger.figure(f"Vécus dans le même témoignage : {name_of(held, codes).lower()}", corpus.where(keep))


def _steps(
    corpus: Corpus, codes: tuple[Code, ...], lived: Mapping[str, frozenset[str]], ledger: Ledger, census: Census
) -> tuple[Step, ...]:
    pairs = list(combinations(codes, 2))
    chances = kept([_compared(one, other, census) for one, other in pairs])
    found = []
    for (one, other), chance in zip(pairs, chances, strict=True):
        with_it = _after(corpus, one, other, lived, ledger, there=True)
        without = _after(corpus, one, other, lived, ledger, there=False)
        bars = tuple(
            charts.share(
                told.part, told.of, name=f"{other.label}, {name}", key=f"b-pas-{one.id}-{other.id}-{name}", hue=other.id
            )
            for name, told in (("avec", with_it), ("sans", without))
        )
        found.append(
            Step(one, other, with_it, without, bars, chance is not None and min(with_it.of, without.of) >= FEW)
        )
    return tuple(found)


def _compared(one: Code, other: Code, census: Census) -> Compared:
    first = census.side(one.id, Side.LIVED)
    return census.compare(first, census.all - first, census.side(other.id, Side.LIVED))


def _after(
    corpus: Corpus, one: Code, other: Code, lived: Mapping[str, frozenset[str]], ledger: Ledger, *, there: bool
) -> Part:
    """Of the testimonies where the one is lived (or, `there` False, is not), those where the other is."""
    where = f"{'avec' if there else 'sans'} {one.label}, {Side.LIVED}"
    whole = corpus.where(lambda row: (one.id in lived[row.testimony.id]) is there)
    return part(
        other.label,
        other.id,
        Side.LIVED,
        ledger.figure(f"Tous les passages des témoignages {where}", whole),
        ledger,
        within=where,
    )


def _shut(corpus: Corpus, codes: tuple[Code, ...], lived: Mapping[str, frozenset[str]], ledger: Ledger) -> Part:
    """Of the testimonies where the first code is lacking and never lived, those where the last is lived."""
    first, last = codes[0], codes[-1]
    lacking = telling(corpus.rows, lambda row: tells(row, first.id, Side.LACKING))
    shut = {name for name in lacking if first.id not in lived[name]}
    where = f"où {first.label} manque et n’est pas vécu"
    whole = ledger.figure(
        f"Tous les passages des témoignages {where}", corpus.where(lambda row: row.testimony.id in shut)
    )
    return part(last.label, last.id, Side.LIVED, whole, ledger, within=where)


def _trust_lines(
    corpus: Corpus, codes: tuple[Code, ...], lived: Mapping[str, frozenset[str]], ledger: Ledger
) -> tuple[TrustLine, ...]:
    found = []
    for number in range(len(codes) + 1):
        where = f"{number} des codes vécus"
        rows = corpus.where(_so_many(lived, number))
        whole = ledger.figure(f"Tous les passages, {where}", rows)
        told = Part(ledger.figure(f"Confiance, {where}", (row for row in rows if row.trust)), whole)
        bar = charts.share(told.part, told.of, name=f"Confiance, {where}", key=f"b-confiance-{number}")
        found.append(TrustLine(number, told, bar))
    return tuple(found)


def _so_many(lived: Mapping[str, frozenset[str]], number: int) -> Callable[[Row], bool]:
    return lambda row: len(lived[row.testimony.id]) == number

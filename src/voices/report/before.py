"""What has changed since the last report: who has spoken since, and whether they tell other things than before.

The testimonies of the last report are mostly in this one too: those that came since are compared with the others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter

from voices.domain import Code, Sense, Study, Testimony
from voices.report.corpus import FEW, Corpus
from voices.report.figures import Figure, Ledger
from voices.report.tellers import SENSES_OF, Census, Part, Side, kept, part

Told = Mapping[str, Mapping[str, frozenset[Sense]]]
"""By testimony, the codes it held, each with the senses that were told."""


@dataclass(frozen=True, slots=True)
class Before:
    """The last report: which it was, in words (« le rapport du 3 mars 2025 »), and what its testimonies held.

    `silent` are those without any passage. `key` tells a testimony of now from those of then: by its id, unless said
    otherwise; several that it cannot tell apart are numbered.
    """

    name: str
    told: Told
    key: Callable[[Testimony], str] = attrgetter("id")
    silent: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """The keys of all its testimonies."""
        return frozenset(self.told) | self.silent


def of_study(study: Study, name: str, key: Callable[[Testimony], str] = attrgetter("id")) -> Before:
    """What another study held."""
    keys = keyed(study.reading.testimonies, key)
    key_of = {passage.id: keys[passage.testimony_id] for passage in study.passages}
    told: dict[str, dict[str, frozenset[Sense]]] = {one: {} for one in key_of.values()}
    for coded in study.codings:
        held = told[key_of[coded.passage_id]]
        for coding in coded.codings:
            held[coding.code] = held.get(coding.code, frozenset()) | {coding.sense}
    return Before(name, told, key, frozenset(keys.values()) - told.keys())


def keyed(testimonies: Iterable[Testimony], key: Callable[[Testimony], str]) -> dict[str, str]:
    """By id, the key of each; of two that say the same words, the second has a key of its own."""
    seen: Counter[str] = Counter()
    found = {}
    for one in testimonies:
        name = key(one)
        seen[name] += 1
        found[one.id] = name if seen[name] == 1 else f"{name} {seen[name]}"
    return found


def by_words(testimony: Testimony) -> str:
    """The same for the same words, whatever names were put in: two runs on a file that grew give other ids."""
    words = (word for word in testimony.text.split() if not word[:1].isupper())
    return sha256(" ".join(words).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Moved:
    """One side of one code: then, in the words of the last report, and among those who came since. `kept`: whether
    chance does not explain the difference between those who came since and the others."""

    code: Code
    side: Side
    then: tuple[int, int]
    now: Part
    newly: Part
    formerly: Part
    kept: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """`new` are the testimonies that the last report did not have, `stayed` those it had, `gone` how many left;
    `reread`, those that stayed whose codes are no longer the same. `arrived` counts those without any passage too.
    `compared`: whether those that came since are enough, and the others, to be set against each other."""

    name: str
    then: int
    arrived: int
    new: Figure
    stayed: Figure
    gone: int
    reread: Figure
    compared: bool
    moved: tuple[Moved, ...]

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.arrived or self.gone or self.reread.testimonies)

    @property
    def told(self) -> tuple[Moved, ...]:
        """What is worth a sentence."""
        return tuple(one for one in self.moved if one.kept)


def change(corpus: Corpus, ledger: Ledger, census: Census, before: Before | None, whole: Figure) -> Changed | None:
    """What has changed; None where there is no report before."""
    if before is None:
        return None
    now = of_study(corpus.study, "", before.key)
    keys = keyed(corpus.study.reading.testimonies, before.key)
    new = ledger.figure(
        "Témoignages arrivés depuis le dernier rapport",
        corpus.where(lambda row: keys[row.testimony.id] not in before.all),
    )
    stayed = ledger.figure(
        "Témoignages déjà dans le dernier rapport", corpus.where(lambda row: keys[row.testimony.id] in before.all)
    )
    both = now.told.keys() & before.told.keys()
    reread = {name for name in both if dict(now.told[name]) != dict(before.told[name])}
    return Changed(
        name=before.name,
        then=len(before.all),
        arrived=len(now.all - before.all),
        new=new,
        stayed=stayed,
        gone=len(before.all - now.all),
        reread=ledger.figure(
            "Témoignages dont les codes ont changé depuis le dernier rapport",
            corpus.where(lambda row: keys[row.testimony.id] in reread),
        ),
        compared=min(new.testimonies, stayed.testimonies) >= FEW,
        moved=_moved(corpus, ledger, census, before, (whole, new, stayed)),
    )


def _moved(
    corpus: Corpus, ledger: Ledger, census: Census, before: Before, of: tuple[Figure, Figure, Figure]
) -> tuple[Moved, ...]:
    whole, new, stayed = of
    sides = [(code, side) for code in corpus.study.codebook.codes for side in Side]
    come, others = census.of(new), census.of(stayed)
    enough = min(len(come), len(others)) >= FEW
    chances = kept([census.compare(come, others, census.side(code.id, side)) for code, side in sides])
    return tuple(
        Moved(
            code,
            side,
            (_held(before, code.id, side), len(before.told)),
            part(code.label, code.id, side, whole, ledger),
            part(code.label, code.id, side, new, ledger, within="depuis le dernier rapport"),
            part(code.label, code.id, side, stayed, ledger, within="dans le dernier rapport"),
            enough and chance is not None,
        )
        for (code, side), chance in zip(sides, chances, strict=True)
    )


def _held(before: Before, code: str, side: Side) -> int:
    return sum(bool(SENSES_OF[side] & held.get(code, frozenset())) for held in before.told.values())

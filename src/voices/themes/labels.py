"""What a theme is called: noun phrases of its own passages, told there by several voices and seldom elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from voices.domain import Distinctive
from voices.themes.words import Key, Words

N_KEYWORDS = 8
_VOICES = 2
"""What one testimony alone tells is that testimony's, not the theme's."""
_MORE = 2.0
"""A label's phrase is told this many times as often inside its theme as outside, shares of passages compared."""
_FIT = ((3, _MORE), (2, _MORE), (3, 1.25), (2, 1.25))
"""In how many passages of its theme a label's phrase is, and how many times as often as outside; each line where no
phrase reaches the one before."""
_LONGER = 1.5
"""A phrase of several words says more than a word told as often: « fauteuil roulant », « fauteuil »."""
_ALONE = 0.4
"""A phrase in this share of a theme's passages is its label alone; under it, a second one is put next to it."""


_APART = 6
"""How many words set a theme apart, at most."""
_SURE = 1.96
"""Standard errors of the log odds ratio from which a word sets a theme apart (Monroe, Colaresi and Quinn 2008)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's label, its keywords (up to `N_KEYWORDS`, best first), and the words that set it apart."""

    label: str
    keywords: tuple[str, ...]
    distinctive: tuple[Distinctive, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One passage as labels see it: whose it is, and its words."""

    testimony_id: str
    words: Words

    @property
    def keys(self) -> set[Key]:
        """Its content lemmas and its noun phrases."""
        return {(lemma,) for lemma in self.words.lemmas} | {phrase.key for phrase in self.words.phrases}


@dataclass(frozen=True, slots=True)
class _Told:
    """How often a lemma or a phrase is told in a group: in how many passages, by how many voices, how well it tells
    the group from the rest (`score`), how many times as often as outside it (`more`), and how sure that is (`odds`: the
    log odds ratio in standard errors)."""

    passages: int
    voices: int
    score: float
    more: float
    odds: float


def name(groups: Sequence[Sequence[Spoken]], others: Sequence[Spoken]) -> list[Name | None]:
    """A name for each group, in the order given, no two labels alike; None where no phrase is good enough for a label.

    `others` are the passages in no group.
    """
    everyone = [spoken for group in groups for spoken in group] + list(others)
    everywhere = Counter(key for spoken in everyone for key in spoken.keys)
    taken: set[str] = set()
    names: list[Name | None] = []
    for group in groups:
        told = _told(group, everywhere, len(everyone))
        written = _written(group)
        label = next((label for label in _labels(told, written, len(group)) if label not in taken), None)
        taken |= {label} if label else set()
        names.append(Name(label, _keywords(told, written), _distinctive(told, written)) if label else None)
    return names


def _told(group: Sequence[Spoken], everywhere: Mapping[Key, int], n_passages: int) -> dict[Key, _Told]:
    """What is told in a group by two voices or more.

    The score is w · log(n / expected), the pointwise share of a Kullback-Leibler divergence, which unlike c-TF-IDF
    (Grootendorst 2022) does not put first what is told twice, and only here; w, over the testimonies, is the sum of the
    square roots of their passages: two voices weigh more than one voice that says it twice.
    """
    passages: dict[Key, Counter[str]] = defaultdict(Counter)
    for spoken in group:
        for key in spoken.keys:
            passages[key][spoken.testimony_id] += 1
    share = len(group) / n_passages
    told = {}
    for key, counts in passages.items():
        n = counts.total()
        weight = sum(count**0.5 for count in counts.values()) * (_LONGER if key[1:] else 1)
        if len(counts) >= _VOICES:
            score = weight * log((n + share) / (everywhere[key] * share + share))
            counted = (n, len(group), everywhere[key] - n, n_passages - len(group))
            told[key] = _Told(n, len(counts), score, _times(*counted), _odds(*counted))
    return told


def _times(inside: int, of: int, outside: int, of_outside: int) -> float:
    """The share inside over the share outside, half a passage added there: what was not met may yet be."""
    return (inside / of) / ((outside + 0.5) / (of_outside + 1))


def _odds(inside: int, of: int, outside: int, of_outside: int) -> float:
    """The logarithm of the odds ratio over its standard error, half a passage added to each count (Haldane 1956)."""
    cells = [one + 0.5 for one in (inside, of - inside, outside, of_outside - outside)]
    ratio = log(cells[0] / cells[1]) - log(cells[2] / cells[3])
    return ratio / sqrt(sum(1 / one for one in cells))


@dataclass(frozen=True, slots=True)
class _Written:
    """How a phrase is most often written in a group, and the article it takes there, if one is told."""

    surface: str
    article: str

    def __str__(self) -> str:
        return f"{self.article}{'' if self.article.endswith('’') else ' '}{self.surface}".strip()


def _listed(*phrases: _Written) -> str:
    """The phrases with their articles, or all without where one has none."""
    return ", ".join(str(one) if all(p.article for p in phrases) else one.surface for one in phrases)


def _written(group: Iterable[Spoken]) -> dict[Key, _Written]:
    """How each phrase is written in this group."""
    ways: dict[Key, Counter[str]] = defaultdict(Counter)
    articles: dict[str, Counter[str]] = defaultdict(Counter)
    for spoken in group:
        for phrase in spoken.words.phrases:
            surface = phrase.surface.lower()
            ways[phrase.key][surface] += 1
            articles[surface][phrase.article] += bool(phrase.article)
    commonest = {key: _commonest(counts) for key, counts in ways.items()}
    return {key: _Written(surface, _commonest(articles[surface])) for key, surface in commonest.items()}


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda way: (-counts[way], way))


def _labels(told: Mapping[Key, _Told], written: Mapping[Key, _Written], n_passages: int) -> Iterator[str]:
    """Labels a person might write, best first: one phrase, or two with a comma."""
    phrases = _fit_for_a_label(told, written)
    for at, key in enumerate(phrases):
        seconds = [other for other in phrases[at + 1 :] if not set(key) & set(other)]
        if seconds and told[key].passages < _ALONE * n_passages:
            yield _capital(_listed(written[key], written[seconds[0]]))
        else:
            yield _capital(_listed(written[key]))


def _fit_for_a_label(told: Mapping[Key, _Told], written: Mapping[Key, _Written]) -> list[Key]:
    """Phrases told by enough passages, and much more often in this group than elsewhere; best score first."""
    for least, more in _FIT:
        fit = [key for key in told if key in written and told[key].passages >= least and told[key].more >= more]
        if fit:
            return sorted(fit, key=lambda key: (-told[key].score, key))
    return []


def _keywords(told: Mapping[Key, _Told], written: Mapping[Key, _Written]) -> tuple[str, ...]:
    """The words told most and most here, as most often written."""
    best = sorted((key for key in told if not key[1:] and told[key].score > 0), key=lambda key: (-told[key].score, key))
    words = [written[key].surface if key in written else key[0] for key in best]
    return tuple(dict.fromkeys(words))[:N_KEYWORDS]


def _distinctive(told: Mapping[Key, _Told], written: Mapping[Key, _Written]) -> tuple[Distinctive, ...]:
    """The words said at least twice as often here as elsewhere, beyond what chance would do; the surest first."""
    best = [key for key in told if not key[1:] and told[key].more >= _MORE and told[key].odds >= _SURE]
    best.sort(key=lambda key: (-told[key].odds, key))
    words = {(written[key].surface if key in written else key[0]): told[key] for key in reversed(best)}
    found = [Distinctive(word, one.passages, round(one.more, 1)) for word, one in words.items()]
    return tuple(reversed(found))[:_APART]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

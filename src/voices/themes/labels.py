"""What a theme is called: noun phrases of its own passages, told there by several voices and seldom elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log, sqrt

from voices.domain import Distinctive
from voices.thematic import UNSURE
from voices.themes.words import Key, Words

N_KEYWORDS = 8
_VOICES = 2
"""What one testimony alone tells is that testimony's, not the theme's."""
_MORE = 2.0
"""A label's phrase is told this many times as often inside its theme as outside, shares of passages compared."""
_FIT = ((3, _MORE, False), (3, _MORE, True), (2, _MORE, False), (3, 1.25, True), (2, 1.25, True))
"""In how many passages of its theme a label's phrase is, how many times as often as outside, and whether it may be a
verb (« Manger »); each line where the one before gives no label that is sure."""
_LONGER = 1.5
"""A phrase of several words says more than a word told as often: « fauteuil roulant », « fauteuil »."""
_ALONE = 0.4
"""A phrase in this share of a theme's passages is its label alone; under it, a second one is put next to it."""
_SURE = 0.2
"""A label is sure where this share of the theme's passages say one of its words; under it, a third phrase is put next
to the two, and where that is not enough, it is told that the label is not sure."""
_TRIED = 12
"""Labels of each line, the best first, among which one that is sure is sought."""

_APART = 6
"""How many words set a theme apart, at most."""
_CHANCE = 1.96
"""Standard errors of the log odds ratio from which a word sets a theme apart (Monroe, Colaresi and Quinn 2008)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's label, its keywords (up to `N_KEYWORDS`, best first), and the words that set it apart.

    `lemmas` are those of the label; none where it is not sure, for few of the passages say them.
    """

    label: str
    keywords: tuple[str, ...]
    distinctive: tuple[Distinctive, ...]
    lemmas: frozenset[str]


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
        found = _label(group, told, written, taken)
        taken |= {found[0]} if found else set()
        words = (_keywords(told, written), _distinctive(told, written))
        names.append(Name(found[0], *words, found[1]) if found else None)
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
    """How a phrase is most often written in a group, and the article it takes there, if one is told; or a verb."""

    surface: str
    article: str
    verb: bool = False

    def __str__(self) -> str:
        return f"{self.article}{'' if self.article.endswith('’') else ' '}{self.surface}".strip()


def _listed(*phrases: _Written) -> str:
    """The phrases with their articles, or all without where a noun has none."""
    return ", ".join(str(one) if all(p.article or p.verb for p in phrases) else one.surface for one in phrases)


def _written(group: Sequence[Spoken]) -> dict[Key, _Written]:
    """How each phrase is written in this group, verbs as their infinitives."""
    verbs = {verb for spoken in group for verb in spoken.words.verbs}
    ways: dict[Key, Counter[str]] = defaultdict(Counter)
    articles: dict[str, Counter[str]] = defaultdict(Counter)
    for spoken in group:
        for phrase in spoken.words.phrases:
            surface = phrase.surface.lower()
            ways[phrase.key][surface] += 1
            articles[surface][phrase.article] += bool(phrase.article)
    commonest = {key: _commonest(counts) for key, counts in ways.items()}
    nouns = {key: _Written(surface, _commonest(articles[surface])) for key, surface in commonest.items()}
    return {(verb,): _Written(verb, "", verb=True) for verb in verbs} | nouns


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda way: (-counts[way], way))


def _label(
    group: Sequence[Spoken], told: Mapping[Key, _Told], written: Mapping[Key, _Written], taken: Set[str]
) -> tuple[str, frozenset[str]] | None:
    """A label that is not taken, and its lemmas: the best that is sure; where none is, the best, which says so, without
    its lemmas; None without any.
    """
    where = _where(group)
    lists = [list(_labels(_fit_for_a_label(told, written, *fit), where, len(group))) for fit in _FIT]
    for keys in (keys for some in lists for keys in some[:_TRIED]):
        label = _capital(_listed(*(written[key] for key in keys)))
        if label not in taken and len(_saying(keys, where)) >= _SURE * len(group):
            return label, frozenset(lemma for key in keys for lemma in key)
    doubtful = (f"{UNSURE}\u202f: {_listed(*(written[key] for key in keys))}" for some in lists for keys in some)
    label = next((one for one in doubtful if one not in taken), "")
    return (label, frozenset()) if label else None


def _where(group: Sequence[Spoken]) -> dict[str, set[int]]:
    """In which passages of the group each lemma is."""
    where: dict[str, set[int]] = defaultdict(set)
    for at, spoken in enumerate(group):
        for lemma in spoken.words.lemmas:
            where[lemma].add(at)
    return where


def _saying(keys: Iterable[Key], where: Mapping[str, set[int]]) -> set[int]:
    """The passages that say a word of these phrases."""
    return set().union(*(where.get(lemma, ()) for key in keys for lemma in key))


def _labels(phrases: Sequence[Key], where: Mapping[str, set[int]], n_passages: int) -> Iterator[list[Key]]:
    """The phrases of labels a person might write, best first: one, two or three, as many as it takes to sum up."""
    for at, key in enumerate(phrases):
        keys = [key]
        for other in phrases[at + 1 :]:
            wanted = (_ALONE, _SURE, 0.0)[len(keys) - 1]
            if len(_saying(keys, where)) >= wanted * n_passages:
                break
            if not any(set(one) & set(other) for one in keys):
                keys.append(other)
        yield keys


def _fit_for_a_label(
    told: Mapping[Key, _Told], written: Mapping[Key, _Written], least: int, more: float, verbs: bool
) -> list[Key]:
    """Phrases told by enough passages, and much more often in this group than elsewhere; best score first."""
    fit = [
        key
        for key, one in told.items()
        if key in written and one.passages >= least and one.more >= more and (verbs or not written[key].verb)
    ]
    return sorted(fit, key=lambda key: (-told[key].score, key))


def _keywords(told: Mapping[Key, _Told], written: Mapping[Key, _Written]) -> tuple[str, ...]:
    """The words told most and most here, as most often written."""
    best = sorted((key for key in told if not key[1:] and told[key].score > 0), key=lambda key: (-told[key].score, key))
    words = [written[key].surface if key in written else key[0] for key in best]
    return tuple(dict.fromkeys(words))[:N_KEYWORDS]


def _distinctive(told: Mapping[Key, _Told], written: Mapping[Key, _Written]) -> tuple[Distinctive, ...]:
    """The words said at least twice as often here as elsewhere, beyond what chance would do; the surest first."""
    best = [key for key in told if not key[1:] and told[key].more >= _MORE and told[key].odds >= _CHANCE]
    best.sort(key=lambda key: (-told[key].odds, key))
    words = {(written[key].surface if key in written else key[0]): told[key] for key in reversed(best)}
    found = [Distinctive(word, one.passages, round(one.more, 1)) for word, one in words.items()]
    return tuple(reversed(found))[:_APART]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

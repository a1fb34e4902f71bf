"""What a theme is called: noun phrases of its own passages, told there by many voices and seldom elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from voices.themes.words import Key, Words

N_KEYWORDS = 8
_LEAST = 2
"""What one passage alone tells is that passage's, not the theme's."""
_LONGER = 1.5
"""A phrase of several words says more than a word told as often: « fauteuil roulant », « fauteuil »."""
_AS_MUCH = 0.5
"""A second noun joins the first in a label when it scores at least this share of it."""


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's label and keywords (up to `N_KEYWORDS`, best first)."""

    label: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One passage as labels see it: whose it is, and its words."""

    testimony_id: str
    words: Words

    @property
    def lemmas(self) -> list[Key]:
        """Its content lemmas, as keys, in the order told."""
        return [(lemma,) for lemma in self.words.lemmas]

    @property
    def phrases(self) -> list[Key]:
        """The keys of its noun phrases, single nouns included, in the order told."""
        return [phrase.key for phrase in self.words.phrases]


def name(groups: Sequence[Sequence[Spoken]], others: Sequence[Spoken]) -> list[Name]:
    """A name for each group, in the order given, no two labels alike.

    Each group has its most central passages first; `others` are the passages in no group.
    """
    everyone = [spoken for group in groups for spoken in group] + list(others)
    everywhere = _told(everyone)
    taken: set[str] = set()
    names = []
    for group in groups:
        scores = _scores(group, everywhere, len(everyone))
        written = _written(group)
        keywords = [written.get(key, key[0]) for key in _best(scores, [k for spoken in group for k in spoken.lemmas])]
        phrases = _best(scores, [key for spoken in group for key in spoken.phrases])
        label = next(label for label in _labels(phrases, scores, written, keywords) if label not in taken)
        taken.add(label)
        names.append(Name(label, tuple(dict.fromkeys(keywords))[:N_KEYWORDS]))
    return names


def _told(group: Iterable[Spoken]) -> dict[Key, float]:
    """How much each lemma and phrase is told: over the testimonies, the square root of its passages there.

    So two voices weigh more than one voice that says it twice.
    """
    passages: dict[Key, Counter[str]] = defaultdict(Counter)
    for spoken in group:
        for key in {*spoken.lemmas, *spoken.phrases}:
            passages[key][spoken.testimony_id] += 1
    return {key: sum(n**0.5 for n in counts.values()) for key, counts in passages.items()}


def _scores(group: Sequence[Spoken], everywhere: Mapping[Key, float], n_passages: int) -> dict[Key, float]:
    """How well each lemma and phrase tells this group from the rest: n · log(n / expected), where nothing else differs.

    The pointwise share of a Kullback-Leibler divergence, which unlike c-TF-IDF (Grootendorst 2022) does not put
    first what is told twice, and only here.
    """
    told = _told(group)
    least = _LEAST**0.5 if any(n >= _LEAST**0.5 for n in told.values()) else 0
    share = len(group) / n_passages
    return {
        key: n * log((n + share) / (everywhere[key] * share + share)) * (_LONGER if key[1:] else 1)
        for key, n in told.items()
        if n >= least
    }


def _best(scores: Mapping[Key, float], among: Iterable[Key]) -> list[Key]:
    """The keys once each, best score first; of equals, the one told first."""
    return sorted(dict.fromkeys(key for key in among if key in scores), key=lambda key: -scores[key])


def _written(group: Iterable[Spoken]) -> dict[Key, str]:
    """How each phrase is most often written in this group."""
    ways: dict[Key, Counter[str]] = defaultdict(Counter)
    for spoken in group:
        for phrase in spoken.words.phrases:
            ways[phrase.key][phrase.surface.lower()] += 1
    return {key: min(counts, key=lambda way: (-counts[way], way)) for key, counts in ways.items()}


def _labels(
    phrases: Sequence[Key], scores: Mapping[Key, float], written: Mapping[Key, str], keywords: Sequence[str]
) -> Iterator[str]:
    """Labels a person might write, best first, endless: no two themes need share one."""
    for at, key in enumerate(phrases):
        second = next((other for other in phrases[at + 1 :] if not set(key) & set(other)), None)
        if key[1:] or second is None or scores[second] < _AS_MUCH * scores[key]:
            yield _capital(written[key])
        else:
            yield _capital(f"{written[key]} et {written[second]}")
    yield _capital(", ".join(keywords[:2]))
    number = 2
    while True:
        yield _capital(f"{keywords[0]} ({number})")
        number += 1


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

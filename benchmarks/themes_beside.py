"""Themes beside those of stock BERTopic, LDA and NMF: on the same labelled passages, then as a corpus grows.

Run: python -m benchmarks.themes_beside quality [passages [draws]]      (default: 1000 20)
     python -m benchmarks.themes_beside scale ours|bertopic passages
Stock BERTopic has its defaults and our vectors; LDA and NMF are scikit-learn's, on lemmas, with as many topics as ours.
Reading words and encoding are not counted in any time. The labelled passages are those of corpora/gold, none of which
chose anything of the grouping.
"""

import json
import math
import resource
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from benchmarks.themes import taken
from benchmarks.whole import GOLD, peak_megabytes
from voices import encoders, settings
from voices.domain import STABLE
from voices.themes import grouping, groups, lexical, sieve, words
from voices.themes.groups import NOBODY
from voices.themes.stability import SHARE, likeness

SEED = 7
TOP = 8
"""Words of a topic that coherence and diversity look at."""
Labels = np.ndarray[Any, np.dtype[np.intp]]
Way = Callable[[Labels], Labels]
"""The groups of the passages of those rows."""


def main() -> None:
    warnings.filterwarnings("ignore")
    kind, *rest = sys.argv[1:]
    if kind == "quality":
        return quality(*(int(one) for one in rest))
    return scale(rest[0], int(rest[1]))


def quality(size: int = 1_000, draws: int = 20) -> None:
    """One line a way: what is the same for all is the passages, the draws, and how words are taken from groups."""
    passages = taken(size)
    said = words.read([one.text for one in passages])
    vectors = encoded([one.text for one in passages])
    new = np.flatnonzero(sieve.sift([one.text for one in passages], said, groups.centred(vectors)).new)
    passages, said, vectors = [passages[at] for at in new], [said[at] for at in new], vectors[new]
    lemmas = [list(one.lemmas) for one in said]
    joined = lexical.joined(groups.centred(vectors), lemmas)
    gold = subcodes([one.id for one in passages])
    print(f"{size} passages, {len(passages)} after the sieve, {draws} draws of {SHARE:.0%}", flush=True)
    way = grouping.settled(joined, SEED)
    n_groups = int(way(joined).max()) + 1
    texts = [one.text for one in passages]
    ways: dict[str, Way] = {
        "ours": lambda rows: way(joined[rows]),
        "LDA": lambda rows: decomposed("lda", [lemmas[at] for at in rows.tolist()], n_groups),
        "NMF": lambda rows: decomposed("nmf", [lemmas[at] for at in rows.tolist()], n_groups),
        "stock BERTopic": lambda rows: stock([texts[at] for at in rows.tolist()], vectors[rows]),
    }
    for name, one in ways.items():
        told(name, one, lemmas, gold, draws)


def told(name: str, way: Way, lemmas: Sequence[Sequence[str]], gold: Sequence[str], draws: int) -> None:
    from sklearn.metrics import adjusted_mutual_info_score

    everyone = np.arange(len(lemmas))
    wall, busy = time.perf_counter(), time.process_time()
    found = way(everyone)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    chance = np.random.default_rng(SEED)
    count = int(found.max()) + 1
    holds = []
    for _ in range(draws):
        some = np.sort(chance.choice(len(lemmas), round(SHARE * len(lemmas)), replace=False))
        holds.append(likeness(found[some], way(some), count))
    held = np.nanmean(np.array(holds), axis=0) if count else np.zeros(0)
    coded = np.flatnonzero([bool(one) for one in gold])
    agreement = adjusted_mutual_info_score([gold[at] for at in coded.tolist()], found[coded])
    tops = telling(lemmas, found)
    diverse = len({word for top in tops for word in top}) / max(sum(len(top) for top in tops), 1)
    holding = int((held >= STABLE).sum())
    print(f"{name:15s} topics {count:3d} · NPMI {coherence(tops, lemmas):+.2f} · diversity {diverse:.2f}", end=" · ")
    print(f"AMI {agreement:+.3f} · stability {held.mean() if count else math.nan:.2f} · hold {holding:2d}", end=" · ")
    largest = np.bincount(found[found >= 0]).max() / len(found)
    print(f"outliers {np.mean(found == NOBODY):4.0%} · largest {largest:4.0%}", end=" · ")
    print(f"{wall:5.1f} s ({busy:5.1f} s of processor)", flush=True)


def subcodes(ids: Sequence[str]) -> list[str]:
    """The gold sub-codes of each passage, joined; empty where there is none."""
    rows = (json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines())
    known = {f"{row['testimony_id']}-p{row['passage_no']:03d}": "+".join(sorted(row["subcodes"])) for row in rows}
    return [known[one] for one in ids]


def stock(texts: list[str], vectors: np.ndarray[Any, Any]) -> Labels:
    from bertopic import BERTopic

    return np.array(BERTopic().fit_transform(texts, embeddings=vectors)[0], dtype=np.intp)


def decomposed(kind: str, lemmas: Sequence[Sequence[str]], n_groups: int) -> Labels:
    """The strongest topic of each passage, topics counted anew where one has no passage."""
    from sklearn.decomposition import NMF, LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    docs = [" ".join(one) for one in lemmas]
    if kind == "lda":
        table = CountVectorizer(analyzer=str.split, min_df=2).fit_transform(docs)
        shares = LatentDirichletAllocation(n_groups, random_state=SEED).fit_transform(table)
    else:
        table = TfidfVectorizer(analyzer=str.split, min_df=2).fit_transform(docs)
        shares = NMF(n_groups, random_state=SEED, init="nndsvd", max_iter=500).fit_transform(table)
    return groups.numbered(shares.argmax(axis=1).astype(np.intp))


def telling(lemmas: Sequence[Sequence[str]], found: Labels) -> list[list[str]]:
    """The lemmas of each group that are told most, and most there: the same score for every way."""
    sets = [set(one) for one in lemmas]
    everywhere = Counter(word for one in sets for word in one)
    tops = []
    for number in range(int(found.max()) + 1):
        mine = np.flatnonzero(found == number)
        share = len(mine) / len(sets)
        inside = Counter(word for at in mine for word in sets[at])
        score = {
            word: n * math.log((n + share) / ((everywhere[word] + 1) * share)) for word, n in inside.items() if n > 1
        }
        tops.append(sorted(score, key=lambda word: (-score[word], word))[:TOP])
    return tops


def coherence(tops: Sequence[Sequence[str]], lemmas: Sequence[Sequence[str]]) -> float:
    """Mean normalised pointwise mutual information (Bouma 2009) of the pairs of each topic's words, by passage."""
    where: dict[str, set[int]] = defaultdict(set)
    for at, one in enumerate(lemmas):
        for word in one:
            where[word].add(at)
    values = []
    for top in tops:
        for one, other in combinations(top, 2):
            both = len(where[one] & where[other]) / len(lemmas)
            expected = len(where[one]) * len(where[other]) / len(lemmas) ** 2
            values.append(math.log(both / expected) / -math.log(both) if both else -1.0)
    return float(np.mean(values)) if values else math.nan


def scale(name: str, size: int) -> None:
    """One line: time and memory of grouping that many made passages; ours with the twenty draws of stability."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][:1_500]
    texts = [row["text"] for row in rows]
    vectors = encoded(texts)
    vocabulary = [text.lower().split()[:12] for text in texts]
    chance = np.random.default_rng(SEED)
    one, other = chance.integers(0, len(texts), (2, size))
    noise = chance.normal(scale=0.02, size=(size, vectors.shape[1])).astype(np.float32)
    made = groups.unit(vectors[one] + 0.5 * vectors[other] + noise).astype(np.float32)
    docs = [vocabulary[a] + vocabulary[b] for a, b in zip(one, other, strict=True)]
    del noise
    before = peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
    wall, busy = time.perf_counter(), time.process_time()
    if name == "ours":
        joined = lexical.joined(groups.centred(made), docs)
        way = grouping.settled(joined, SEED)
        found = way.final(joined, [" ".join(one) for one in docs])
        grouped = time.process_time() - busy
        way.drawn_again(joined, found)
    else:
        found = stock([" ".join(one) for one in docs], made)
        grouped = time.process_time() - busy
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    peak = peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
    print(f"{name:9s} {size:>7,} passages: {wall:6.0f} s, {busy:6.0f} s of processor", end=" ")
    print(f"({grouped:.0f} s without stability), peak {peak:5.0f} MB ({before:.0f} MB before)", end=", ")
    print(f"{int(found.max()) + 1} topics, outliers {np.mean(found == NOBODY):.0%}", flush=True)


def encoded(texts: list[str]) -> np.ndarray[Any, Any]:
    encoder = encoders.load("e5-small-fr", models=settings.shipped_models(), cache=None, threads=2)
    return encoder.encode(texts)


if __name__ == "__main__":
    main()

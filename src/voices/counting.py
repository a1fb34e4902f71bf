"""The words of the site's passages, compared and found: from the lemmas that the base keeps, nothing is read again.

What may be counted is decided before: every function takes the passages that it looks among.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from django.db.models import F, QuerySet
from scipy import sparse

from voices import __version__, domain
from voices.domain import Sense
from voices.errors import SettingsError
from voices.lexicon import (
    classes,
    concordance,
    cooccurrence,
    correspondence,
    profiles,
    similarity,
    specificities,
    unsaid,
)
from voices.lexicon.classes import Choices, Classes
from voices.lexicon.concordance import Concordance
from voices.lexicon.correspondence import Correspondence
from voices.lexicon.parts import NO_CODE, NO_THEME, UNTOLD, Parts, named
from voices.lexicon.profiles import Crossed
from voices.lexicon.segments import Segments
from voices.lexicon.similarity import Similarity
from voices.lexicon.specificities import Specificities
from voices.lexicon.table import Table
from voices.roles import label_of
from voices.store.models import Passage, PassageTheme, Theme, ThemeRun
from voices.store.search import text, words
from voices.store.testimonies import passage_of, testimony_of
from voices.themes.stop import FILLERS
from voices.theming.words import FUNCTION

MOST = 30_000
"""Passages whose words are counted while one waits; beyond, one chooses among them."""
MOST_READ = 2_000
"""Passages that a concordance looks through, the latest first."""
LEAST = 5
"""A word said less often is too rare to compare."""
WIDTH = 52
"""Characters of context on each side of a line."""
_SHORTEST = 3
_NUMBERS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS = "vingt trente quarante cinquante soixante cent mille"
_EMPTY = frozenset(("avoir", "être", *_NUMBERS.split(), *_TENS.split()))
"""Auxiliaries and numbers: without parts of speech, they would be in the middle of every picture."""
_CODES = {"accueil": "Accueil", "appartenance": "Appartenance", "action": "Action"}
_SENSES = {Sense.PRESENCE.value: "présence", Sense.LACK.value: "manque", Sense.MIXED.value: "mixte"}
_FIELDS = ("pk", "text", "lemmas", "testimony_id", "place_name", "date", "role", *_CODES)


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """The passages counted, as rows of their fields, and how often each word is said in each."""

    rows: tuple[Mapping[str, str], ...]
    table: Table

    def __repr__(self) -> str:
        return f"Said({len(self.rows)} passages, {len(self.table.terms)} mots)"

    def speakers(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Of each passage, its testimony."""
        return np.unique([row["testimony_id"] for row in self.rows], return_inverse=True)[1].astype(np.int64)


def count(passages: QuerySet[Passage], *, least: int = LEAST) -> Said:
    """How often the words are said in the passages. Raises SettingsError where there are more than MOST."""
    found = passages.order_by("pk").annotate(
        place_name=F("place__name"), date=F("testimony__date"), role=F("testimony__role")
    )
    rows = tuple(found.values(*_FIELDS)[: MOST + 1])
    if len(rows) > MOST:
        raise SettingsError(f"Il y a plus de {MOST} passages.", "Choisir un lieu, une période ou un moyen.")
    return Said(rows, _table([list(_words(row)) for row in rows], least))


def compare(said: Said, by: str) -> Specificities:
    """The words that each part says more, or less, than the others. Raises SettingsError for an unknown way."""
    return specificities.compare(said.table, parts(said, by), speakers=said.speakers())


def plane(said: Said, by: str) -> Correspondence | None:
    """Parts and words on axes; None where there are too few."""
    try:
        return correspondence.of_parts(said.table, parts(said, by))
    except SettingsError:
        return None


def graph(said: Said) -> Similarity | None:
    """The words that go together; None where none do."""
    try:
        return similarity.graph(cooccurrence.pairs(said.table))
    except SettingsError:
        return None


def worlds(said: Said, choices: Choices) -> Classes:
    """The lexical worlds of the passages, each a segment. Raises SettingsError where there is too little to class."""
    rows = said.rows
    if len(rows) < classes.LEAST_SEGMENTS:
        raise SettingsError(
            f"Il y a trop peu de passages à classer\u202f: {len(rows)}, et il en faut {classes.LEAST_SEGMENTS}.",
            "Retirez un filtre, ou attendez d’autres témoignages.",
        )
    order = sorted(range(len(rows)), key=lambda at: (rows[at]["testimony_id"], rows[at]["pk"]))
    lengths = np.array([len(rows[at]["text"]) for at in order], dtype=np.int64)
    nothing = np.zeros(len(order), dtype=np.int64)
    whole = Segments(np.array(order, dtype=np.int64), said.speakers()[order], nothing, lengths, nothing)
    passages = [_passage(row) for row in rows]
    counts = replace(said.table, counts=said.table.counts[order], sizes=said.table.sizes[order])
    return classes.of_table(counts, whole, passages, choices)


def key(said: Said, choices: Choices) -> str:
    """What names these words of these passages, classed in this way: the same names the same stability."""
    counts, whose = said.table.counts, [(row["pk"], row["testimony_id"]) for row in said.rows]
    told = sha256(repr((__version__, whose, said.table.terms, choices)).encode())
    for part in (counts.indptr, counts.indices, counts.data):
        told.update(np.asarray(part, dtype=np.int64).tobytes())
    return told.hexdigest()


def crossed(said: Said, found: Classes, by: str) -> Crossed | None:
    """The classes crossed with places, years, codes…; None where the passages have but one of them."""
    parted = parts(said, by)
    return profiles.cross(found.segments, found.labels, parted, by) if len(parted.names) > 1 else None


def _passage(row: Mapping[str, str]) -> domain.Passage:
    text = row["text"]
    return domain.Passage(str(row["pk"]), str(row["testimony_id"]), 0, 0, len(text), text, 0, ())


def parts(said: Said, by: str) -> Parts:
    """The parts of the passages by place, year, role, code, sense or theme. Raises SettingsError for another way."""
    if by not in WAYS:
        raise SettingsError(f"On ne compare pas les mots par « {by} ».", f"Choisir parmi : {', '.join(WAYS)}.")
    return named(WAYS[by](said.rows))


def concord(passages: QuerySet[Passage], query: str, *, sort: str = "droite") -> Concordance:
    """Where the query is written, among the latest passages that may hold it.

    Raises SettingsError for a query without words, or a sort that is none.
    """
    plain = " ".join(word for word in query.split() if not set(word) & {"*", "?"})
    some = text.containing(passages, words.exact(plain)) if plain else passages
    found = list(some.select_related("testimony", "place", "testimony__place").order_by("-pk")[:MOST_READ])
    testimonies = {row.testimony_id: row.testimony for row in found}
    return concordance.of_forms(
        [passage_of(row) for row in found],
        [testimony_of(one) for one in testimonies.values()],
        query,
        sort=sort,
        width=WIDTH,
    )


def _words(row: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The lemmas of what is said in a passage, and whether each has a capital in mid-sentence, as names have."""
    said, lemmas = row["text"], row["lemmas"].split()
    spans = words.spans(said)
    if len(spans) != len(lemmas):
        return
    silent = unsaid.stretches(said)
    for (start, _), lemma in zip(spans, lemmas, strict=True):
        if any(begin <= start < end for begin, end in silent):
            continue
        before = said[:start].rstrip()[-1:] if said[start].isupper() else ""
        yield lemma, bool(before) and (before.isalnum() or before in ",;'’-")


def _table(said: Sequence[Sequence[tuple[str, bool]]], least: int) -> Table:
    frequencies = Counter(lemma for some in said for lemma, _ in some)
    names = Counter(lemma for some in said for lemma, name in some if name)
    kept = sorted(
        (one for one, n in frequencies.items() if n >= least and 3 * names[one] < n and _tells(one)),
        key=lambda one: (-frequencies[one], one),
    )
    number = {lemma: at for at, lemma in enumerate(kept)}
    pairs = [(row, number[lemma]) for row, some in enumerate(said) for lemma, _ in some if lemma in number]
    at = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    shape = (len(said), len(kept))
    counts = sparse.coo_array((np.ones(len(at), dtype=np.int64), (at[:, 0], at[:, 1])), shape=shape).tocsr()
    sizes = np.array([len(some) for some in said], dtype=np.int64)
    return Table(counts, tuple(kept), ("",) * len(kept), sizes)


def _tells(lemma: str) -> bool:
    return len(lemma) >= _SHORTEST and lemma.isalpha() and lemma not in FILLERS | FUNCTION | _EMPTY


Rows = Iterable[Mapping[str, str]]
Names = list[tuple[str, ...]]


def _codes(rows: Rows, tell: Callable[[str, str], str]) -> Names:
    return [tuple(tell(label, row[code]) for code, label in _CODES.items() if row[code]) or (NO_CODE,) for row in rows]


def _themes(rows: Rows) -> Names:
    last = ThemeRun.objects.order_by("-pk").first()
    shown = Theme.objects.filter(run=last, hidden=False).select_related("merged_into") if last else []
    labels = {one.pk: (one.merged_into or one).name for one in shown}
    of = dict(PassageTheme.objects.values_list("passage_id", "theme_id"))
    return [(labels.get(of.get(int(row["pk"]), 0), NO_THEME),) for row in rows]


WAYS: Mapping[str, Callable[[Rows], Names]] = {
    "lieu": lambda rows: [(row["place_name"],) for row in rows],
    "annee": lambda rows: [(row["date"][:4] or UNTOLD,) for row in rows],
    "role": lambda rows: [(label_of(row["role"]) if row["role"] else UNTOLD,) for row in rows],
    "code": lambda rows: _codes(rows, lambda label, _: label),
    "sens": lambda rows: _codes(rows, lambda label, sense: f"{label}, {_SENSES[sense]}"),
    "theme": _themes,
}
"""By what words are compared, as it is asked for."""

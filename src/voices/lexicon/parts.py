"""Parts of a corpus to compare: by place, by time, by channel, by speaker, by code and sense, by theme."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from voices.domain import Coding, Sense, Study, Testimony
from voices.errors import SettingsError
from voices.origins import channel_words, kind_words
from voices.roles import label_of

UNTOLD = "(non dit)"
"""The part of what nothing tells the place, the date… of: kept, so that the parts make the whole."""
NO_CODE = "(aucun code)"
NO_THEME = "(hors thème)"
MOST = 300
"""More parts than this are more than anyone reads."""
_SENSES = {Sense.PRESENCE: "présence", Sense.LACK: "manque", Sense.MIXED: "mixte"}

Names = list[tuple[str, ...]]
"""Of each passage, the names of the parts that it is in."""


@dataclass(frozen=True, slots=True, repr=False)
class Parts:
    """The parts of a corpus, in the order of `names`, and which documents each holds.

    `members` is (n_documents, n_parts), 1 where the document is in the part. A document may be in several (a passage
    with two codes): each part is compared with the whole, not with the others.
    """

    names: tuple[str, ...]
    members: sparse.csr_array

    def __repr__(self) -> str:
        return f"Parts({len(self.names)} parties)"


def of(study: Study, by: str) -> Parts:
    """The parts of the study's passages.

    Raises SettingsError where `by` is none of WAYS, makes a single part, or more than MOST.
    """
    check(by)
    parts = named(WAYS[by](study))
    if len(parts.names) < 2:
        raise SettingsError(
            f"Par « {by} », il n’y a qu’une partie : rien à comparer.",
            f"{_FIRST.get(by, 'Choisir une étude où c’est renseigné')}, ou comparer autrement : {', '.join(WAYS)}.",
        )
    if len(parts.names) > MOST:
        raise SettingsError(
            f"Par « {by} », il y a {len(parts.names)} parties : trop pour les comparer.",
            f"Comparer autrement ({', '.join(WAYS)}), ou une étude plus petite.",
        )
    return parts


def check(by: str) -> None:
    """Nothing. Raises SettingsError where `by` is none of WAYS."""
    if by not in WAYS:
        raise SettingsError(f"On ne compare pas les mots par « {by} ».", f"Choisir parmi : {', '.join(WAYS)}.")


def named(names: Iterable[Sequence[str]]) -> Parts:
    """The parts, given the names of those that each document is in. Names in brackets come last."""
    told = [tuple(dict.fromkeys(some)) for some in names]
    order = sorted({name for some in told for name in some}, key=lambda name: (name.startswith("("), name))
    number = {name: at for at, name in enumerate(order)}
    rows = np.repeat(np.arange(len(told)), [len(some) for some in told])
    columns = np.array([number[name] for some in told for name in some], dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.int64)
    return Parts(tuple(order), sparse.coo_array((ones, (rows, columns)), shape=(len(told), len(order))).tocsr())


def _of_testimony(tell: Callable[[Testimony], str | None]) -> Callable[[Study], Names]:
    def names(study: Study) -> Names:
        told = {one.id: tell(one) or UNTOLD for one in study.reading.testimonies}
        return [(told[passage.testimony_id],) for passage in study.passages]

    return names


def _date(length: int) -> Callable[[Testimony], str | None]:
    return lambda one: one.origin.date[:length] if one.origin.date and len(one.origin.date) >= length else None


def _of_coding(tell: Callable[[str, Coding], str]) -> Callable[[Study], Names]:
    def names(study: Study) -> Names:
        labels = {code.id: code.label for code in study.codebook.codes}
        coded = {one.passage_id: one.codings for one in study.codings}
        told = (coded.get(passage.id, ()) for passage in study.passages)
        return [tuple(tell(labels.get(one.code, one.code), one) for one in some) or (NO_CODE,) for some in told]

    return names


def _themes(study: Study) -> Names:
    labels: dict[str, list[str]] = {}
    for theme in study.themes.themes:
        for passage_id in theme.passage_ids:
            labels.setdefault(passage_id, []).append(theme.label)
    return [tuple(labels.get(passage.id, (NO_THEME,))) for passage in study.passages]


WAYS: Mapping[str, Callable[[Study], Names]] = {
    "lieu": _of_testimony(lambda one: one.origin.place),
    "type": _of_testimony(lambda one: kind_words(one.origin.place_type)),
    "annee": _of_testimony(_date(4)),
    "mois": _of_testimony(_date(7)),
    "canal": _of_testimony(lambda one: channel_words(one.origin.channel)),
    "role": _of_testimony(lambda one: label_of(one.origin.role) if one.origin.role else None),
    "locuteur": lambda study: [(passage.speaker or UNTOLD,) for passage in study.passages],
    "temoignage": _of_testimony(lambda one: one.id),
    "code": _of_coding(lambda label, _: label),
    "sens": _of_coding(lambda label, one: f"{label}, {_SENSES[one.sense]}"),
    "theme": _themes,
}
"""By what passages can be compared, as it is asked for."""
_FIRST = {"theme": "Donner le dossier écrit par « voices run », qui cherche les thèmes"}
"""What makes a study of several parts, where one may not think of it."""
CODED = frozenset({"code", "sens"})
"""Of these, what needs codings."""

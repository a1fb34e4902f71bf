"""The figures of a report counted anew, from what each says that it counts and from the study alone.

Nothing of `voices.report` is used here: a label that this grammar does not know is a figure that nobody can check.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from voices.domain import CodedPassage, Passage, Sense, Study, Testimony, WhyOutside

KINDS = {"petite_cantine": "Petite Cantine", "cafe_associatif": "café associatif", "jardin_partage": "jardin partagé"}
CHANNELS = {"livre_or": "livre d’or", "focus_group": "groupe de parole", "journal": "journal de bord", "sms": "texto"}
CHANNELS |= {"courrier": "lettre"}
ROLES = {"bénévole": "Bénévole", "habituée": "habituée"}
SENSES = {"présence": "+", "manque": "-", "mixte": "±"}
SIDES = {"ce qui est vécu": "+±", "ce qui manque": "-±"}


@dataclass
class Recount:
    """A study told plainly: by passage number, its testimony, codes and senses."""

    study: Study
    before: frozenset[str] = frozenset()
    reread: frozenset[str] = frozenset()
    passages: dict[int, tuple[Passage, Testimony, CodedPassage]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = {one.id: one for one in self.study.reading.testimonies}
        coded = {one.passage_id: one for one in self.study.codings}
        for number, one in enumerate(self.study.passages, 1):
            self.passages[number] = (one, told[one.testimony_id], coded[one.id])
        self.codes = {code.label: code.id for code in self.study.codebook.codes}

    def of(self, label: str) -> set[int]:
        """The numbers of the passages that a figure of that label counts."""
        for pattern, count in GRAMMAR:
            found = re.fullmatch(pattern, label.replace("\u202f", " "))
            if found and (counted := count(self, *found.groups())) is not None:
                return counted
        raise AssertionError(f"nobody knows what this counts: {label}")

    def where(self, keep: Callable[[Passage, Testimony, CodedPassage], bool]) -> set[int]:
        return {number for number, told in self.passages.items() if keep(*told)}

    def testimonies(self, numbers: set[int]) -> set[str]:
        return {self.passages[number][1].id for number in numbers}

    def within(self, ids: set[str] | frozenset[str]) -> set[int]:
        return self.where(lambda passage, told, coded: told.id in ids)

    def side(self, label: str, side: str) -> set[int]:
        return self.where(lambda passage, told, coded: sense(coded, self.codes[label]) in tuple(SIDES[side]))

    def fact(self, label: str) -> set[int]:
        """A side of a code, a theme, or trust."""
        if label == "Confiance":
            return self.where(lambda passage, told, coded: coded.trust)
        if label.startswith("Thème : "):
            (theme,) = [one for one in self.study.themes.themes if one.label == label.removeprefix("Thème : ")]
            return self.where(lambda passage, told, coded: passage.id in theme.passage_ids)
        code, side = label.split(", ", 1)
        return self.side(code, side)

    def lived(self) -> dict[str, frozenset[str]]:
        """By testimony, the labels of the codes that are lived there."""
        found: dict[str, set[str]] = {told.id: set() for _, told, _ in self.passages.values()}
        for label in self.codes:
            for name in self.testimonies(self.side(label, "ce qui est vécu")):
                found[name].add(label)
        return {name: frozenset(held) for name, held in found.items()}

    def group(self, label: str) -> set[int]:
        """The passages of a place, a kind of place or a year; of all the others; or that go with something."""
        if label.startswith("hors "):
            known = self.grouped(label.removeprefix("hors "))
            return {number for number in self.passages if self.value(known, number)} - self.group(label[5:])
        if found := re.fullmatch(r"(avec|sans) (.*)", label):
            ids, there = self.testimonies(self.fact(found[2])), found[1] == "avec"
            return self.where(lambda passage, told, coded: (told.id in ids) is there)
        if found := re.fullmatch(r"où (.*) manque et n’est pas vécu", label):
            lacking = self.testimonies(self.side(found[1], "ce qui manque"))
            return self.within(lacking - self.testimonies(self.side(found[1], "ce qui est vécu")))
        if label == "depuis le dernier rapport":
            return self.where(lambda passage, told, coded: told.id not in self.before)
        if label == "dans le dernier rapport":
            return self.where(lambda passage, told, coded: told.id in self.before)
        what = self.grouped(label)
        return {number for number in self.passages if self.value(what, number) == label}

    def grouped(self, label: str) -> str:
        """Which grouping has a group of that name."""
        for what in ("lieu", "sorte de lieu", "année", "canal", "rôle"):
            if any(self.value(what, number) == label for number in self.passages):
                return what
        raise AssertionError(f"no group is called {label}")

    def value(self, what: str, number: int) -> str | None:
        origin = self.passages[number][1].origin
        if what == "lieu":
            return origin.place
        if what == "année":
            return origin.date[:4] if origin.date else None
        if what == "rôle":
            return ROLES[origin.role] if origin.role else None
        table, raw = (KINDS, origin.place_type) if what == "sorte de lieu" else (CHANNELS, origin.channel)
        return table.get(raw, raw.replace("_", " ")) if raw else None

    def valued(self, what: str, label: str) -> set[int]:
        untold = label.startswith(what) and "non précisé" in label
        wanted = None if untold else label.removeprefix("hors ")
        rest = label.startswith("hors ")
        found = set()
        for number in self.passages:
            value = self.value(what, number)
            if (value is not None and value != wanted) if rest else value == wanted:
                found.add(number)
        return found


def sense(coded: CodedPassage, code: str) -> str | None:
    return next((coding.sense.value for coding in coded.codings if coding.code == code), None)


def _coded(passage: Passage, told: Testimony, coded: CodedPassage) -> bool:
    return bool(coded.codings)


def _all_codes(told: Recount) -> set[int]:
    return told.where(lambda p, t, c: {one.code for one in c.codings} == set(told.codes.values()))


def _scattered(told: Recount, label: str, what: str) -> set[int]:
    counts: dict[str | None, set[str]] = {}
    for number in told.passages:
        counts.setdefault(told.value(what, number), set()).add(told.passages[number][1].id)
    few = {value for value, ids in counts.items() if value is None or len(ids) < 5}
    put = told.where(lambda p, t, c: sense(c, told.codes[label]) is not None)
    return {number for number in put if told.value(what, number) in few}


def _meeting(told: Recount, name: str) -> set[int]:
    labels = list(told.codes)
    named = {"les trois": labels, "aucun des trois": []}.get(name)
    if named is None:
        said = name.removesuffix(" seulement").split(" et ")
        named = [label for label in labels if label.lower() in said]
    ids = {one for one, held in told.lived().items() if held == frozenset(named)}
    passages = told.within(ids)
    if not named:
        return passages
    return passages & set().union(*(told.side(label, "ce qui est vécu") for label in named))


def _so_many(told: Recount, number: str) -> set[int]:
    return told.within({one for one, held in told.lived().items() if len(held) == int(number)})


def _both(told: Recount, label: str) -> set[int]:
    sides = [told.testimonies(told.side(label, side)) for side in SIDES]
    put = told.where(lambda p, t, c: sense(c, told.codes[label]) is not None)
    return put & told.within(sides[0] & sides[1])


def _lacks(told: Recount, only: str | None) -> set[int]:
    found = set().union(*(told.side(label, "ce qui manque") for label in told.codes))
    living = set().union(*(told.side(label, "ce qui est vécu") for label in told.codes))
    return found - told.within(told.testimonies(living)) if only else found


def _theme(told: Recount, number: str, label: str) -> set[int]:
    theme = told.study.themes.themes[int(number) - 1]
    assert theme.label == label
    return told.where(lambda p, t, c: p.id in theme.passage_ids)


def _sensed(told: Recount, label: str, name: str, number: str | None, theme: str | None) -> set[int] | None:
    if label not in told.codes:
        return None
    found = told.where(lambda p, t, c: sense(c, told.codes[label]) == SENSES[name])
    return found & _theme(told, number, theme) if number and theme else found


def _together(told: Recount, one: str, other: str) -> set[int] | None:
    if one not in told.codes or other not in told.codes:
        return None
    return told.where(lambda p, t, c: bool(sense(c, told.codes[one]) and sense(c, told.codes[other])))


def _subcode(told: Recount, label: str, name: str) -> set[int]:
    (code,) = [one for one in told.study.codebook.codes if one.label == label]
    (sub,) = [one.id for one in code.subcodes if one.label == name]
    return told.where(
        lambda p, t, c: any(
            coding.code == code.id and sub in {full.split(".")[-1] for full in coding.subcodes} for coding in c.codings
        )
    )


def _no_code(told: Recount) -> set[int]:
    coded = told.testimonies(told.where(_coded))
    return told.where(lambda p, t, c: t.id not in coded)


SIDE = "(ce qui est vécu|ce qui manque)"
GRAMMAR: list[tuple[str, Callable[..., set[int] | None]]] = [
    ("Tous les passages", lambda told: set(told.passages)),
    ("Tous les passages, (\\d) des codes vécus", _so_many),
    ("Tous les passages, (lieu|canal|année|sorte de lieu|rôle) : (.*)", Recount.valued),
    ("Tous les passages des témoignages (.*)", Recount.group),
    (
        "Passages codés, (lieu|canal|année|rôle) : (.*)",
        lambda told, what, of: told.valued(what, of) & told.where(_coded),
    ),
    ("Passages qui ont reçu au moins un code", lambda told: told.where(_coded)),
    ("Passages hors domaine", lambda told: told.where(lambda p, t, c: c.outside)),
    ("Passages qui ne sont pas en français", lambda told: told.where(lambda p, t, c: c.why is WhyOutside.FOREIGN)),
    ("Passages sans aucun code", lambda told: told.where(lambda p, t, c: not c.codings)),
    ("Passages qui portent tous les codes", _all_codes),
    ("Passages hors de tout thème", lambda told: told.where(lambda p, t, c: p.id in told.study.themes.outliers)),
    (
        "Passages qui n’ont pas servi à chercher les thèmes .*",
        lambda told: told.where(lambda p, t, c: p.id in told.study.themes.left_out),
    ),
    ("Témoignages dont aucun passage n’a reçu de code", _no_code),
    ("Témoignages arrivés depuis le dernier rapport", lambda told: told.group("depuis le dernier rapport")),
    ("Témoignages déjà dans le dernier rapport", lambda told: told.group("dans le dernier rapport")),
    ("Témoignages dont les codes ont changé depuis le dernier rapport", lambda told: told.within(told.reread)),
    ("Un manque au moins(, et rien de vécu)?", _lacks),
    ("Vécus dans le même témoignage : (.*)", _meeting),
    ("Confiance dite ou montrée", lambda told: told.fact("Confiance")),
    ("Confiance sans aucun code", lambda told: told.where(lambda p, t, c: c.trust and not c.codings)),
    ("Confiance, (\\d) des codes vécus", lambda told, number: _so_many(told, number) & told.fact("Confiance")),
    ("Thème (\\d+) : (.*)", _theme),
    ("(\\w+), tous les passages", lambda told, of: told.where(lambda p, t, c: bool(sense(c, told.codes[of])))),
    (
        "(\\w+), sens à vérifier",
        lambda told, of: told.where(
            lambda p, t, c: any(one.code == told.codes[of] and one.sense_probability < 0.8 for one in c.codings)
        ),
    ),
    ("(\\w+), vécu et manqué", _both),
    ("(\\w+), (lieu|sorte de lieu|rôle|année) : passages épars", _scattered),
    ("(\\w+), sous-code suggéré : (.*)", _subcode),
    ("(\\w+), (présence|manque|mixte)(?: \\(Thème (\\d+) : (.*)\\))?", _sensed),
    (f"(\\w+), {SIDE}", Recount.side),
    (f"(\\w+), {SIDE} \\((.*)\\)", lambda told, of, side, group: told.side(of, side) & told.group(group)),
    (f"(\\w+, {SIDE}|Confiance), (avec|sans) (.*)", lambda told, of, _, *by: told.fact(of) & told.group(" ".join(by))),
    ("(\\w+) avec (\\w+)", _together),
    (
        "(\\w+) et aucun autre code",
        lambda told, of: told.where(lambda p, t, c: [one.code for one in c.codings] == [told.codes[of]]),
    ),
]
"""What each label counts; the first that fits."""

__all__ = ["Recount", "Sense", "sense"]

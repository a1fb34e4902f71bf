"""What the agreement means, in plain words."""

from dataclasses import dataclass

from voices import doubling
from voices.doubling import Double, Figure
from voices.web.views.review.book import Book

_UNSURE = {
    "bon": "Bon accord, mais l’échantillon est trop petit pour en être sûr\u202f: coder d’autres passages.",
    "moyen": "Accord moyen, et l’échantillon est trop petit pour en être sûr\u202f: coder d’autres passages.",
}
GOOD, FAIR = 0.8, 2 / 3
"""Krippendorff's own marks (Content Analysis, 3rd ed., 2013): rely on it; tentative conclusions."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the table of agreement. `mark` is « bon », « moyen », « faible » or « sans »."""

    figure: Figure
    label: str
    mark: str
    meaning: str
    doubt: str

    @property
    def described(self) -> str:
        """The bar, in words."""
        return f"alpha {_number(self.figure.alpha or 0.0)}" + (f", {self.doubt}" if self.doubt else "")

    @property
    def shapes(self) -> list[dict[str, object]]:
        """The bar: from nothing to perfect; what is under chance is empty."""
        width = 100 * max(0.0, self.figure.alpha or 0.0)
        return [{"kind": "presence", "x": 0, "width": width}]

    @property
    def low(self) -> float:
        """Where the whisker begins, in percent."""
        return 100 * max(0.0, self.figure.low or 0.0)

    @property
    def high(self) -> float:
        """Where it ends; 0 where there is none."""
        return 100 * max(0.0, self.figure.high or 0.0)


def agreements(found: Double, book: Book) -> list[Told]:
    """Code by code, its presence then its sense; codes of the evaluators' own where somebody put them; trust."""
    units = found.units()
    three = [one.id for one in book.codebook.codes]
    used = {code for unit in units for said, _ in unit.given for code in said}
    codes = [*three, *sorted(used - set(three), key=lambda code: (code not in book.ids, code))]
    seed = int(found.assignment.how.get("seed", 0))
    # Where nobody put a code beside someone else, there is no sense to compare: no line for nothing.
    return [_told(one, book) for one in doubling.figures(units, codes, seed=seed) if one.passages]


def _told(one: Figure, book: Book) -> Told:
    label = "Confiance" if one.code == "confiance" else book.label(one.code)
    mark = _mark(one.alpha)
    return Told(one, f"{label}, son sens" if one.sense else label, mark, _meaning(one, mark), _doubt(one))


def _mark(alpha: float | None) -> str:
    if alpha is None:
        return "sans"
    return "bon" if alpha >= GOOD else "moyen" if alpha >= FAIR else "faible"


def _meaning(one: Figure, mark: str) -> str:
    if one.alpha is None:
        return _alike(one)
    if one.alpha <= 0:
        return "Pas plus d’accord qu’au hasard\u202f: ne rien en publier, et revoir la grille ensemble."
    if mark != "faible" and (one.low is None or one.low < FAIR):
        return _UNSURE[mark]
    return {
        "bon": "On peut s’y fier\u202f: deux personnes lisent la même chose.",
        "moyen": "À prendre avec prudence\u202f: l’accord suffit pour une tendance, pas pour un chiffre seul.",
        "faible": "Trop peu d’accord pour en tirer un chiffre\u202f: comparer les différences, et préciser la grille.",
    }[mark]


def _alike(one: Figure) -> str:
    """Why nothing is measured."""
    if one.sense:
        return "Toujours le même sens\u202f: d’accord partout, mais rien qui permette de le mesurer."
    if not one.put:
        return "Personne ne l’a mis\u202f: d’accord partout, mais rien qui permette de le mesurer."
    return "Tout le monde l’a mis partout\u202f: d’accord, mais rien qui permette de le mesurer."


def _doubt(one: Figure) -> str:
    if one.alpha is None:
        return ""
    if one.low is None or one.high is None:
        return "trop peu de témoignages pour donner une marge"
    return f"entre {_number(one.low)} et {_number(one.high)}"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")

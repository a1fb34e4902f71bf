"""Figures as links: from a number in the text to the list of its passages, and back."""

from dataclasses import dataclass, field

from markupsafe import Markup

from voices.report import words
from voices.report.figures import Figure
from voices.report.tellers import Part

UNITS = {"passage": "passages", "témoignage": "testimonies", "lieu": "places", "voix": "voices"}
"""What a link may count, and the property of a figure that counts it."""


@dataclass(slots=True)
class Links:
    """Writes the links of one page and remembers which figures it has shown, and which it stood on."""

    shown: dict[int, Figure] = field(default_factory=dict)
    live: bool = True
    """Whether the passages behind figures are in the page: without them, figures are words."""
    stood_on: dict[int, Figure] = field(default_factory=dict)

    def link(self, figure: Figure, unit: str = "passage", *, bare: bool = False) -> Markup:
        """« 12 passages » (« 12 » if bare) as a link to the passages behind it; zero links nowhere."""
        value: int = getattr(figure, UNITS[unit])
        told = words.count(value, unit)
        text = words.number(value) if bare else told
        if not value:
            return Markup('<span class="nul">{}</span>').format(text)
        if not self.live:
            self.shown.setdefault(figure.number, figure)
            return Markup('<b class="chiffre">{}</b>').format(text)
        back = Markup(' id="{}"').format(self.back(figure)) if figure.number not in self.shown else Markup()
        self.shown.setdefault(figure.number, figure)
        return Markup('<a class="chiffre" href="#{}" data-unite="{}" data-renvoi="{}"{} title="{}">{}</a>').format(
            figure.anchor, unit, figure.number, back, f"{told} : {figure.label}".replace(" :", "\u202f:"), text
        )

    def base(self, figure: Figure) -> Markup:
        """The testimonies that a share is of: a number bound to its figure, which is linked elsewhere or nowhere."""
        self.stood_on.setdefault(figure.number, figure)
        return Markup('<span class="base" data-sur="{}">{}</span>').format(
            figure.number, words.number(figure.testimonies)
        )

    def rate(self, part: Part) -> Markup:
        """« 58 % », bound to both figures; nothing where they are too few for a percentage."""
        told = words.percent(part.part, part.of)
        if told is None:
            return Markup()
        self.stood_on.setdefault(part.told.number, part.told)
        self.stood_on.setdefault(part.whole.number, part.whole)
        return Markup('<span class="taux" data-de="{}" data-sur="{}">{}</span>').format(
            part.told.number, part.whole.number, told
        )

    def counted(self, part: Part) -> Markup:
        """« 58 % (33 sur 57) », or « 5 sur 9 » where they are too few for a percentage."""
        rate = self.rate(part)
        both = Markup("{} sur {}").format(self.link(part.told, "témoignage", bare=True), self.base(part.whole))
        return Markup("{} ({})").format(rate, both) if rate else both

    @staticmethod
    def back(figure: Figure) -> str:
        """Where the figure is first shown in the page."""
        return f"vers-{figure.number}"

    def in_order(self) -> list[Figure]:
        """The figures that the page has shown, by number."""
        return [self.shown[number] for number in sorted(self.shown)]

    def all(self) -> list[Figure]:
        """Those that it has shown, and those that its shares stand on, by number."""
        found = self.stood_on | self.shown
        return [found[number] for number in sorted(found)]

"""Figures as links: from a number in the text to the list of its passages, and back."""

from dataclasses import dataclass, field

from markupsafe import Markup

from voices.report import words
from voices.report.figures import Figure

UNITS = {"passage": "passages", "témoignage": "testimonies", "lieu": "places"}
"""What a link may count, and the property of a figure that counts it."""


@dataclass(slots=True)
class Links:
    """Writes the links of one page and remembers which figures it has shown."""

    shown: dict[int, Figure] = field(default_factory=dict)
    live: bool = True
    """Whether the passages behind figures are in the page: without them, figures are words."""

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

    @staticmethod
    def back(figure: Figure) -> str:
        """Where the figure is first shown in the page."""
        return f"vers-{figure.number}"

    def in_order(self) -> list[Figure]:
        """The figures that the page has shown, by number."""
        return [self.shown[number] for number in sorted(self.shown)]

"""What the rows of a coder's linear map stand for. Standard library only."""

from dataclasses import dataclass

from voices.domain import Sense

SENSES = (Sense.PRESENCE, Sense.LACK, Sense.MIXED)
TRUST = "confiance"


@dataclass(frozen=True, slots=True)
class Layout:
    """What the rows of the map stand for: presence of each code, trust, the three senses, the sub-codes."""

    codes: tuple[str, ...]
    subcodes: tuple[tuple[str, str], ...]
    """(sub-code, its code)."""

    @property
    def present(self) -> tuple[str, ...]:
        """What has a calibrated probability: each code, then trust."""
        return (*self.codes, TRUST)

    @property
    def rows(self) -> tuple[str, ...]:
        """The name of each row."""
        return (*self.present, *(f"sens {sense.value}" for sense in SENSES), *(sub for sub, _ in self.subcodes))

    @property
    def sense_rows(self) -> slice:
        """The rows of the senses."""
        return slice(len(self.present), len(self.present) + len(SENSES))

    @property
    def subcode_rows(self) -> slice:
        """The rows of the sub-codes."""
        return slice(len(self.present) + len(SENSES), len(self.rows))

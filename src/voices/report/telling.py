"""How much of a report is told, and what it says of itself: who has read the passages, what stands beside it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from voices.report import words
from voices.report.before import Before
from voices.report.plan import PLAIN_PLAN, Plan
from voices.report.reliability import NOT_MEASURED, Reliability


@dataclass(frozen=True, slots=True)
class Telling:
    """What a report shows beside its figures.

    `reviewed` are the ids of the passages whose codes a person read; `annex` gives the passages behind each figure,
    `reasons` why the machine put each code; `tables` says that the tables of a run lie beside the page; `about` are
    lines under the title.
    """

    reviewed: AbstractSet[str] = frozenset()
    annex: bool = True
    reasons: bool = True
    tables: bool = True
    about: tuple[str, ...] = ()
    folded: AbstractSet[str] = frozenset()
    """Blocks to be opened by who wishes: « lieux », « sous-codes », « themes », « tableaux », « grille »."""
    before: Before | None = None
    """The last report; None where there is none, or none that may be compared."""
    reliability: Reliability = NOT_MEASURED
    plan: Plan = PLAIN_PLAN
    """Its parts, their order, and what its authors say beside them."""
    withheld: AbstractSet[str] = frozenset()
    """The passages whose words are left out: they would tell neighbours who speaks."""
    own_decided: bool = False
    """Whether the added codes are what people decided, and not what the machine would have them read."""

    @property
    def planned(self) -> "Telling":
        """The same, without what the plan leaves out: no link leads to passages that no annex gives."""
        return self if "annexe" in self.plan.told else replace(self, annex=False)

    @property
    def own_title(self) -> str:
        """What the part about added codes is called."""
        return "Codes ajoutés" if self.own_decided else "Codes ajoutés, à relire"

    def who_read(self, passages: int) -> str:
        """Who read the codes, in one sentence, of that many passages."""
        read = len(self.reviewed)
        if not read:
            return "Le codage est celui d’une machine ; personne ne l’a encore relu.".replace(" ;", f"{words.NARROW};")
        if read >= passages:
            return "Une personne a relu le codage de chaque passage."
        rate = words.percent(read, passages)
        share = f" ({rate})" if rate else ""
        return (
            f"Le codage de {words.count(read, 'passage')} sur {words.number(passages)}{share} a été relu par une "
            "personne. Celui des autres est d’une machine, qui se trompe."
        )


PLAIN = Telling()

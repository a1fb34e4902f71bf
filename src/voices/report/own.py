"""The codes that an evaluator added: told apart from those of the code book, since nobody may rely on them yet."""

from dataclasses import dataclass

from voices.domain import OwnCode
from voices.report.corpus import Corpus
from voices.report.figures import Figure, Ledger
from voices.report.telling import PLAIN, Telling


@dataclass(frozen=True, slots=True)
class OwnTold:
    """An added code, the passages where it is to be reread, and how many decisions it learnt from."""

    code: OwnCode
    found: Figure
    decisions: int


def tell(corpus: Corpus, ledger: Ledger, telling: Telling = PLAIN) -> tuple[OwnTold, ...]:
    """The added codes, in the order of their file; their figures are entered in the ledger."""
    told = "Code ajouté" if telling.own_decided else "Code ajouté, à relire"
    return tuple(
        OwnTold(
            one.code,
            ledger.figure(f"{told} : {one.code.label}", corpus.of(coding.passage_id for coding in one.codings)),
            one.decisions,
        )
        for one in corpus.study.own
    )

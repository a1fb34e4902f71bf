"""What holds for a passage of the base, as a coding of the domain: the reviewed decision, or else the machine's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from voices.domain import Certainty, Codebook, CodedPassage, Coding, OwnCode, OwnCodings, Sense
from voices.store.codings import coded_of
from voices.store.models import MachinePass, Passage, Suggestion

THREE = ("accueil", "appartenance", "action")
BATCH = 500


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids, some at a time: a base takes so many in one question."""
    for first in range(0, len(ids), BATCH):
        yield ids[first : first + BATCH]


def reviewed(row: Passage) -> bool:
    """Whether a person gave the codes that hold."""
    return row.standing != Passage.Standing.MACHINE


def suggestions(ids: Sequence[int]) -> dict[int, Suggestion]:
    """By passage, the suggestion of the last machine pass that was not taken back."""
    found: dict[int, Suggestion] = {}
    for some in batches(ids):
        rows = Suggestion.objects.filter(passage_id__in=some, machine_pass__undone_at=None)
        found |= {row.passage_id: row for row in rows.order_by("machine_pass_id")}
    return found


def codings(rows: Iterable[Passage], suggested: Mapping[int, Suggestion], book: Codebook) -> tuple[CodedPassage, ...]:
    """One coding a passage, in the order given; its codes and senses are those of the base, whoever gave them."""
    return tuple(_coded(row, suggested.get(row.pk), book) for row in rows)


def own_codings(rows: Sequence[Passage], own: Iterable[OwnCode]) -> tuple[OwnCodings, ...]:
    """Where people put each code that they added."""
    return tuple(OwnCodings(code, tuple(_own(row, code.id) for row in rows if code.id in row.own), {}) for code in own)


def _own(row: Passage, code: str) -> Coding:
    return Coding(str(row.pk), code, Sense(row.own[code]), 1.0, 1.0, certainty=Certainty.SURE)


def passes(suggested: Iterable[Suggestion]) -> list[MachinePass]:
    """The machine passes that these suggestions come from, the last first."""
    ids = {row.machine_pass_id for row in suggested}
    return list(MachinePass.objects.filter(pk__in=ids).order_by("-pk"))


def _coded(row: Passage, suggestion: Suggestion | None, book: Codebook) -> CodedPassage:
    said = coded_of(suggestion) if suggestion else None
    by_person = reviewed(row)
    senses = {code: Sense(getattr(row, code)) for code in THREE if getattr(row, code)}
    found = tuple(
        _by_person(row, code, sense, said, book) if by_person else _by_machine(row, code, sense, said)
        for code, sense in senses.items()
    )
    machine = said.probabilities if said else {}
    certain = {code: float(code in senses) for code in THREE}
    return CodedPassage(
        passage_id=str(row.pk),
        codings=found,
        probabilities=certain if by_person else machine,
        trust=row.trust,
        trust_probability=float(row.trust) if by_person else (said.trust_probability if said else 0.0),
        certainties=dict.fromkeys(THREE, Certainty.SURE) if by_person else (said.certainties if said else {}),
        outside=row.outside and not by_person,
    )


def _by_person(row: Passage, code: str, sense: Sense, said: CodedPassage | None, book: Codebook) -> Coding:
    """A person is sure; the machine's sentence is kept where it saw the same."""
    same = _same(said, code, sense)
    return Coding(
        passage_id=str(row.pk),
        code=code,
        sense=sense,
        probability=1.0,
        sense_probability=1.0,
        subcodes=_subcodes(row, code, book),
        evidence=same.evidence if same else None,
        certainty=Certainty.SURE,
    )


def _by_machine(row: Passage, code: str, sense: Sense, said: CodedPassage | None) -> Coding:
    """As the machine said it; of a passage cut or joined since, what is proposed, to be read again."""
    return _same(said, code, sense) or Coding(str(row.pk), code, sense, 0.5, 0.5)


def _same(said: CodedPassage | None, code: str, sense: Sense) -> Coding | None:
    coding = said.coding(code) if said else None
    return coding if coding and coding.sense is sense else None


def _subcodes(row: Passage, code: str, book: Codebook) -> tuple[str, ...]:
    """Those of the passage's sub-codes that are this code's: « accueil.autres », or « autres »."""
    own = {sub.id for one in book.codes if one.id == code for sub in one.subcodes}
    names = [name.rpartition(".") for name in row.subcodes]
    return tuple(name for of, _, name in names if name in own and of in ("", code))

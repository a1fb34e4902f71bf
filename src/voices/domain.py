"""What the work is about: testimonies, passages, codes, codings, themes, quotes.

Standard library only, immutable, and free of real names: texts here have been through `privacy`.
All offsets are Unicode code points, start inclusive, end exclusive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from voices.terms import ANYHOW as ANYHOW
from voices.terms import OUTLETS as OUTLETS
from voices.terms import Consent as Consent
from voices.terms import Outlet as Outlet
from voices.terms import Purpose as Purpose
from voices.terms import Terms as Terms
from voices.thematic import STABLE as STABLE
from voices.thematic import Axis as Axis
from voices.thematic import Branch as Branch
from voices.thematic import Cell as Cell
from voices.thematic import Crossing as Crossing
from voices.thematic import Distinctive as Distinctive
from voices.thematic import Theme as Theme
from voices.thematic import Themes as Themes


class Role(StrEnum):
    """Who speaks in a turn. The words of an interviewer (or of a questionnaire) are context, never coded."""

    WITNESS = "temoin"
    INTERVIEWER = "intervieweur"


class Sense(StrEnum):
    """Whether the witness tells that it happened, that it was lacking, or both."""

    PRESENCE = "+"
    LACK = "-"
    MIXED = "±"


class Certainty(StrEnum):
    """How far an answer on a code (it is there, or it is not) can be relied on. Meaning: docs/doubt.md."""

    SURE = "sûr"
    PROBABLE = "probable"
    REVIEW = "à relire"


OUTSIDE = "hors domaine"
"""What is told of a passage that is none of the coder's business, where others have a certainty."""

DOUBTFUL_SENSE = "sens à vérifier"
TO_REREAD = "à relire avant de publier"
"""What is told of a quote whose words may tell who somebody is."""
"""What is told of a coding whose sense is doubtful."""

SURE_SENSE = 0.8
"""Under this calibrated probability a sense is doubtful; « probable » asks as much of a code's presence."""


class WhyOutside(StrEnum):
    """Why a passage is none of the coder's business, as it is told."""

    WORDLESS = "ce passage n’a pas de mots"
    FOREIGN = "ce passage n’est pas en français"
    UNLIKE = "ce passage ne ressemble à aucun témoignage appris"


class Aim(StrEnum):
    """What the thresholds of a coder are chosen for: balance, few codes put wrongly, or few codes missed."""

    BALANCED = "equilibre"
    CAUTIOUS = "prudent"
    BROAD = "large"


class Outcome(StrEnum):
    """How the reading of one file ended."""

    READ = "lu"
    WARNED = "lu_avec_reserves"
    REFUSED = "refuse"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where, when and how a testimony was gathered. None means: not told.

    `date` is ISO 8601 and may be cut short: "2024", "2024-03", "2024-03-12". `role` is what the witness is in the
    place, in the words given; `voices.roles` groups them. With a place and a date it may tell who speaks.
    """

    place: str | None = None
    place_type: str | None = None
    date: str | None = None
    channel: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch: `testimony.text[start:end]`, without the speaker's label.

    `empty` marks an answer that says nothing (« RAS »): kept, counted, not coded.
    `seconds` is when the turn begins in the recording, if known.
    """

    start: int
    end: int
    role: Role
    speaker: str | None = None
    empty: bool = False
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Testimony:
    """One document by one or more speakers, names replaced, NFC, `\\n` line ends, never changed again.

    `turns` are in order and do not overlap. `replaced` counts what privacy replaced, by kind.
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    origin: Origin = field(default_factory=Origin)
    consent: Consent = Consent.UNKNOWN
    replaced: Mapping[str, int] = field(default_factory=dict)
    terms: Terms = ANYHOW


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of coding: 1 to 5 sentences of one witness, within a turn.

    `text == testimony.text[start:end]`; `turn` is the index of its turn; `number` counts from 1 within the testimony.
    `sentences` are spans in the testimony, tiling the passage but for white space between them.
    `question` (the interviewer's words just before) and `previous` (the passage before) are context, never coded.
    """

    id: str
    testimony_id: str
    number: int
    start: int
    end: int
    text: str
    turn: int
    sentences: tuple[tuple[int, int], ...]
    speaker: str | None = None
    question: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Subcode:
    """A finer code inside a code, e.g. `autres` in `accueil`."""

    id: str
    label: str
    includes: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """One thing that is looked for, with its definition and the words people use for it. Examples: as in `OwnCode`."""

    id: str
    label: str
    motto: str
    definition: str
    lack: str
    subcodes: tuple[Subcode, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code that an evaluator adds, looked for beside those of the code book. `lack` None: only presence is told.

    `examples` and `counterexamples` are sentences where it is, and where it could be taken to be and is not.
    """

    id: str
    label: str
    definition: str
    lack: str | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """The law of what is coded: its codes, what is not coded, the rules at the borders."""

    version: str
    codes: tuple[Code, ...]
    not_coded: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def code(self, code_id: str) -> Code:
        """The code of that id. Raises KeyError."""
        return {code.id: code for code in self.codes}[code_id]

    def lines(self, code_id: str, sense: Sense, subcodes: Sequence[str]) -> tuple[str, ...]:
        """What the book says of a coding: what its first sub-code includes (the definition where none is told), what
        its lack is, or both where the sense is mixed. Raises KeyError.
        """
        code = self.code(code_id)
        includes = {sub.id: sub.includes for sub in code.subcodes}
        presence = next((includes[sub] for sub in subcodes if sub in includes), code.definition)
        return {Sense.PRESENCE: (presence,), Sense.LACK: (code.lack,), Sense.MIXED: (presence, code.lack)}[sense]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A reason: an example that people coded, close to a passage: words, codes (or none), cosine similarity [-1, 1]."""

    text: str
    codes: Mapping[str, Sense]
    similarity: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a code was put: the sentence that weighs most (span in the testimony), the nearest examples that people gave
    that code, and, against it, the nearest that they did not. The code book's line is `Codebook.lines`.
    """

    start: int
    end: int
    neighbours: tuple[Neighbour, ...] = ()
    against: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """A code put on a passage. Probabilities are calibrated, in [0, 1]; `subcodes` are suggestions, likeliest first.

    `certainty` is that of the code's presence; of its sense, `sense_probability` and `sense_doubtful` tell.
    """

    passage_id: str
    code: str
    sense: Sense
    probability: float
    sense_probability: float
    subcodes: tuple[str, ...] = ()
    evidence: Evidence | None = None
    certainty: Certainty = Certainty.REVIEW

    @property
    def sense_doubtful(self) -> bool:
        """Whether the sense is to be checked by a person: it is wrong more than once in five."""
        return self.sense_probability < SURE_SENSE


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage's whole coding: the codes present, every code's probability, and the `confiance` marker.

    `certainties` has every code, put or left out. `outside` marks a text that is not for the coder (`why` tells): no
    code is put on it, and a person must read it.
    """

    passage_id: str
    codings: tuple[Coding, ...]
    probabilities: Mapping[str, float]
    trust: bool
    trust_probability: float
    certainties: Mapping[str, Certainty] = field(default_factory=dict)
    outside: bool = False
    why: WhyOutside | None = None

    @property
    def certainty(self) -> Certainty:
        """The least certain of the answers on the codes; « no code » is an answer too."""
        order = list(Certainty)
        return max(self.certainties.values(), key=order.index, default=Certainty.REVIEW)

    @property
    def standing(self) -> str:
        """What is told of the whole passage: « hors domaine », or else its certainty."""
        return OUTSIDE if self.outside else self.certainty

    def sense(self, code: str) -> Sense | None:
        """The sense of that code here, or None where it is absent."""
        coding = self.coding(code)
        return coding.sense if coding else None

    def coding(self, code: str) -> Coding | None:
        """That code as it was put here, or None where it is absent."""
        return next((coding for coding in self.codings if coding.code == code), None)


@dataclass(frozen=True, slots=True)
class OwnCodings:
    """Where an own code was found: the passages to reread, likeliest first, and every passage's probability by its id.

    `decisions` counts the decisions that it learnt from. Nothing here is sure: all of it is to be reread.
    """

    code: OwnCode
    codings: tuple[Coding, ...]
    probabilities: Mapping[str, float]
    decisions: int = 0


NO_THEMES = Themes((), (), (), method="Les thèmes n’ont pas été cherchés.")


@dataclass(frozen=True, slots=True)
class Quote:
    """A publishable stretch: verbatim `spans` of one testimony, joined by « […] ».

    `subject` is a code id (with `sense`) or a theme id. `score` orders quotes of one subject, higher first.
    `sense_doubtful`: whether that sense is to be checked before the quote is published. `widened`: its attribution
    says less than it could, so that neighbours do not know who speaks. `cautions`: for the team alone, what a person
    reads again before it is published, as French sentences.
    """

    passage_id: str
    testimony_id: str
    subject: str
    sense: Sense | None
    text: str
    spans: tuple[tuple[int, int], ...]
    attribution: str
    score: float
    sense_doubtful: bool = False
    widened: bool = False
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """How the reading of one file ended. Every sentence is plain French and holds no testimony's words.

    `path` is relative to what was asked to be read. `details` are facts worth showing (encoding, columns recognised,
    who was taken for the interviewer); `warnings` are what a person should check; `reason` says why it was refused.
    """

    path: str
    outcome: Outcome
    testimony_ids: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, names replaced: the testimonies, one report a file, and the ids of those withdrawn.

    Withdrawn testimonies are not among `testimonies`: their words go no further.
    """

    testimonies: tuple[Testimony, ...]
    files: tuple[FileReport, ...]
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """Everything a report stands on, filled step by step; a step gives a new Study.

    `machine` describes the coder and encoder, French label to French sentence: name, figures, limits.
    `own` are codes of the evaluator's own, apart from those of the code book.
    """

    reading: Reading
    codebook: Codebook
    passages: tuple[Passage, ...] = ()
    codings: tuple[CodedPassage, ...] = ()
    themes: Themes = NO_THEMES
    quotes: tuple[Quote, ...] = ()
    machine: Mapping[str, str] = field(default_factory=dict)
    own: tuple[OwnCodings, ...] = ()

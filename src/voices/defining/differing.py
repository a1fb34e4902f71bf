"""Where two texts differ, word by word: pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text. `kind`: same, gone, new."""

    kind: str
    text: str


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """What stays, goes and comes, in reading order; without what goes it is `after`, without what comes `before`."""
    was, now = _WORD.findall(before), _WORD.findall(after)
    found = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Stretch("same", "".join(was[start:end])))
        else:
            found += [Stretch("gone", "".join(was[start:end])), Stretch("new", "".join(now[other_start:other_end]))]
    return tuple(one for one in found if one.text)

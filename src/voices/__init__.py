"""voices: from a folder of testimonies to coded passages, themes, quotes and a report, in French and offline.

The verbs of the command line are functions here: `voices.read(path)`, `voices.code(reading)`, `voices.themes(study)`,
`voices.lexicon(study)`, `voices.quotes(study)`, `voices.report(study, path)`, `voices.run(path, out)`,
`voices.train(…)`, `voices.evaluate(…)`.
They are described in `voices.pipeline` and `voices.learning`, and load nothing before they are used.
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voices.learning import evaluate, train
    from voices.pipeline import code, lexicon, quotes, read, report, run, themes

__version__ = "0.1.0"
__all__ = ["code", "evaluate", "lexicon", "quotes", "read", "report", "run", "themes", "train"]
_LEARNING = ("evaluate", "train")


class _Door(ModuleType):
    """The package, whose verbs stay verbs: importing the room `voices.themes` must not hide `voices.themes(…)`."""

    def __getattr__(self, name: str) -> object:
        if name in __all__:
            home = "voices.learning" if name in _LEARNING else "voices.pipeline"
            return getattr(importlib.import_module(home), name)
        raise AttributeError(f"module 'voices' has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door

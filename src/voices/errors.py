"""The one family of errors people see: what happened, and what to do about it.

Messages are in French, name the file or the place concerned, and never hold a testimony's words.
"""


class VoicesError(Exception):
    """A problem a person can act on.

    Args:
        problem: what happened and where, one French sentence.
        remedy: what to do, one French sentence in the imperative or the infinitive.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["VoicesError"], tuple[str, str]]:
        """The same error in another process: without it, what a helper process refuses would break its parent."""
        return type(self), (self.problem, self.remedy)


class ReadingError(VoicesError):
    """A file cannot be read; nothing of it was taken in."""


class PrivacyError(VoicesError):
    """A step would let a name or an unreleased testimony out."""


class ModelError(VoicesError):
    """A model is missing, damaged, or not the one that was asked for."""


class SettingsError(VoicesError):
    """An option, a setting or a file of settings is not understood."""

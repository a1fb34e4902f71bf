"""A reader that has much to do says that it goes on: what says nothing for too long is held to turn in circles."""

from collections.abc import Callable

_hear: Callable[[], None] | None = None


def going_on() -> None:
    """Nothing; whoever bounds the reader's time counts anew from here."""
    if _hear is not None:
        _hear()


def listen(hear: Callable[[], None]) -> None:
    """Nothing; from now on `hear` is called each time a reader of this process says that it goes on."""
    global _hear
    _hear = hear

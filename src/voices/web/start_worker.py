"""The worker's process: it works until its standard input ends, which happens when the server stops, or dies."""

import os
import signal
import sys
import threading
import time

_STOPPED_WITHIN = 10.0
_NICENESS = 5
"""The pages come first."""


def main() -> None:
    """Nothing, once it is asked to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pipe
    stopping = threading.Event()
    threading.Thread(target=_listen, args=(stopping,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    import django

    django.setup()
    from django.conf import settings

    from voices.web import heartbeat, logs
    from voices.web.worker import Worker

    logs.keep_all_bare()
    heartbeat.start(settings.VOICES.data, stopping)
    Worker(stopping).run()


def _listen(stopping: threading.Event) -> None:
    sys.stdin.buffer.read()
    stopping.set()
    time.sleep(_STOPPED_WITHIN)
    os._exit(1)  # in the middle of something long: nothing of it was written


if __name__ == "__main__":
    main()

"""What the first visitor would wait for, made ready while the site already answers: columns, vectors, models, pages."""

import gc
import logging
import threading

_log = logging.getLogger(__name__)


def start() -> threading.Thread:
    """The thread that does it. Whoever comes meanwhile is answered, less quickly; what fails is met by who asks."""
    thread = threading.Thread(target=_quietly, name="warming", daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Nothing, once all is ready. Raises ModelError where a model is missing, DatabaseError where the base is gone."""
    from django.conf import settings
    from django.urls import get_resolver

    from voices import searching
    from voices.quoting.finding import Wish, find
    from voices.store.models import Passage

    try:
        len(get_resolver().url_patterns)  # what pages are made of is imported
        searching.warm(settings.VOICES)
        find(Passage.objects.none(), Wish(meaning="accueillie"))  # what questions are compared to is read
    finally:
        # It stays as long as the process: the collector, which would go through all of it each time, need not look.
        gc.collect()
        gc.freeze()


def _quietly() -> None:
    from django.db import connection

    try:
        warm()
    except Exception as error:
        _log.warning("nothing was made ready for the first visitor: %s", type(error).__name__)
    finally:
        connection.close()

"""The site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application


def _calculate_alone() -> None:
    """Nothing; numpy is loaded with one thread for its products, told by the environment and only then.

    Those of a search are short and bound by memory: several threads mostly wait for each other, and take the processor
    from the other requests meanwhile. The worker, another process, has as many as it likes.
    """
    name = "OPENBLAS_NUM_THREADS"
    if name in os.environ:
        return
    os.environ[name] = "1"
    try:
        import numpy as np  # noqa: F401
    finally:
        del os.environ[name]


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voices.web.settings")
_calculate_alone()
application = get_wsgi_application()

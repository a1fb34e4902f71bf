"""How many wrong passwords and codes one address, and one account, may have in a while, whatever was tried with it.

django-axes holds an account from one address after five. Who tries many names from one address, or one name from many
addresses, is held here. A place shares one address, hence the width; to hold an account from everywhere takes as many
wrong passwords from twenty addresses at least, and lasts no longer than they go on.
"""

from datetime import timedelta

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone

OF_ADDRESS, OF_ACCOUNT = 50, 100
_KEPT = timedelta(days=1)


def too_many(request: HttpRequest, username: str) -> bool:
    """Whether that address, or that account, has had too many in the last quarter of an hour."""
    if not settings.AXES_ENABLED:
        return False
    address = get_client_ip_address(request)
    return _failures(Q(ip_address=address)) >= OF_ADDRESS or _failures(Q(username=username)) >= OF_ACCOUNT


def forget_old() -> None:
    """Nothing; tries of more than a day ago are kept no longer: a name that was typed there may be a password."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - _KEPT).delete()


def _failures(of: Q) -> int:
    lately = timezone.now() - get_cool_off()
    found = AccessAttempt.objects.filter(of, attempt_time__gt=lately)
    return found.aggregate(all=Sum("failures_since_start"))["all"] or 0

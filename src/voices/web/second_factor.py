"""The second step of signing in, for who wants one: six digits that a telephone gives (TOTP, RFC 6238).

The secret is kept encrypted with the key of the site. A code serves once.
"""

from collections.abc import Iterable
from time import time

import pyotp
import segno
from django.conf import settings
from pyotp.utils import strings_equal

from voices import privacy
from voices.store.models import User
from voices.store.models.people import Role

STEP = 30
"""Seconds a code lasts; the one before and the one after are taken too, for clocks that drift."""


def required(grants: Iterable[tuple[str, int | None]]) -> bool:
    """Whether who has these roles, each with its place, must have a code."""
    asked = settings.VOICES.code_asked_of
    return asked == "tous" or (asked == "administration" and any(role == Role.ADMINISTRATOR for role, _ in grants))


def new_secret() -> str:
    """A secret, for a telephone and this site to share."""
    return pyotp.random_base32()


def picture(user: User, secret: str) -> str:
    """The QR code that an authentication application reads, as the address of an image (data:)."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name="voices")
    image: str = segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#2a2520", light="#fffdf9")
    return image


def turn_on(user: User, secret: str, code: str) -> bool:
    """Whether the code is that of the secret, which is then asked for at each sign-in."""
    step = _step(secret, code)
    if step is None:
        return False
    user.totp_secret, user.totp_last = privacy.seal(secret.encode(), key_file=settings.VOICES.site_key), step
    user.save(update_fields=["totp_secret", "totp_last"])
    return True


def turn_off(user: User) -> None:
    """Nothing; the password is enough from now on."""
    user.totp_secret, user.totp_last = None, 0
    user.save(update_fields=["totp_secret", "totp_last"])


def right(user: User, code: str) -> bool:
    """Whether it is that person's code of the moment, never used before. Raises PrivacyError without the key."""
    secret = privacy.unseal(bytes(user.totp_secret or b""), key_file=settings.VOICES.site_key).decode()
    step = _step(secret, code)
    # The update is the check: of two requests with the same code, one finds a row to change.
    return step is not None and User.objects.filter(pk=user.pk, totp_last__lt=step).update(totp_last=step) == 1


def _step(secret: str, code: str) -> int | None:
    digits, now = "".join(code.split()), int(time()) // STEP
    return next((step for step in (now - 1, now, now + 1) if _same(digits, secret, step)), None)


def _same(digits: str, secret: str, step: int) -> bool:
    return strings_equal(digits, pyotp.TOTP(secret, interval=STEP).generate_otp(step))

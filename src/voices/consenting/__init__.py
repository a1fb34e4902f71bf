"""Consent, asked of the base: what may be used for what, today and by which channel. `privacy` decides.

The same words handed in at two places have two consents: for quotes, the narrower of the two holds.
"""

from voices.consenting.asking import allowed, held, released

__all__ = ["allowed", "held", "released"]

"""The check of names: a name that was missed is replaced, a word that was no name is put back, and all that points into
the testimony follows.
"""

from voices.naming.changing import add, check, put_back
from voices.naming.table import Names, Replaced, Standing, left, names_of, stamp

__all__ = ["Names", "Replaced", "Standing", "add", "check", "left", "names_of", "put_back", "stamp"]

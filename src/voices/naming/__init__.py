"""The check of names: a name that was missed is replaced, a word that was no name is put back, and all that points into
the testimony follows.
"""

from voices.naming.changing import add, check, places, put_back
from voices.naming.table import Names, Places, Replaced, Standing, left, names_of, stamp

__all__ = ["Names", "Places", "Replaced", "Standing", "add", "check", "left", "names_of", "places", "put_back", "stamp"]

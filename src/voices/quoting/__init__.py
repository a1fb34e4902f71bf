"""Quotes for those who publish: found, cut, put aside, published, with consent checked at each step."""

from voices.quoting.finding import find
from voices.quoting.publishing import publish, recalls
from voices.quoting.shortlists import put_aside
from voices.quoting.wording import worded

__all__ = ["find", "publish", "put_aside", "recalls", "worded"]

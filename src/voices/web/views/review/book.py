"""The code book that reviewers follow: that of the site, in force."""

from voices.defining import Book, book

__all__ = ["Book", "book"]

"""What codes mean here: the code book in force, its versions, and what a change of it would touch."""

from voices.defining.book import Book, book, book_at
from voices.defining.versions import OvertakenError, keep

__all__ = ["Book", "OvertakenError", "book", "book_at", "keep"]

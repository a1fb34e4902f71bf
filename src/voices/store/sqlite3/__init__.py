"""SQLite, where writers of one process wait for each other in line."""

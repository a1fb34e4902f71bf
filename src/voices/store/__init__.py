"""What is kept: places, people and their rights, testimonies, passages, codings, decisions, themes, publications.

A Django application (its models are in `voices.store.models`) and the functions that turn rows into the domain's
objects and back. SQLite by default, PostgreSQL by one setting; nothing here speaks to people.
"""

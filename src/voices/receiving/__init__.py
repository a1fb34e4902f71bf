"""What people hand in, taken into the base: files kept encrypted, then read, protected, cut and coded by the worker.

Light to open: models, spaCy and readers load when something is read.
"""

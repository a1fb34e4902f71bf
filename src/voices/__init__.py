"""voices: from a folder of testimonies to coded passages, themes, quotes and a report, in French and offline."""

__version__ = "0.1.0"

"""Themes of the site: sought among the passages of the base, followed from one search to the next, and changed."""

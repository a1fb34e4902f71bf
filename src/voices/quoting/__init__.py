"""Quotes for those who publish: found, cut, put aside, published, with consent checked at each step."""

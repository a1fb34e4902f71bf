"""Consent, asked of the base."""

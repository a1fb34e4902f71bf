"""Searches that a person keeps."""

from django.db import models

from voices.store.models.people import User


class SavedSearch(models.Model):
    """A name for the query string of the search page."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=120)
    query = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

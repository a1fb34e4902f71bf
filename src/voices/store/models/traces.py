"""What happened, for the administrator: never a testimony's words."""

from django.db import models

from voices.store.models.people import User


class Trace(models.Model):
    """Who did what, when: sign-ins, invitations, exports, publications, withdrawals."""

    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    what = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)

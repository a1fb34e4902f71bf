"""Links that are handed over by hand: an invitation, a new password. The token is in the link alone; the base keeps
its SHA-256, so that whoever reads the base opens nothing.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from voices.store.models import Grant, Link, Place, User
from voices.store.models.people import Role

LIFE = {Link.Kind.INVITATION: timedelta(days=14), Link.Kind.RESET: timedelta(days=2)}
_PAGE = {Link.Kind.INVITATION: "invitation", Link.Kind.RESET: "reset"}


def invite(name: str, role: str, place: Place | None, made_by: User | None) -> str:
    """The path of a link that makes one account, with that role at that place, or everywhere where place is None."""
    return _make(Link(kind=Link.Kind.INVITATION, name=name, role=role, place=place, made_by=made_by))


def reset(user: User, made_by: User | None) -> str:
    """The path of a link by which that person chooses a new password. Those given before open nothing any more."""
    user.links.filter(kind=Link.Kind.RESET, used_at=None).delete()
    return _make(Link(kind=Link.Kind.RESET, user=user, made_by=made_by))


def first_link() -> str | None:
    """The path of a link that makes the administrator's account of an empty site; None once somebody has an account."""
    if User.objects.exists():
        return None
    Link.objects.filter(kind=Link.Kind.INVITATION, used_at=None).delete()
    return invite("", Role.ADMINISTRATOR, None, None)


def standing(kind: str, token: str) -> Link | None:
    """The link of that token, or None where there is none, it was used, or its time is over."""
    found = Link.objects.filter(kind=kind, digest=_digest(token), used_at=None, expires_at__gt=timezone.now())
    return found.select_related("user", "place").first()


def accept(link: Link, username: str, name: str, password: str) -> User | None:
    """The account that the invitation makes, with its role; None where somebody has just used the link."""
    with transaction.atomic():
        if not _spend(link):
            return None
        user = User.objects.create_user(username, password=password, name=name)
        Grant.objects.create(user=user, role=link.role, place=link.place)
        Link.objects.filter(pk=link.pk).update(user=user)
        return user


def renew(link: Link, password: str) -> bool:
    """Whether the link's person has that password from now on; False where somebody has just used the link."""
    with transaction.atomic():
        if link.user is None or not _spend(link):
            return False
        link.user.set_password(password)
        link.user.save(update_fields=["password"])
        return True


def _make(link: Link) -> str:
    token = secrets.token_urlsafe(32)
    link.digest, link.expires_at = _digest(token), timezone.now() + LIFE[Link.Kind(link.kind)]
    link.save()
    return reverse(_PAGE[Link.Kind(link.kind)], args=[token])


def _spend(link: Link) -> bool:
    return Link.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()) == 1


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

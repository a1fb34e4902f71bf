"""The demonstration: a site to look at, that never goes where there is one already."""

import pytest

from tests.web.conftest import place
from voices.errors import VoicesError
from voices.store.models import Grant, Job, Place, SourceFile, User
from voices.store.models.people import Role
from voices.web import demo
from voices.web.turns import Turns

pytestmark = pytest.mark.django_db


def test_there_is_an_account_a_role_all_with_the_password_that_is_told():
    password = demo.fill()
    users = {user.username: user for user in User.objects.all()}
    assert tuple(sorted(users)) == tuple(sorted(demo.ACCOUNTS))
    assert all(user.check_password(password) for user in users.values())
    assert set(Grant.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert users["coordination"].grants.count() == 2
    assert users["evaluation"].grants.get().place is None


def test_the_testimonies_of_every_place_wait_for_the_worker():
    demo.fill()
    assert Place.objects.count() == 6
    assert not SourceFile.objects.filter(state=SourceFile.State.TO_CHECK).exists()
    assert Job.objects.filter(state=Job.State.WAITING).count() >= SourceFile.objects.count()


def test_themes_are_looked_for_once_every_file_is_read():
    demo.fill()
    turns, kinds = Turns(), []
    while job := turns.first_of(Job.objects.filter(state=Job.State.WAITING)).first():
        with turns.counted(job):
            kinds.append(job.kind)
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    assert kinds == [Job.Kind.READ] * SourceFile.objects.count() + [Job.Kind.THEMES]


def test_it_refuses_a_site_that_is_there():
    place("Le Vrai Lieu")
    with pytest.raises(VoicesError, match="Il y a déjà un site"):
        demo.fill()
    assert Place.objects.get().name == "Le Vrai Lieu"

"""What an erasure keeps of why it was asked never tells whose testimony it was."""

from dataclasses import replace

import pytest
from django.conf import settings as site
from django.urls import reverse

from tests.web.conftest import person, place, signed_in, testimony
from voices.errors import VoicesError
from voices.privacy import Correspondence
from voices.receiving.sealing import seal_names
from voices.rights import motive
from voices.store.models import Erasure

pytestmark = pytest.mark.django_db

TABLE = [
    Correspondence("personne", "Josiane Le Goff", "Monique Kervella"),
    Correspondence("telephone", "06.12.34.56.78", "[téléphone]"),
    Correspondence("adresse", "3 rue du Moulin", "[adresse]"),
    Correspondence("detail", "facteur, reçu second par lettre", "[détail]"),
]


def _one(settings):
    return testimony(place(), names=seal_names(TABLE, settings))


@pytest.mark.parametrize(
    "why",
    [
        "Demande de Mme le goff",
        "JOSIANE a écrit",
        "Reçu du 0612345678",
        "La dame du moulin",
        "lettre de J. Goff",
        "Le facteur reçu second par lettre",
    ],
)
def test_a_motive_that_tells_who_is_refused(tmp_path, why):
    settings = replace(site.VOICES, data=tmp_path)
    with pytest.raises(VoicesError) as error:
        motive.check([_one(settings).pk], why, settings)
    assert "Goff" not in str(error.value)


@pytest.mark.parametrize("why", ["Demande reçue par lettre le 3 mai", "Madame a téléphoné, rue de la mairie", "", "le"])
def test_any_other_motive_is_taken(tmp_path, why):
    settings = replace(site.VOICES, data=tmp_path)
    motive.check([_one(settings).pk], why, settings)


def test_a_lost_key_never_stands_in_the_way_of_an_erasure(tmp_path):
    one = _one(replace(site.VOICES, data=tmp_path / "avant"))
    motive.check([one.pk], "Demande de Josiane", replace(site.VOICES, data=tmp_path / "apres"))


def test_the_page_refuses_it_and_erases_nothing():
    one = _one(site.VOICES)
    administrator = signed_in(person("administration"))
    sent = {"motif": "Demande de Mme Le Goff", "compris": "on"}
    answer = administrator.post(reverse("rights_erase", args=[one.pk]), sent)
    assert answer.status_code == 422
    assert "Ce motif contient un nom" in answer.content.decode()
    assert not Erasure.objects.exists()

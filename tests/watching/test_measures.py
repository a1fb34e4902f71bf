"""Numbers for Prometheus: closed unless asked for, well formed, and numbers alone."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import LETTER, passage, person, place, signed_in, testimony
from voices.errors import SettingsError
from voices.store.models import Deposit, Job, SourceFile
from voices.web import refusals
from voices.web.metrics import Metric, written

pytestmark = pytest.mark.django_db

_LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)')
_LABEL = re.compile(r'([a-z]+)="((?:[^"\\\n]|\\["\\n])*)"')


def parsed(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Each number by its name and labels, as the format is defined; each is introduced by HELP and TYPE, once."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
    told: list[str] = []
    assert text.endswith("\n")
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("# HELP "):
            told.append(line.split()[2])
        elif line.startswith("# TYPE "):
            assert line.split()[2:] == [told[-1], line.split()[3]]
            assert line.split()[3] in ("gauge", "counter")
        else:
            read = _LINE.fullmatch(line)
            assert read, line
            assert read[1] == told[-1], line
            key = (read[1], tuple(_LABEL.findall(read[2] or "")))
            assert key not in found, line
            found[key] = float(read[3])
    assert len(told) == len(set(told))
    return found


@pytest.fixture
def token(tmp_path, monkeypatch) -> str:
    """The measures opened with a token."""
    said = "0123456789abcdef" * 2
    (tmp_path / "jeton").write_text(f"{said}\n")
    monkeypatch.setattr(settings, "VOICES", replace(settings.VOICES, measures=str(tmp_path / "jeton")))
    return said


def asked(**sent: Any) -> Any:
    return Client().get("/mesures", **sent)


def test_what_is_told_is_read_by_the_format_and_is_right(token: str):
    one = Job.objects.create(kind=Job.Kind.READ, state=Job.State.DONE)
    started = one.made_at + timedelta(seconds=600)
    Job.objects.filter(pk=one.pk).update(started_at=started, ended_at=started + timedelta(seconds=90))
    Job.objects.create(kind=Job.Kind.READ, state=Job.State.FAILED)
    Job.objects.create(kind=Job.Kind.THEMES)
    deposit = Deposit.objects.create(place=place())
    for reason in ("Illisible.", SourceFile.SET_ASIDE):
        SourceFile.objects.create(deposit=deposit, name="Lettre de Monique.txt", size=3, state="refuse", reason=reason)
    Client().get("/connexion/")
    answer = asked(headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = parsed(answer.content.decode())
    assert found["voices_travaux", (("genre", "lecture"), ("etat", "fini"))] == 1
    assert found["voices_travaux", (("genre", "lecture"), ("etat", "echec"))] == 1
    assert found["voices_travaux", (("genre", "themes"), ("etat", "attente"))] == 1
    assert found["voices_travaux_secondes", (("genre", "lecture"),)] == 90
    assert found["voices_travaux_attente_secondes", (("genre", "lecture"),)] == 600
    assert found["voices_fichiers_refuses", ()] == 1
    assert found["voices_base_octets", ()] > 100_000
    assert found["voices_demandes_total", (("route", "sign_in"), ("statut", "2xx"))] >= 1
    assert found["voices_etat", (("partie", "base"),)] == 2


def test_no_name_and_no_content_is_told(token: str):
    here = place("Le Lieu secret")
    one = passage(testimony(here))
    someone = person("evaluation", name="Monique Secrète", username="monique")
    signed_in(someone).get(f"/relire/passage/{one.pk}/?q=mot-secret")
    Client().get("/adresse-secrete/")
    said = asked(headers={"Authorization": f"Bearer {token}"}).content.decode().lower()
    assert not any(word in said for word in ("secret", "secrète", "monique", LETTER[:8].lower()))


@pytest.mark.parametrize(
    ("allowed", "sent", "status"),
    [
        ("", {}, 404),
        ("ici", {}, 200),
        ("ici", {"REMOTE_ADDR": "::1"}, 200),
        ("ici", {"REMOTE_ADDR": "192.0.2.7"}, 404),
        ("ici", {"headers": {"X-Forwarded-For": "127.0.0.1"}}, 404),
        ("ici", {"headers": {"X-Forwarded-Proto": "https"}}, 404),
    ],
    ids=["closed", "from here", "from here by IPv6", "from elsewhere", "by a proxy", "by a proxy that says little"],
)
def test_it_is_closed_unless_opened_and_then_to_this_machine(monkeypatch, allowed: str, sent: Any, status: int):
    monkeypatch.setattr(settings, "VOICES", replace(settings.VOICES, measures=allowed))
    assert asked(**sent).status_code == status


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer 0123", "Basic x", "Bearer é"])
def test_another_token_opens_nothing(token: str, shown: str):
    assert asked(headers={"Authorization": shown}).status_code == 404
    assert asked(REMOTE_ADDR="127.0.0.1").status_code == 404
    assert signed_in(person("administration")).get("/mesures").status_code == 404


@pytest.mark.parametrize("said", [None, "court"], ids=["none", "short"])
def test_a_site_does_not_open_with_a_token_that_is_guessed(tmp_path, said: str | None):
    if said is not None:
        (tmp_path / "jeton").write_text(said)
        (tmp_path / "jeton").chmod(0o600)
    with pytest.raises(SettingsError, match="jeton"):
        refusals.require_sound(replace(settings.VOICES, data=tmp_path, measures=str(tmp_path / "jeton")))


def test_a_site_does_not_open_with_a_token_that_others_read(tmp_path):
    (tmp_path / "jeton").write_text("0123456789abcdef" * 2)
    (tmp_path / "jeton").chmod(0o644)
    with pytest.raises(SettingsError, match="D’autres comptes"):
        refusals.require_sound(replace(settings.VOICES, data=tmp_path, measures=str(tmp_path / "jeton")))


@given(st.text(), st.floats(allow_nan=False))
def test_any_label_and_any_number_is_written_so_that_it_is_read(label: str, value: float):
    text = written([Metric("essai", "gauge", "Un essai.", [({"nom": label}, value)])])
    ((_, labels), read) = next(iter(parsed(text).items()))
    said = re.sub(r"\\(.)", lambda one: {"n": "\n"}.get(one[1], one[1]), labels[0][1])
    assert said == label
    assert read == pytest.approx(value)

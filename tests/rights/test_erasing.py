"""A testimony erased: nothing of it is left anywhere, and the proof says nothing of it."""

import json
import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices import quoting, reporting, reviewing
from voices.domain import Consent, Sense
from voices.loading import coder_of
from voices.pipeline import silent
from voices.privacy import Correspondence
from voices.receiving.depositing import keep_text
from voices.receiving.sealing import seal_names
from voices.reporting import Asked, facts_of
from voices.reviewing import Coding
from voices.rights import remembered
from voices.rights.erasing import digest_of, erase, erased_anew
from voices.rights.held import BEFORE_GIVING, archive, everything, page
from voices.rights.traces import TO_LEARN_AGAIN, shipped
from voices.store.columns.asked import chosen
from voices.store.models import (
    Act,
    Deposit,
    Erasure,
    Job,
    MachinePass,
    Passage,
    PassageTheme,
    Publication,
    ReportVersion,
    Shortlist,
    SourceFile,
    Suggestion,
    Theme,
    ThemeRun,
    Trace,
)
from voices.store.models import Testimony as Row
from voices.store.scrubbing import scrub
from voices.store.search import lemmas
from voices.store.search import text as words
from voices.web.access import Action, reach_of

pytestmark = pytest.mark.django_db

RARE = "brindezingue"
SAID = f"Une {RARE} m’a tiré une chaise près du poêle le soir de mon arrivée."
OTHER = "On m’a appris à réparer un vélo, et j’y retourne chaque jeudi avec ma voisine."


@pytest.fixture
def settings(tmp_path):
    from dataclasses import replace

    return replace(site.VOICES, data=tmp_path, cache=tmp_path / "cache")


@pytest.fixture
def one(settings):
    """A testimony that went everywhere a testimony can go."""
    here, by = place("Le Fournil"), person("evaluation", name="Marie")
    deposit = Deposit.objects.create(place=here, made_by=by)
    file = keep_text(deposit, "lettre de Josiane", SAID, settings=settings)
    names = seal_names([Correspondence("personne", "Josiane Lagarde", "Monique")], settings)
    row = testimony(here, SAID, consent=Consent.NAMED_QUOTES.value, deposit=deposit, file=file, names=names)
    mine = passage(row, accueil="+", lemmas=SAID.lower(), vector=b"\x01\x02" * 384)
    suggested(mine, {"accueil": "+"})
    reviewing.decide(mine, by, Coding({"accueil": Sense.PRESENCE}, comment=f"la {RARE} !"), token="t1")
    beside = passage(testimony(here, OTHER), action="+", lemmas=OTHER.lower())
    near = {"text": SAID, "codes": {}, "similarity": 0.9}
    example = suggested(beside, {"action": "+"})
    example.codings[0]["evidence"] = {"start": 0, "end": 9, "neighbours": [near], "against": []}
    example.save()
    run = ThemeRun.objects.create()
    theme = Theme.objects.create(run=run, label=f"{RARE.capitalize()}, chaise", keywords=[RARE, "vélo"])
    PassageTheme.objects.create(theme=theme, passage=mine, rank=0)
    made = quoting.worded(Passage.objects.select_related("testimony__place").get(pk=mine.pk), settings=settings)
    quoting.put_aside(Shortlist.objects.create(name="Affiche"), made)
    quoting.publish(made, "texte", "Affiche", by)
    for frozen in (False, True):
        rows = reach_of(by).testimonies(Action.REPORT)
        version = reporting.compose(Asked("Essai"), rows, settings=settings, watch=silent).keep(None, by)
        if frozen:
            digest = reporting.freezing.digest_of(version)
            ReportVersion.objects.filter(pk=version.pk).update(frozen_at=version.made_at, digest=digest)
    Job.objects.create(kind=Job.Kind.VECTORS, subject={"passages": [mine.pk, beside.pk]})
    return Row.objects.get(pk=row.pk)


def test_nothing_of_it_is_left_in_the_rows(one, settings):
    number, key = one.pk, one.key
    (proof,) = erase([one.pk], why="Demande du 3 mai", by=None, settings=settings)
    assert not Row.objects.filter(pk=number).exists()
    assert not Passage.objects.filter(testimony_id=number).exists()
    assert not SourceFile.objects.exists()
    assert not Deposit.objects.exists()
    assert not Publication.objects.exists()
    assert not Job.objects.filter(kind=Job.Kind.READ).exists()
    assert Job.objects.get(kind=Job.Kind.VECTORS).subject["passages"] == [Passage.objects.get().pk]
    theme = Theme.objects.get()
    assert (theme.keywords, RARE in theme.label.lower()) == (["vélo"], False)
    assert Suggestion.objects.get().codings[0]["evidence"]["neighbours"] == []
    assert RARE not in _dumped()
    assert proof.digest == digest_of(key)
    assert proof.counts["passages"] == proof.counts["brouillons"] == proof.counts["rapports_vides"] == 1
    assert Job.objects.filter(kind=Job.Kind.SCRUB, subject__erasures=[proof.pk]).exists()


def test_a_frozen_report_keeps_its_digest_and_figures_alone(one, settings):
    before = ReportVersion.objects.exclude(frozen_at=None).get()
    erase([one.pk], why="", by=None, settings=settings)
    (left,) = ReportVersion.objects.all()
    assert (left.digest, left.html, bytes(left.pdf)) == (before.digest, "", b"")
    assert left.emptied_at is not None
    assert facts_of(left)["quotes"] == []
    assert facts_of(left)["headline"] == facts_of(before)["headline"]
    page = signed_in(person("evaluation")).get(reverse("report", args=[left.pk])).content.decode()
    assert "ont été effacés" in page
    assert "Ce rapport a été vidé de ses mots. Les copies déjà faites les montrent encore." in page
    assert "accord est retiré" not in page
    assert signed_in(person("evaluation")).get(reverse("report_pdf", args=[left.pk])).status_code == 302


def test_indexes_and_columns_forget_it_at_once(one, settings):
    mine = one.passages.get().pk
    assert mine in set(chosen(Passage.objects.filter(retired=False)).ids)
    asked = lemmas.by_lemma("poêle")
    assert words.containing(Passage.objects.all(), asked, column="lemmas").exists()
    erase([one.pk], why="", by=None, settings=settings)
    assert mine not in set(chosen(Passage.objects.filter(retired=False)).ids)
    assert not words.containing(Passage.objects.all(), asked, column="lemmas").exists()


def test_the_proof_holds_nothing_of_it(one, settings):
    (proof,) = erase([one.pk], why="Demande du 3 mai", by=person(name="Anne"), settings=settings)
    told = json.dumps(Erasure.objects.filter(pk=proof.pk).values().get(), default=str) + remembered.path_of(
        settings
    ).read_text(encoding="utf-8")
    for secret in (RARE, "Josiane", "chaise", "lettre de"):
        assert secret not in told


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads the file of SQLite")
def test_no_byte_of_its_text_is_left_in_the_files_of_the_base(tmp_path):
    """On a base of its own, in WAL, as the site has it: the file and its log are read byte by byte."""
    path = tmp_path / "voices.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()
    held, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(path)
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
        row = testimony(place(), SAID * 40)
        passage(row, lemmas=SAID.lower())
        Row.objects.filter(pk=row.pk).update(text=SAID * 41)
        assert RARE.encode() in _bytes(tmp_path)
        from dataclasses import replace

        erase([row.pk], why="", by=None, settings=replace(site.VOICES, data=tmp_path))
        scrub()
        assert RARE.encode() not in _bytes(tmp_path)
        assert "poêle".encode() not in _bytes(tmp_path)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = held


def test_what_an_older_backup_brings_back_is_erased_again(one, settings):
    key = one.key
    erase([one.pk], why="", by=None, settings=settings)
    Erasure.objects.all().delete()  # the base of the backup does not know it
    back = testimony(place(), SAID, key=key)
    (again,) = erased_anew(settings)
    assert not Row.objects.filter(pk=back.pk).exists()
    assert again.digest == digest_of(key)
    assert erased_anew(settings) == ()


def test_what_a_shipped_coder_said_is_not_read_again_for_examples(one, settings):
    ours = coder_of(settings).identity
    assert ours in shipped(settings)
    MachinePass.objects.update(coder=ours)
    (proof,) = erase([one.pk], why="", by=None, settings=settings)
    assert "exemples" not in proof.counts


def test_a_line_cut_short_does_not_lose_the_others(one, settings):
    erase([one.pk], why="", by=None, settings=settings)
    path = remembered.path_of(settings)
    path.write_text('{"digest": "ab' + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(remembered.read(settings)) == 1


def test_a_list_is_awaited_after_a_restoration_without_it_until_a_person_says(one, settings):
    assert not remembered.awaited(settings)
    remembered.restored(settings)
    erase([one.pk], why="", by=None, settings=settings)  # which begins a list: it is not the former one
    assert remembered.awaited(settings)
    remembered.no_longer_awaited(settings)
    assert len(remembered.read(settings)) == 1
    assert remembered.restored(settings)


def test_a_list_that_is_there_is_awaited_until_all_that_it_tells_is_erased_again(one, settings):
    erase([one.pk], why="", by=None, settings=settings)
    assert remembered.restored(settings)
    assert remembered.awaited(settings)
    assert not remembered.restored(settings)  # cut short, then begun again: nobody said that all of it was done
    remembered.no_longer_awaited(settings)
    assert (remembered.awaited(settings), len(remembered.read(settings))) == (False, 1)


def test_that_nobody_was_erased_is_said_once(settings):
    assert not remembered.restored(settings)
    remembered.no_longer_awaited(settings)
    assert (remembered.restored(settings), remembered.read(settings)) == (True, {})


def test_a_coder_trained_here_is_marked_to_be_trained_again(one, settings, tmp_path):
    from dataclasses import replace

    coder = tmp_path / "codeur"
    coder.mkdir()
    erase([one.pk], why="", by=None, settings=replace(settings, coder=coder))
    assert json.loads((coder / TO_LEARN_AGAIN).read_text(encoding="utf-8"))[0]["digest"] == digest_of(one.key)


def test_all_that_is_held_is_given_names_included(one, settings):
    held = everything(one, settings)
    told = json.dumps(held, ensure_ascii=False)
    for said in (RARE, "Josiane Lagarde", "lettre de Josiane", "Affiche", "Marie", "Essai", "accueil"):
        assert said in told
    with zipfile.ZipFile(BytesIO(archive(one, settings))) as opened:
        assert json.loads(opened.read("tout.json")) == held
        page = opened.read("tout.html").decode()
    assert RARE in page
    assert "<script" not in page


def test_the_page_for_a_person_is_in_french_and_says_first_what_to_look_at(one, settings):
    Suggestion.objects.update(probabilities={"accueil": {"+": 0.8612345678901234}})
    held = everything(one, settings)
    read = page(held)
    body = read.split("<body>")[1]
    assert body.startswith(f"<p><strong>{BEFORE_GIVING}")
    assert next(iter(held)) == "avant_de_remettre"
    for said in ("<dt>Reçu le", "<dt>Ce qu’il permet", "<dt>Numéro", "<dt>Probabilités", "<h2>Témoignage", "0,86<"):
        assert said in body
    for said in ("<dt>Recu", "<dt>Permet", "<dt>Numero", "0.8612"):
        assert said not in body


def test_what_a_witness_wrote_cannot_run_in_the_page(settings):
    row = testimony(place(), "<script>alert(1)</script> Bonjour.")
    with zipfile.ZipFile(BytesIO(archive(row, settings))) as opened:
        assert "<script" not in opened.read("tout.html").decode()


def test_the_page_searches_gives_erases_and_proves(one, settings):
    administrator = signed_in(person("administration"))
    found = administrator.post(reverse("rights"), {"numero": one.pk}).content.decode()
    assert reverse("rights_one", args=[one.pk]) in found
    assert "Effacer ce témoignage" in administrator.get(reverse("rights_one", args=[one.pk])).content.decode()
    refused = administrator.post(reverse("rights_erase", args=[one.pk]), {"motif": "Demande"})
    assert refused.status_code == 422
    assert Row.objects.filter(pk=one.pk).exists()
    sent = {"motif": "Demande du 3 mai", "compris": "on"}
    done = administrator.post(reverse("rights_erase", args=[one.pk]), sent, follow=True)
    assert "Preuve d’effacement" in done.content.decode()
    assert not Row.objects.filter(pk=one.pk).exists()
    assert Trace.objects.filter(what="Témoignage effacé").exists()
    assert not Act.objects.filter(testimony=one.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has its own test, byte by byte")
def test_a_server_writes_its_tables_anew(settings):
    one = testimony(place(), SAID)
    erase([one.pk], why="", by=None, settings=settings)
    scrub()
    assert not Row.objects.exists()


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("voices.sqlite3*"))


def _dumped() -> str:
    """Every cell of every table, as text."""
    from django.apps import apps

    return "\n".join(
        str(list(model._default_manager.values_list())) for model in apps.get_app_config("store").get_models()
    ).lower()

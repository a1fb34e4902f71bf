from pathlib import PurePosixPath

import pytest

from voices.domain import Consent, Origin
from voices.ingest.metadata import Sheet, from_folders, is_sheet_name, read_sheet, row_for, settle, settle_consent
from voices.ingest.vocabulary import channel_of, consent_of, date_of, place_type_of

HERE = PurePosixPath()


def table(data: bytes) -> Sheet:
    sheet = read_sheet(data, HERE)
    assert sheet is not None
    return sheet


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("12/03/2024", "2024-03-12"),
        ("12-3-2024", "2024-03-12"),
        ("12.03.24", "2024-03-12"),
        ("mars 2024", "2024-03"),
        ("Août 2023", "2023-08"),
        ("sept. 2022", "2022-09"),
        ("12 mars 2024", "2024-03-12"),
        ("mardi 1er mars 2024", "2024-03-01"),
        ("le 3 décembre 2023", "2023-12-03"),
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12 00:00:00", "2024-03-12"),
        ("2024-03-12T14:30:00", "2024-03-12"),
        ("2024-03", "2024-03"),
        ("03/2024", "2024-03"),
        ("2024", "2024"),
        ("printemps 2024", "2024"),
        ("du 12 au 14 mars 2024", "2024-03"),
        ("31/02/2024", None),
        ("2023-2024", None),
        ("hier", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(written, date):
    assert date_of(written) == date


@pytest.mark.parametrize(
    ("written", "consent"),
    [
        ("analyse seulement", Consent.ANALYSIS),
        ("Pas de citation", Consent.ANALYSIS),
        ("citations anonymes", Consent.ANONYMOUS_QUOTES),
        ("Oui, anonymement", Consent.ANONYMOUS_QUOTES),
        ("sans mon nom", Consent.ANONYMOUS_QUOTES),
        ("citations_prenom", Consent.NAMED_QUOTES),
        ("avec prénom", Consent.NAMED_QUOTES),
        ("Retiré", Consent.WITHDRAWN),
        ("non", Consent.WITHDRAWN),
        ("pas d’accord", Consent.WITHDRAWN),
        ("inconnu", Consent.UNKNOWN),
        ("?", Consent.UNKNOWN),
        ("Je retire mon témoignage", Consent.WITHDRAWN),
        ("Pour l’analyse seulement", Consent.ANALYSIS),
        ("Oui, si c’est anonyme", Consent.ANONYMOUS_QUOTES),
        ("sous pseudonyme", Consent.ANONYMOUS_QUOTES),
        ("Oui, vous pouvez mettre mon prénom", Consent.NAMED_QUOTES),
        ("anonyme, sans le prénom", None),
        ("Oui mais pas mon nom", Consent.ANONYMOUS_QUOTES),
        ("Oui (prénom)", Consent.NAMED_QUOTES),
        ("J’avais dit oui, mais finalement je retire mon accord", Consent.WITHDRAWN),
        ("je ne retire pas mon accord", None),
        ("avec mon prénom mais pas dans le journal", None),
        ("je ne retire rien", None),
        ("analyse et citations", None),
        ("oui", None),
        ("OK", None),
        ("anonyme ?", None),
        ("pas anonyme", None),
        ("avec prénom sauf pour la presse", None),
    ],
)
def test_consents_as_people_write_them(written, consent):
    assert consent_of(written) is consent


@pytest.mark.parametrize("consent", list(Consent))
def test_each_consent_is_read_from_its_own_word(consent):
    assert consent_of(consent.value) is consent


@pytest.mark.parametrize(
    ("written", "channel"),
    [
        ("Entretiens", "entretien"),
        ("livre d’or", "livre_or"),
        ("livre_or", "livre_or"),
        ("Questionnaires en ligne", "questionnaire"),
        ("focus_group", "focus_group"),
        ("entretien collectif", "focus_group"),
        ("courriels", "mail"),
        ("lettre", "courrier"),
        ("messages vocaux", "vocal"),
        ("SMS", "sms"),
        ("carnet de bord", "journal"),
        ("autre chose", None),
    ],
)
def test_channels_as_people_write_them(written, channel):
    assert channel_of(written) == channel


@pytest.mark.parametrize(
    ("written", "place_type"),
    [
        ("La Petite Cantine des Tilleuls, Annonay", "petite_cantine"),
        ("Café du jardin", "cafe_associatif"),
        ("tiers-lieu nourricier", "tiers_lieu_nourricier"),
        ("Recyclerie du Lac", "ressourcerie"),
        ("Repair café du Port", "repair_cafe"),
        ("Le Fournil", None),
    ],
)
def test_the_kind_of_a_place_shows_in_its_name(written, place_type):
    assert place_type_of(written) == place_type


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("Café Noir/2024-03/entretiens/a.txt", {"lieu": "Café Noir", "date": "2024-03", "canal": "entretien"}),
        ("livre d'or/a.txt", {"canal": "livre_or"}),
        ("2023/2024/a.txt", {"date": "2024"}),
        ("entretiens 2024/a.txt", {"canal": "entretien", "date": "2024"}),
        ("Cafe\u0301_du_Port/a.txt", {"lieu": "Café du Port"}),
        ("Épicerie.zip/a.txt", {"lieu": "Épicerie"}),
        ("divers/a.txt", {}),
    ],
)  # fmt: skip
def test_folders_tell_place_date_and_channel(path, values):
    assert from_folders(PurePosixPath(path)) == values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_table_is_read_whatever_its_separator_and_encoding(separator, encoding):
    rows = [["Fichier", "Lieu", "Consentement"], ["été.txt", "Café du Rhône", "retiré"]]
    data = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    sheet = table(data)
    assert sheet.rows == {"été.txt": {"lieu": "Café du Rhône", "consentement": "retiré"}}


def test_headings_are_tolerant_and_others_are_counted():
    sheet = table(b"Nom du fichier;TYPE DE LIEU;humeur\na.txt;cafe;bonne\n")
    assert sheet.rows == {"a.txt": {"type_lieu": "cafe"}}
    assert "Colonnes non reconnues, laissées de côté\u202f: 1." in sheet.details


@pytest.mark.parametrize("data", [b"lieu;date\nBrest;2024\n", b"\n\n"], ids=["no file column", "blank"])
def test_a_table_that_names_no_file_is_no_table_of_testimonies(data):
    assert read_sheet(data, HERE) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("temoignages.csv", True),
        ("Témoignages.xlsx", True),
        ("te\u0301moignages.ods", True),
        ("témoignages.docx", False),
        ("autres témoignages.csv", False),
    ],
)
def test_the_table_is_known_by_its_name(name, expected):
    assert is_sheet_name(name) is expected


@pytest.mark.parametrize(
    ("named", "path", "found"),
    [
        ("a.txt", "a.txt", True),
        ("A.TXT", "a.txt", True),
        ("a", "a.txt", True),
        ("sous/a.txt", "sous/a.txt", True),
        ("sous\\a.txt", "sous/a.txt", True),
        ("a.txt", "sous/a.txt", True),
        ("b.txt", "a.txt", False),
        ("autre/a.txt", "sous/a.txt", False),
    ],
)
def test_a_row_finds_its_file(named, path, found):
    sheet = table(f"fichier;lieu\n{named};Brest\n".encode())
    assert (row_for(sheet, PurePosixPath(path)) is not None) is found


def test_the_first_source_that_knows_wins():
    origin, warnings = settle(
        [{"lieu": "Café du Port"}, {"lieu": "Autre", "date": "2024"}, {"canal": "sms", "date": "1999"}]
    )
    assert origin == Origin("Café du Port", "cafe_associatif", "2024", "sms")
    assert warnings == ()


def test_what_is_not_understood_is_said_and_left_out():
    origin, warnings = settle([{"date": "un mardi", "canal": "pigeon", "type_lieu": "soucoupe"}])
    assert origin == Origin()
    assert len(warnings) == 3


@pytest.mark.parametrize(
    ("written", "default", "consent"),
    [
        ([], None, Consent.UNKNOWN),
        ([], Consent.ANALYSIS, Consent.ANALYSIS),
        (["citations anonymes"], Consent.ANALYSIS, Consent.ANONYMOUS_QUOTES),
        (["oui"], Consent.NAMED_QUOTES, Consent.UNKNOWN),
        (["inconnu"], Consent.NAMED_QUOTES, Consent.UNKNOWN),
        (["avec prénom", "analyse"], None, Consent.ANALYSIS),
        (["avec prénom", "retiré"], None, Consent.WITHDRAWN),
        (["oui", "retiré"], None, Consent.WITHDRAWN),
        (["oui", "avec prénom"], None, Consent.UNKNOWN),
    ],
)
def test_consent_is_the_narrowest_written_and_never_a_guess(written, default, consent):
    found, warnings = settle_consent([{"consentement": words} for words in written], default)
    assert found is consent
    assert bool(warnings) is ("oui" in written)

import datetime
from collections.abc import Sequence
from io import BytesIO

import pytest
import xlsxwriter

from voices.domain import Role
from voices.errors import SettingsError
from voices.ingest.answers import clean_question, says_nothing
from voices.ingest.columns import Kind, understand
from voices.ingest.document import Parsed, ReadOptions
from voices.ingest.questionnaire import read

WHY = "Je viens surtout pour voir du monde, et parce qu’on y mange bien."
WARMTH = "La chaleur, et les gens que je croise depuis dix ans le mardi."
THANKS = "Merci à celle du jeudi qui m’a appris à tenir la caisse."


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return data.getvalue()


def parsed(rows: Sequence[Sequence[object]], **columns: str) -> Parsed:
    return read(workbook(rows), ReadOptions(columns=columns))


def said(found: Parsed) -> list[list[tuple[str, Role | None, bool]]]:
    return [[(one.text, one.role, one.empty) for one in document.stretches] for document in found.documents]


HEADINGS = [
    "Horodateur",
    "Votre prénom",
    "E-mail",
    "Lieu",
    "Acceptez-vous d’être cité anonymement ?",
    "Sur une échelle de 1 à 5 ?",
    "Que venez-vous chercher ici ?",
    "Autre chose à ajouter ?",
]
DAY = datetime.datetime(2024, 3, 12, 10, 5)
SURVEY: list[Sequence[object]] = [
    ["Enquête d’hiver"],
    [],
    HEADINGS,
    [DAY, "Zoé", "zoe@exemple.fr", "Café du coin", "Oui", 4, WHY, "RAS"],
    [DAY, "Paul", "06 12 34 56 78", "Café du coin", "Non", 5, WARMTH, "Rien à ajouter."],
    [],
    [DAY, "Rose", "", "Café du coin", "", 3, "", THANKS],
    [DAY, "Luc", "", "Café du coin", "Oui", 2, "", ""],
]


def test_each_open_answer_comes_after_its_question():
    assert said(parsed(SURVEY)) == [
        [
            ("Que venez-vous chercher ici ?", Role.INTERVIEWER, False),
            (WHY, Role.WITNESS, False),
            ("Autre chose à ajouter ?", Role.INTERVIEWER, False),
            ("RAS", Role.WITNESS, True),
        ],
        [
            ("Que venez-vous chercher ici ?", Role.INTERVIEWER, False),
            (WARMTH, Role.WITNESS, False),
            ("Autre chose à ajouter ?", Role.INTERVIEWER, False),
            ("Rien à ajouter.", Role.WITNESS, True),
        ],
        [("Autre chose à ajouter ?", Role.INTERVIEWER, False), (THANKS, Role.WITNESS, False)],
    ]


def test_a_document_bears_the_number_of_its_row_in_the_sheet():
    assert [document.key for document in parsed(SURVEY).documents] == ["l004", "l005", "l007"]


def test_who_answers_never_enters_the_words():
    found = parsed(SURVEY)
    assert [document.identity.names for document in found.documents] == [("Zoé",), ("Paul",), ("Rose",)]
    assert [document.identity.contacts for document in found.documents] == [
        ("zoe@exemple.fr",),
        ("06 12 34 56 78",),
        (),
    ]
    assert not any(
        name in text for document in said(found) for text, *_ in document for name in ("Zoé", "Paul", "Rose")
    )


def test_place_date_channel_and_consent_are_metadata():
    first, second, third = (dict(document.metadata) for document in parsed(SURVEY).documents)
    assert first == {
        "date": "2024-03-12 10:05:00",
        "lieu": "Café du coin",
        "canal": "questionnaire",
        "consentement": "citations_anonymes",
    }
    assert second["consentement"] == "analyse"
    assert "consentement" not in third


def test_what_was_understood_and_counted_is_told():
    details = parsed(SURVEY).details
    assert details[: len(HEADINGS)] == tuple(
        f"Colonne «\u202f{heading}\u202f»\u202f: {kind}."
        for heading, kind in zip(
            HEADINGS,
            [
                "date",
                "identité",
                "identité",
                "lieu",
                "consentement",
                "question fermée, non codée",
                "question ouverte",
                "question ouverte",
            ],
            strict=True,
        )
    )
    assert [int(detail.rstrip(".").split()[-1]) for detail in details if "Lignes" in detail] == [1, 1]
    assert any("laissées sans réponse\u202f: 3" in detail for detail in details)


ANSWERS = {
    "Que retenez-vous de cette année ?": [WHY, WARMTH, THANKS, "La soupe du lundi, qu’on mange à douze."],
    "Racontez un souvenir": ["La soupe chaude", "Mon premier jour", "Une main tendue", "Le départ d’Aïcha"],
    "Un commentaire ?": ["Merci beaucoup", "RAS", "", "Bravo à tous"],
    "Témoignage": [WHY, WARMTH, THANKS, WHY + " Souvent."],
}
KINDS = {
    **{heading: (cells, Kind.OPEN) for heading, cells in ANSWERS.items()},
    "Nom": (["Roux", "Petit", "Diallo", "Roux"], Kind.IDENTITY),
    "Votre prénom (facultatif)": (["Zoé", "", "Paul", "Luc"], Kind.IDENTITY),
    "Nom, prénom et adresse complète": (["Zoé Roux, 3 rue des Lilas, 07100 Annonay"] * 4, Kind.IDENTITY),
    "Prénom et ville": (["Zoé, Annonay", "Paul, Lyon", "Luc, Die", "Rose, Die"], Kind.IDENTITY),
    "Comment vous joindre ?": (["a@b.fr", "c@d.fr", "06 12 34 56 78", "e@f.fr"], Kind.IDENTITY),
    "Si vous voulez, laissez de quoi vous écrire": (["a@b.fr", "", "c@d.org", ""], Kind.IDENTITY),
    "Nom du lieu": (["Café du coin", "La Petite Cantine", "Café du coin", "Foyer"], Kind.PLACE),
    "Votre ville": (["Annonay", "Lyon", "Die", "Die"], Kind.PLACE),
    "Type de lieu": (["café", "cantine", "café", "foyer"], Kind.PLACE_TYPE),
    "Date de la réponse": (["12/03/2024", "13/03/2024", "14/03/2024", ""], Kind.DATE),
    "submitdate": (["2024-03-12 10:11:12"] * 4, Kind.DATE),
    "Date de naissance": (["12/03/1954", "13/03/1964", "14/03/1974", ""], Kind.CLOSED),
    "Depuis quelle année venez-vous ?": (["2019", "2020", "2021", "2019"], Kind.CLOSED),
    "Canal": (["mail", "courrier", "mail", "mail"], Kind.CHANNEL),
    "J’accepte que mes réponses soient publiées": (["Oui", "Non", "Oui", "Oui"], Kind.CONSENT),
    "Venez-vous souvent ?": (["Oui", "Non", "Oui", "Oui"], Kind.CLOSED),
    "Votre âge": (["54", "61", "33", "78"], Kind.CLOSED),
    "Je me sens accueilli": (["Tout à fait d’accord", "Plutôt", "Tout à fait d’accord", "Pas du tout"], Kind.CLOSED),
    "Qu’avez-vous fait ?": (["Cuisine, Jardin", "Jardin, Repas partagés", "Cuisine", "Cuisine, Jardin"], Kind.CLOSED),
    "ID de la réponse": (["1", "2", "3", "4"], Kind.IGNORED),
    "": (["", "", "", ""], Kind.IGNORED),
}  # fmt: skip


@pytest.mark.parametrize(("heading", "cells", "kind"), [(h, *rest) for h, rest in KINDS.items()], ids=KINDS)
def test_a_column_is_understood_by_its_heading_and_its_cells(heading, cells, kind):
    (column,) = understand([heading], [[cell] for cell in cells], {})
    assert column.kind == kind


def test_a_file_of_columns_wins_over_what_is_recognised():
    found = parsed(SURVEY, **{"Que venez-vous chercher ici ?": "fermée", "votre prenom": "ignorée"})
    assert [document.key for document in found.documents] == ["l004", "l005", "l007"]
    assert not any(WHY in text for document in said(found) for text, *_ in document)
    assert found.documents[0].identity.names == ()


def test_an_unknown_kind_of_column_is_refused_with_those_that_exist():
    with pytest.raises(SettingsError, match="ouverte"):
        parsed(SURVEY, Lieu="endroit")


NOTHING = ["RAS", "R.A.S.", "ras", "rien à ajouter", "Rien à dire", "Néant", "/", "-", ".", "non", "Non.", "idem",
           "Rien.", "sans objet", "aucun", "Pas de commentaire", "Aucune remarque particulière", "ne sais pas", "NSP",
           "N/A", "xxx", "…", "Non, rien", "Non merci", "rien de plus, merci", "voir plus haut",
           "Je préfère ne pas répondre", "Je ne souhaite pas répondre"]  # fmt: skip
SOMETHING = ["oui", "Rien ne me plaît ici", "non, on m’a laissée dehors", "Rien à dire de mal, tout est bien", "❤️",
             "Merci", "Aucun accueil ici", "Sans eux je ne mangerais pas", "3", "RAS le bol", "Rasé de près",
             "personne", "Rien n’est fait pour nous"]  # fmt: skip


@pytest.mark.parametrize("answer", NOTHING)
def test_some_answers_say_nothing(answer):
    assert says_nothing(answer)


@pytest.mark.parametrize("answer", SOMETHING)
def test_short_answers_may_say_something(answer):
    assert not says_nothing(answer)


QUESTIONS = {
    "Q169 - Que pensez-vous de l’accueil ?": "Que pensez-vous de l’accueil ?",
    "QUXVlc3Rpb246MTY5 - Que pensez-vous ?": "Que pensez-vous ?",
    "UXVlc3Rpb246MTY5 - Que pensez-vous ?": "Que pensez-vous ?",
    "G2Q1[SQ001]. Racontez": "Racontez",
    "12. Racontez": "Racontez",
    "<p>Que <b>pensez-vous</b> ?</p>": "Que pensez-vous ?",
    "Que  pensez-vous\nici ?": "Que pensez-vous ici ?",
    "3 mots pour dire ce lieu": "3 mots pour dire ce lieu",
    "Q12": "Q12",
}


@pytest.mark.parametrize(("heading", "question"), QUESTIONS.items())
def test_a_question_loses_what_software_puts_before_it(heading, question):
    assert clean_question(heading) == question


@pytest.mark.parametrize("heading", ["témoignage", "Texte", "Message", "Mot laissé dans le livre d’or"])
def test_a_list_of_testimonies_has_no_question(heading):
    found = read(f"{heading}\n{WHY}\n{THANKS}\n".encode(), ReadOptions())
    assert said(found) == [[(WHY, Role.WITNESS, False)], [(THANKS, Role.WITNESS, False)]]
    assert [dict(document.metadata) for document in found.documents] == [{}, {}]


def test_a_list_of_testimonies_may_have_no_heading():
    found = read(f"{WHY}\n{THANKS}\n".encode(), ReadOptions())
    assert [document.key for document in found.documents] == ["l001", "l002"]


def test_two_header_rows_of_survey_software_are_one_question():
    rows: list[Sequence[object]] = [
        ["id", "submitdate", "G1Q1", "G1Q2[SQ001]"],
        ["Identifiant", "Date", "Que venez-vous chercher ici ?", "Et que trouvez-vous en venant ?"],
        [1, DAY, WHY, WARMTH],
        [2, DAY, THANKS, ""],
    ]
    found = parsed(rows)
    assert [document.key for document in found.documents] == ["l003", "l004"]
    assert said(found)[1] == [("Que venez-vous chercher ici ?", Role.INTERVIEWER, False), (THANKS, Role.WITNESS, False)]


def test_a_code_alone_above_answers_is_the_heading():
    found = parsed([["id", "Q1"], [1, WHY], [2, WARMTH]])
    assert [document.key for document in found.documents] == ["l002", "l003"]


def test_a_table_of_figures_gives_no_document_and_says_so():
    found = parsed([["Âge", "Venez-vous ?"], [54, "oui"], [61, "non"]])
    assert found.documents == ()
    assert "Aucune colonne" in found.warnings[0]


@pytest.mark.parametrize("data", [b"", b"\n\n", b";;\n;;\n"])
def test_an_empty_table_gives_no_document_and_says_so(data):
    assert read(data, ReadOptions()).warnings


def test_an_interview_laid_out_as_a_table_is_one_document():
    text = "Locuteur;Temps;Propos\nEnquêtrice;00:01;Ça va ?\nZoé;00:04;Oui.\n;00:06;Bien.\n"
    text += "Enquêtrice;00:09;Et ?\nZoé;;Voilà.\n"
    (document,) = read(text.encode(), ReadOptions()).documents
    assert [(one.speaker, one.text, one.seconds) for one in document.stretches] == [
        ("Enquêtrice", "Ça va ?", 1.0),
        ("Zoé", "Oui.", 4.0),
        ("Zoé", "Bien.", 6.0),
        ("Enquêtrice", "Et ?", 9.0),
        ("Zoé", "Voilà.", None),
    ]


CONSENTS = {
    "yes to being quoted without a name": (("Être cité anonymement ?",), ("Oui",), "citations_anonymes"),
    "yes to being quoted by first name": (("Être cité avec mon prénom ?",), ("oui",), "citations_prenom"),
    "yes to the study": (("J’accepte l’analyse de mes réponses",), ("Oui",), "analyse"),
    "yes to being quoted, no word of names": (("Acceptez-vous d’être cité ?",), ("oui",), "citations_anonymes"),
    "no to being quoted": (("Accord pour une citation ?",), ("Non",), "analyse"),
    "no to the whole": (("Consentement",), ("Non",), "retire"),
    "no to the whole, yes to a part": (("Consentement", "Être cité anonymement ?"), ("Non", "Oui"), "retire"),
    "a yes that does not say to what": (("Consentement",), ("Oui",), "Oui"),
    "several answers": (
        ("J’accepte l’analyse", "Être cité anonymement ?", "Être cité avec mon prénom ?"),
        ("Oui", "Oui", "Non"),
        "citations_anonymes",
    ),
    "words of one’s own": (("Consentement",), ("citations avec prénom",), "citations_prenom"),
}


@pytest.mark.parametrize(("headings", "answers", "expected"), CONSENTS.values(), ids=CONSENTS)
def test_a_consent_is_never_wider_than_what_was_asked(headings, answers, expected):
    rows: list[Sequence[object]] = [[*headings, "Témoignage"], [*answers, WHY], [*answers, THANKS]]
    kinds = dict.fromkeys(headings, "consentement")
    document = read(workbook(rows), ReadOptions(columns=kinds)).documents[0]
    assert document.metadata["consentement"] == expected


QUESTIONS_OF_LIFE = {
    "Vous sentez-vous accepté(e) ici ?": ("Oui", "Non"),
    "Êtes-vous d’accord : « ici, je compte » ?": ("D’accord", "Pas d’accord"),
    "On respecte la parole de chacun (d’accord, pas d’accord)": ("D’accord", "Pas d’accord"),
    "Acceptez-vous d’être recontacté pour préciser vos réponses ?": ("Oui", "Non"),
    "Vous aide-t-on à connaître vos droits ?": ("Oui", "Non"),
    "Vous habitez la cité depuis longtemps ?": ("Oui", "Non"),
    "Droit à l’image": ("Oui", "Non"),
}


@pytest.mark.parametrize(("heading", "answers"), QUESTIONS_OF_LIFE.items(), ids=QUESTIONS_OF_LIFE)
def test_a_no_to_a_question_of_life_withdraws_nobody(heading, answers):
    rows: list[Sequence[object]] = [[heading, "Un moment marquant ?"]]
    rows += [[answers[0], WHY], [answers[1], THANKS], [answers[0], WHY], [answers[1], THANKS]]
    documents = read(workbook(rows), ReadOptions()).documents
    assert len(documents) == 4
    assert not any("consentement" in document.metadata for document in documents)


LEAVES_ASKED = (
    "Acceptez-vous que vos propos soient cités ?",
    "J’autorise l’association à utiliser mes réponses",
    "Êtes-vous d’accord pour que votre témoignage soit publié ?",
    "Pouvons-nous diffuser vos réponses ?",
    "Consentement RGPD",
    "Accord",
    "Autorisation de publication",
)


@pytest.mark.parametrize("heading", LEAVES_ASKED)
def test_a_no_to_a_question_of_consent_is_heard(heading):
    rows: list[Sequence[object]] = [[heading, "Un moment marquant ?"], ["Oui", WHY], ["Non", THANKS], ["Oui", WHY]]
    second = read(workbook(rows), ReadOptions()).documents[1]
    assert second.metadata["consentement"] in {"analyse", "retire"}


def test_sentences_of_consent_are_not_answers_even_when_few_and_all_different():
    rows = ["Prénom;Un moment marquant ?;Acceptez-vous que vos réponses soient citées ?"]
    rows += ["Ada;On a ri toute la soirée, tous les sept, autour d’un gâteau brûlé.;Oui, avec mon prénom"]
    rows += ["Bob;Personne ne m’a parlé, alors je suis reparti avec mon assiette.;Oui, sans mon nom"]
    rows += ["Cid;Le mercredi, c’est moi qui tiens la caisse, et j’aime ça.;Pour l’analyse seulement"]
    parsed = read("\n".join(rows).encode(), ReadOptions())
    said = [stretch.text for document in parsed.documents for stretch in document.stretches]
    assert not any("prénom" in text or "analyse" in text for text in said)
    assert [document.metadata["consentement"] for document in parsed.documents] != []

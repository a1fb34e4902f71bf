"""Lays the demo testimonies out again as people really hand them in: letters, spreadsheets, transcripts, messages.

The words come from corpora/gold/coded_passages.jsonl, unchanged; the files, dates of respondents and consents are made
here. Run from the project's root: python corpora/build_demo.py
"""

import csv
import io
import json
import shutil
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

GOLD = Path("corpora/gold/coded_passages.jsonl")
DEMO = Path("corpora/demo")
FAUBOURG = "La Petite Cantine du Faubourg, Roanne"
HALLE = "La Petite Cantine de la Halle, Tourcoing"
ABATTOIRS = "La Petite Cantine des Abattoirs, Niort"
LAVOIR = "La Petite Cantine du Lavoir, Épinal"
GRAIN = "Le Grain de Sel, Brest"
MUR = "Le Quatrième Mur, Nantes"

Passage = dict[str, str]
Testimonies = dict[str, list[Passage]]


def main() -> None:
    gold = read_gold()
    shutil.rmtree(DEMO, ignore_errors=True)
    for folder in ("Roanne", "Tourcoing", "Niort", "Épinal", "Brest", "Nantes"):
        (DEMO / folder).mkdir(parents=True)
    roanne(gold)
    tourcoing(gold)
    niort(gold)
    epinal(gold)
    brest(gold)
    nantes(gold)
    about_files()


def read_gold() -> Testimonies:
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return {key: list(group) for key, group in groupby(lines, key=lambda line: line["testimony_id"])}


def texts(passages: Iterable[Passage]) -> list[str]:
    return [passage["text"] for passage in passages]


def roanne(gold: Testimonies) -> None:
    docx(DEMO / "Roanne" / "lettre à ma fille.docx", texts(gold["W1-104"]), heading="Le 28 novembre")
    html(DEMO / "Roanne" / "mail des nouvelles.html", texts(gold["W1-094"]), subject="Des nouvelles")
    odt(DEMO / "Roanne" / "mail du maraîcher.odt", texts(gold["W1-101"]))
    rows = survey(
        [gold[key] for key in ("W1-006", "W1-056", "W1-064", "W1-084", "W1-089", "W1-091")],
        first_names=["Voisin du 1er", "Annick", "Rayan", "Odette", "Jean-Marc", "Sylvie"],
        consents=[
            "Pour l’analyse seulement",
            "Oui, sans mon nom",
            "Oui, avec mon prénom",
            "Oui, sans mon nom",
            "",
            "Non",
        ],
        grades=["2", "8", "7", "9", "6", "4"],
    )
    empty = ["2024-06-18 11:02", "Bruno", "", "5", *(["RAS"] + [""] * (len(rows[0]) - 6)), "Oui, sans mon nom"]
    xlsx(DEMO / "Roanne" / "questionnaire.xlsx", [*rows, empty])
    (DEMO / "Roanne" / "livre d'or.txt").write_bytes(
        iramuteq([("2024-01-19", gold["W1-004"]), ("2023-11-17", gold["W1-085"])]).encode("utf-8")
    )


def tourcoing(gold: Testimonies) -> None:
    book = ("W1-012", "W1-014", "W1-021", "W1-040", "W1-055", "W1-080")
    entries = [[gold[key][0]["date"], " ".join(texts(gold[key]))] for key in book]
    ods(DEMO / "Tourcoing" / "livre d'or.ods", [["Date", "Mot laissé dans le livre d’or"], *entries])
    rtf(DEMO / "Tourcoing" / "mail à ma sœur.rtf", texts(gold["W1-098"]))
    rows = survey(
        [gold[key] for key in ("W1-039", "W1-053", "W1-070")],
        first_names=["Maryse", "Freddy", "Nathalie"],
        consents=["Oui, avec mon prénom", "Oui, sans mon nom", "Oui, sans mon nom"],
        grades=["9", "8", "10"],
    )
    write_csv(DEMO / "Tourcoing" / "questionnaire.tsv", rows, delimiter="\t", encoding="utf-8")


def niort(gold: Testimonies) -> None:
    keys = ("W11-149", "W11-150", "W11-151", "W11-152", "W11-153")
    rows = survey(
        [gold[key] for key in keys],
        first_names=["", "", "", "", ""],
        consents=["Oui, sans mon nom", "Oui, sans mon nom", "Pour l’analyse seulement", "Oui, sans mon nom", ""],
        grades=["9", "1", "7", "10", "8"],
    )
    write_csv(DEMO / "Niort" / "questionnaire.csv", rows, delimiter=",", encoding="utf-8-sig")
    messages = [[gold[key][0]["date"], " ".join(texts(gold[key]))] for key in ("W11-154", "W11-155")]
    write_csv(DEMO / "Niort" / "sms.csv", [["Date", "Message"], *messages], delimiter=";", encoding="utf-8")
    (DEMO / "Niort" / "vocal du 15 mars.srt").write_text(srt(" ".join(texts(gold["W11-156"]))), encoding="utf-8")


def epinal(gold: Testimonies) -> None:
    keys = ("W1-020", "W1-023", "W1-038", "W1-054", "W1-058", "W1-066", "W1-081", "W1-082")
    rows = survey(
        [gold[key] for key in keys],
        first_names=["Mireille", "Samir", "Corinne", "Estelle", "Huguette", "Denise", "Bernard", "Loulou"],
        consents=[
            "Oui, sans mon nom",
            "Oui, avec mon prénom",
            "Oui, sans mon nom",
            "Pour l’analyse seulement",
            "Pour l’analyse seulement",
            "Oui, avec mon prénom",
            "Oui, sans mon nom",
            "Je retire mon témoignage",
        ],
        grades=["10", "9", "7", "6", "8", "10", "9", "5"],
    )
    write_csv(DEMO / "Épinal" / "questionnaire.csv", rows, delimiter=";", encoding="cp1252")
    pdf(DEMO / "Épinal" / "lettre d'une maman.pdf", texts(gold["W1-100"]))
    front = f"---\nlieu: {LAVOIR}\ndate: 22/09/2023\ncanal: livre d'or\nconsentement: citations anonymes\n---\n\n"
    (DEMO / "Épinal" / "livre d'or.md").write_text(front + "\n\n".join(texts(gold["W1-024"])) + "\n", encoding="utf-8")


def brest(gold: Testimonies) -> None:
    (DEMO / "Brest" / "table ronde des bénévoles.vtt").write_text(vtt(gold["W3-002"]), encoding="utf-8")


def nantes(gold: Testimonies) -> None:
    lines = []
    for passage in gold["W2-008"]:
        if passage["question"]:
            lines.append(f"Enquêtrice\u00a0: {passage['question']}")
            lines.append(f"Patrick\u00a0: {passage['text']}")
        else:
            lines.append(passage["text"])
    docx(DEMO / "Nantes" / "entretien du 27 juin.docx", lines, heading=None)


def about_files() -> None:
    rows = [
        ["Fichier", "Lieu", "Date", "Canal", "Consentement"],
        ["Roanne/lettre à ma fille.docx", FAUBOURG, "28/11/2023", "courrier", "citations anonymes"],
        ["Roanne/mail des nouvelles.html", FAUBOURG, "18/04/2024", "mail", "citations avec prénom"],
        ["Roanne/mail du maraîcher.odt", FAUBOURG, "10/09/2024", "mail", "analyse seulement"],
        ["Roanne/questionnaire.xlsx", FAUBOURG, "", "questionnaire", ""],
        ["Roanne/livre d'or.txt", FAUBOURG, "", "livre d'or", "citations anonymes"],
        ["Tourcoing/livre d'or.ods", HALLE, "", "livre d'or", "citations anonymes"],
        ["Tourcoing/mail à ma sœur.rtf", HALLE, "30/04/2024", "mail", "citations anonymes"],
        ["Tourcoing/questionnaire.tsv", HALLE, "", "questionnaire", ""],
        ["Niort/questionnaire.csv", ABATTOIRS, "", "questionnaire", ""],
        ["Niort/sms.csv", ABATTOIRS, "", "sms", ""],
        ["Niort/vocal du 15 mars.srt", ABATTOIRS, "15/03/2024", "vocal", "citations anonymes"],
        ["Épinal/questionnaire.csv", LAVOIR, "", "questionnaire", ""],
        ["Épinal/lettre d'une maman.pdf", LAVOIR, "03/06/2024", "courrier", "citations avec prénom"],
        ["Brest/table ronde des bénévoles.vtt", GRAIN, "19/03/2024", "focus group", "citations anonymes"],
        ["Nantes/entretien du 27 juin.docx", MUR, "27/06/2023", "entretien", "citations anonymes"],
    ]
    write_csv(DEMO / "temoignages.csv", rows, delimiter=";", encoding="utf-8-sig")


def survey(
    people: list[list[Passage]], *, first_names: list[str], consents: list[str], grades: list[str]
) -> list[list[str]]:
    """A questionnaire's rows: one respondent a row, one column a question; what follows a question goes on with it."""
    questions = list(dict.fromkeys(p["question"] for person in people for p in person if p["question"]))
    consent = "Acceptez-vous que vos réponses soient citées ?"
    rows = [["Horodateur", "Prénom", "Âge", "Note sur 10", *questions, consent]]
    for number, (person, name, answer, grade) in enumerate(zip(people, first_names, consents, grades, strict=True)):
        answers: dict[str, str] = {}
        question = questions[0]
        for passage in person:
            question = passage["question"] or question
            answers[question] = " ".join(filter(None, [answers.get(question), passage["text"]]))
        date = person[0]["date"] or ""
        when = f"{date} 1{number % 8}:2{number % 6}" if date else ""
        age = ("", "36-45 ans", "18-25 ans", "66-75 ans", "", "46-55 ans", "76 ans et plus", "56-65 ans")[number % 8]
        rows.append([when, name, age, grade, *(answers.get(question, "") for question in questions), answer])
    return rows


def write_csv(path: Path, rows: list[list[str]], *, delimiter: str, encoding: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding, errors="replace"))


def xlsx(path: Path, rows: list[list[str]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Réponses au formulaire 1")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.isdigit():
                    sheet.write_number(number, column, int(cell))
                else:
                    sheet.write_string(number, column, cell)


def ods(path: Path, rows: list[list[str]]) -> None:
    from odfdo import Document, Row, Table

    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Livre d'or")
    for row in rows:
        line = Row()
        line.set_values(row)
        table.append_row(line)
    document.body.append(table)
    document.save(str(path))


def docx(path: Path, paragraphs: list[str], *, heading: str | None) -> None:
    from docx import Document

    document = Document()
    if heading:
        document.add_paragraph(heading)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def odt(path: Path, paragraphs: list[str]) -> None:
    from odfdo import Document, Paragraph

    document = Document("text")
    document.body.clear()
    for paragraph in paragraphs:
        document.body.append(Paragraph(paragraph))
    document.save(str(path))


def html(path: Path, paragraphs: list[str], *, subject: str) -> None:
    from html import escape

    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>\n'
        f"<body>\n{body}\n</body></html>\n",
        encoding="utf-8",
    )


def rtf(path: Path, paragraphs: list[str]) -> None:
    def coded(text: str) -> str:
        kept = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in kept)

    body = "\\par\n".join(map(coded, paragraphs))
    path.write_text(
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\\f0\n" + body + "}\n", encoding="ascii"
    )


def pdf(path: Path, paragraphs: list[str]) -> None:
    from fpdf import FPDF

    sheet = FPDF(format="A4")
    sheet.set_font("Times", size=12)
    sheet.set_margin(25)
    sheet.add_page()
    for paragraph in paragraphs:
        # The built-in fonts know Latin-1 only; these three signs are the only ones beyond it in the letter.
        printable = paragraph.replace("’", "'").replace("…", "...").replace("œ", "oe").replace("\u202f", "\u00a0")
        sheet.multi_cell(0, 6.5, printable, align="L")
        sheet.ln(4)
    sheet.output(str(path))


def iramuteq(texts_by_date: list[tuple[str, list[Passage]]]) -> str:
    return "\n\n".join(
        f"**** *date_{date} *canal_livreor\n" + "\n".join(texts(passages)) for date, passages in texts_by_date
    )


def clock(seconds: int, *, comma: bool = False) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{',' if comma else '.'}000"


def srt(text: str) -> str:
    words = text.split()
    blocks = []
    for number, start in enumerate(range(0, len(words), 12)):
        begin, end = clock(number * 5, comma=True), clock(number * 5 + 5, comma=True)
        blocks.append(f"{number + 1}\n{begin} --> {end}\n{' '.join(words[start : start + 12])}\n")
    return "\n".join(blocks)


def vtt(passages: list[Passage]) -> str:
    cues = ["WEBVTT"]
    seconds = 0

    def say(speaker: str, text: str) -> None:
        nonlocal seconds
        words = text.split()
        for start in range(0, len(words), 25):
            piece = " ".join(words[start : start + 25])
            length = 2 + len(words[start : start + 25]) // 3
            cues.append(f"{clock(seconds)} --> {clock(seconds + length)}\n<v {speaker}>{piece}</v>")
            seconds += length

    for passage in passages:
        if passage["question"]:
            say("Animatrice", passage["question"])
        say(passage["speaker"].split(",")[0], passage["text"])
    return "\n\n".join(cues) + "\n"


if __name__ == "__main__":
    main()

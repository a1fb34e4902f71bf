import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from tests.report.reading import page, said
from tests.report.studies import QUOTABLE, empty, many, single, small, telling
from voices.domain import FileReport, Origin, Outcome, Theme, WhyOutside
from voices.report import annex, compose, render, write
from voices.report.plan import Plan
from voices.report.telling import Telling
from voices.thematic import UNSURE

TEMPLATES = Path(__file__).parents[2] / "src/voices/report/templates"
STUDIES = [pytest.param(small, id="small"), pytest.param(single, id="single"), pytest.param(empty, id="empty")]


@pytest.mark.parametrize("secret", ["SECRET-ANALYSE", "SECRET-INCONNU", "la place était prise", "je ne sortais plus"])
def test_words_that_were_not_released_are_nowhere_in_the_page(secret):
    assert secret in " ".join(passage.text for passage in small().passages)
    assert secret not in render(small(), title="Essai", quotable=QUOTABLE)


def test_passages_that_were_not_released_are_counted_and_named_by_their_id():
    document = page(small())
    hidden = [article for article in document.xpath("//article") if article.find_class("non")]
    assert [article.get("data-t") for article in hidden] == ["t05", "t05", "t06"]
    assert "t05-1" in said(hidden[0])
    assert "passage non citable (consentement : analyse seulement ou inconnu)" in said(hidden[0])
    assert hidden[0].get("id") in {link.get("href")[1:] for link in document.xpath("//ol//a")}


def test_without_a_release_no_words_are_shown_at_all():
    text = render(small(), title="Essai")
    assert not [passage.id for passage in small().passages if passage.text[:30] in text]


def test_the_words_of_a_testimony_are_never_markup_nor_template():
    text = render(small(), title="<b>Titre</b>", quotable=QUOTABLE)
    assert "<script" not in text
    assert "&lt;script&gt;alert(" in text
    assert "{{ 7 * 7 }}" in text
    assert "&lt;b&gt;Titre&lt;/b&gt;" in text


def test_a_place_with_quotes_and_angles_stays_in_its_attribute():
    study = small()
    first = study.reading.testimonies[0]
    wicked = replace(first, origin=Origin(place='Chez "Léa" <i onclick=x>'))
    study = replace(study, reading=replace(study.reading, testimonies=(wicked, *study.reading.testimonies[1:])))
    document = page(study)
    assert not document.xpath("//i")
    assert document.get_element_by_id("p1").get("data-l") == 'Chez "Léa" <i onclick=x>'


@pytest.mark.parametrize("study", STUDIES)
def test_the_page_asks_nothing_of_the_network(study):
    document = page(study())
    assert not document.xpath("//script | //link | //img | //iframe | //object | //base")
    assert not re.findall(r"https?:|//[a-z]+\.|@import|@font-face", render(study(), title="Essai", quotable=QUOTABLE))


@pytest.mark.parametrize("study", STUDIES)
def test_every_link_of_the_page_arrives_and_every_id_is_one(study):
    document = page(study())
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = document.xpath("//a/@href")
    assert links
    assert not [link for link in links if not link.startswith("#") or link[1:] not in set(ids)]
    named = " ".join(document.xpath("//@aria-labelledby")).split()
    assert not set(named) - set(ids)


@pytest.mark.parametrize("study", STUDIES)
def test_headings_go_down_one_level_at_a_time(study):
    levels = [int(element.tag[1]) for element in page(study()).xpath("//h1|//h2|//h3|//h4|//h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert not [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]


def test_tables_have_captions_and_scopes_and_charts_have_words():
    document = page(small())
    for table in document.xpath("//table"):
        assert said(table.find("caption"))
        assert not table.xpath(".//th[not(@scope)]")
    charts = document.xpath("//*[local-name()='svg'][@role='img']")
    assert len(charts) > 10
    for chart in charts:
        assert said(chart.find("title"))
        assert said(chart.find("desc"))


@pytest.mark.parametrize(
    "wrong",
    ["0 passage", "1 passages", "1 témoignages", "1 lieux", "None", "aucun passage portent", " ,", "..", "de A", "()"],
)
@pytest.mark.parametrize("study", STUDIES)
def test_sentences_are_grammatical_whatever_the_numbers(study, wrong):
    text = "\n".join(said(part) for part in page(study()).xpath("//main//p | //main//li | //main//caption | //header"))
    assert not re.search(rf"(?<!\d){re.escape(wrong)}\b" if wrong[-1].isalpha() else re.escape(wrong), text)


def test_one_testimony_is_told_in_the_singular():
    brief = said(page(single()).get_element_by_id("en-bref"))
    assert "1 témoignage recueilli dans 1 lieu en mars 2023 : 1 voix, 1 passage." in brief
    assert "1 passage dit quelque chose" in brief
    assert "Aucun manque n’a été repéré." in brief


def test_an_empty_study_says_that_nothing_was_read_and_why():
    text = said(page(empty()))
    assert "Aucun témoignage n’a été lu" in text
    assert "1 fichier n’a pas été lu : 1 fichier : PDF sans texte : c’est une image." in text


def test_presence_and_lack_are_given_the_same_room():
    for code in ("accueil", "appartenance", "action"):
        sides = page(small()).get_element_by_id(code).xpath(".//*[@class='vis-a-vis']/*")
        assert [side.get("class") for side in sides] == ["cote presence", "cote manque"]


def test_what_was_gathered_is_told_without_the_names_of_files():
    text = said(page(small()).get_element_by_id("recueil"))
    assert "2 fichiers : Ce fichier est une image, sans texte." in text
    assert "Josiane" not in text
    assert "4 fichiers de témoignages présentés, dont 1 lu avec des réserves" in text
    assert "noms de personnes (18), numéros de téléphone (9)" in text
    assert "1 réponse ne dit rien" in text
    assert "1 témoignage a été retiré" in text


def test_a_reason_keeps_its_words_when_a_file_is_named_after_one():
    study = small()
    file = FileReport("vide.txt", Outcome.REFUSED, reason="Le fichier est vide. Vérifier le fichier d’origine.")
    study = replace(study, reading=replace(study.reading, files=(file,)))
    assert "1 fichier : Le fichier est vide." in said(page(study))


def test_a_study_that_says_nothing_of_its_origins_has_no_table_of_them():
    study = small()
    bare = tuple(replace(item, origin=Origin()) for item in study.reading.testimonies)
    gathered = page(replace(study, reading=replace(study.reading, testimonies=bare))).get_element_by_id("recueil")
    assert not gathered.xpath(".//table")
    assert "Aucun témoignage ne dit de quel lieu il vient. Aucun témoignage ne dit comment" in said(gathered)
    assert "Aucun témoignage n’est daté." in said(gathered)


@pytest.mark.parametrize(
    ("quotable", "told"),
    [
        pytest.param(frozenset(), "Aucun témoignage ne peut être cité", id="none"),
        pytest.param(QUOTABLE, "Les mots de 8 témoignages peuvent paraître dans ce rapport. Les autres", id="some"),
        pytest.param(QUOTABLE | {"t05", "t06"}, "Tous peuvent être cités dans ce rapport.", id="all"),
    ],
)
def test_how_many_may_be_quoted_is_told(quotable, told):
    assert told in said(page(small(), quotable=quotable).get_element_by_id("recueil"))


def test_those_who_are_hardly_heard_and_lone_themes_are_told():
    text = said(page(small()).get_element_by_id("recueil"))
    assert "Jardin du Tram, Brest : 1 voix, 1 passage." in text
    assert "Canal « texto » : 1 voix, 1 passage." in text
    assert "1 témoignage n’a reçu aucun code" in text
    assert "Ce thème tient à un seul témoignage." in said(page(small()).get_element_by_id("themes"))


def test_few_testimonies_that_say_the_contrary_are_brought_forward():
    study = small()
    copies = many(4 * len(study.passages))
    coded = copies.codings[-len(study.passages)]  # the first passage of t01, a presence of accueil at Givors
    lacking = replace(coded, codings=tuple(replace(item, sense=type(item.sense).LACK) for item in coded.codings))
    codings = tuple(
        lacking
        if item is coded
        else replace(item, codings=tuple(one for one in item.codings if one.sense.value != "±"))
        for item in copies.codings
    )
    text = said(page(replace(copies, codings=codings)).get_element_by_id("contre-courant"))
    assert (
        "La Cantine du Quai, Givors. 15 témoignages racontent un accueil qui a eu lieu ; "
        "1 témoignage dit un accueil manqué." in text
    )


def test_voices_against_the_grain_have_a_part_even_where_nobody_tells_a_lack():
    text = said(page(single()).get_element_by_id("contre-courant"))
    assert "Aucun témoignage ne dit de manque. Ce n’est pas la preuve qu’il n’y en a pas" in text


def test_what_readers_open_if_they_wish_is_folded_and_nothing_is_lost():
    folded = frozenset({"lieux", "sous-codes", "themes", "tableaux", "grille"})
    plain, other = pages = [
        compose(telling(), title="Essai", telling=Telling(folded=one))[0] for one in (frozenset[str](), folded)
    ]
    assert plain.count('class="repli"') == 0
    assert other.count('class="repli"') > 5
    told = [re.sub(r'<summary class="ecran">.*?</summary>', "", page).split("<main")[1] for page in pages]
    assert said(html.fromstring(f"<main{told[0]}")) == said(html.fromstring(f"<main{told[1]}"))


def test_a_report_without_a_former_one_says_nothing_of_it_but_the_words_of_its_authors():
    document = page(small())
    assert not document.xpath("//*[@id='depuis'] | //a[@href='#depuis']")
    assert "9. Méthode" in said(document.get_element_by_id("methode"))
    noted = Telling(plan=Plan(notes={"depuis": "Le premier."}))
    text = compose(small(), title="Essai", quotable=QUOTABLE, telling=noted).html
    read: html.HtmlElement = html.document_fromstring(text)
    assert "Le premier." in said(read.get_element_by_id("depuis"))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Bilan 2024: ce que disent les voix ?", "Bilan 2024\u202f: ce que disent les voix\u202f?"),
        ("« Je suis bien » ; et vous?!", "«\u202fJe suis bien\u202f»\u202f; et vous\u202f?!"),
        ("Déjà\u202f: bien", "Déjà\u202f: bien"),
        ("De 10:30 à midi", "De 10:30 à midi"),
    ],
)
def test_a_title_has_the_spaces_of_french(written: str, printed: str):
    assert f"<h1>{printed}</h1>" in render(small(), title=written)


def test_what_some_testimonies_do_not_say_is_not_said_of_all():
    brief = said(page(small()).get_element_by_id("en-bref"))
    assert "10 témoignages recueillis : 10 voix, 22 passages. 9 disent de quel lieu ils viennent (3 lieux)." in brief
    assert "8 sont datés, entre 2023 et 2024." in brief
    assert "entre 2023 et 2024" not in said(page(small()).get_element_by_id("recueil")).split("Une voix est")[0]


def test_a_table_that_tells_of_testimonies_is_not_one_of_their_files():
    table = FileReport("temoignages.csv", Outcome.WARNED, (), ("Encodage : UTF-8.",), ("Un fichier introuvable.",))
    study = replace(small(), reading=replace(small().reading, files=(*small().reading.files, table)))
    text = said(page(study).get_element_by_id("recueil"))
    assert "4 fichiers de témoignages présentés, dont 1 lu avec des réserves" in text
    assert "Une table y ajoutait ce que l’on sait de ces témoignages" in text


def test_every_count_of_who_spoke_leads_to_its_passages():
    tables = page(small()).xpath("//*[@id='recueil']//table")
    assert tables
    for cell in (cell for table in tables for cell in table.xpath(".//td[@data-nom]")):
        assert cell.xpath("./a") or said(cell).startswith("0"), said(cell.getparent())
    assert "+ 1 sans passage" in said(tables[0])


def test_a_machine_that_nobody_reviewed_is_said_to_be_so():
    document = page(small())
    text = said(document.get_element_by_id("methode"))
    assert "Personne n’a encore relu ce codage." in text
    assert "3a-demo, révision 1." not in text
    assert "3a-demo, révision 1." in said(document.get_element_by_id("annexe"))


def test_the_method_is_in_plain_words_and_the_technical_sheet_has_the_rest():
    machine = {
        "Codeur": "coder-3a@b2af1bb71aa5",
        "Ce que vaut un code posé": "Elle avait raison une fois sur deux.",
        "Limites": "Sur des paroles de terrain, attendre moins bien.",
        "Graine du hasard": "3",
    }
    document = page(replace(small(), machine=machine))
    method, annex = (said(document.get_element_by_id(part)) for part in ("methode", "annexe"))
    for jargon in (
        "coder-3a",
        "Graine",
        "attendre moins bien",
        "Fisher",
        "Holm",
        "Wilson",
        "regroupement des passages",
    ):
        assert jargon not in method, jargon
    assert "Elle avait raison une fois sur deux." in method
    assert "Sur des paroles de terrain, elle se trompe sans doute plus." in method
    for kept in (
        "coder-3a@b2af1bb71aa5",
        "Graine du hasard",
        "Fisher",
        "Holm",
        "Wilson",
        "regroupement des passages",
    ):
        assert kept in annex, kept
    bare = compose(small(), title="Essai", telling=Telling(plan=Plan(("en-bref",)))).html
    read: html.HtmlElement = html.document_fromstring(bare)
    assert "Fiche technique" in said(read.get_element_by_id("methode"))


def test_the_annex_says_how_far_each_answer_can_be_relied_on():
    told = said(page(small()))
    assert "93 %, sûr" in told
    assert "aucun code, probable" in told
    assert "hors domaine" in told


def test_a_doubtful_sense_is_told_wherever_its_coding_is_shown():
    document = page(small())
    told = said(document.get_element_by_id("p5"))
    assert "Accueil : mixte, 93 %, sûr, sens à vérifier" in told
    assert "sens à vérifier" not in said(document.get_element_by_id("p1"))
    assert "Dans 1 passage, le sens est à vérifier." in said(document.get_element_by_id("accueil"))
    assert "le sens est à vérifier" not in said(document.get_element_by_id("action"))
    quotes = [said(one) for one in document.iter("figcaption")]
    assert [one for one in quotes if "vérifier" in one] == ["une convive, Givors · passage 5 · sens à vérifier"]
    lists = [said(one) for one in document.find_class("renvoi") if "Accueil, mixte" in said(one)]
    assert lists
    assert all("sens à vérifier" in one for one in lists)
    others = [said(one) for one in document.find_class("renvoi") if "Tous les passages" in said(one)]
    assert not any("sens à vérifier" in one for one in others)


def test_a_text_from_elsewhere_is_said_to_be_so_in_its_place():
    study = small()
    first = replace(study.codings[0], codings=(), outside=True, why=WhyOutside.FOREIGN)
    outside = replace(study, codings=(first, *study.codings[1:]))
    document = page(outside)
    assert said(document.get_element_by_id("p1")).endswith("hors domaine : ce passage n’est pas en français")
    assert "1 passage est hors domaine (pas en français : 1) : la machine n’y pose aucun code" in said(
        document.get_element_by_id("en-bref")
    )
    assert "hors domaine" not in said(page(study).get_element_by_id("en-bref"))


def test_the_same_study_gives_the_same_page(tmp_path):
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    for path in (first, second):
        write(small(), (path,), title="Essai", generated_on=date(2024, 3, 1), quotable=QUOTABLE)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]
    assert "Établi le 1er\u00a0mars\u00a02024" in first.read_text(encoding="utf-8")


def test_a_write_that_fails_leaves_the_former_report_whole(tmp_path, monkeypatch):
    path = tmp_path / "rapport.html"
    path.write_text("l’ancien", encoding="utf-8")

    def stop(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write(small(), (path,), title="Essai")
    assert path.read_text(encoding="utf-8") == "l’ancien"
    assert [item.name for item in tmp_path.iterdir()] == ["rapport.html"]


def test_ten_thousand_passages_make_a_page_that_can_be_opened():
    text = render(
        many(10_000), title="Grand", quotable=frozenset(f"{name}x{n}" for name in QUOTABLE for n in range(500))
    )
    assert len(text.encode()) < 25_000_000


def test_a_very_large_study_gives_beginnings_and_says_where_the_rest_lies(monkeypatch):
    monkeypatch.setattr(annex, "WHOLE", 10)
    monkeypatch.setattr(annex, "_SHORT", 50)
    document = page(replace(small()))
    assert "passages.xlsx les contient en entier" in said(document)
    assert said(document.get_element_by_id("p1")).count("Je n’osais pas pousser la porte. Quelqu’un a…") == 1


def test_templates_keep_french_spaces():
    for path in sorted(TEMPLATES.glob("*.html")):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.findall(r".{20}(?: [;:!?»]|« ).{10}", text), path.name


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Le repas", "Le vélo"), "2 thèmes se dégagent : « Le repas » (1 passage), « Le vélo » (1)."),
        (
            ("Le repas", f"{UNSURE} : la pluie"),
            "2 thèmes se dégagent : « Le repas » (1 passage) et 1 autre, qu’aucun nom ne résume.",
        ),
        (
            (f"{UNSURE} : la pluie",),
            "Un groupe de passages se ressemble, sans qu’un nom le résume : il est décrit parmi les thèmes.",
        ),
    ],
)
def test_the_short_part_names_no_theme_that_no_name_sums_up(labels, expected):
    study = small()
    ids = [passage.id for passage in study.passages]
    themes = tuple(
        Theme(f"s{number}", label, (), (ids[number],), (ids[number],)) for number, label in enumerate(labels)
    )
    document = page(replace(study, themes=replace(study.themes, themes=themes)))
    [told] = [one for one in map(said, document.get_element_by_id("en-bref").xpath(".//p")) if "thèmes" in one]
    assert re.sub(r" \[\d+\]|[\u00a0\u202f]", lambda found: " " if found[0].isspace() else "", told) == expected

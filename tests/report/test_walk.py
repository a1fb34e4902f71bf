"""Every figure and every quote of a report walked back to the study: counted anew, and found word for word."""

import io
import re
from dataclasses import replace
from functools import cache

import pdfplumber
import pytest
from lxml import html

from tests.report.reading import said
from tests.report.recount import Recount
from tests.report.studies import QUOTABLE, TELLING_QUOTABLE, single, small, telling
from voices.domain import Certainty, Study
from voices.report import compose
from voices.report.before import Before, of_study
from voices.report.figures import Figure
from voices.report.paper import pdf
from voices.report.plan import Plan
from voices.report.telling import Telling

NUMBER = r"\d[\d ]*"


@cache
def former() -> Before:
    """The last report on the telling study: its first ninety testimonies, one of which was read otherwise since."""
    told = of_study(telling(), "le rapport du 3 mars 2025").told
    first = {name: held for name, held in told.items() if name < "v090"}
    return Before("le rapport du 3 mars 2025", first | {"v001": {}, "vieux": {}})


STUDIES = {"small": (small, QUOTABLE), "single": (single, QUOTABLE), "telling": (telling, TELLING_QUOTABLE)}


@cache
def told(name: str) -> tuple[Study, html.HtmlElement, dict[int, Figure], str]:
    make, quotable = STUDIES[name]
    before = former() if name == "telling" else None
    text, figures, _ = compose(make(), title="Essai", quotable=quotable, telling=Telling(before=before))
    return make(), html.document_fromstring(text), {one.number: one for one in figures}, text


def recount(name: str) -> Recount:
    study = told(name)[0]
    if name != "telling":
        return Recount(study)
    now = of_study(study, "").told
    reread = frozenset(one for one, held in former().told.items() if one in now and dict(now[one]) != dict(held))
    return Recount(study, frozenset(former().told), reread)


@pytest.mark.parametrize("name", STUDIES)
def test_every_figure_counts_what_it_says(name: str):
    """The list behind each figure, and behind what each share is of, against a count of our own."""
    study, document, figures, _ = told(name)
    counted = recount(name)
    assert len(figures) > 10
    for figure in figures.values():
        numbers = {row.number for row in figure.rows}
        assert numbers == counted.of(figure.label), figure.label
        assert {row.passage.id for row in figure.rows} == {study.passages[number - 1].id for number in numbers}
    for entry in document.find_class("renvoi"):
        figure = figures[int(entry.get("id").removeprefix("chiffre-"))]
        listed = [int(said(link)) for link in entry.xpath("./ol//a")]
        assert sorted(listed) == sorted(row.number for row in figure.rows)


@pytest.mark.parametrize("name", STUDIES)
def test_every_number_of_a_share_is_that_of_its_figures(name: str):
    _, document, figures, _ = told(name)
    for base in document.find_class("base"):
        assert int(said(base).replace(" ", "")) == figures[int(base.get("data-sur"))].testimonies
    rates = document.find_class("taux")
    assert rates or name != "telling"
    for rate in rates:
        part, whole = (figures[int(rate.get(one))].testimonies for one in ("data-de", "data-sur"))
        assert whole >= 20
        assert said(rate) == f"{int(100 * part / whole + 0.5)} %"


@pytest.mark.parametrize("name", STUDIES)
def test_no_share_is_of_fewer_than_five(name: str):
    for bar in told(name)[1].xpath("//*[local-name()='svg'][@role='img'][.//*[@class='intervalle']]"):
        for whole in re.findall(rf"sur ({NUMBER}) \(", said(bar.find("desc"))):
            assert int(whole.replace(" ", "")) >= 5


@pytest.mark.parametrize("name", STUDIES)
def test_every_percentage_of_the_text_is_bound_to_its_figures(name: str):
    """Those of passages have their figure just before; all others are shares of testimonies."""
    document: html.HtmlElement = html.document_fromstring(told(name)[3])
    for bound in [*document.find_class("taux"), *document.xpath("//*[local-name()='svg'] | //style")]:
        bound.drop_tree()
    for part in (
        "en-bref",
        "accueil",
        "appartenance",
        "action",
        "seuil",
        "contre-courant",
        *["depuis"] * (name == "telling"),
    ):
        words = said(document.get_element_by_id(part))
        assert not re.findall(r".{30}\d %", words), part


@pytest.mark.parametrize("name", STUDIES)
def test_every_quote_is_word_for_word_and_released(name: str):
    study, document, _, _ = told(name)
    quotes = document.find_class("citation")
    assert quotes
    for quote in quotes:
        number = int(re.findall(r"#p(\d+)", html.tostring(quote, encoding="unicode"))[0])
        passage = study.passages[number - 1]
        assert passage.testimony_id in STUDIES[name][1]
        words = quote.find("blockquote").text_content().strip().strip("«\u202f\u00a0 »")
        for stretch in re.split(r"\[…\]", words):
            assert stretch.strip() in passage.text


@pytest.mark.parametrize("name", STUDIES)
def test_a_passage_is_quoted_once(name: str):
    numbers = quoted_in(told(name)[1])
    assert numbers
    assert len(numbers) == len(set(numbers))


def quoted_in(document: html.HtmlElement) -> list[str]:
    """The numbers of the passages quoted, in order."""
    written = [html.tostring(one, encoding="unicode") for one in document.find_class("citation")]
    return [re.findall(r"#p(\d+)", one)[0] for one in written]


@pytest.mark.parametrize("name", STUDIES)
def test_where_a_quote_stands_elsewhere_it_is_referred_to(name: str):
    document = told(name)[1]
    quoted = set(quoted_in(document))
    for one in (one for one in document.find_class("sous") if re.match("À lire .*passage", said(one))):
        passages = re.findall(r"#p(\d+)", html.tostring(one, encoding="unicode"))
        assert passages
        assert set(passages) <= quoted


@pytest.mark.parametrize("parts", [(), ("codes",), ("themes", "annexe")])
def test_quotes_are_counted_as_they_are_printed(parts: tuple[str, ...]):
    """All of them, and those of them whose attribution is wider; a part that is not told prints none."""
    study = telling()
    wider = tuple(replace(one, widened=True) for one in study.quotes)
    page = compose(
        replace(study, quotes=wider), title="Essai", quotable=TELLING_QUOTABLE, telling=Telling(plan=Plan(parts))
    )
    document: html.HtmlElement = html.document_fromstring(page.html)
    printed = document.find_class("citation")
    assert len(printed) == len(page.quotes)
    told_wider = f"{len(printed)} citations de ce rapport sur {len(printed)}"
    assert told_wider in said(document.get_element_by_id("methode"))
    beside = len(printed) - len(document.xpath("//section[contains(@class, 'theme')]//*[@class='citation']"))
    assert f"Sur {beside} citations de ce rapport, hors thèmes, " in said(document.get_element_by_id("contre-courant"))


def test_what_is_said_of_chance_is_said_once():
    """How many comparisons were made, from how many testimonies on a line is shown: in the method alone."""
    for name in ("telling", "small"):
        words = said(told(name)[1].get_element_by_id("contenu"))
        method = said(told(name)[1].get_element_by_id("methode"))
        for once in (" comparaisons, tous codes compris", " rapprochements entre codes"):
            assert words.count(once) == method.count(once)
        assert words.count("à partir de 5 témoignages") == 1


def test_the_doubt_of_the_machine_stands_under_its_quotes():
    study = small()
    unsure = tuple(
        replace(one, codings=tuple(replace(code, certainty=Certainty.REVIEW) for code in one.codings))
        for one in study.codings
    )
    sure, doubtful = (
        read(compose(one, title="Essai", quotable=QUOTABLE).html) for one in (study, replace(study, codings=unsure))
    )
    assert not [one for one in sure.iter("figcaption") if "code à relire" in said(one)]
    parts = [*doubtful.find_class("code"), doubtful.get_element_by_id("contre-courant")]
    of_codes = [said(one) for part in parts for one in part.iter("figcaption")]
    assert of_codes
    assert all("code à relire" in one for one in of_codes)
    assert [one for one in of_codes if "code à relire, sens à vérifier" in one]
    assert "« code à relire » dit que" in said(doubtful.get_element_by_id("methode"))


def read(text: str) -> html.HtmlElement:
    """The page as a browser reads it."""
    found: html.HtmlElement = html.document_fromstring(text)
    return found


def test_no_words_are_quoted_twice_for_one_code():
    document = told("telling")[1]
    for part in document.find_class("code"):
        shown = [said(one) for one in part.find_class("citation")]
        again = [said(one) for one in document.get_element_by_id("contre-courant").find_class("citation")]
        assert shown
        assert not set(shown) & set(again)


def test_lacks_have_at_least_their_share_of_the_quotes():
    document = told("telling")[1]
    dissent = document.get_element_by_id("contre-courant")
    tells, of = (int(one) for one in re.findall(r"\((\d+) sur (\d+)\)", said(dissent))[0])
    lacks = len(dissent.find_class("citation")) + len(document.xpath("//*[@class='cote manque']//figure"))
    lived = len(document.xpath("//*[@class='cote presence']//figure"))
    assert lacks / (lacks + lived) >= tells / of
    assert f"Sur {lacks + lived} citations de ce rapport, hors thèmes, {lacks} disent ce qui manque." in said(dissent)


def test_what_differs_is_told_and_how_much_was_compared():
    document = told("telling")[1]
    accueil = said(document.get_element_by_id("accueil"))
    assert (
        "Café des Lilas, Dole : on y raconte moins souvent un accueil qui a eu lieu qu’ailleurs : 20 % (8 sur 40)"
        in accueil
    )
    method = said(document.get_element_by_id("methode"))
    assert "18 comparaisons, tous codes compris, dont 2 sont racontées." in method
    assert "sorte de lieu" not in accueil  # each kind has one place: it would be said twice
    tie = "Quand on raconte un lien qui s’est noué, on raconte plus souvent une part prise : "
    assert said(document.get_element_by_id("contenu")).count(tie) == 1
    assert tie in said(document.get_element_by_id("appartenance"))
    assert re.search(
        "Ce qui va avec .*À lire (aussi )?sous .*« Appartenance »", said(document.get_element_by_id("action"))
    )
    assert "Café des Lilas, Dole : on y raconte moins souvent" in said(document.get_element_by_id("en-bref"))


def test_what_changed_since_the_last_report_is_told():
    since = said(told("telling")[1].get_element_by_id("depuis"))
    assert "Le rapport du 3 mars 2025 portait sur 91 témoignages. 30 témoignages sont arrivés depuis." in since
    assert "1 témoignage n’y est plus" in since
    assert "Les codes de 1 témoignage ne sont plus les mêmes" in since
    assert "Ce qu’ils disent ne diffère pas de ce qui était dit avant" in since


def test_the_paper_says_every_sentence_of_the_page():
    """Sentence by sentence, figures and quotes with them; « [12] » after a figure is its number in the annex."""
    _, document, _, text = told("telling")
    with pdfplumber.open(io.BytesIO(pdf(text))) as opened:
        paper = bare(" ".join(one.extract_text() or "" for one in opened.pages))
    main = document.get_element_by_id("contenu")
    parts = main.xpath("./section[not(@id='annexe')]//p | ./section[not(@id='annexe')]//li[not(svg)]")
    missing = [words for one in parts if (words := said(one)) and bare(words) not in paper]
    assert len(parts) > 60
    assert not missing


def test_the_summary_holds_on_one_page_of_paper():
    with pdfplumber.open(io.BytesIO(pdf(told("telling")[3]))) as opened:
        pages = [said_in(one.extract_text()) for one in opened.pages]
    at = next(number for number, words in enumerate(pages) if words.startswith("1. En bref"))
    assert pages[at + 1].startswith("2. Qui a parlé")


def said_in(page: str) -> str:
    return re.sub(r"\s+", " ", page).strip()


def bare(words: str) -> str:
    """Without blanks, marks of lines, page feet nor numbers of figures: what a typesetter does not change."""
    kept = re.sub(r"Essai\s+\d+ / \d+", "", words)
    return re.sub(r"[\s\u2060\u00ad-]|\[\d+\]", "", kept)

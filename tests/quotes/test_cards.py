"""A card is read whatever the quote's length and the place's colour, and says the same to those who do not see it."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from voices.errors import VoicesError
from voices.quotes.cards import SHAPES, Card, Format, png, svg
from voices.quotes.cards.colours import contrast, ink_on
from voices.quotes.cards.lettering import NAMING, SPEAKING, fit

GOLDEN = Path(__file__).parent / "card.svg"
LIGNE = "La Petite Cantine du Lavoir, Épinal, lettre, 2024"
STORY = (
    "Personne ne m’a dit bonjour. Je suis restée debout près du radiateur, mon manteau sur le bras, pendant une heure. "
    "J’ai proposé d’essuyer la vaisselle, on m’a répondu que c’était déjà organisé. […] Alors j’ai attendu encore, "
    "parce qu’il pleuvait et que je ne voulais pas rentrer tout de suite. Une dame m’a souri ; j’ai dit oui, sans "
    "savoir pourquoi. Je ne suis pas revenue pendant des mois. Et quand je suis revenue, c’est elle qui m’a reconnue : "
    "elle avait gardé mon prénom, et une place à côté d’elle, au fond, près de la fenêtre qui donne sur la cour, "
    "là où l’on voit les enfants. « Assieds-toi ! »"
)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def of_length(characters):
    """The story, cut at a word: that many characters or a little less, its last one a full stop."""
    return STORY[: STORY.rfind(" ", 0, characters)].rstrip(" ,;:«") + "." if characters < len(STORY) else STORY


def card(text=STORY, attribution=LIGNE, colour="#1f4a86", form=Format.SQUARE):
    return Card(text, attribution, colour, form)


def drawn_words(drawn):
    tree = ElementTree.fromstring(drawn)
    texts = tree.findall("{http://www.w3.org/2000/svg}text")
    return [" ".join(line.text or "" for line in text) for text in texts]


def plain(text):
    return " ".join(text.replace("\u202f", " ").split())


def pixels(of):
    return np.asarray(Image.open(io.BytesIO(png(of))).convert("RGB")).astype(np.int16)


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("characters", [20, 150, 330, 600])
def test_no_text_leaves_its_place_at_any_length(characters, form):
    """Where the pixels of the ink are: within the margins, above the foot."""
    shape, picture = SHAPES[form], pixels(card(of_length(characters), form=form))
    assert picture.shape[:2] == (shape.height, shape.width)
    ground = int(np.flatnonzero(np.abs(picture[:, 3] - (0x1F, 0x4A, 0x86)).sum(axis=1) < 6)[:-1].max())
    sheet_end = next(row for row in range(ground) if np.abs(picture[row, 3] - (0xFF, 0xFD, 0xF9)).sum() < 6)
    inked = np.abs(picture[:sheet_end] - (0xFF, 0xFD, 0xF9)).sum(axis=2) < 60
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    assert columns.min() > 8 * shape.unit
    assert columns.max() <= shape.width - shape.margin + 2
    assert rows.min() > (60 + shape.safe[0]) * shape.unit
    assert rows.max() < sheet_end - 60 * shape.unit


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("characters", [*range(20, 601, 20)])
def test_every_word_is_drawn_once_in_order_and_nothing_else(characters, form):
    text = of_length(characters)
    speech, names = drawn_words(svg(card(text, form=form)))
    assert plain(speech) == plain(f"« {text} »")
    assert names == LIGNE


@pytest.mark.parametrize("form", Format)
def test_a_short_quote_is_larger_than_a_long_one_and_none_is_small(form):
    sizes = [
        float(re.findall(r'font-size="([\d.]+)"', svg(card(of_length(n), form=form)))[0]) for n in (20, 110, 300, 600)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 30 * SHAPES[form].unit


@given(COLOURS)
def test_the_ink_is_read_on_any_colour(colour):
    assert contrast(colour, ink_on(colour)) >= 4.5


@pytest.mark.parametrize("colour", ["#94590a", "#1f4a86", "#f2c14e", "#fff8ee", "#808080", "#777777", "#000000"])
def test_what_decorates_the_sheet_only_sets_the_ink_off_more(colour):
    drawn = svg(card(colour=colour))
    shade = re.findall(r'stroke="(#[0-9a-f]{6})" stroke-width="2[0-9.]+">', drawn)[-1]
    assert contrast(shade, ink_on(colour)) >= contrast(colour, ink_on(colour))


def test_the_card_is_drawn_as_it_was():
    """Golden: the fonts inside are told by their names alone."""
    drawn = re.sub(r"base64,[^)]+", "base64,…", svg(card(of_length(110), colour="#0c7566")))
    assert drawn == GOLDEN.read_text(encoding="utf-8")


def test_the_alternative_text_says_the_whole_quote_and_whose_place_it_is():
    one = card("On a dit <b>« oui »</b> & […] rien d’autre.")
    assert one.alternative == f"«\u202fOn a dit <b>« oui »</b> & […] rien d’autre.\u202f» {LIGNE}."
    tree = ElementTree.fromstring(svg(one))
    assert tree.get("role") == "img"
    assert tree.findtext("{http://www.w3.org/2000/svg}title") == "Citation"
    assert tree.findtext("{http://www.w3.org/2000/svg}desc") == one.alternative


def test_a_card_to_be_printed_tells_its_size():
    assert 'width="148mm" height="210mm"' in svg(card(form=Format.A5))
    with Image.open(io.BytesIO(png(card(form=Format.A5)))) as picture:
        assert picture.size == (1748, 2480)
        assert [round(dots) for dots in picture.info["dpi"]] == [300, 300]


def test_the_same_card_is_the_same_file():
    assert png(card()) == png(card())


@pytest.mark.parametrize(
    ("text", "problem"),
    [("Super 🙂 moment.", "ne sait pas dessiner «\u202f🙂\u202f»"), ("mot " * 600, "trop longue pour le format carré")],
)
def test_what_cannot_be_drawn_is_refused_with_a_remedy(text, problem):
    with pytest.raises(VoicesError, match=problem) as refused:
        svg(card(text))
    assert "oup" in refused.value.remedy


def test_signs_that_cannot_be_seen_are_not_drawn():
    assert plain(drawn_words(svg(card("On\u200b m’a\u202e servi\nun café.")))[0]) == "« On m’a servi un café. »"


@pytest.mark.parametrize("text", ["Ça va ? Oui !", "Il a dit : « reste » ; moi ?", "« Non »"])
def test_no_line_begins_with_a_mark_that_french_ties_to_the_word_before(text):
    for width in range(150, 900, 25):
        block = fit(text, SPEAKING, width=width, height=4000, largest=60, least=10, leading=1.2)
        if block:
            assert not [line for line in block.lines if line[0] in "?!:;»" or line.endswith("«")]


@given(st.text(alphabet="abc éÀ’…", min_size=1, max_size=200).filter(str.strip), st.integers(200, 1000))
def test_no_line_is_wider_than_its_block(text, width):
    block = fit(text, NAMING, width=width, height=600, largest=50, least=10, leading=1.2)
    if block:
        assert all(NAMING.width(line, block.size) <= width for line in block.lines)
        assert block.height <= 600
        assert " ".join(block.lines) == " ".join(text.split())

"""What is in French and what is not, by little words and script."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.fakes import passage
from voices.coding.language import FEWEST_WORDS, foreign
from voices.domain import WhyOutside

CORPORA = Path(__file__).parents[2] / "corpora"
MOST_FLAGGED = 0.001

ELSEWHERE = {
    "English": "I was welcomed with a smile and everybody helped me.",
    "English, short": "Thank you for the lovely meal!",
    "English, contracted": "It's warm, they're kind, I've been coming ever since.",
    "Spanish": "Me recibieron con una sonrisa y todos me ayudaron mucho.",
    "Portuguese": "Fui recebida com um sorriso e todos me ajudaram muito.",
    "Italian": "Mi hanno accolta con un sorriso e tutti mi hanno aiutato.",
    "German": "Ich wurde mit einem Lächeln empfangen und alle haben mir geholfen.",
    "Dutch": "Ik werd met een glimlach ontvangen en iedereen heeft me geholpen.",
    "Romanian": "M-au primit cu zâmbetul pe buze și toți oamenii m-au ajutat foarte mult.",
    "Polish": "Przyjęli mnie z uśmiechem i wszyscy mi bardzo pomogli.",
    "Turkish": "Beni gülümseyerek karşıladılar ve herkes bana yardım etti.",
    "Arabic": "استقبلوني بابتسامة وساعدني الجميع في المطبخ",
    "Ukrainian": "Мене зустріли з усмішкою, і всі мені допомогли.",
    "Tamil": "என்னை புன்னகையுடன் வரவேற்றார்கள்",
    "Chinese, without spaces": "他们微笑着欢迎我，大家都帮助了我。",
    "English, with a French name": "Thank you Régine and Gérard, we had a great time at the Café des Lilas.",
    "mostly English": "De passage. Thank you so much, such a lovely place, and we will be back with our friends.",
}
FRENCH = {
    "plain": "On m’a tiré une chaise et on m’a souri.",
    "telephone": "slt jsui venu hier c t tro bien jve revenir mdr",
    "telephone, few vowels": "tt le mnd ma dit bjr pr une fs ds ma vie",
    "fillers": "euh ben voilà quoi hein bon bah euh c’est ça",
    "creole of Réunion": "Mi mont, mi di mi cherche travail, mi fé CV. Mi cherchait pwin travail, mi cherchait clim.",
    "creole of the Antilles": "Mwen té ka vini isit chak jou, yo té byen resevwa mwen épi souri.",
    "of the North": "Min tiot, in est bin ichi, in rigole avec ches gins.",
    "names": "Mohamed, Anh, Fatou, John, Maria-Conceição, Günther et Wanda",
    "a list": "Couscous, tajine, pizza, gratin, poulet, riz, salade",
    "foreign words": "Le brunch du dimanche avec les happy hours et le coaching, c’est too much pour moi.",
    "a foreign song": "On a chanté « happy birthday to you » à Mamie, et tout le monde pleurait.",
    "foreign speech told": "Il m’a dit « thank you very much », et moi j’ai répondu « de rien » en rougissant.",
    "an Arabic word": "Elle m’a dit شكرا et j’ai compris.",
    "few words": "Thank you so much!",
    "few words, another script": "شكرا جزيلا",
    "capitals, no accents": "ILS M ONT ACCUEILLIE COMME UNE REINE ET J AI PLEURE",
    "learner": "Moi pas bien parler mais ici gentil beaucoup, moi aider cuisine.",
    "mathematical letters": "𝐁𝐨𝐧𝐣𝐨𝐮𝐫 𝐚̀ 𝐭𝐨𝐮𝐬 et merci pour ce repas",
    "nothing": "",
}


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_another_language_is_told(text):
    assert foreign(text)


@pytest.mark.parametrize("text", FRENCH.values(), ids=FRENCH)
def test_french_is_french_however_it_is_written(text):
    assert not foreign(text)


@pytest.mark.parametrize("corpus", ["gold", "written"])
def test_next_to_no_coded_passage_is_taken_for_another_language(corpus):
    lines = (CORPORA / corpus / "coded_passages.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    flagged = [text for text in texts if foreign(text)]
    assert len(flagged) <= MOST_FLAGGED * len(texts), flagged


@given(st.lists(st.sampled_from(["the", "and", "with", "very", "were", "thank", "you"]), max_size=FEWEST_WORDS - 1))
def test_a_few_words_are_never_enough(words):
    assert not foreign(" ".join(words))


@given(st.sampled_from([*ELSEWHERE.values(), *FRENCH.values()]))
def test_capitals_and_apostrophes_change_nothing(text):
    assert foreign(text.upper()) == foreign(text)
    assert foreign(text.replace("’", "'")) == foreign(text)


def test_a_passage_in_another_language_is_not_coded_and_says_why(model, encoder):
    (found,) = model.code([passage(ELSEWHERE["English"])], encoder)
    assert (found.outside, found.why, found.codings) == (True, WhyOutside.FOREIGN, ())
    assert found.standing == "hors domaine"

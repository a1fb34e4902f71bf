"""What may tell who somebody is once names are gone: what is flagged, what is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.domain import OUTLETS, Outlet, Quote
from voices.privacy.identifying import Risk, flags, reread, told

FLAGGED = [
    ("C’est la fille de Mathilde qui tient la caisse.", Risk.LINK),
    ("Le mari de la présidente a tout repeint.", Risk.LINK),
    ("J’ai parlé avec le fils du boulanger.", Risk.LINK),
    ("La sœur d’Adèle vient le jeudi.", Risk.LINK),
    ("Son ex-mari, le frère de Bruno, ne vient plus.", Risk.LINK),
    ("la voisine de Mme Bertin a appelé les pompiers", Risk.LINK),
    ("Le gendre du maire a eu la place.", Risk.LINK),
    ("La veuve du notaire dort au foyer.", Risk.LINK),
    ("L’épouse de l’imam fait les gâteaux.", Risk.LINK),
    ("les jumelles de Céline ont tout renversé", Risk.LINK),
    ("la femme à Gaston m’a donné du pain", Risk.LINK),
    ("C’est le seul charcutier du quartier.", Risk.ONLY_ONE),
    ("J’étais la seule femme de l’équipe.", Risk.ONLY_ONE),
    ("C’est l’unique dentiste du canton.", Risk.ONLY_ONE),
    ("Je suis la dernière habitante de l’immeuble.", Risk.ONLY_ONE),
    ("Il était le premier Noir… enfin le premier réfugié du village.", Risk.ONLY_ONE),
    ("C’est le bénévole le plus âgé.", Risk.ONLY_ONE),
    ("Une coiffeuse, il n’y en a qu’une dans le village.", Risk.ONLY_ONE),
    ("La présidente m’a grondée devant tout le monde.", Risk.OFFICE),
    ("le trésorier boit, tout le monde le sait", Risk.OFFICE),
    ("Je me suis disputée avec la directrice.", Risk.OFFICE),
    ("L’institutrice lui a donné un manteau.", Risk.OFFICE),
    ("notre ancien curé dormait dans sa voiture", Risk.OFFICE),
    ("L’adjointe au maire est venue avec sa mère.", Risk.OFFICE),
    ("Je suis née le 14 mars 1947 à Quimper.", Risk.BIRTH),
    ("Il est né le 03/11/1962, il l’écrit partout.", Risk.BIRTH),
    ("Ils ont mon dossier, le 7503987654, et rien ne bouge.", Risk.NUMBER),
    ("J’ai la sclérose en plaques et j’étais charcutière.", Risk.CLUES),
    ("J’étais cantinière à Annonay en 1987.", Risk.CLUES),
    ("Ancien mineur, quatre-vingt-onze ans, né à Wattrelos.", Risk.CLUES),
    ("On m’a greffé un rein, je conduisais le taxi.", Risk.CLUES),
    ("Sortie de prison, j’ai été fleuriste.", Risk.CLUES),
    ("J’ai six enfants, je suis venue d’Asmara en 2015.", Risk.CLUES),
]
NOT_FLAGGED = [
    "L’association est née le lendemain de la fête.",
    "On a servi 1 200 repas depuis 2019, budget 350000 euros.",
    "J’ai passé un bon moment, merci à tous.",
    "La mère de famille a besoin de repos.",
    "C’est le seul moment où je parle.",
    "C’est la seule chose qui compte.",
    "Ma fille aime la cantine.",
    "Monsieur le Président, je démissionne.",
    "Le président de la République est passé à la télé.",
    "Un président, ça se choisit.",
    "Les présidents passent, nous restons.",
    "On m’a appris à faire du pain.",
    "J’ai trente ans et je cherche du travail.",
    "Je viens depuis 2019.",
    "Mon voisin m’a aidé à porter mes courses.",
    "Je suis allé à Annonay.",
    "La cuisinière est en panne, il faut un four.",
    "Le premier jour, j’avais peur.",
    "La dernière fois, on a ri.",
    "Les enfants jouent dans la cour.",
    "Il y a du monde à midi et des bénévoles partout.",
    "Le pain de la boulangère est bon.",
    "Mon père était sévère.",
    "La fête des voisins était belle.",
]


@pytest.mark.parametrize(("text", "risk"), FLAGGED)
def test_what_may_tell_who_it_is_is_flagged(text: str, risk: Risk):
    assert risk in {one.risk for one in flags(text)}


@pytest.mark.parametrize("text", NOT_FLAGGED)
def test_the_rest_is_not(text: str):
    assert flags(text) == ()


@given(st.text(alphabet="la fillede MP.\n’ 1987chrtié", max_size=200))
def test_flags_lie_in_the_text_in_order(text: str):
    found = flags(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize("piece", ["la fille de ", "le seul ", "à B", "1987 ", "la présidente ", "cinquante", "a. "])
def test_a_long_text_is_looked_at_in_a_moment(piece: str):
    start = time.process_time()
    flags(piece * 4_000)
    assert time.process_time() - start < 5


def a_quote(text):
    return Quote("t1-1", "t1", "accueil", None, text, ((0, len(text)),), "Le Fournil", 1.0, cautions=("d’avant",))


def test_what_is_flagged_is_told_in_words_each_once():
    text = "La présidente m’a dit bonjour. La présidente m’a servie."
    assert told(text) == ("«\u202fLa présidente\u202f»\u202f: une fonction que peu de personnes ont",)
    long = "J’étais cantinière, et il y avait tout ce monde autour de nous chaque midi, à Annonay en 1987."
    assert told(long)[0].startswith("«\u202fcantinière, et il y avait")
    assert " […] " in told(long)[0]


@pytest.mark.parametrize(
    ("outlets", "shown"),
    [
        *((OUTLETS, True), ([Outlet.INTERNAL], True), ([Outlet.FUNDER], False), ([Outlet.WEB], False)),
        *(([Outlet.INTERNAL, Outlet.FUNDER], False), ([Outlet.PRESS], False)),
    ],
)
def test_what_is_to_be_reread_is_told_to_the_team_alone(outlets, shown):
    (found,) = reread([a_quote("La présidente m’a dit bonjour.")], outlets)
    assert found.cautions == (told("La présidente m’a dit bonjour.") if shown else ())
    assert reread([a_quote("On m’a dit bonjour.")], outlets)[0].cautions == ()

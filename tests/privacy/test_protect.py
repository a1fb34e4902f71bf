"""What protecting a testimony does to its words."""

import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voices.domain import Consent, Origin, Role
from voices.privacy import protect, protect_all
from voices.raw import Identity, RawTestimony, RawTurn

HEAVY = ("spacy", "numpy", "torch", "faker", "phonenumbers", "cryptography", "stdnum")


def raw(*texts: str, id: str = "t1", speakers: tuple[str | None, ...] = (), names: tuple[str, ...] = ()):  # noqa: A002
    speakers = speakers or (None,) * len(texts)
    turns = tuple(RawTurn(text, Role.WITNESS, speaker) for text, speaker in zip(texts, speakers, strict=True))
    return RawTestimony(id, turns, identity=Identity(names=names))


def replaced(*texts: str, **more) -> str:
    return protect(raw(*texts, **more)).testimony.text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        pytest.param("C'est Huguette qui m'a montré.", "Huguette", id="a first name"),
        pytest.param("moi c kevin, jsuis venu hier", "kevin", id="in lower case"),
        pytest.param("hugette ma dit de revenir", "hugette", id="misspelt"),
        pytest.param("On a vu Mme Oudot à la caisse.", "Oudot", id="a surname after its title"),
        pytest.param("Pierre a porté les caisses.", "Pierre", id="a name that is a word, doing something"),
        pytest.param("la fleur que rose m'a donnée", "rose", id="a word as a name, in lower case"),
        pytest.param("Ma voisine, Nguyễn Thị Lan, cuisine.", "Nguyễn Thị Lan", id="a Vietnamese name"),
        pytest.param("Cordialement, H. Delmas", "H. Delmas", id="initials"),
        pytest.param("Notre doyen, Mohammed Ben Ali, chante.", "Mohammed Ben Ali", id="particles"),
        pytest.param("Je suis allé chez les Traoré.", "Traoré", id="a family"),
        pytest.param("c'est monsieur leblanc qui est venu", "leblanc", id="a title, then a surname in lower case"),
        pytest.param("hier madame petit m'a dit bonjour", "petit", id="a title, then a word as a surname"),
        pytest.param("mme nguyen est là", "nguyen", id="a short title, then a surname in lower case"),
        pytest.param("monsieur rivière a parlé", "rivière", id="a title, then a word that acts"),
        pytest.param("le docteur leblanc est passé", "leblanc", id="a doctor in lower case"),
        pytest.param("Madame Petit sert le café.", "Petit", id="a surname among what is never a name"),
        pytest.param("Jeanne Petit a cuisiné.", "Petit", id="a first name, then a surname that is a word"),
        pytest.param("C'est Nguyễn qui cuisine.", "Nguyễn", id="a surname that is no word, alone"),
        pytest.param("Nguyễn rit.", "Nguyễn", id="a surname that is no word, alone and first"),
        pytest.param("L'adjudant-chef Lorho nous a salués.", "Lorho", id="a rank"),
        pytest.param("elle se marie avec marie", "avec marie", id="a verb and a name that look alike"),
        pytest.param("Nancy m'a gardé une place.", "Nancy", id="a town's name, doing what a person does"),
        pytest.param("On a épluché avec Nancy.", "Nancy", id="a town's name after what precedes a person"),
        pytest.param("Josiane et Nancy chantent.", "Nancy", id="a town's name beside a name"),
        pytest.param("La fille de Florence est là.", "Florence", id="a name first, a town after"),
        pytest.param("Florence me manque.", "Florence", id="a name first, missed"),
    ],
)
def test_a_person_is_replaced(text, hidden):
    assert hidden not in replaced(text)


@pytest.mark.parametrize(
    "text",
    [
        "J'habite rue Victor Hugo, près de la place Jean-Jaurès.",
        "Mes enfants sont à l'école Jules-Ferry, à Saint-Marceau.",
        "Les pierres du mur étaient froides, la rose aussi.",
        "La France, je l'ai connue à Lourdes, un lundi de Noël.",
        "Madame, Monsieur, merci pour la Petite Cantine des Tilleuls.",
        "Il faut de la clémence et de la constance. Juste un peu.",
        "On chantait du Brassens à Carrefour, Dieu merci.",
        "Mamie disait toujours qu'une assiette de plus, ça ne coûte rien.",
        "On s'est rencontrés ici, on se marie en juin.",
        "Ma fille se marie samedi, le maire nous marie à midi.",
        "J'habite Épinal depuis dix ans et Nancy me manque.",
        "J'aime Nancy, Valence est loin.",
        "Je viens de Florence.",
        "bonjour monsieur le maire, madame la directrice et monsieur du service",
        "un monsieur âgé m'a parlé, le monsieur petit et gros aussi",
        "oui monsieur comment ça va, monsieur tout-le-monde, madame vous êtes gentille",
        "merci monsieur et au revoir madame merci beaucoup",
        "J'ai réparé un Moulinex et une Honda.",
    ],
)
def test_what_names_nobody_stays(text):
    assert replaced(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon numéro : 06 39 98 15 72.", "Mon numéro : [téléphone]."),
        ("le zéro six douze trente-quatre cinquante-six soixante-dix-huit", "le [téléphone]"),
        ("Au +212 661-345678, le soir.", "Au [téléphone], le soir."),
        ("écris à jeanne.martin@orange.fr !", "écris à [courriel] !"),
        ("c'est jeanne point martin arobase orange point fr", "c'est [courriel]"),
        ("écris à rose.meunier arobase orange point fr", "écris à [courriel]"),
        ("J'habite 12 rue des Lilas, à Annonay.", "J'habite [adresse], à Annonay."),
        ("Voir https://exemple.fr/huguette-dupont.", "Voir [lien]."),
        ("IBAN : FR76 3000 6000 0112 3456 7890 189.", "IBAN : [IBAN]."),
        ("Ma sécu : 2 69 05 49 588 157 80.", "Ma sécu : [numéro de sécurité sociale]."),
    ],
)
def test_contact_details_become_marks(text, expected):
    assert replaced(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On a servi 112 repas le 14 mars 2023 à 12 h 30.",
        "Il manquait 06 œufs, 12 yaourts, 34 pommes.",
        "Le 3 allée de fraises, le 4 allée de courges.",
        "Il a fait zéro faute, deux bonnes notes.",
        "Le 3630 ne répond jamais, le 115 non plus.",
    ],
)
def test_numbers_that_lead_to_nobody_stay(text):
    assert replaced(text) == text


def test_one_person_has_one_pseudonym_across_turns_and_spellings():
    first, second, third = protect(
        raw("Bénédicte est venue.", "merci benedicte", "BÉNÉDICTE chante."),
    ).testimony.text.split("\n\n")
    name = first.split()[0]
    assert second == f"merci {name.lower()}"
    assert third == f"{name.upper()} chante."


def test_a_surname_is_the_same_with_a_title_a_first_name_or_alone():
    text = replaced("Jeanne Martin est là. Mme Martin est partie avec Mr Martin.")
    match = re.fullmatch(r"\w+ (\w+) est là\. Mme (\w+) est partie avec Mr (\w+)\.", text)
    assert match
    assert len(set(match.groups())) == 1


@pytest.mark.parametrize("elided", ["d'Huguette", "qu'Anne", "d’Yvette"])
def test_elision_still_reads_well(elided):
    text = replaced(f"Je parlais {elided} hier.")
    assert re.search(r"['’][AEIOUÉÈÂÎÔ]", text)
    assert elided not in text


@pytest.mark.parametrize(("name", "gender"), [("Fatoumata", "femme"), ("Mamadou", "homme")])
def test_gender_is_kept(name, gender):
    from voices.privacy.lists import pseudonyms

    instead = replaced(f"{name} est venu.").split()[0]
    assert instead in pseudonyms()[f"{gender} consonne"]


def test_two_persons_never_share_a_pseudonym():
    names = ["Huguette", "Ginette", "Fatoumata", "Monique", "Josiane", "Brigitte", "Simone", "Raymonde"]
    table = protect(raw(", ".join(names) + " sont venues.")).correspondences
    assert len({one.replacement for one in table}) == len(names)


def test_a_pseudonym_is_never_a_real_name_of_the_testimony():
    from voices.privacy.lists import pseudonyms

    real = pseudonyms()["femme consonne"][:40]
    table = protect(raw("Huguette, " + ", ".join(real) + " sont venues.")).correspondences
    assert not {one.replacement for one in table} & {one.original for one in table}


def test_speakers_names_follow_the_text_and_generic_labels_stay():
    protected = protect(
        raw("Moi c'est Kevin.", "Et vous ?", "Oui Kevin.", speakers=("Kevin", "Interviewer", "P1")),
    )
    first, interviewer, other = protected.testimony.turns
    assert first.speaker != "Kevin"
    assert first.speaker
    assert first.speaker in protected.testimony.text
    assert (interviewer.speaker, other.speaker) == ("Interviewer", "P1")


@pytest.mark.parametrize(
    ("label", "hidden"),
    [
        ("Mme Parmentier, 74 ans, bénévole", "Parmentier"),
        ("la mère de Gabriel", "Gabriel"),
        ("Loïc, maraîcher", "Loïc"),
        ("kevin", "kevin"),
        ("Jeanne Martin", "Martin"),
        ("Adjudant-chef Lorho", "Lorho"),
        ("Monsieur leblanc", "leblanc"),
        ("Mme petit", "petit"),
        ("Bénévole Kerbrat", "Kerbrat"),
        ("Voisine Josiane", "Josiane"),
    ],
)
def test_a_name_in_a_label_is_replaced_and_the_rest_stays(label, hidden):
    speaker = protect(raw("Bonjour.", speakers=(label,))).testimony.turns[0].speaker
    assert speaker
    assert hidden not in speaker
    assert speaker.split()[-1] == label.split()[-1] or hidden == label.split()[-1]


@pytest.mark.parametrize(
    "label",
    [
        "L1",
        "P12",
        "Q",
        "Interviewer",
        "Intervieweuse",
        "une abonnée",
        "Bénévole, 67 ans",
        "Homme, 38 ans",
        "Maire",
        "Animatrice, Annonay",
        "Bénévole Lundi",
        "Madame la directrice",
    ],
)
def test_a_label_without_a_name_stays(label):
    assert protect(raw("Bonjour.", speakers=(label,))).testimony.turns[0].speaker == label


def test_names_of_the_identity_columns_are_looked_for_in_the_text():
    assert "Xyloprand" not in replaced("Signé : la dame du 4, Xyloprand.", names=("Xyloprand",))


def test_turns_are_exact_and_labels_left_out():
    testimony = protect(raw("Bonjour Huguette.", "", "Oui.", speakers=("L1", "L2", "L1"))).testimony
    assert [testimony.text[t.start : t.end] for t in testimony.turns][1:] == ["", "Oui."]
    assert testimony.text.endswith(".\n\n\n\nOui.")


def test_origin_consent_and_turn_facts_go_through():
    turn = RawTurn("Rien.", Role.INTERVIEWER, "Q", empty=True, seconds=3.5)
    given_raw = RawTestimony("t", (turn,), Origin(place="Ici", date="2024"), Consent.ANALYSIS)
    testimony = protect(given_raw).testimony
    assert (testimony.origin, testimony.consent) == (given_raw.origin, Consent.ANALYSIS)
    assert (testimony.turns[0].role, testimony.turns[0].empty, testimony.turns[0].seconds) == (turn.role, True, 3.5)


def test_what_is_replaced_is_counted_by_kind():
    testimony = protect(raw("Huguette et Mamadou : 06 12 34 56 78.")).testimony
    assert testimony.replaced == {"personne": 2, "telephone": 1}


def test_keep_names_changes_nothing():
    protected = protect(raw("Huguette : 06 12 34 56 78.", speakers=("Huguette",)), keep_names=True)
    assert protected.testimony.text == "Huguette : 06 12 34 56 78."
    assert protected.testimony.turns[0].speaker == "Huguette"
    assert (protected.correspondences, protected.testimony.replaced) == ((), {})


def test_a_correspondence_shows_no_name_when_printed():
    assert "Huguette" not in repr(protect(raw("Huguette est là.")))


def test_many_at_once_is_as_each_alone():
    raws = [raw("Huguette a vu Peyrard.", id="a"), raw("Ils parlaient à Thouvenin.", id="b"), raw("", id="c")]
    assert list(protect_all(raws)) == [protect(one) for one in raws]


def test_progress_is_told():
    seen = []
    protect_all([raw("Ce soir Oudrimont chantait.")], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]  # spaCy read it, then the network


def test_another_testimony_gets_other_pseudonyms():
    said = {replaced("Huguette est venue.", id=f"t{number}") for number in range(8)}
    assert len(said) > 1


PIECES = st.sampled_from(
    [
        "Huguette m'a dit bonjour.",
        "Je parlais d'Anne et de Fatoumata.",
        "moi c kevin",
        "Mme Martin et Jeanne Martin.",
        "Merci Gérard, merci Maryse.",
        "Appelez le 06 12 34 56 78.",
        "J'habite 12 rue des Lilas.",
        "On a ri.",
        "chez les Traoré",
        "Le docteur Lefèvre est passé.",
        "Notre amie Nguyễn Thị Lan cuisine.",
        "Camille a chanté.",
        "merci a mohamed et yanis",
        "chez les Traoré H. Delmas",
        "Pierre et Rose ont mangé.",
        "H. Delmas",
        "ecris a toto@exemple.fr",
        "Caroline arrive.",
        "Noël approche.",
        "C'est Berthelot Huguette.",
        "Avec Mr Ben Youssef, on plie le linge.",
    ]
)
TEXTS = st.lists(st.lists(PIECES, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4)


@pytest.mark.parametrize("name", ["Mathilde", "Gaëlle", "Agnès", "Caroline", "Bruno"])
def test_a_real_name_that_is_also_a_pseudonym_is_replaced_in_whatever_testimony(name):
    found = protect_all([raw(f"Hier {name} m’a tenu la porte.", id=f"t-{number:08x}") for number in range(150)])
    assert not [one.testimony.text for one in found if name in one.testimony.text]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(st.text(max_size=60), max_size=4))
def test_any_text_goes_through_and_turns_tile_it(texts):
    testimony = protect(raw(*texts)).testimony
    assert "\n\n".join(testimony.text[t.start : t.end] for t in testimony.turns) == testimony.text


def test_the_door_is_light():
    code = f"import sys, voices.privacy; print([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_a_page_needs_neither_torch_nor_sklearn():
    code = (
        "import sys; from voices.privacy import protect; from voices.raw import RawTestimony, RawTurn;"
        "from voices.domain import Role;"
        "protect(RawTestimony('a', (RawTurn('Bonjour, ici Oudrimont.', Role.WITNESS),)));"
        "print([m for m in ('torch', 'sklearn', 'pandas', 'phonenumbers') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"

"""What a person corrects: a name that was missed, a word that was no name."""

import pytest

from voices.domain import Role
from voices.errors import VoicesError
from voices.privacy import checking, protect
from voices.privacy.protection import Correspondence
from voices.raw import RawTestimony, RawTurn

KNOWN = (
    Correspondence("personne", "Bénédicte", "Clarisse"),
    Correspondence("telephone", "06 12 34 56 78", "[téléphone]"),
)


def replaced(text: str, said: str, kind: str = "personne", known: tuple[Correspondence, ...] = KNOWN) -> list[str]:
    """The words of the text that would be replaced."""
    (found,) = checking.added("t1", [text], said, kind, known)
    return [text[start:end] for start, end, _, _ in found]


def pseudonyms(text: str, said: str, known: tuple[Correspondence, ...] = KNOWN) -> list[str]:
    """What they would be replaced by."""
    (found,) = checking.added("t1", [text], said, "personne", known)
    return [instead for *_, instead in found]


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        pytest.param("Yvette rit. Chez Yvette, YVETTE.", "Yvette", ["Yvette", "Yvette", "YVETTE"], id="everywhere"),
        pytest.param("yvette rit, Yvette aussi.", "yvette", ["yvette", "Yvette"], id="as written in lower case"),
        pytest.param("Une rose pour Rose.", "Rose", ["Rose"], id="not the word that looks like it"),
        pytest.param("Rose-Marie et Rose.", "Rose", ["Rose"], id="not inside a longer name"),
        pytest.param("J’ai vu la Puce. Une puce.", "la Puce", ["Puce"], id="without its article"),
        pytest.param("Mme Kerbrat, puis Kerbrat.", "Mme Kerbrat", ["Kerbrat", "Kerbrat"], id="without its title"),
        pytest.param(
            "Odile Kerbrat. Odile. M. Kerbrat.",
            "Odile Kerbrat",
            ["Odile", "Kerbrat", "Odile", "Kerbrat"],
            id="its parts",
        ),
        pytest.param("Odile\nKerbrat.", "Odile  Kerbrat", ["Odile\nKerbrat"], id="over a line's end"),
        pytest.param("D’Artagnan m’a dit.", "D'Artagnan", ["D’Artagnan"], id="straight or curly apostrophe"),
        pytest.param(
            "Zoe\u0302\u0301 rit 🙂 Zoe\u0302\u0301.", "Zoe\u0302\u0301", ["Zo\u1ebf", "Zo\u1ebf"], id="accents apart"
        ),
        pytest.param("Ana🙂Ana", "Ana", ["Ana", "Ana"], id="against an emoji"),
        pytest.param("« Yvette »", "« Yvette »", ["Yvette"], id="selected with its quotes"),
    ],
)
def test_a_name_is_found_wherever_it_is_that_name(text, said, words):
    import unicodedata

    assert replaced(unicodedata.normalize("NFC", text), said) == words


def test_one_person_keeps_one_pseudonym_of_the_same_gender_and_class():
    first, again, elsewhere = pseudonyms("Mme Kerbrat et Yvette. Kerbrat.", "Kerbrat"), None, None
    assert len(set(first)) == 1
    again = pseudonyms("Mme Kerbrat et Yvette. Kerbrat.", "Kerbrat")
    assert again == first
    known = (*KNOWN, Correspondence("personne", "Kerbrat", first[0]))
    elsewhere = pseudonyms("kerbrat est revenu.", "kerbrat", known)
    assert elsewhere == [first[0].lower()]


def test_a_pseudonym_is_neither_one_given_already_nor_a_word_of_the_testimony():
    from voices.privacy.lists import plain
    from voices.privacy.lists import pseudonyms as every

    (taken,) = set(pseudonyms("Yvette rit.", "Yvette", ()))
    assert taken in every()["femme voyelle"] + every()["femme consonne"]
    given = (*KNOWN, Correspondence("personne", "Odile", taken))
    assert pseudonyms(f"Yvette rit avec {taken}.", "Yvette", given) != [taken]
    assert plain(pseudonyms(f"Yvette rit avec {taken}.", "Yvette", KNOWN)[0]) != plain(taken)


@pytest.mark.parametrize(
    ("text", "said", "kind", "problem"),
    [
        pytest.param("Yvette rit.", "Odile", "personne", "ne sont pas dans", id="nowhere"),
        pytest.param("Clarisse rit.", "Clarisse", "personne", "déjà pris la place", id="a pseudonym"),
        pytest.param("Au [téléphone].", "téléphone", "personne", "déjà pris la place", id="inside a mark"),
        pytest.param("La maison.", "la", "personne", "ne sont pas dans", id="an article in other capitals"),
        pytest.param("J’y vais.", "J", "personne", "autrement", id="one letter of a longer word"),
        pytest.param("J.-P. rit.", "P.", "personne", "autrement", id="one of several initials"),
        pytest.param("!!!", "!!!", "personne", "ni lettre ni chiffre", id="no letter"),
        pytest.param("!!!", " ", "telephone", "ne sont pas dans", id="nothing"),
        pytest.param("Chez la puce.", "Puce", "personne", "d’autres majuscules", id="other capitals"),
        pytest.param("a" * 200, "a" * 200, "personne", "trop long", id="too long"),
    ],
)
def test_what_cannot_be_replaced_is_said_without_the_words(text, said, kind, problem):
    with pytest.raises(VoicesError, match=problem) as told:
        checking.added("t1", [text], said, kind, KNOWN)
    assert len(said.strip("! ")) < 4 or said not in str(told.value)


@pytest.mark.parametrize(
    ("text", "said", "kind", "instead"),
    [
        ("Appelle le 07.11, ou 07.111.", "07.11", "telephone", "[téléphone]"),
        ("12 rue des Lilas et 112 rue des Lilas.", "12 rue des Lilas", "adresse", "[adresse]"),
        ("Écris à moi(at)ici.", "moi(at)ici", "courriel", "[courriel]"),
    ],
)
def test_a_contact_detail_is_masked_by_its_mark(text, said, kind, instead):
    (found,) = checking.added("t1", [text], said, kind, KNOWN)
    assert [(text[start:end], mark) for start, end, _, mark in found] == [(said, instead)]


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        pytest.param("J.-P. M. est venu, J.-P.\u00a0M. !", "J.-P. M.", ["J.-P. M.", "J.-P.\u00a0M."], id="initials"),
        pytest.param("Chez B. ou chez Bérénice, B.-A. et AB.", "B.", ["B."], id="one initial, dot kept with it"),
        pytest.param("Chez B. ou avec B !", "B", ["B", "B"], id="one letter"),
        pytest.param("Mme B. et M. B. rient.", "Mme B.", ["B.", "B."], id="without its title"),
        pytest.param("Dr rit, Drôle.", "Dr", ["Dr"], id="a title that names"),
        pytest.param("« B. » rit.", "« B. »", ["B."], id="selected with its quotes"),
    ],
)
def test_what_is_short_is_replaced_where_it_stands_exactly_so(text, said, words):
    assert replaced(text, said) == words
    assert len(set(pseudonyms(text, said))) == 1
    assert checking.left([text], said, KNOWN) == 0


def test_initials_keep_the_pseudonym_that_they_were_given():
    first = pseudonyms("B. rit.", "B.")[0]
    assert pseudonyms("B. chante.", "B.", (*KNOWN, Correspondence("personne", "B.", first))) == [first]
    assert first.istitle()
    assert "." not in first


def test_a_detail_may_hold_a_name_that_was_replaced_whole():
    text = "C’est la fille de Clarisse, et Clarisse rit."
    (found,) = checking.added("t1", [text], "la fille de Clarisse", checking.DETAIL, KNOWN)
    assert [(text[start:end], mark) for start, end, _, mark in found] == [("la fille de Clarisse", "[détail]")]
    with pytest.raises(VoicesError, match="déjà pris la place"):
        checking.added("t1", ["Au [téléphone] noir."], "téléphone] noir", checking.DETAIL, KNOWN)


def test_a_first_name_and_its_surname_are_at_one_place():
    text = "Odile Kerbrat rit. Odile, Kerbrat."
    (found,) = checking.added("t1", [text], "Odile Kerbrat", "personne", KNOWN)
    assert [len(some) for some in checking.places(text, found)] == [2, 1, 1]


def test_what_is_left_with_other_capitals_is_counted():
    assert checking.left(["Une rose pour Clarisse.", "Rose, rose-thé"], "Rose", KNOWN) == 2


def test_marks_are_found_in_order_the_longest_first_and_never_inside_a_word():
    known = (Correspondence("personne", "Jo", "Anne"), Correspondence("personne", "Li", "Anne B."), *KNOWN)
    text = "Anne B. et Anne, Annette, Anne-Lise, d’Anne. Clarisse2 au [téléphone]."
    assert [text[one.start : one.end] for one in checking.marks(text, known)] == [
        "Anne B.",
        "Anne",
        "Anne",
        "Clarisse",
        "[téléphone]",
    ]
    assert checking.marks(text, ()) == ()


def test_everything_that_protect_replaced_is_found_again_and_can_be_put_back():
    said = (
        "Bénédicte Lagarde m’a tiré une chaise, « entre », dit bénédicte. BÉNÉDICTE ! H. Delmas aussi.",
        "Mon numéro : 06 12 34 56 78, ou jeanne@exemple.fr. D’Huguette à Jean-Lou, tout le monde.",
    )
    raw = RawTestimony("t7", tuple(RawTurn(text, Role.WITNESS, "Mme Lagarde") for text in said))
    protected = protect(raw)
    turns = [protected.testimony.text[turn.start : turn.end] for turn in protected.testimony.turns]
    assert turns[0] != said[0]
    for one in protected.correspondences:
        found = checking.put_back(turns, one, protected.correspondences)
        turns = [_written(text, some) for text, some in zip(turns, found, strict=True)]
    assert tuple(turns) == said


def _written(text: str, found: list[tuple[int, int, str, str]]) -> str:
    for start, end, _, instead in reversed(found):
        text = text[:start] + instead + text[end:]
    return text

"""The words around names: titles, kinship, what announces a name, what is never one. In plain form (see lists).

They are data, in contexte.txt and celebres.txt; this gives each list its name.
"""

from voices.privacy.lists import Gender, lines, sections

_SECTIONS = sections("contexte.txt")


def _words(title: str) -> frozenset[str]:
    return frozenset(_SECTIONS[title])


def _gendered(title: str) -> dict[str, Gender]:
    return {word: gender for gender in Gender for word in _SECTIONS[f"{title} {gender.value}"]}


TITLES = _gendered("titres")
"""What stands before a name (« Mme », « tonton »), with the gender it tells."""

CIVIL = _words("titres civils")
"""Titles that a surname follows; after the others comes a first name."""

ABBREVIATED = _words("titres abreges")
"""Titles that are nothing else: what follows is a name even in lower case."""

FULL = _words("titres en toutes lettres")
"""Titles that are also common nouns (« un monsieur âgé »)."""

NO_NAME_AFTER_A_TITLE = _words("apres un titre")
"""What follows a title in lower case and is no name: « monsieur le maire », « madame tout-le-monde »."""

SURNAMES_STILL = _words("noms malgre tout")
"""Among what is never a name, what is one after a title or a first name."""

CONJUGATED = _words("verbes")
REFLEXIVE, OBJECTS = _words("pronoms reflechis"), _words("pronoms objets")
"""After any reflexive pronoun a word in lower case is a verb; after « nous », « on », only these are."""

KIN = _gendered("parents")
"""Who is named next: « ma voisine X », « le petit X », « mon collègue, X »."""

STREETS = _words("voies")
"""After these, with or without « de », a name is a street's."""

PLACES = _words("lieux")
"""Right after these, a name is a place's."""

PARTICLES = _words("particules")
"""Small words inside a surname: « de La Fontaine », « Ben Ali », « da Silva »."""

PARTICLES_OF_SURNAMES = _words("particules d un nom")
"""With a capital inside a sentence, they open a surname: « les Le Guilloux »."""

TEXT_MESSAGES = _words("mots de sms")
"""Words as text messages spell them: no names, whatever they look like."""

ACTS = _words("actes")
"""Right after a name, what a person does."""

AUXILIARIES = _words("auxiliaires")
"""After « l’ » and « n’ », what makes it a pronoun and not an article."""

AFTER_WHICH_NAMES = _words("devant un nom")
"""Right before a name that nothing else tells."""

PREPOSITIONS_OF_PLACE = _words("prepositions de lieu")
COMING_FROM = _words("provenance")
"""Before « de », « à » and a name: the name is a place's."""

DETERMINERS = _words("determinants")

NAMED_LIKE_TOWNS = _words("villes et pays")
"""First names that are also places: not names after « en », « de », « à »…"""

TOWNS_FIRST = _words("villes avant tout")
"""Among them, those that are names only where something says so (« Nancy m’a dit »)."""

NAMES_FIRST = _words("prenoms avant tout")
"""Among them, those that are persons' after « de » (« la fille de Florence »)."""

BEFORE_A_PERSON = _words("devant une personne")

RESUMING = _words("reprise")
"""In speech, the pronoun that says the name again: « olive elle aime »."""

GREETINGS = _words("salutations")
BEFORE_A_NAME_IN_LOWER_CASE = _words("avant un nom en minuscules")
GIVEN_TO = _words("donne a")
"""Before « à », what is done to a person: « merci à », « demande à »."""

AFTER_ONE_CALLED = _words("apres un appel")
MEETING = _words("rencontre")
"""Right before the name of whom one met, helped, thanked."""

CALLING = _words("nommer")
LIVING = _words("vivre")
"""What only a living being does: « la Marquise rit »."""

ADJECTIVES_OF_KIN = _words("adjectifs de parente")
PETS = _words("animaux")
NAMED_PLACES = _words("lieux nommes")
"""What bears a name and is no person: « notre local s’appelle La Louise »."""

FEASTS = _words("fetes")
"""First names that are also dates."""

NEVER = _words("jamais")
"""Capital or not, these are not names."""

FAMOUS = frozenset(lines("celebres.txt"))
"""Known to all: speaking of them names no witness."""

NAMING = (
    "m appelle",
    "s appelle",
    "s appelait",
    "m appelait",
    "m appelent",
    "t appelles",
    "vous appelez",
    "m appellent",
    "l appelle",
    "l appelait",
    "moi c est",
    "moi cest",
    "moi c",
    "nom c est",
    "nom est",
    "prenom c est",
    "prenom est",
    "suis",
    "me dit",
    "nomme",
    "nommee",
    "prenomme",
    "prenommee",
    "signe",
    "signee",
    "prenom",
    "surnomme",
    "surnommee",
    "monde dit",
    "dit",
)
"""Words that announce a name, read backwards from it."""

WEAK_NAMING = ("suis", "me dit", "dit", "moi c", "nom est", "signe")
"""Those after which a word in lower case is believed only if it is a first name."""

NAMING_BY_LAST_WORD = {
    last: tuple(tuple(cue.split()) for cue in NAMING if cue.split()[-1] == last)
    for last in {c.split()[-1] for c in NAMING}
}
"""The same announcements, by their last word, in the order of the table."""

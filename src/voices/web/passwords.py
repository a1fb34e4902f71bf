"""What Django refuses of a password, in our words where its own are heavy."""

import re
import unicodedata

from django.contrib.auth.password_validation import NumericPasswordValidator
from django.core.exceptions import ValidationError

_TRIED_FIRST = (
    *(
        "motdepasse",
        "password",
        "azertyuiop",
        "azerty",
        "qwerty",
        "bonjour",
        "bienvenue",
        "soleil",
        "secret",
        "changer",
    ),
    *("voices", "temoignages", "temoignage", "site", "compte", "connexion", "association", "cantine", "benevole"),
    *("coordination", "evaluation", "communication", "administration", "administrateur", "administratrice", "admin"),
)
"""What people try first on a site like this one, besides the names of its places."""
_LETTERS_OF_ONES_OWN = 4


class NotOnlyDigits(NumericPasswordValidator):
    """Refuses a password made of digits alone."""

    def get_error_message(self) -> str:
        """What is wrong with it."""
        return "Ce mot de passe est fait seulement de chiffres."


class NotWordsOfHere:
    """Refuses a password that is nothing more than words that are tried first here, whatever figures stand beside."""

    def validate(self, password: str, user: object = None) -> None:
        """Nothing. Raises ValidationError."""
        del user
        rest = _letters(password)
        for word in sorted({*_TRIED_FIRST, *_names_of_places()}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < _LETTERS_OF_ONES_OWN:
            raise ValidationError(
                "Ce mot de passe tient dans des mots que l’on essaie en premier\u202f: « mot de passe », « azerty », "
                "un rôle, le nom d’un lieu… Ajoutez-y des mots sans rapport.",
                code="words_of_here",
            )

    def get_help_text(self) -> str:
        """What is asked of it."""
        return "Ni le nom d’un lieu, ni un mot que tout le monde essaierait ici."


def _names_of_places() -> set[str]:
    from voices.store.models import Place

    return {letters for name in Place.objects.values_list("name", flat=True) if (letters := _letters(name))}


def _letters(text: str) -> str:
    """Its letters alone, small and without accents, whatever the alphabet."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.sub(r"[\W\d_]", "", plain.casefold())

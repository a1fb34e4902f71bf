"""What Django refuses of a password, in our words where its own are heavy."""

from django.contrib.auth.password_validation import NumericPasswordValidator


class NotOnlyDigits(NumericPasswordValidator):
    """Refuses a password made of digits alone."""

    def get_error_message(self) -> str:
        """What is wrong with it."""
        return "Ce mot de passe est fait seulement de chiffres."

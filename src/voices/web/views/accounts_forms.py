"""The forms of accounts: what is asked, in which words, and what is refused."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.http import QueryDict

from voices.store.models import User

RULES = (
    "Dix caractères au moins, et pas seulement des chiffres. Ni votre nom, ni un mot de passe que tout le monde "
    "utilise. Quatre ou cinq mots sans rapport entre eux font un bon mot de passe, facile à retenir."
)
WRONG = "wrong_password"
_PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete} | _PLAIN)
    return forms.CharField(label=label, widget=widget, strip=False, max_length=200, help_text=help_text)


def _code(label: str) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input-short"} | _PLAIN
    return forms.CharField(label=label, max_length=12, widget=forms.TextInput(attrs=attributes))


class Username(forms.CharField):
    """A name to sign in with: small letters, so that « Anne » and « anne » are the same person."""

    def to_python(self, value: object) -> str:
        """The name as it is kept."""
        return User.normalize_username(str(super().to_python(value)).strip().lower())


class SignInForm(forms.Form):
    """Name and password."""

    username = Username(
        label="Votre nom de connexion",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username"} | _PLAIN),
    )
    password = _password("Votre mot de passe", "current-password")


class CodeForm(forms.Form):
    """Six digits."""

    code = _code("Les six chiffres affichés par votre téléphone")


class NewCodeForm(CodeForm):
    """Six digits of a new secret; the password too, of who did not just give it."""

    password = _password("Votre mot de passe", "current-password")
    field_order = ("password", "code")

    def __init__(self, data: QueryDict | None, user: User, *, fresh: bool) -> None:
        super().__init__(data)
        self.user = user
        if fresh:
            del self.fields["password"]

    def clean_password(self) -> str:
        """The password; refused where it is not."""
        return _checked(self.user, self.cleaned_data["password"])


class PasswordForm(forms.Form):
    """A new password, twice, for an account that exists."""

    password = _password("Nouveau mot de passe", "new-password", RULES)
    again = _password("Le même, une seconde fois", "new-password")

    def __init__(self, data: QueryDict | None, user: User) -> None:
        super().__init__(data, initial={"name": user.name})
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The passwords, alike and strong enough."""
        found = super().clean() or {}
        password, again = found.get("password"), found.get("again")
        if password and again and password != again:
            self.add_error("again", "Les deux mots de passe ne sont pas les mêmes.")
        elif password:
            try:
                password_validation.validate_password(password, self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return found


class ChangePasswordForm(PasswordForm):
    """A new password, by who knows the present one."""

    present = _password("Votre mot de passe actuel", "current-password")
    field_order = ("present", "password", "again")

    def clean_present(self) -> str:
        """The present password; refused where it is not."""
        return _checked(self.user, self.cleaned_data["present"])


class InvitationForm(PasswordForm):
    """The account that an invitation makes: that of `user`, not kept yet."""

    name = forms.CharField(
        label="Votre nom",
        max_length=120,
        help_text="Celui que les autres verront à côté de ce que vous faites.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = Username(
        label="Votre nom de connexion",
        max_length=150,
        help_text="Un mot court, sans espace, par exemple votre prénom. Il vous sera demandé à chaque connexion.",
        validators=[
            UnicodeUsernameValidator(message="Des lettres, des chiffres, et . - _ @ seulement ; pas d’espace.")
        ],
        widget=forms.TextInput(attrs={"autocomplete": "username"} | _PLAIN),
    )
    field_order = ("name", "username", "password", "again")

    def clean_username(self) -> str:
        """The name, free."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Ce nom de connexion est déjà pris. Ajoutez par exemple une initiale.")
        return username

    def clean(self) -> dict[str, Any]:
        """Everything; the password is not made of the names that were just given."""
        self.user.name = self.cleaned_data.get("name", "")
        self.user.username = self.cleaned_data.get("username", "")
        return super().clean()


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name that others see."""

    class Meta:
        """One field."""

        model = User
        fields = ("name",)
        labels = {"name": "Le nom que les autres voient"}  # noqa: RUF012
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}  # noqa: RUF012


class ThemeForm(forms.Form):
    """The colours of the pages."""

    theme = forms.ChoiceField(
        label="Couleurs des pages",
        choices=[
            ("auto", "Comme sur cet appareil"),
            ("light", "Claires"),
            ("dark", "Sombres"),
        ],
        widget=forms.RadioSelect,
    )


class ConfirmForm(forms.Form):
    """The password, before something that who found a session open must not do."""

    password = _password("Votre mot de passe", "current-password")

    def __init__(self, data: QueryDict | None, user: User) -> None:
        super().__init__(data, auto_id="id_confirm_%s")  # « Mon compte » has another field called password.
        self.user = user

    def clean_password(self) -> str:
        """The password; refused where it is not."""
        return _checked(self.user, self.cleaned_data["password"])


def _checked(user: User, password: str) -> str:
    if not user.check_password(password):
        raise forms.ValidationError("Ce n’est pas votre mot de passe actuel.", code=WRONG)
    return password

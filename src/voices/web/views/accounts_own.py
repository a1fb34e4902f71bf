"""« Mon compte »: one's name, password, second step and colours."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from voices.web import second_factor, sessions
from voices.web.access import open_to_all, person_in, reach_in
from voices.web.sign_ins import without_code
from voices.web.traces import trace
from voices.web.views import accounts_guesses as guesses
from voices.web.views.accounts_forms import ChangePasswordForm, ConfirmForm, NameForm, NewCodeForm, ThemeForm

_SECRET = "second_factor"  # noqa: S105 - the name of a place in the session
_YEAR = 365 * 24 * 3600


@open_to_all
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What the person may change of their account."""
    return _page(request)


@open_to_all
@require_POST
def rename(request: HttpRequest) -> HttpResponse:
    """The account, under another name."""
    form = NameForm(request.POST, instance=person_in(request))
    if not form.is_valid():
        return _page(request, name_form=form)
    form.save()
    messages.success(request, "Votre nom est enregistré.")
    return redirect("account")


@open_to_all
@sensitive_post_parameters()
@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """The account, with another password; the person's other sessions end, this one goes on."""
    user = person_in(request)
    if held := guesses.held(request):
        return held
    form = ChangePasswordForm(request.POST, user)
    if not form.is_valid():
        guesses.count(request, form)
        return _page(request, password_form=form)
    user.set_password(form.cleaned_data["password"])
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
    trace(request, "Mot de passe changé")
    messages.success(request, "Votre nouveau mot de passe est enregistré.")
    return redirect("account")


@open_to_all
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """The account, in other colours: kept on this device, in the cookie that the page's own switch sets too."""
    form = ThemeForm(request.POST)
    answer = redirect("account")
    if not form.is_valid() or form.cleaned_data["theme"] == "auto":
        answer.delete_cookie(settings.THEME_COOKIE, samesite="Lax")
    else:
        theme = form.cleaned_data["theme"]
        answer.set_cookie(settings.THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return answer


@open_to_all
@sensitive_post_parameters()
def second_factor_on(request: HttpRequest) -> HttpResponse:
    """The page that shows a secret to a telephone, and turns the second step on once the telephone has answered."""
    user = person_in(request)
    if user.totp_secret:
        return redirect("account")
    required = without_code(request)
    secret = request.session.setdefault(_SECRET, second_factor.new_secret())
    form = NewCodeForm(request.POST or None, user, fresh=sessions.fresh(request.session))
    if request.method == "POST" and (held := guesses.held(request)):
        return held
    if request.method == "POST" and not form.is_valid():
        guesses.count(request, form)
    elif request.method == "POST":
        if second_factor.turn_on(user, secret, form.cleaned_data["code"]):
            del request.session[_SECRET]
            trace(request, "Code à la connexion demandé")
            messages.success(request, "C’est fait : un code vous sera demandé à chaque connexion.")
            return redirect("home" if required else "account")
        form.add_error("code", "Ce n’est pas le bon code. Vérifiez l’heure de votre téléphone et recopiez le suivant.")
    by_hand = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = {"form": form, "picture": second_factor.picture(user, secret), "by_hand": by_hand}
    return render(request, "web/accounts/second_factor.html", context | {"required": required})


@open_to_all
@sensitive_post_parameters()
@require_POST
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """The account, without the second step, for who knows the password."""
    user = person_in(request)
    form = ConfirmForm(request.POST, user)
    if second_factor.required(reach_in(request).grants):
        messages.info(request, "Sur ce site, votre compte a toujours un code : il ne peut pas être retiré.")
        return redirect("account")
    if held := guesses.held(request):
        return held
    if not form.is_valid():
        guesses.count(request, form)
        return _page(request, no_code_form=form)
    second_factor.turn_off(user)
    trace(request, "Code à la connexion retiré")
    messages.success(request, "Le mot de passe suffit désormais pour vous connecter.")
    return redirect("account")


def _page(request: HttpRequest, **forms: object) -> HttpResponse:
    user = person_in(request)
    context = {
        "name_form": NameForm(instance=user),
        "password_form": ChangePasswordForm(None, user),
        "no_code_form": ConfirmForm(None, user),
        "theme_form": ThemeForm(initial={"theme": request.COOKIES.get(settings.THEME_COOKIE, "auto")}),
        "code_required": second_factor.required(reach_in(request).grants),
        "grants": user.grants.select_related("place").order_by("role", "place__name"),
    }
    return render(request, "web/accounts/account.html", context | forms)

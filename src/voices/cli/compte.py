"""`voices compte`: the way back in, from the machine itself, for who lost their telephone or their password."""

from typing import Annotated

import typer

from voices.cli import screen, site
from voices.cli.serve import DEFAULT_PORT
from voices.errors import VoicesError


def compte(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Nom de connexion du compte.", show_default=False)],
    data: site.Data = None,
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="Port où le site écoute.")] = DEFAULT_PORT,
) -> None:
    """Redonner l’accès à un compte : ôter le code du téléphone, donner un lien de nouveau mot de passe.

    Exemple : voices compte anne
    """
    site.opened(data)
    from voices.store.models import Trace, User
    from voices.web import links, second_factor, serving

    user = User.objects.filter(username__iexact=name.strip(), is_active=True).first()
    if user is None:
        raise VoicesError(
            f"Aucun compte ouvert ne se connecte sous le nom « {name} ».",
            "Vérifier le nom de connexion ; un compte fermé se rouvre dans la page Personnes.",
        )
    second_factor.turn_off(user)
    path = links.reset(user, None)
    Trace.objects.create(what="Accès redonné depuis la machine", about=user.name)
    say = screen.console().print
    say("Le code du téléphone est retiré. Un nouveau mot de passe se choisit ici, dans les deux jours :", markup=False)
    say(f"{serving.address(port)}{path}", markup=False, soft_wrap=True)

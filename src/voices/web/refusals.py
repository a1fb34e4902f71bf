"""What the site refuses to open with: settings and files that would leave testimonies open to others."""

import os
import stat
from ipaddress import ip_address
from pathlib import Path

from voices.errors import SettingsError
from voices.settings import Settings

_TOKEN_LENGTH = 32
_SECRET_LENGTH, _SECRET_LETTERS = 50, 10
"""What Django's own check asks of a secret: so many characters, so many different ones."""


def require_sound(settings: Settings) -> None:
    """Nothing. Raises SettingsError, with the remedy, for the first of these that is unsafe."""
    _require_https(settings)
    _require_base_closed(settings)
    _require_key_apart(settings)
    _require_key_found(settings)
    for path, what in ((settings.site_key, "la clé du site"), (settings.data / "secret", "le secret des connexions")):
        _require_private(path, what)
    _require_strong(settings.data / "secret")
    _require_token(settings.measures)
    _make_private(settings.data)


def require_no_debug(debug: bool) -> None:
    """Nothing. Raises SettingsError where pages would show what the site holds as soon as one fails."""
    if debug:
        raise SettingsError(
            "Le site s’ouvrirait en mode de mise au point : une page qui échoue montrerait ce qu’il contient.",
            "Retirer DEBUG des réglages, ou lancer « voices serve », qui ne l’allume jamais.",
        )


def _require_https(settings: Settings) -> None:
    if (settings.hosts or settings.proxy) and not settings.https:
        raise SettingsError(
            "Le site serait servi à d’autres sans HTTPS : mots de passe et témoignages passeraient en clair.",
            "Placer devant lui un serveur HTTPS (docs/guide/site.md), puis donner VOICES_HTTPS=1 et VOICES_PROXY.",
        )
    if settings.https and not settings.proxy:
        raise SettingsError(
            "Le site est dit derrière HTTPS, mais le serveur placé devant lui n’est pas nommé.",
            "Donner son adresse : VOICES_PROXY=127.0.0.1 s’il est sur cette machine.",
        )


def _require_base_closed(settings: Settings) -> None:
    """Where PostgreSQL is on another machine: whether the way there is ciphered is said, not left to chance."""
    if not settings.database:
        return
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(settings.database)
    except ProgrammingError:
        return  # `database` says so
    hosts = [one for name in ("host", "hostaddr") for one in str(parts.get(name) or "").split(",") if one]
    if all(_is_here(one) for one in hosts) or "sslmode" in parts:
        return
    raise SettingsError(
        "PostgreSQL est sur une autre machine, et rien ne dit que ce qui va jusqu’à elle est chiffré.",
        "Ajouter à VOICES_BASE ?sslmode=verify-full&sslrootcert=CERTIFICAT.pem ; ou, si ce réseau n’est qu’à vous, "
        "?sslmode=disable.",
    )


def _is_here(host: str) -> bool:
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _require_key_apart(settings: Settings) -> None:
    """Where the site is served to others: who takes its folder, or its backups, must not have what opens them."""
    key = settings.site_key.resolve()
    for folder in (settings.data, settings.backups):
        if settings.hosts and folder is not None and key.is_relative_to(folder.resolve()):
            elsewhere = settings.data.resolve().with_name(f"{settings.data.name}-cle")
            elsewhere = elsewhere / "cle" if elsewhere.is_dir() else elsewhere
            raise SettingsError(
                f"La clé du site est dans « {folder} », avec ce qu’elle ouvre : qui prendrait l’un aurait l’autre.",
                f"La mettre ailleurs et le dire : VOICES_CLE_DU_SITE={elsewhere}"
                + (f", après « mv -n {key} {elsewhere} »." if key.exists() else "."),
            )


def _require_key_found(settings: Settings) -> None:
    """A new key would be drawn where none is: what the former one sealed would open no more."""
    former = settings.data / "cle"
    if former.exists() and not settings.site_key.exists():
        raise SettingsError(
            f"La clé du site n’est pas dans « {settings.site_key} », et il y en a une dans le dossier du site.",
            f"La déplacer : mv {former} {settings.site_key}",
        )


def _require_private(path: Path, what: str) -> None:
    if os.name != "nt" and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(
            f"D’autres comptes de cette machine peuvent lire {what} : {path}.",
            f"Le fermer : chmod 600 {path}",
        )


def _require_strong(secret: Path) -> None:
    """A secret that somebody wrote by hand, or a default one: with it anyone makes themselves a session."""
    if not secret.exists():
        return
    said = secret.read_text(encoding="utf-8", errors="replace").strip()
    if len(said) < _SECRET_LENGTH or len(set(said)) < _SECRET_LETTERS or said.startswith("django-insecure"):
        raise SettingsError(
            "Le secret des connexions est trop simple : qui le devine entre sous n’importe quel nom.",
            f"Effacer « {secret} » : le site en tire un autre, et chacun se reconnecte.",
        )


def _require_token(measures: str) -> None:
    """The file that opens the measures, where it is a file: there, closed to others, and no word that is guessed."""
    if measures in ("", "ici"):
        return
    path = Path(measures)
    _require_private(path, "le jeton des mesures")
    try:
        said = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        said = ""
    if len(said) < _TOKEN_LENGTH:
        raise SettingsError(
            f"Le jeton des mesures n’est pas dans « {measures} », ou a moins de {_TOKEN_LENGTH} signes.",
            f"L’y mettre : (umask 077; openssl rand -hex 32 > {measures}) ; ou VOICES_MESURES=ici ; ou rien.",
        )


def _make_private(data: Path) -> None:
    """Nothing; a base that an earlier voices made readable by the other accounts is closed to them."""
    for path in data.glob("voices.sqlite3*"):
        if os.name != "nt" and path.stat().st_uid == os.getuid() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)

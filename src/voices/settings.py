"""One table of settings: name, default, help. Loaded once at the door, passed down, unknown keys refused."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from voices.errors import SettingsError

PREFIX = "VOICES_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its environment variable is PREFIX + NAME in capitals."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting(
        "encodeur", "e5-small-fr", "encodeur des thèmes et citations : « e5-small-fr » ou un sentence-transformers"
    ),
    Setting("modeles", "", "dossier des modèles ; vide : ceux qui sont livrés"),
    Setting("seuils", "equilibre", "à partir de quand un code est posé : « equilibre », « prudent » ou « large »"),
    Setting("codeur", "", "nom d’un codeur livré (coder-3a-rapide), ou dossier d’un codeur ; vide : coder-3a"),
    Setting("cache", "", "dossier du cache des vecteurs ; vide : celui de l’utilisateur"),
    Setting("cle", "", "fichier de la clé qui ouvre la table des noms ; vide : dans le dossier de l’utilisateur"),
    Setting("fils", "0", "nombre de fils de calcul ; 0 : autant que de cœurs"),
    Setting("donnees", "", "dossier du site : base, secret, clé ; vide : dans le dossier de l’utilisateur"),
    Setting("base", "", "adresse d’une base PostgreSQL (postgresql://…) ; vide : SQLite, dans le dossier du site"),
    Setting("hotes", "", "noms sous lesquels le site est servi, séparés par des virgules ; vide : cette machine seule"),
    Setting("https", "0", "1 : le site est servi derrière HTTPS, et ses témoins de connexion ne voyagent que chiffrés"),
    Setting(
        "proxy", "", "adresse IP du serveur HTTPS placé devant le site, seul cru sur qui appelle ; 127.0.0.1 : ici"
    ),
    Setting("cle_du_site", "", "fichier de la clé du site ; vide : « cle », dans le dossier du site"),
    Setting("sauvegardes", "", "dossier des sauvegardes du site ; vide : « sauvegardes », dans le dossier du site"),
    Setting("gardees", "7,4,12", "sauvegardes gardées : jours, semaines, mois ; 0 : le site n’en fait pas de lui-même"),
    Setting(
        "journal", "court", "« court » : le journal dit ce qui échoue ; « json » : chaque page demandée, une ligne"
    ),
    Setting(
        "mesures",
        "",
        "mesures (Prometheus) : « ici », pour cette machine seule, ou le fichier du jeton ; vide : fermées",
    ),
    Setting(
        "inactivite",
        "120",
        "minutes sans rien demander au bout desquelles une connexion au site finit ; 0 : douze heures",
    ),
    Setting(
        "code_exige",
        "",
        "à qui un code de téléphone est exigé : « administration », « tous », « personne » ; vide : "
        "l’administration, dès que le site est derrière HTTPS",
    ),
    Setting("graine", "3", "graine du hasard : mêmes entrées, mêmes réglages, mêmes résultats"),
)
JOURNALS = ("court", "json")
CODES_ASKED = ("administration", "tous", "personne")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. `threads` is at least 1; the folders exist or are made by who writes to them."""

    encoder: str
    models: Path
    coder: Path | None
    aim: str
    cache: Path
    key: Path
    threads: int
    seed: int
    data: Path = Path()
    database: str = ""
    hosts: tuple[str, ...] = ()
    https: bool = False
    proxy: str = ""
    site_key_apart: Path | None = None
    backups: Path | None = None
    kept: tuple[int, ...] = ()
    journal: str = "court"
    measures: str = ""
    idle_minutes: int = 120
    code_asked_of: str = "personne"

    @property
    def site_key(self) -> Path:
        """The file of the key that opens what the site keeps encrypted."""
        return self.site_key_apart or self.data / "cle"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force: defaults, then environment variables.

    Raises SettingsError for an unknown `VOICES_…` variable or a value that is not a number where one is needed.
    """
    environ = os.environ if environ is None else environ
    known = {PREFIX + setting.name.upper(): setting for setting in SETTINGS}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(
            f"Réglage inconnu : {', '.join(unknown)}.", f"Réglages possibles : {', '.join(sorted(known))}."
        )
    value = {setting.name: environ.get(name) or setting.default for name, setting in known.items()}
    https = _number("https", value["https"]) == 1
    return Settings(
        encoder=value["encodeur"],
        models=Path(value["modeles"]) if value["modeles"] else shipped_models(),
        coder=Path(value["codeur"]) if value["codeur"] else None,
        aim=value["seuils"],
        cache=Path(value["cache"]) if value["cache"] else _user_cache(environ),
        key=Path(value["cle"]) if value["cle"] else _user_data(environ) / "cle-des-noms",
        threads=_number("fils", value["fils"]) or os.cpu_count() or 1,
        seed=_number("graine", value["graine"]),
        data=Path(value["donnees"]) if value["donnees"] else _user_data(environ) / "site",
        database=value["base"],
        hosts=tuple(host.strip() for host in value["hotes"].split(",") if host.strip()),
        https=https,
        proxy=_address("proxy", value["proxy"].strip()),
        site_key_apart=Path(value["cle_du_site"]) if value["cle_du_site"] else None,
        backups=Path(value["sauvegardes"]) if value["sauvegardes"] else None,
        kept=_kept(value["gardees"]),
        journal=_one_of("journal", value["journal"], JOURNALS),
        measures=value["mesures"].strip(),
        idle_minutes=_number("inactivite", value["inactivite"]),
        code_asked_of=_one_of(
            "code_exige", value["code_exige"] or ("administration" if https else "personne"), CODES_ASKED
        ),
    )


def shipped_models() -> Path:
    """The folder of the models that come with voices, in an installed package or in a checkout."""
    inside = Path(__file__).parent / "models"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "models"


def shipped_outside() -> Path:
    """The file of ordinary texts that comes with voices, for coders to learn what to leave alone."""
    inside = Path(__file__).parent / "corpora" / "outside" / "learn.txt"
    return inside if inside.is_file() else Path(__file__).parents[2] / "corpora" / "outside" / "learn.txt"


def shipped_demo() -> Path:
    """The folder of example testimonies that comes with voices."""
    inside = Path(__file__).parent / "corpora" / "demo"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "corpora" / "demo"


def _user_cache(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "voices"


def _user_data(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_DATA_HOME") or environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "voices"


def _kept(value: str) -> tuple[int, ...]:
    """How many backups of days, of weeks and of months; none where the site makes no backup by itself."""
    if value.strip() == "0":
        return ()
    numbers = [_number("gardees", one.strip()) for one in value.split(",")]
    if len(numbers) != 3 or not numbers[0]:
        raise SettingsError(
            f"Le réglage {PREFIX}GARDEES vaut « {value} ».",
            "Donner trois nombres, de jours, de semaines et de mois, par exemple 7,4,12 ; ou 0.",
        )
    return tuple(numbers)


def _address(name: str, value: str) -> str:
    try:
        return str(ip_address(value)) if value else ""
    except ValueError:
        raise SettingsError(
            f"Le réglage {PREFIX}{name.upper()} vaut « {value} ».", "Donner une adresse IP, par exemple 127.0.0.1."
        ) from None


def _one_of(name: str, value: str, possible: tuple[str, ...]) -> str:
    if value not in possible:
        raise SettingsError(f"Le réglage {PREFIX}{name.upper()} vaut « {value} ».", f"Donner {' ou '.join(possible)}.")
    return value


def _number(name: str, value: str) -> int:
    if not value.isdigit():
        raise SettingsError(
            f"Le réglage {PREFIX}{name.upper()} vaut « {value} ».", "Donner un nombre entier, 0 ou plus."
        )
    return int(value)

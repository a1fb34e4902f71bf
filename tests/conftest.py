"""Fixtures of the whole: a small folder of testimonies of our own writing, and the study made of it, once; and doors
closed, so that nothing can be fetched.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

from tests.closed import sitecustomize as doors
from voices import settings as table
from voices.domain import Study
from voices.settings import Settings

# What a machine that does much else at once takes for one example says nothing of the code.
hypothesis.register_profile("any machine", deadline=None)
hypothesis.load_profile("any machine")

_CLOSED = str(Path(doors.__file__).parent)
REFUSED = Path(tempfile.mkstemp(prefix="voices-refused-")[1])
os.environ[doors.REFUSALS] = str(REFUSED)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (_CLOSED, os.environ.get("PYTHONPATH"))))
doors.close()


@pytest.fixture(autouse=True)
def _nothing_left_this_machine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test during which something wanted to leave this machine, even where the code lived with the refusal."""
    REFUSED.write_bytes(b"")
    yield
    wanted = REFUSED.read_text(encoding="utf-8")
    if "refusals" not in request.fixturenames:
        assert not wanted, f"wanted to leave this machine: {wanted}"


@pytest.fixture
def refusals() -> Path:
    """The file where refusals are written, for the tests that want some."""
    return REFUSED


LETTER = (
    "Quand je suis arrivée, Bénédicte Lagarde m’a tiré une chaise et m’a servi un café sans rien demander. "
    "Je n’avais parlé à personne depuis des semaines. Personne ne m’a jugée.\n\n"
    "Maintenant, quand je rate un mardi, Bénédicte m’appelle au 06 12 34 56 78 pour savoir si tout va bien.\n\n"
    "On m’a confié l’atelier couture du jeudi, et c’est moi qui ouvre la salle. Depuis, j’ose prendre le train."
)
COLD_LETTER = (
    "Personne ne m’a dit bonjour. Je suis restée debout près du radiateur, mon manteau sur le bras, pendant une heure. "
    "J’ai proposé d’essuyer la vaisselle, on m’a répondu que c’était déjà organisé. Je ne suis pas revenue."
)
WITHDRAWN = "Le perroquet violet du président a mangé mes lunettes."
SILENT_ON_CONSENT = "La trompette du facteur résonnait dans la cour, et on m’a mis un économe dans la main."
INTERVIEW = (
    "Enquêtrice : Comment êtes-vous venu ici ?\n\n"
    "Mamadou : C’est mon voisin qui m’a amené. Le premier jour, on m’a demandé mon prénom et on l’a retenu.\n\n"
    "Enquêtrice : Et après ?\n\n"
    "Mamadou : Après j’ai réparé le four, et maintenant ils m’attendent le lundi. On rit ensemble, on se connaît.\n\n"
    "Enquêtrice : Quelque chose a manqué ?\n\n"
    "Mamadou : Oui. À la réunion on ne m’a rien dit, j’ai appris la décision par la porte."
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five testimonies with every kind of consent, and a file that cannot be read."""
    root = tmp_path_factory.mktemp("temoignages")
    files = {
        "lettre.txt": LETTER,
        "froid.txt": COLD_LETTER,
        "retrait.txt": WITHDRAWN,
        "sans-accord.txt": SILENT_ON_CONSENT,
        "entretien.txt": INTERVIEW,
        "temoignages.csv": "fichier;lieu;date;canal;consentement\n"
        "lettre.txt;La Petite Cantine du Lavoir, Épinal;12/05/2024;courrier;citations avec prénom\n"
        "froid.txt;La Petite Cantine du Lavoir, Épinal;2023;courrier;citations anonymes\n"
        "retrait.txt;Le Grain de Sel, Brest;2024;courrier;retiré\n"
        "sans-accord.txt;Le Grain de Sel, Brest;2024;courrier;\n"
        "entretien.txt;Le Grain de Sel, Brest;2024-03;entretien;citations anonymes\n",
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    return root


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The shipped models, with a cache and a key of the tests' own."""
    home = tmp_path_factory.mktemp("home")
    return table.load({"VOICES_CACHE": str(home / "cache"), "VOICES_CLE": str(home / "cle"), "VOICES_FILS": "2"})


@pytest.fixture(scope="session")
def study(folder: Path, settings: Settings) -> Study:
    """The folder, read and coded."""
    from voices import pipeline

    return pipeline.code(pipeline.read(folder), settings=settings)

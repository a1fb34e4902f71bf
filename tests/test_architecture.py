"""The house keeps its rules: layers, light doors, no dumping ground."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("numpy", "torch", "spacy", "django", "bertopic", "pandas", "sklearn")


def loaded_by(code: str) -> set[str]:
    """The heavy libraries that a fresh interpreter has loaded after running that code."""
    probe = f"{code}\nimport sys\nprint('\\nloaded', *(name for name in {HEAVY!r} if sys.modules.get(name)))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_the_layers_hold():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_import_voices_loads_nothing_heavy():
    assert loaded_by("import voices") == set()


def test_help_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['voices', '--help']\nfrom voices.cli import main\ntry: main()\nexcept SystemExit: pass"
    )
    assert loaded_by(code) == set()


@pytest.mark.parametrize(
    "room", ["ingest", "privacy", "passages", "encoders", "coding", "themes", "lexicon", "quotes", "report", "exchange"]
)
def test_a_room_has_a_light_door(room):
    assert (
        loaded_by(f"import voices.{room}") <= {"numpy"}
        if room == "quotes"
        else loaded_by(f"import voices.{room}") == set()
    )


def test_verbs_stay_verbs_once_their_rooms_are_imported():
    code = "import voices, voices.themes, voices.quotes, voices.report\nassert callable(voices.themes)\n"
    code += "assert callable(voices.quotes) and callable(voices.report)"
    assert loaded_by(code) <= {"numpy"}


def test_no_dumping_ground():
    names = [path.stem for path in (ROOT / "src").rglob("*.py")]
    assert not [name for name in names if re.fullmatch(r"_?(utils?|helpers?|common|misc)", name)]


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "src").rglob("*.py")
        if path.parent.name != "migrations"  # written by Django
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_only_the_shipped_pipeline_import_hides_torch():
    """The trick that keeps torch out of spaCy's start lives in one file."""
    tricks = [
        path.name for path in (ROOT / "src").rglob("*.py") if "sys.modules.update" in path.read_text(encoding="utf-8")
    ]
    assert tricks == ["french.py"]

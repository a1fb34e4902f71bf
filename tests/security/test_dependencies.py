"""What voices runs with: every package known, under a licence that is allowed, and told as it is."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


dependencies, audit = _script("dependencies"), _script("audit")


def test_licences_are_allowed_and_what_is_written_of_them_is_up_to_date():
    done = subprocess.run(
        [sys.executable, "scripts/dependencies.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("expression", "refused"),
    [
        ("MIT", []),
        ("Apache-2.0 OR BSD-3-Clause", []),
        ("GPL-3.0-only OR MIT", []),
        ("MIT AND GPL-3.0-only", ["GPL-3.0-only"]),
        ("AGPL-3.0-or-later", ["AGPL-3.0-or-later"]),
        ("Proprietary", ["Proprietary"]),
        ("", [""]),
    ],
)
def test_a_licence_that_is_not_in_the_list_is_refused(expression: str, refused: list[str]):
    assert dependencies.refused(expression) == refused


def test_the_bill_names_each_line_of_the_lock_once():
    bill = json.loads(dependencies.BILL.read_text(encoding="utf-8"))
    named = [(one["name"], one["version"]) for one in bill["components"]]
    lock = dependencies.locked(dependencies.LOCK.read_text(encoding="utf-8"))
    assert named == [(name, version) for name, version, _ in lock]
    assert len(set(named)) == len(named) > 80


def test_the_lock_with_digests_is_the_lock_with_digests():
    plain = {name: version for name, version, _ in dependencies.locked(dependencies.LOCK.read_text(encoding="utf-8"))}
    text = (ROOT / "requirements.sha256.lock").read_text(encoding="utf-8")
    hashed = {name: (version.partition("+")[0], digests) for name, version, digests in dependencies.locked(text)}
    assert {name: hashed[name][0] for name in plain} == plain
    assert set(hashed) - set(plain) <= {"setuptools"}, "what pip-compile adds: it is a dependency like the others"
    assert all(digests for _, digests in hashed.values())


def test_a_lock_with_digests_is_read():
    digest = "a" * 64
    text = f"one==1.0 \\\n    --hash=sha256:{digest} \\\n    --hash=sha256:{'b' * 64}\ntwo==2\n# three==3\n"
    assert dependencies.locked(text) == [("one", "1.0", (digest, "b" * 64)), ("two", "2", ())]


_SOUND = {"name": "a", "version": "1", "vulns": []}
_ILL = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}]}
_MISSED = {"name": "c", "version": "3", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ("", 2, "nothing was checked"),
        ("Traceback", 2, "nothing was checked"),
        (json.dumps({"dependencies": [_MISSED]}), 2, "nothing was checked"),
        (json.dumps({"dependencies": [_SOUND, _MISSED]}), 2, "NOT checked: c"),
        (json.dumps({"dependencies": [_SOUND]}), 0, "1 packages checked, 0 known"),
        (json.dumps({"dependencies": [_SOUND, _ILL]}), 1, "b 2: CVE-1, mended in 3"),
    ],
)
def test_an_audit_that_asked_nobody_is_not_taken_for_a_good_one(answer: str, code: int, said: str):
    given, told = audit.told("pypi", answer)
    assert given == code
    assert said in told

"""Known vulnerabilities of what the lock names, by pip-audit in an environment of its own: `make audit`.

pip-audit ends well where it could ask nobody: here that is said, and ends with 2. 1: there are some. 0: none at all.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
TOOL = "pip-audit==2.10.1"
SOURCES = ("pypi", "osv")


def told(source: str, answer: str) -> tuple[int, str]:
    """The code to end with, and what to say, of what pip-audit wrote of that source."""
    try:
        found = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return 2, f"{source}: could not be reached: nothing was checked"
    asked = [one for one in found if "skip_reason" not in one]
    if not asked:
        return 2, f"{source}: could not be reached, or knows none of these packages: nothing was checked"
    flaws = [
        f"  {one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none yet'}"
        for one in asked
        for flaw in one["vulns"]
    ]
    missed = [one["name"] for one in found if "skip_reason" in one]
    said = f"{source}: {len(asked)} packages checked, {len(flaws)} known vulnerabilities"
    said += f"; NOT checked: {', '.join(missed)}" if missed else ""
    return (1 if flaws else 2 if missed else 0), "\n".join([said, *flaws])


def main() -> int:
    """What the first source that answers says; 2 where none does."""
    with tempfile.TemporaryDirectory(prefix="voices-audit-") as folder:
        venv.create(folder, with_pip=True)
        tools = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        if subprocess.run([tools / "pip", "install", "-q", TOOL], check=False).returncode:
            print(f"{TOOL} could not be installed: nothing was checked")
            return 2
        for source in SOURCES:
            command = [tools / "pip-audit", "-s", source, "--no-deps", "--disable-pip", "-r", LOCK, "-f", "json"]
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            code, said = told(source, done.stdout)
            print(said)
            if code != 2:
                return code
    return 2


if __name__ == "__main__":
    sys.exit(main())

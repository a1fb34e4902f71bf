"""What voices runs with, from requirements.lock and what is installed: a bill of materials (CycloneDX 1.6) and a table
of licences, each of which must be in ALLOWED. `make sbom` writes both in docs/securite; `--check` only compares.
"""

import json
import re
import sys
import uuid
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
BILL = ROOT / "docs" / "securite" / "sbom.cdx.json"
TABLE = ROOT / "docs" / "securite" / "licences.md"

ALLOWED = {
    *("0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0"),
    *("CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "ZPL-2.1", "Zlib"),
    # Copyleft that stops at the library: it is installed beside voices, as it is, and can be replaced.
    *("LGPL-2.1-or-later", "LGPL-3.0-only", "LGPLLR", "MPL-2.0"),
}
"""Licences under which a library may be installed with voices, itself under MIT: no GPL, none that limits use."""
WRITTEN = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "ISC License (ISCL)": "ISC",
    "LGPL-LR": "LGPLLR",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Zope Public License": "ZPL-2.1",
}
"""What packages write in their own way, and its SPDX identifier."""
READ = {"hdbscan": "BSD-3-Clause", "resvg-py": "MIT", "umap-learn": "BSD-3-Clause"}
"""Packages whose licence is told by its file alone: what we read there."""


@dataclass(frozen=True)
class Package:
    """A line of the lock, its licence and, where the lock tells them, the digests of its files."""

    name: str
    version: str
    licence: str
    summary: str
    digests: tuple[str, ...]


def locked(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Name, version, SHA-256 digests of each line of a lock."""
    lines = text.replace("\\\n", " ").splitlines()
    found = [re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line) for line in lines]
    return [
        (one[1], one[2], tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", line)))
        for one, line in zip(found, lines, strict=True)
        if one
    ]


def packages() -> list[Package]:
    """What the lock names, as it is installed here. Raises PackageNotFoundError where one is not."""
    found = []
    for name, version, digests in locked(LOCK.read_text(encoding="utf-8")):
        installed = distribution(name)
        summary = " ".join(str(installed.metadata["Summary"] or "").split())
        found.append(Package(name, version, licence(name, installed), summary, digests))
    return found


def licence(name: str, installed: Distribution) -> str:
    """Its SPDX expression, as far as the package tells it."""
    said = installed.metadata
    classes = [one.split(" :: ")[-1] for one in said.get_all("Classifier") or [] if one.startswith("License :: ")]
    written = str(said["License-Expression"] or (classes or [""])[0] or said["License"] or "").strip()
    return READ.get(name) or WRITTEN.get(written, written)


def refused(expression: str) -> list[str]:
    """The licences of that expression that are not allowed; of those one may choose from, one allowed is enough."""
    parts = [part.strip(" ()") for part in expression.split(" AND ")]
    return [part for part in parts if not {one.strip(" ()") for one in part.split(" OR ")} & ALLOWED]


def bill(found: list[Package]) -> str:
    """The bill of materials. The same packages give the same bytes."""
    parts = [_component(one) for one in found]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, " ".join(str(one["bom-ref"]) for one in parts))
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "voices", "bom-ref": "voices"}},
        "components": parts,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _component(one: Package) -> dict[str, object]:
    address = f"pkg:pypi/{one.name.lower()}@{one.version}"
    part: dict[str, object] = {"type": "library", "bom-ref": address, "name": one.name, "version": one.version}
    part |= {"purl": address, "description": one.summary, "licenses": [{"expression": one.licence}]}
    if one.digests:
        said = "\n".join(one.digests)
        part["properties"] = [{"name": "voices:sha256-of-files", "value": said}]
    return part


def table(found: list[Package]) -> str:
    """The licences, as a page."""
    lines = [f"| {one.name} | {one.version} | {one.licence} |" for one in found]
    return "\n".join(
        [
            "# Ce avec quoi voices fonctionne, et sous quelles licences\n",
            "Écrit par `make sbom` d’après `requirements.lock` et ce qui est installé. Une licence qui n’est pas dans "
            "la liste de `scripts/dependencies.py` fait échouer les tests. voices est sous licence MIT.\n",
            "| paquet | version | licence (SPDX) |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )


def main() -> int:
    """0 where all is in order."""
    try:
        found = packages()
    except PackageNotFoundError as error:
        print(f"{error.name} is not installed here: make setup")
        return 1
    wrong = [f"{one.name}: {one.licence or 'no licence'}" for one in found if refused(one.licence)]
    written = {BILL: bill(found), TABLE: table(found)}
    if "--check" not in sys.argv:
        for path, content in written.items():
            path.write_text(content, encoding="utf-8")
    wrong += [
        f"{path.relative_to(ROOT)} is not up to date: make sbom"
        for path, content in written.items()
        if not path.exists() or path.read_text(encoding="utf-8") != content
    ]
    print("\n".join(wrong) or f"{len(found)} packages, licences allowed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

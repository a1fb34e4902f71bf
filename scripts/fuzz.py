"""Draws files for each reader for a while, guided by the lines that they reach: `make fuzz`.

Run: python scripts/fuzz.py SECONDS [reader…], where atheris can be imported. What fails is kept in build/fuzz/, and a
file that fails belongs in tests/hostile once it is mended. Readers run here in this process, without the bounds that
protect the site: what they raise, how long they take and what they hold is theirs.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
KEPT = ROOT / "build" / "fuzz"
TAKES_TOO_LONG = {"reference_a_soi.pdf"}
"""Known to turn in circles: the library's, bounded by the process apart."""


def main() -> int:
    """How many readers failed."""
    from voices.ingest.formats import LEAVES

    seconds, *asked = sys.argv[1:]
    failed = 0
    for leaf in asked or sorted({*LEAVES.values(), "iramuteq"}):
        code = subprocess.run([sys.executable, __file__, "--reader", leaf, seconds], check=False).returncode
        print(f"{leaf}: {'rien trouvé' if code == 0 else 'À REGARDER dans ' + str(KEPT)}", flush=True)
        failed += code != 0
    return failed


def fuzz(leaf: str, seconds: str) -> None:
    """Nothing; ends the process, with a code that is not 0 where the reader failed."""
    import atheris

    with atheris.instrument_imports(include=["voices.ingest", "striprtf", "pdfminer"]):
        import importlib

        read = importlib.import_module(f"voices.ingest.{leaf}").read
    from voices.errors import ReadingError, SettingsError
    from voices.ingest import ReadOptions

    def once(data: bytes) -> None:
        try:
            read(data, ReadOptions())
        except (ReadingError, SettingsError):
            return

    bounds = ["-timeout=20", "-rss_limit_mb=1024", "-max_len=20000", "-verbosity=0", "-print_final_stats=0"]
    folder = seeds(leaf)
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", f"-artifact_prefix={KEPT}/{leaf}-", *bounds, folder], once
    )
    atheris.Fuzz()


def seeds(leaf: str) -> str:
    """A folder of files to begin from: the sound one, and those of the corpus."""
    from tests.hostile.good import FILES

    from voices.ingest.formats import LEAVES

    suffixes = {suffix for suffix, one in LEAVES.items() if one == leaf} or {".txt"}
    folder = KEPT / "seeds" / leaf
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, data in FILES.items():
        if f".{suffix.rpartition('.')[2]}" in suffixes:
            (folder / f"bon.{suffix}").write_bytes(data)
    for path in (ROOT / "corpora" / "malformed").glob("*/*"):
        if path.suffix in suffixes and path.name not in TAKES_TOO_LONG and path.stat().st_size < 20_000:
            (folder / f"{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
    return str(folder)


if __name__ == "__main__":
    if sys.argv[1] == "--reader":
        fuzz(*sys.argv[2:])
    else:
        sys.exit(main())

"""Every benchmark, or those named, one after the other, each in its own process. Run: python -m benchmarks [NAME…]"""

import subprocess
import sys

MODULES = (
    "encodings",
    "names",
    "passages",
    "embedding",
    "coding",
    "themes",
    "lexicon",
    "review",
    "reasons",
    "outside",
    "plain",
    "own",
    "whole",
)


def main() -> int:
    worst = 0
    for module in sys.argv[1:] or MODULES:
        print(f"\n== {module}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"benchmarks.{module}"], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())

"""What a report weighs, how long its files take, how much memory: `python -m tests.report.weight [testimonies…]`.

Each size in a process of its own, so that memory is its own.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.report.studies import QUOTABLE, many
from voices.report import compose
from voices.report.forms import FORMS

SIZES = (300, 1_500, 5_000, 20_000)
_PASSAGES = 22 / 9


def measure(testimonies: int) -> str:
    """One line: the page and every file made of it."""
    study = many(round(testimonies * _PASSAGES))
    quotable = frozenset(f"{name}x{copy}" for name in QUOTABLE for copy in range(testimonies))
    start = time.process_time()
    page, *_ = compose(study, title="Essai", quotable=quotable)
    line = [f"{testimonies:>6} testimonies, {len(study.passages):>6} passages"]
    line.append(f"page {len(page.encode()) / 1e6:.1f} MB {time.process_time() - start:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        for end, form in FORMS.items():
            begun = time.process_time()
            made = Path(folder) / f"r{end}"
            made.write_bytes(form(page))
            line.append(f"{end} {made.stat().st_size / 1e6:.1f} MB {time.process_time() - begun:.1f} s")
    line.append(f"{time.process_time() - start:.0f} s in all")
    line.append(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB resident")
    return " | ".join(line)


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    if len(asked) == 1:
        print(measure(asked[0]), flush=True)
    else:
        for size in asked or SIZES:
            subprocess.run([sys.executable, "-m", "tests.report.weight", str(size)], check=False)

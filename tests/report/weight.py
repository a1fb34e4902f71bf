"""What a page weighs, how long it takes, how much memory: `python -m tests.report.weight`."""

import resource
import time

from tests.report.studies import QUOTABLE, many
from voices.report import render

if __name__ == "__main__":
    for number in (1_000, 3_000, 10_000):
        study = many(number)
        quotable = frozenset(f"{name}x{copy}" for name in QUOTABLE for copy in range(number))
        start = time.process_time()
        page = render(study, title="Essai", quotable=quotable)
        seconds = time.process_time() - start
        resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{number:>6} passages  {len(page.encode()) / 1e6:5.1f} MB  {seconds:5.1f} s  {resident:>4} MB resident")

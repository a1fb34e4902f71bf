"""Figures put where they are read: between two markers of a page, with the day and the machine they come from."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def between(page: Path, name: str, text: str) -> None:
    """Puts the text between `<!-- name -->` and `<!-- fin de name -->` of that page. Raises ValueError without them."""
    before, after = f"<!-- {name} -->", f"<!-- fin de {name} -->"
    whole = page.read_text(encoding="utf-8")
    if before not in whole or after not in whole:
        raise ValueError(f"{page.name} has no markers for « {name} »")
    pattern = re.compile(f"{re.escape(before)}.*?{re.escape(after)}", re.DOTALL)
    page.write_text(pattern.sub(lambda _: f"{before}\n{text.strip()}\n{after}", whole), encoding="utf-8")


def circumstances(encoder: str, *, french: bool = True) -> str:
    """The day, the machine, the encoder."""
    cores = os.cpu_count() or 1
    if not french:
        return f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores, {_processor()}, no GPU, encoder `{encoder}`"
    return f"{datetime.now(UTC):%d/%m/%Y}, {cores} cœurs, {_processor()}, sans GPU, encodeur `{encoder}`"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", known.read_text(encoding="utf-8")) if known.is_file() else None
    return " ".join(found.group(1).split()[:2]) if found else "processeur inconnu"


def number(value: float, digits: int = 2) -> str:
    """0.5 as « 0,50 »."""
    return f"{value:.{digits}f}".replace(".", ",")


def signed(value: float, digits: int = 3) -> str:
    """0.012 as « +0,012 », -0.012 as « −0,012 »."""
    return f"{value:+.{digits}f}".replace(".", ",").replace("-", "−")

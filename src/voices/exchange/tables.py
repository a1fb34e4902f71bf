"""The six files of a study, each written beside its place and put there whole."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from voices.domain import Study
from voices.exchange import journal, lines, sheets
from voices.exchange.draft import put
from voices.exchange.rows import QUOTE_COLUMNS, own_columns, passage_columns, passage_rows, quote_rows
from voices.settings import Settings


def write_all(study: Study, folder: Path, *, settings: Settings | None = None) -> tuple[Path, ...]:
    """The paths written, in the order of the table below."""
    columns = (*passage_columns(study.codebook), *own_columns(one.code for one in study.own))
    writers: Mapping[str, Callable[[Path], None]] = {
        "passages.csv": lambda path: sheets.write_csv(path, columns, passage_rows(study)),
        "passages.xlsx": lambda path: sheets.write_xlsx(path, "passages", columns, passage_rows(study)),
        "passages.jsonl": lambda path: lines.write(path, study),
        "themes.json": lambda path: _write_json(path, journal.themes(study)),
        "citations.csv": lambda path: sheets.write_csv(path, QUOTE_COLUMNS, quote_rows(study)),
        "journal.json": lambda path: _write_json(path, journal.journal(study, settings=settings)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(put(folder / name, write) for name, write in writers.items())


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")

"""The notebook of the docs runs, from first cell to last."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_notebook_runs(monkeypatch, tmp_path):
    # Warnings of the notebook's own machinery (event loops, sockets closed late) are not ours.
    monkeypatch.setenv("VOICES_CACHE", str(tmp_path / "cache"))
    notebook = nbformat.read(DOCS / "voices.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(DOCS)}}).execute()
    printed = "".join(out.get("text", "") for cell in notebook.cells for out in cell.get("outputs", ()))
    assert "41 témoignages, 1 retiré" in printed
    assert "rapport.html True" in printed

import hashlib
import json
from pathlib import Path

import pytest

from voices import settings
from voices.encoders import load, verify
from voices.errors import ModelError
from voices.networks import manifest


def write_model(folder: Path, *, model: bytes = b"weights", **changes: object) -> Path:
    """A folder with a manifest that is right, but for `changes`, about files that no engine could run."""
    folder.mkdir(parents=True)
    contents = {"model.onnx": model, "tokenizer.json": b"{}"}
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    files = {n: {"bytes": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in contents.items()}
    facts = {"name": folder.name, "dim": 4, "prefix": "", "variant": "test", "max_tokens": 8, "files": files}
    (folder / "manifest.json").write_text(json.dumps(facts | changes), encoding="utf-8")
    return folder


def test_the_shipped_model_is_the_one_its_manifest_tells():
    assert "e5-small-fr" in verify(models=settings.shipped_models())


def test_a_changed_byte_is_found_by_verifying_and_a_cut_file_at_once(tmp_path):
    folder = write_model(tmp_path / "petit")
    manifest.verify(folder)
    (folder / "model.onnx").write_bytes(b"Weights")
    manifest.read(folder)
    with pytest.raises(ModelError, match=r"model\.onnx .* abîmé"):
        manifest.verify(folder)
    (folder / "model.onnx").write_bytes(b"wei")
    with pytest.raises(ModelError, match=r"model\.onnx .* incomplet"):
        manifest.read(folder)


def test_the_revision_changes_with_the_files_and_with_nothing_else(tmp_path):
    one, same, other = (
        manifest.read(write_model(tmp_path / name, model=model))
        for name, model in (("un", b"a"), ("deux", b"a"), ("trois", b"b"))
    )
    assert one.revision == same.revision
    assert one.revision != other.revision


def test_an_absent_shipped_model_says_what_to_do(tmp_path):
    with pytest.raises(ModelError) as caught:
        load("e5-small-fr", models=tmp_path, cache=None, threads=1)
    assert "build_encoder.py" in caught.value.remedy


def test_a_missing_file_is_named(tmp_path):
    folder = write_model(tmp_path / "petit")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json .* manque"):
        load("petit", models=tmp_path, cache=None, threads=1)


def test_files_that_no_engine_reads_are_an_error_in_french(tmp_path):
    write_model(tmp_path / "petit")
    with pytest.raises(ModelError, match="ne se lit pas"):
        load("petit", models=tmp_path, cache=None, threads=1)


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"max_tokens": 5}', '{"max_tokens": 5, "files": []}'], ids=["empty", "list", "bare", "odd"]
)
def test_a_manifest_that_is_not_an_encoders_is_an_error_in_french(tmp_path, text):
    folder = write_model(tmp_path / "petit")
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="manifeste"):
        manifest.read(folder)


def test_other_kinds_of_models_are_not_taken_for_encoders(tmp_path):
    (tmp_path / "codeur").mkdir()
    (tmp_path / "codeur" / "manifest.json").write_text('{"codes": []}', encoding="utf-8")
    assert not manifest.is_embedded("codeur", tmp_path)
    assert verify(models=tmp_path) == ()


@pytest.mark.parametrize("name", ["../e5-small-fr", "laboratoire/modele"])
def test_only_a_plain_name_is_looked_for_among_the_shipped_models(tmp_path, name):
    assert not manifest.is_embedded(name, tmp_path)

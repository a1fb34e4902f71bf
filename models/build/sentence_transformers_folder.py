"""The same model as a sentence-transformers folder: to fine-tune it, and to compare with it."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from source import Shape, Source
from tokenizers import Tokenizer

SPECIAL = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}
LAYER = {
    "q": ("attention.self.query", "hidden"),
    "k": ("attention.self.key", "hidden"),
    "v": ("attention.self.value", "hidden"),
    "ao": ("attention.output.dense", "hidden"),
    "fi": ("intermediate.dense", "inner"),
    "fo": ("output.dense", "hidden"),
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write(out: Path, source: Source, ids: NDArray[np.int64], tokenizer: Tokenizer) -> None:
    """Write the folder that `SentenceTransformer(out)` reads."""
    out.mkdir(parents=True, exist_ok=True)
    tensors = {name: np.ascontiguousarray(value) for name, value in _tensors(source, ids).items()}
    save_file(tensors, out / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    for name, content in _settings(source.shape, len(ids)).items():
        path = out / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _tensors(source: Source, ids: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    shape = source.shape
    found = {
        "embeddings.word_embeddings.weight": source.weights("emb.word", shape.vocabulary)[ids],
        "embeddings.position_embeddings.weight": source.floats("emb.pos", shape.positions, shape.hidden),
        "embeddings.token_type_embeddings.weight": source.floats("emb.type", -1, shape.hidden),
        "embeddings.LayerNorm.weight": source.floats("emb.ln.w", shape.hidden),
        "embeddings.LayerNorm.bias": source.floats("emb.ln.b", shape.hidden),
    }
    for layer in range(shape.layers):
        found |= {f"encoder.layer.{layer}.{name}": value for name, value in _layer(source, f"l{layer}").items()}
    return found


def _layer(source: Source, layer: str) -> dict[str, NDArray[np.float32]]:
    found = {}
    for short, (name, side) in LAYER.items():
        rows = getattr(source.shape, side)
        found[f"{name}.weight"] = source.weights(f"{layer}.{short}.w", rows)
        found[f"{name}.bias"] = source.floats(f"{layer}.{short}.b", rows)
    for short, name in NORMS.items():
        found[f"{name}.weight"] = source.floats(f"{layer}.{short}.w", source.shape.hidden)
        found[f"{name}.bias"] = source.floats(f"{layer}.{short}.b", source.shape.hidden)
    return found


def _settings(shape: Shape, vocabulary: int) -> dict[str, object]:
    kind = "sentence_transformers.models."
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return {
        "config.json": _bert(shape, vocabulary),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
            **SPECIAL,
        },
        "special_tokens_map.json": SPECIAL,
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": kind + name} for i, (path, name) in enumerate(modules)
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "model_args": {"add_pooling_layer": False}},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: "},
            "default_prompt_name": "query",
            "similarity_fn_name": "cosine",
        },
    }


def _bert(shape: Shape, vocabulary: int) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "vocab_size": vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": 2,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "position_embedding_type": "absolute",
        "pad_token_id": 1,
        "bos_token_id": 0,
        "eos_token_id": 2,
    }

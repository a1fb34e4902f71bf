import json
import subprocess
import sys

import numpy as np
import pytest

from voices import settings
from voices.encoders import load
from voices.encoders.embedded import EmbeddedEncoder

TEXTS = (
    "Dès la porte, on m’a souri et on m’a proposé un café.",
    "Une bénévole est venue me dire bonjour et m’a fait une place à table.",
    "Ici je me sens chez moi, c’est ma deuxième famille.",
    "Nous avons construit le four à pain ensemble, chacun avec ses mains.",
    "Le bus numéro douze passe toutes les vingt minutes devant la mairie.",
)
COSINES = (
    (1.0000, 0.9107, 0.8850, 0.8786, 0.8413),
    (0.9107, 1.0000, 0.8849, 0.8416, 0.8292),
    (0.8850, 0.8849, 1.0000, 0.8483, 0.8304),
    (0.8786, 0.8416, 0.8483, 1.0000, 0.8489),
    (0.8413, 0.8292, 0.8304, 0.8489, 1.0000),
)


def encoder(threads: int = 1) -> EmbeddedEncoder:
    return EmbeddedEncoder(settings.shipped_models() / "e5-small-fr", threads=threads)


@pytest.fixture(scope="module")
def alone():
    one = encoder()
    return np.stack([one.encode([text])[0] for text in TEXTS])


@pytest.mark.parametrize("threads", [1, 2, 5], ids=lambda n: f"{n} threads")
@pytest.mark.parametrize(
    "others",
    [(), ("",), ("mot " * 600,), ("12 rue 🍞 !!!", "RAS", "x" * 400)],
    ids=["no other", "an empty text", "a long text", "odd texts"],
)
def test_a_vector_depends_on_its_text_alone(alone, threads, others):
    among = encoder(threads).encode([*others, *TEXTS, *others])
    assert np.array_equal(among[len(others) : len(others) + len(TEXTS)], alone)


def test_the_order_of_texts_moves_rows_and_changes_none(alone):
    order = [3, 0, 4, 2, 1]
    assert np.array_equal(encoder(2).encode([TEXTS[i] for i in order]), alone[order])


def test_vectors_are_float32_of_length_one(alone):
    assert alone.dtype == np.float32
    assert alone.shape == (len(TEXTS), encoder().dim)
    assert np.allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-5)


def test_cosines_are_those_of_the_model_that_was_measured(alone):
    assert np.allclose(alone @ alone.T, COSINES, atol=1e-3)


def test_no_text_gives_no_row():
    assert encoder().encode([]).shape == (0, 384)


def test_what_follows_the_512th_token_is_not_read():
    start = "pain " * 600
    assert np.array_equal(*encoder().encode([start, start + TEXTS[0]]))


def test_composed_and_decomposed_accents_are_the_same_text():
    assert np.array_equal(*encoder().encode(["le café d’été", "le cafe\u0301 d’e\u0301te\u0301"]))


def test_progress_counts_every_text():
    calls = []
    encoder(2).encode(TEXTS, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(i, len(TEXTS)) for i in range(1, len(TEXTS) + 1)]


def test_the_identity_tells_name_revision_prefix_and_variant():
    name, _, rest = encoder().identity.partition("@")
    revision, _, facts = rest.partition(" ")
    assert name == "e5-small-fr"
    assert len(revision) == 12
    assert facts == "prefix='query: ' variant=int8+32"


def test_the_shipped_encoder_loads_none_of_the_heavy_libraries():
    program = (
        "import sys; from voices import settings; from voices.encoders import load;"
        "load('e5-small-fr', models=settings.shipped_models(), cache=None, threads=1).encode(['Bonjour']);"
        "print([name for name in ('torch', 'sklearn', 'pandas', 'spacy', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_loading_by_name_gives_the_shipped_encoder_and_a_cache_where_asked(tmp_path, alone):
    kept = load("e5-small-fr", models=settings.shipped_models(), cache=tmp_path, threads=1)
    for _ in range(2):
        assert np.array_equal(kept.encode(TEXTS), alone)
    assert kept.identity == encoder().identity


AROUND = (-len("query: "), 0)
"""The prefix, and the marks at both ends."""


@pytest.fixture(scope="module")
def splitting(tmp_path_factory):
    """An embedded encoder that gives its states: a table of random rows, one a token, and their normalised mean."""
    onnx = pytest.importorskip("onnx")
    from onnx import TensorProto, helper, numpy_helper

    folder = tmp_path_factory.mktemp("modeles") / "parts"
    folder.mkdir()
    shipped = settings.shipped_models() / "e5-small-fr"
    told = json.loads((shipped / "manifest.json").read_text(encoding="utf-8"))
    table = np.random.default_rng(3).normal(size=(told["vocabulary"]["kept"], 8)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["states"]),
        helper.make_node("ReduceMean", ["states", "axis"], ["mean"], keepdims=0),
        helper.make_node("ReduceL2", ["mean", "axis"], ["norm"], keepdims=1),
        helper.make_node("Div", ["mean", "norm"], ["vector"]),
    ]
    constants = [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([1]), "axis")]
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "tokens"])
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("vector", "states")]
    network = helper.make_graph(nodes, "parts", [ids], outputs, constants)
    model = helper.make_model(network, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.save(model, folder / "model.onnx")
    (folder / "tokenizer.json").write_bytes((shipped / "tokenizer.json").read_bytes())
    sizes = {name: {"bytes": (folder / name).stat().st_size, "sha256": "0" * 64} for name in told["files"]}
    manifest = {**told, "name": "parts", "dim": 8, "files": sizes}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return EmbeddedEncoder(folder)


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(("Dès la porte, on m’a souri.", "Je suis restée."), id="two sentences"),
        pytest.param(("« Entrez ! »", "J’ai gardé mon manteau…", "L’été, c’est 🍞 le pain."), id="marks and a picture"),
        pytest.param(("Oui.",), id="one sentence"),
    ],
)
def test_each_sentence_brings_what_its_own_tokens_bring(splitting, sentences):
    text = " ".join(sentences)
    starts = [text.index(one) for one in sentences]
    spans = [(start, start + len(one)) for start, one in zip(starts, sentences, strict=True)]
    (vector,), ((around, *parts),) = splitting.encode_parts([text], [[AROUND, *spans]])
    assert np.array_equal(vector, splitting.encode([text])[0])
    assert np.allclose(around + np.sum(parts, axis=0), vector, atol=1e-5)
    # In this network a token's state is its own: a sentence brings the same rows here and alone.
    for part, sentence in zip(parts, sentences, strict=True):
        ((alone,),) = splitting.encode_parts([sentence], [[(0, len(sentence))]])[1]
        assert np.allclose(part / np.linalg.norm(part), alone / np.linalg.norm(alone), atol=1e-5)


def test_the_shipped_plain_encoder_does_not_split(splitting):
    assert splitting.splits
    assert not encoder().splits

"""The network as an ONNX graph that takes one text: input_ids (1, tokens) int32 to vector (1, hidden) float32.

Two things differ from the textbook. The word table stays in the source's 4 bits, and only the rows looked up are
turned into numbers. The inner channels of each feed-forward are re-ordered so that the few whose activations are
huge come last and are multiplied apart: they can stay in float32 while the others go to 8 bits (see card.md).
"""

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from source import Source
from tuned import Tuned

MICROSOFT = ("Attention", "SkipLayerNormalization", "BiasGelu")
EPSILON = 1e-12
APART = ".outliers"
"""The end of the names of the nodes that stay in float32."""


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray) -> str:
        """Add a constant; its name comes back."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        """Add a node of one output, whose name comes back."""
        return self.node_of_many(kind, inputs, [output], **attributes)[0]

    def node_of_many(self, kind: str, inputs: list[str], outputs: list[str], **attributes: object) -> list[str]:
        """Add a node; the names of its outputs come back."""
        domain = "com.microsoft" if kind in MICROSOFT else ""
        self.nodes.append(helper.make_node(kind, inputs, outputs, outputs[0], domain=domain, **attributes))
        return outputs


def build(
    source: Source | Tuned, ids: NDArray[np.int64], outliers: NDArray[np.int64] | None, *, states: bool = False
) -> onnx.ModelProto:
    """The model in float32, with the vocabulary of those ids.

    Args:
        source: where the weights come from.
        ids: rows of the word table to keep.
        outliers: (layers, n) inner channels to multiply apart; None multiplies all together and gives the inner
            activations out as well, so that outliers can be found.
        states: give out as well, as `states`, the (1, tokens, hidden) rows of which `vector` is the normalised mean.
    """
    graph = Graph()
    x = _embeddings(graph, source, ids)
    for layer in range(source.shape.layers):
        x = _attention(graph, source, x, f"l{layer}")
        x = _feed_forward(graph, source, x, f"l{layer}", None if outliers is None else outliers[layer])
    mean = graph.node("ReduceMean", [x, graph.constant("axis1", np.array([1]))], "mean", keepdims=0)
    norm = graph.node("ReduceL2", [mean, "axis1"], "norm", keepdims=1)
    graph.node("Div", [mean, norm], "vector")
    inner = [f"l{layer}.inner" for layer in range(source.shape.layers)] if outliers is None else []
    if states:
        graph.node("Identity", [x], "states")
    return _model(graph, ["vector", *(["states"] if states else []), *inner], source.shape.hidden)


def _model(graph: Graph, outputs: list[str], hidden: int) -> onnx.ModelProto:
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "tokens"])
    shapes = {"vector": [1, hidden], "states": [1, "tokens", hidden]}
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shapes.get(name)) for name in outputs]
    return helper.make_model(
        helper.make_graph(graph.nodes, "e5", [ids], values, graph.constants),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)],
        ir_version=8,
    )


def _embeddings(graph: Graph, source: Source | Tuned, ids: NDArray[np.int64]) -> str:
    words = _words(graph, source, ids)
    shape = source.shape
    table = source.floats("emb.pos", shape.positions, shape.hidden) + source.floats("emb.type", -1, shape.hidden)[0]
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    bounds = [graph.constant("zero", np.array([0])), length, graph.constant("axis0", np.array([0]))]
    positions = graph.node("Slice", [graph.constant("position_table", table), *bounds], "positions")
    total = graph.node("Add", [words, positions], "embedded")
    norm = [graph.constant(f"emb.ln.{part}", source.floats(f"emb.ln.{part}", shape.hidden)) for part in "wb"]
    return graph.node("LayerNormalization", [total, *norm], "x", axis=-1, epsilon=EPSILON)


def _words(graph: Graph, source: Source | Tuned, ids: NDArray[np.int64]) -> str:
    """The rows of the word table, from 4 bits to numbers."""
    blocks = source.blocks("emb.word", source.shape.vocabulary)[ids]
    halves = graph.node("Gather", [graph.constant("word_halves", blocks["halves"]), "input_ids"], "halves")
    scales = graph.node("Gather", [graph.constant("word_scales", blocks["scale"]), "input_ids"], "scales16")
    low = graph.node("BitwiseAnd", [halves, graph.constant("fifteen", np.uint8(15))], "low")
    high = graph.node("BitShift", [halves, graph.constant("four", np.uint8(4))], "high", direction="RIGHT")
    unsigned = graph.node("Concat", [low, high], "unsigned", axis=3)
    numbers = graph.node("Cast", [unsigned], "numbers", to=TensorProto.FLOAT)
    signed = graph.node("Sub", [numbers, graph.constant("eight", np.float32(8))], "signed")
    scale = graph.node("Cast", [scales], "scales", to=TensorProto.FLOAT)
    column = graph.node("Unsqueeze", [scale, graph.constant("last", np.array([-1]))], "scale_column")
    scaled = graph.node("Mul", [signed, column], "scaled")
    flat = graph.constant("flat", np.array([0, 0, source.shape.hidden]))
    return graph.node("Reshape", [scaled, flat], "words")


def _attention(graph: Graph, source: Source | Tuned, x: str, layer: str) -> str:
    hidden = source.shape.hidden
    weights = np.concatenate([source.weights(f"{layer}.{part}.w", hidden).T for part in "qkv"], axis=1)
    biases = np.concatenate([source.floats(f"{layer}.{part}.b", hidden) for part in "qkv"])
    inputs = [x, graph.constant(f"{layer}.qkv.w", weights), graph.constant(f"{layer}.qkv.b", biases)]
    heads = graph.node("Attention", inputs, f"{layer}.heads", num_heads=source.shape.heads)
    out = source.weights(f"{layer}.ao.w", hidden).T
    out = graph.node("MatMul", [heads, graph.constant(f"{layer}.ao.w", out)], f"{layer}.ao")
    return _add_and_normalise(graph, source, out, x, bias=f"{layer}.ao.b", norm=f"{layer}.aln")


def _feed_forward(graph: Graph, source: Source | Tuned, x: str, layer: str, outliers: NDArray[np.int64] | None) -> str:
    hidden, inner = source.shape.hidden, source.shape.inner
    last = np.array([], np.int64) if outliers is None else outliers
    order = np.concatenate([np.setdiff1d(np.arange(inner), last), last])
    widen = graph.constant(f"{layer}.fi.w", source.weights(f"{layer}.fi.w", inner)[order].T)
    bias = graph.constant(f"{layer}.fi.b", source.floats(f"{layer}.fi.b", inner)[order])
    wide = graph.node("BiasGelu", [graph.node("MatMul", [x, widen], f"{layer}.fi"), bias], f"{layer}.inner")
    narrow = source.weights(f"{layer}.fo.w", hidden).T[order]
    out = _product(graph, wide, narrow, f"{layer}.fo", apart=len(last))
    return _add_and_normalise(graph, source, out, x, bias=f"{layer}.fo.b", norm=f"{layer}.oln")


def _product(graph: Graph, x: str, weights: NDArray[np.float32], name: str, *, apart: int) -> str:
    """x times the weights, the last `apart` channels by themselves."""
    if not apart:
        return graph.node("MatMul", [x, graph.constant(f"{name}.w", weights)], name)
    cut = graph.constant(f"{name}.cut", np.array([len(weights) - apart, apart]))
    usual, huge = graph.node_of_many("Split", [x, cut], [f"{name}.x", f"{name}.x{APART}"], axis=-1)
    parts = [
        graph.node("MatMul", [usual, graph.constant(f"{name}.w", weights[:-apart])], f"{name}.usual"),
        graph.node("MatMul", [huge, graph.constant(f"{name}.w{APART}", weights[-apart:])], f"{name}{APART}"),
    ]
    return graph.node("Add", parts, name)


def _add_and_normalise(graph: Graph, source: Source | Tuned, x: str, residual: str, *, bias: str, norm: str) -> str:
    names = (f"{norm}.w", f"{norm}.b", bias)
    constants = [graph.constant(name, source.floats(name, source.shape.hidden)) for name in names]
    return graph.node("SkipLayerNormalization", [x, residual, *constants], f"{norm}.out", epsilon=EPSILON)

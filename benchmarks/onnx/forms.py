#!/usr/bin/env python3
"""Other forms of an exported U-Net that give the same pictures, to be timed against it (benchmarks/RESULTS.md).

    python3 benchmarks/onnx/forms.py generator.onnx out
    dotnet run -c Release --project benchmarks/TranslationSpeed -- graphs generator.onnx out/*.onnx

Needs numpy and onnx. The generator is one of GeneratorExporter: RGB, OnnxInterface.Pixels, per-image statistics.
"""
import pathlib
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper


class Rewriter:
    """A model whose nodes are replaced one by one."""

    def __init__(self, path):
        self.model = onnx.load(path)
        self.graph = self.model.graph

    @property
    def constants(self):
        return {tensor.name: tensor for tensor in self.graph.initializer}

    def array(self, name):
        return numpy_helper.to_array(self.constants[name])

    def constant(self, name, values):
        self.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def rewrite(self, types, form):
        """Puts what form(node) yields in place of nodes of these types; a node for which it yields None stays."""
        nodes = []
        for node in self.graph.node:
            replacement = form(node) if node.op_type in types else None
            nodes.extend([node] if replacement is None else replacement)
        used = {name for node in nodes for name in node.input}
        tensors = [tensor for tensor in self.graph.initializer if tensor.name in used]
        del self.graph.node[:], self.graph.initializer[:]
        self.graph.node.extend(nodes)
        self.graph.initializer.extend(tensors)
        return self

    def save(self, path):
        onnx.checker.check_model(self.model)
        onnx.save(self.model, str(path))


def subpixel(source, shuffle, last=False):
    """Transposed convolutions (kernel 4, stride 2, padding 1) as four convolutions with 2x2 kernels, one for each phase of the output."""
    model = Rewriter(source)

    def form(node):
        weight = model.array(node.input[1])  # (in, out, 4, 4)
        if weight.shape[1] <= 4 and not last:  # the layer that makes colours
            return None
        name, phases, nodes = node.output[0], [], []
        taps = {0: [3, 1], 1: [2, 0]}  # output 2y + phase sees the inputs y - 1 and y, or y and y + 1
        for row in (0, 1):
            for column in (0, 1):
                kernel = weight[:, :, taps[row]][:, :, :, taps[column]].transpose(1, 0, 2, 3)
                phase = f"{name}_{row}{column}"
                nodes.append(helper.make_node(
                    "Conv", [node.input[0], model.constant(f"{phase}_weight", kernel), *node.input[2:]], [phase],
                    kernel_shape=[2, 2], pads=[1 - row, 1 - column, row, column]))
                phases.append(phase)
        return nodes + shuffle(model, name, phases)

    return model.rewrite(["ConvTranspose"], form)


def depth_to_space(_, name, phases):
    return [
        helper.make_node("Concat", phases, [f"{name}_phases"], axis=1),
        helper.make_node("DepthToSpace", [f"{name}_phases"], [name], blocksize=2, mode="DCR"),
    ]


def transposes(model, name, phases):
    """Columns are interleaved by moving one axis, rows by concatenating; batch 1."""
    nodes = []
    for row in (0, 1):
        nodes.append(helper.make_node("Concat", phases[2 * row:2 * row + 2], [f"{name}_row{row}"], axis=0))
        nodes.append(helper.make_node("Transpose", [f"{name}_row{row}"], [f"{name}_columns{row}"], perm=[1, 2, 3, 0]))
    return nodes + [
        helper.make_node("Concat", [f"{name}_columns0", f"{name}_columns1"], [f"{name}_rows"], axis=2),
        helper.make_node("Shape", [phases[0]], [f"{name}_small"]),
        helper.make_node("Mul", [f"{name}_small", model.constant(f"{name}_twice", np.array([1, 1, 2, 2]))], [f"{name}_shape"]),
        helper.make_node("Reshape", [f"{name}_rows", f"{name}_shape"], [name]),
    ]


def integers(source):
    """Convolutions in 8-bit integers: weights by output channel (7 bits: sums of two products must fit 16), values by tensor as they come."""
    model = subpixel(source, transposes)
    quantized = set()

    def form(node):
        weight = model.array(node.input[1])
        if min(weight.shape[:2]) <= 4 or len(node.input) > 2:
            return None
        values, name, nodes = node.input[0], node.output[0], []
        if values not in quantized:
            quantized.add(values)
            nodes.append(helper.make_node("DynamicQuantizeLinear", [values], [f"{values}_{part}" for part in ("q", "scale", "zero")]))
        scale = np.maximum(np.abs(weight).max(axis=(1, 2, 3)) / 63, 1e-12).astype(np.float32)
        levels = np.round(weight / scale[:, None, None, None]).astype(np.int8)
        attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        return nodes + [
            helper.make_node(
                "ConvInteger", [f"{values}_q", model.constant(f"{name}_levels", levels), f"{values}_zero"], [f"{name}_sums"], **attributes),
            helper.make_node("Cast", [f"{name}_sums"], [f"{name}_float"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [f"{values}_scale", model.constant(f"{name}_scale", scale.reshape(1, -1, 1, 1))], [f"{name}_unit"]),
            helper.make_node("Mul", [f"{name}_float", f"{name}_unit"], [name]),
        ]

    return model.rewrite(["Conv"], form)


def interleaved(source):
    """Colours picked in each pixel rather than plane by plane, on either end."""
    model = Rewriter(source)
    nodes = list(model.graph.node)
    transpose, pick, cast = nodes[:3]
    assert [node.op_type for node in nodes[:3]] == ["Transpose", "Gather", "Cast"], "not an RGB model of GeneratorExporter"
    back, opaque, picked, out = nodes[-1], nodes[-3], nodes[-4], nodes[-2]
    assert [node.op_type for node in nodes[-4:]] == ["Gather", "Pad", "Cast", "Transpose"], "not an RGB model of GeneratorExporter"
    head = [
        helper.make_node("Gather", [transpose.input[0], pick.input[1]], ["picked"], axis=3),
        helper.make_node("Cast", ["picked"], ["floats"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Transpose", ["floats"], [cast.output[0]], perm=[0, 3, 1, 2]),
    ]
    tail = [
        helper.make_node("Transpose", [picked.input[0]], ["pixels"], perm=[0, 2, 3, 1]),
        helper.make_node("Gather", ["pixels", picked.input[1]], ["colours"], axis=3),
        helper.make_node("Pad", ["colours", model.constant("alpha", np.array([0, 0, 0, 1, 0, 0, 0, 0])), opaque.input[2]], ["opaque"]),
        helper.make_node("Cast", ["opaque"], [back.output[0]], to=onnx.TensorProto.UINT8),
    ]
    del model.graph.node[:]
    model.graph.node.extend(head + nodes[3:-4] + tail)
    return model


def main(source, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    interleaved(source).save(folder / "interleaved.onnx")
    subpixel(source, depth_to_space).save(folder / "subpixel-depthtospace.onnx")
    subpixel(source, transposes).save(folder / "subpixel.onnx")
    subpixel(source, transposes, last=True).save(folder / "subpixel-all.onnx")
    integers(source).save(folder / "integers.onnx")


if __name__ == "__main__":
    main(*sys.argv[1:])

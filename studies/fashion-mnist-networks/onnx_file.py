"""A trained network as an ONNX file, and such a file executed again by torch.

The file is written node by node, so that names are those a reader expects (conv1, bn1, relu1, add2, ...), normalisation
stays a node of its own, and the same weights give the same bytes.
"""
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

OPERATOR_SET = 13
IR_VERSION = 7  # the oldest that knows operator set 13


def to_onnx(network, design):
    """The ONNX model of a trained `network`: input (batch, 1, 28, 28), output (batch, 10) logits."""
    graph = _GraphWriter()
    value = "input"
    for index, (conv, norm) in enumerate(zip(network.convs, network.norms)):
        number = index + 1
        if index == network.second_stage:
            value = graph.node("MaxPool", "pool2", [value], kernel_shape=[2, 2], strides=[2, 2])
        block_input = value
        value = graph.node(
            "Conv", f"conv{number}", [value], {"weight": conv.weight},
            kernel_shape=[design.filter] * 2, pads=[design.filter // 2] * 4)
        value = graph.node(
            "BatchNormalization", f"bn{number}", [value],
            {"scale": norm.weight, "bias": norm.bias, "mean": norm.running_mean, "variance": norm.running_var},
            epsilon=norm.eps)
        if index not in (0, network.second_stage):
            value = graph.node("Add", f"add{number}", [block_input, value])
        value = graph.node("Relu", f"relu{number}", [value])
        if index == 0:
            value = graph.node("MaxPool", "pool1", [value], kernel_shape=[2, 2], strides=[2, 2])
    value = graph.node("AveragePool", "average", [value], kernel_shape=[3, 3], strides=[2, 2])
    value = graph.node("Flatten", "flatten", [value], axis=1)
    graph.node("Gemm", "fc", [value], {"weight": network.fc.weight, "bias": network.fc.bias}, output="output", transB=1)
    return graph.model(f"fashion-mnist-{design.name}")


class _GraphWriter:
    def __init__(self):
        self.nodes = []
        self.initializers = []

    def node(self, operation, name, inputs, tensors={}, output=None, **attributes):
        """Appends a node whose trained `tensors` are named after it; returns the name of its output."""
        for key, tensor in tensors.items():
            self.initializers.append(numpy_helper.from_array(tensor.detach().contiguous().numpy(), f"{name}.{key}"))
        inputs = inputs + [f"{name}.{key}" for key in tensors]
        output = output or f"{name}.output"
        self.nodes.append(helper.make_node(operation, inputs, [output], name=name, **attributes))
        return output

    def model(self, name):
        graph = helper.make_graph(
            self.nodes, name,
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 1, 28, 28])],
            [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", 10])],
            self.initializers)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPERATOR_SET)], producer_name="fashion-mnist-networks")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model, full_check=True)
        return model


class OnnxNetwork:
    """Executes the operators that `to_onnx` writes, from the weights in the file."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.nodes = graph.node
        self.weights = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in graph.initializer}

    def __call__(self, images, after_node=lambda operation, name, value: value):
        """Logits of a batch; `after_node` may replace what any node gives."""
        values = {"input": images}
        for node in self.nodes:
            inputs = [self.weights[i] if i in self.weights else values[i] for i in node.input]
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            value = _OPERATIONS[node.op_type](*inputs, attributes)
            values[node.output[0]] = after_node(node.op_type, node.name, value)
        return values["output"]


_OPERATIONS = {
    "Conv": lambda x, w, a: F.conv2d(x, w, padding=a["pads"][0]),
    "BatchNormalization": lambda x, scale, bias, mean, variance, a: F.batch_norm(
        x, mean, variance, scale, bias, eps=a["epsilon"]),
    "Relu": lambda x, a: F.relu(x),
    "Add": lambda x, y, a: x + y,
    "MaxPool": lambda x, a: F.max_pool2d(x, a["kernel_shape"], a["strides"]),
    "AveragePool": lambda x, a: F.avg_pool2d(x, a["kernel_shape"], a["strides"]),
    "Flatten": lambda x, a: x.flatten(a["axis"]),
    "Gemm": lambda x, w, b, a: F.linear(x, w, b),
}

"""The networks of Graph.cs.txt as PyTorch has them, so that each stands in one place only."""

import pathlib
import re

import torch
from torch import nn
from torch.nn import functional

FOLDER = pathlib.Path(__file__).parent
STEMS = {"Conv2d": "conv", "Linear": "fc", "BatchNorm2d": "bn", "BatchNorm1d": "bn"}


def value(text):
    """A C# constant: a string, a truth, a whole number, or a float."""
    if text.startswith('"'):
        return text.strip('"')
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"\d+", text) else float(text.rstrip("f")) if text[0].isdigit() else text


def arguments(text):
    """The positional and the named arguments of an attribute."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    named = [re.match(r"(\w+)\s*=\s*(.*)", part) for part in parts]
    return [value(p) for p, n in zip(parts, named) if n is None], {n[1]: value(n[2]) for n in named if n}


def pair(named, name, default):
    """What rows and columns have: Name for both, NameHeight and NameWidth for one."""
    rows, columns = (named[name],) * 2 if name in named else default
    return named.get(name + "Height", rows), named.get(name + "Width", columns)


def sides(named):
    """PyTorch's padding of functional.pad: left, right, top, bottom."""
    rows, columns = pair(named, "Padding", (0, 0))
    return (named.get("PaddingLeft", columns), named.get("PaddingRight", columns),
            named.get("PaddingTop", rows), named.get("PaddingBottom", rows))


class PaddedConv2d(nn.Conv2d):
    """A convolution with another padding on each side; the tensors have nn.Conv2d's names."""

    def __init__(self, *arguments, sides, **named):
        super().__init__(*arguments, **named)
        self.sides = sides

    def forward(self, x):
        return super().forward(functional.pad(x, self.sides))


POINTWISE = {
    "ReLU": nn.ReLU, "ReLU6": nn.ReLU6, "SiLU": nn.SiLU, "GELU": nn.GELU, "Sigmoid": nn.Sigmoid, "Tanh": nn.Tanh,
    "HardSwish": nn.Hardswish, "HardSigmoid": nn.Hardsigmoid, "Flatten": nn.Flatten, "Dropout": nn.Identity,
}


def module(kind, positional, named, shape):
    """The module of one layer that reads one value of `shape` [C,H,W] or [n]."""
    if kind in POINTWISE:
        return POINTWISE[kind]()
    if kind == "LeakyReLU":
        return nn.LeakyReLU(*positional)
    if kind == "Linear":
        return nn.Linear(shape[0], positional[0], bias=named.get("Bias", True))
    if kind in ("BatchNorm2d", "BatchNorm1d"):
        return getattr(nn, kind)(shape[0], eps=named.get("Epsilon", 1e-5), momentum=named.get("Momentum", 0.1))
    if kind == "GlobalAvgPool2d":
        return nn.AdaptiveAvgPool2d(1)
    if kind == "GlobalMaxPool2d":
        return nn.AdaptiveMaxPool2d(1)
    window = tuple(positional[-2:]) if len(positional) > (2 if kind == "Conv2d" else 1) else (positional[-1],) * 2
    if kind == "Conv2d":
        return PaddedConv2d(
            shape[0], positional[0], window, stride=pair(named, "Stride", (1, 1)), dilation=pair(named, "Dilation", (1, 1)),
            groups=named.get("Groups", 1), bias=named.get("Bias", True), sides=sides(named))
    options = {"stride": pair(named, "Stride", window), "padding": pair(named, "Padding", (0, 0)), "ceil_mode": named.get("CeilMode", False)}
    if kind == "MaxPool2d":
        return nn.MaxPool2d(window, dilation=pair(named, "Dilation", (1, 1)), **options)
    if kind == "AvgPool2d":
        return nn.AvgPool2d(window, count_include_pad=named.get("CountIncludePad", True), **options)
    raise SystemExit(f"graph.py does not know {kind}.")


class Network(nn.Module):
    """Layers in order; each reads the value above it, or the ones it names. `disturb` multiplies what convolutions and linear layers give."""

    def __init__(self, attributes, shape):
        super().__init__()
        self.steps, self.noise = [], 0.0
        counts, values = {}, torch.zeros(2, *shape)
        named_values = {}
        self.eval()
        for kind, text in attributes:
            positional, named = arguments(text)
            step = {"kind": kind, "reads": [], "name": named.get("Name"), "module": None}
            if kind in ("Add", "Mul", "Concat"):
                step["reads"] = list(positional)
                if not (named_values.keys() & positional and any(named_values[n] is values for n in positional)):
                    step["reads"].append(None)
            else:
                step["reads"] = [named.get("From")]
                source = named_values[step["reads"][0]] if step["reads"][0] else values
                layer = module(kind, positional, named, source.shape[1:])
                if kind in STEMS:
                    stem = STEMS[kind]
                    counts[stem] = counts.get(stem, 0) + 1
                    step["module"] = named.get("Key", named.get("Name", f"{stem}{counts[stem]}"))
                    self.place(step["module"], layer)
                else:
                    step["layer"] = layer
            self.steps.append(step)
            values = self.run(step, values, named_values).detach()
            if step["name"]:
                named_values[step["name"]] = values
        self.output_shape = tuple(values.shape[1:])
        self.train()

    def place(self, key, layer):
        """Adds a module under a dotted name."""
        *path, last = key.split(".")
        at = self
        for part in path:
            if not hasattr(at, part):
                at.add_module(part, nn.Module())
            at = getattr(at, part)
        at.add_module(last, layer)

    def run(self, step, above, named):
        inputs = [above if name is None else named[name] for name in step["reads"]]
        if step["kind"] == "Concat":
            return torch.cat(inputs, 1)
        if step["kind"] in ("Add", "Mul"):
            result = inputs[0]
            for other in inputs[1:]:
                result = result + other if step["kind"] == "Add" else result * other
            return result
        layer = self.get_submodule(step["module"]) if step["module"] else step["layer"]
        result = layer(inputs[0])
        if self.noise and step["kind"] in ("Conv2d", "Linear"):
            result = result + self.noise * result.detach().abs().max() * torch.randn_like(result)
        return result

    def forward(self, x):
        named = {}
        for step in self.steps:
            x = self.run(step, x, named)
            if step["name"]:
                named[step["name"]] = x
        return x


def read():
    """Yields name, a function that creates the network, the image's shape, batch size and whether its targets are floats."""
    kinds = "|".join(["CnnModel", "Training", "Add", "Mul", "Concat", "Conv2d", "Linear", "BatchNorm2d", "BatchNorm1d", "LeakyReLU", "MaxPool2d",
                      "AvgPool2d", "GlobalAvgPool2d", "GlobalMaxPool2d", *POINTWISE])
    for paragraph in re.split(r"\n\s*\n", (FOLDER / "Graph.cs.txt").read_text()):
        name = re.search(r"partial class (\w+);", paragraph)
        if name is None:
            continue
        found = re.findall(rf"\b({kinds})\b(?!\.)(?:\(([^)]*)\))?", re.sub(r"//.*", "", paragraph))
        shape = tuple(arguments(found[0][1])[0])
        training = arguments(found[-1][1])[1]

        def create(attributes=found[1:-1], shape=shape):
            return Network(attributes, shape)

        yield name[1], create, shape, training["BatchSize"], training.get("Loss") == "Loss.MeanSquaredError"

"""The networks of Declared.cs.txt as PyTorch has them, so that each stands in one place only."""

import pathlib
import re
from collections import OrderedDict

from torch import nn

FOLDER = pathlib.Path(__file__).parent


def arguments(text):
    """The positional and the named arguments of an attribute."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    named = dict(re.split(r"\s*=\s*", part) for part in parts if "=" in part)
    return [int(float(part.rstrip("f"))) if part[0].isdigit() and "." not in part else part for part in parts if "=" not in part], named


def pair(named, name, default):
    """What rows and columns have: Name for both, NameHeight and NameWidth for one."""
    both = named.get(name)
    rows, columns = (both, both) if both is not None else default
    return int(named.get(name + "Height", rows)), int(named.get(name + "Width", columns))


def layers(attributes, shape):
    """PyTorch's layers by their names in a state_dict."""
    counts = {"conv": 0, "fc": 0, "other": 0}
    channels, length = shape[0], None
    height, width = shape[1:]
    for kind, text in attributes:
        positional, named = arguments(text)
        if kind == "Conv2d":
            counts["conv"] += 1
            kernel = (positional[1], positional[-1])
            stride, padding = pair(named, "Stride", (1, 1)), pair(named, "Padding", (0, 0))
            yield f"conv{counts['conv']}", nn.Conv2d(
                channels, positional[0], kernel, stride=stride, padding=padding, bias=named.get("Bias") != "false")
            channels = positional[0]
            height = (height + 2 * padding[0] - kernel[0]) // stride[0] + 1
            width = (width + 2 * padding[1] - kernel[1]) // stride[1] + 1
        elif kind == "MaxPool2d":
            window = (positional[0], positional[-1])
            stride = pair(named, "Stride", window)
            yield f"pool{counts['other']}", nn.MaxPool2d(window, stride=stride)
            height, width = (height - window[0]) // stride[0] + 1, (width - window[1]) // stride[1] + 1
        elif kind == "Linear":
            counts["fc"] += 1
            yield f"fc{counts['fc']}", nn.Linear(length, positional[0], bias=named.get("Bias") != "false")
            length = positional[0]
        elif kind == "Flatten":
            yield "flatten", nn.Flatten()
            length = channels * height * width
        elif kind == "ReLU":
            yield f"relu{counts['other']}", nn.ReLU()
        counts["other"] += 1


def read():
    """Yields name, a function that creates the network, shape, classes and batch size of each declaration."""
    for paragraph in re.split(r"\n\s*\n", (FOLDER / "Declared.cs.txt").read_text()):
        name = re.search(r"partial class (\w+);", paragraph)
        if name is None:
            continue
        found = re.findall(r"\b(CnnModel|Conv2d|MaxPool2d|ReLU|Flatten|Linear|Dropout|Training)\b(?:\(([^)]*)\))?", re.sub(r"//.*", "", paragraph))
        shape = tuple(arguments(found[0][1])[0])
        batch = int(arguments(found[-1][1])[1]["BatchSize"])
        attributes = found[1:-1]

        def create(attributes=attributes, shape=shape):
            return nn.Sequential(OrderedDict(layers(attributes, shape)))

        linear = [m for m in create() if isinstance(m, (nn.Linear, nn.Conv2d))][-1]
        classes = linear.out_features if isinstance(linear, nn.Linear) else linear.out_channels
        yield name[1], create, shape, classes, batch

"""Writes models/NAME.exact.safetensors: what the networks of models/ give in float64, and how far PyTorch's own float32 outputs are from it."""

import json
import sys

import numpy
import torch

import safetensors_file
from make_golden import FOLDER

sys.path.insert(0, str(FOLDER / "models"))
import make_models  # noqa: E402


def read(path):
    """The tensors of a file, integers among them."""
    file = path.read_bytes()
    start = 8 + int.from_bytes(file[:8], "little")
    tensors = {}
    for name, entry in json.loads(file[8:start]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = numpy.frombuffer(file[start + begin:start + end], dtype={"F32": "<f4", "I64": "<i8"}[entry["dtype"]])
            tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors


if __name__ == "__main__":
    for path in sorted((FOLDER / "models").glob("*.io.safetensors")):
        name = path.name.split(".")[0]
        network = getattr(make_models, name)()
        network.load_state_dict(read(path.with_name(f"{name}.safetensors")))
        inputs = read(path)
        with torch.no_grad():
            exact = network.double().eval()(inputs["input"].double()).numpy()
        deviation = numpy.abs(inputs["output"].numpy() - exact).max()
        tensors = {"output": exact, "deviation.output": numpy.array([deviation])}
        safetensors_file.write(path.with_name(f"{name}.exact.safetensors"), tensors, {"network": name, "torch": torch.__version__})
        print(f"{name}: PyTorch's float32 is {deviation / numpy.abs(exact).max():.1e} of the largest output away")

"""Makes reference.json: the losses of 100 steps of SimpleCnn on the real MNIST by PyTorch. See ../README.md."""

import argparse
import gzip
import json
import math
import pathlib
import sys

import numpy
import torch

FOLDER = pathlib.Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))
import networks  # noqa: E402
import safetensors_file  # noqa: E402

BATCH_SIZE = 64
STEPS = 100


def read_idx(folder, name):
    """The bytes of an IDX file, plain or .gz, as an array in the file's shape."""
    plain, packed = folder / name, folder / f"{name}.gz"
    if plain.exists():
        data = plain.read_bytes()
    elif packed.exists():
        data = gzip.decompress(packed.read_bytes())
    else:
        raise SystemExit(f"Neither {plain} nor {packed.name} is there; --data names a folder with MNIST's IDX files.")
    dimensions = data[3]
    shape = numpy.frombuffer(data, ">i4", dimensions, 4)
    if data[:3] != b"\0\0\x08" or len(data) != 4 + 4 * dimensions + math.prod(shape.tolist()):
        raise SystemExit(f"{name} in {folder} is not an IDX file of bytes, or has not the length that its header says.")
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * dimensions).reshape(shape)


def losses(weights, images, labels, dtype):
    network = networks.with_weights(networks.simple_cnn, weights, dtype)
    return networks.train(network, images.to(dtype), labels, BATCH_SIZE, STEPS)


def largest_deviation(run, truth, steps):
    return max(abs(a - b) for a, b in zip(run[:steps], truth[:steps]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder with MNIST's IDX files, plain or .gz")
    data = parser.parse_args().data
    torch.set_num_threads(1)
    fixture = safetensors_file.read(FOLDER.parent / "SimpleCnn.safetensors")
    weights = {name: fixture[name] for name in networks.simple_cnn().state_dict()}
    count = BATCH_SIZE * STEPS
    pixels = read_idx(data, "train-images-idx3-ubyte")[:count, None].astype(numpy.float32) / numpy.float32(255)
    images = torch.from_numpy(pixels)
    labels = torch.from_numpy(read_idx(data, "train-labels-idx1-ubyte")[:count].astype(numpy.int64))

    double = losses(weights, images, labels, torch.float64)
    single = losses(weights, images, labels, torch.float32)
    with torch.backends.mkldnn.flags(enabled=False):
        own = losses(weights, images, labels, torch.float32)
    runs = {"float64": double, "float32": single, "float32WithoutOneDnn": own}
    header = {"torch": torch.__version__, "network": "SimpleCnn", "batchSize": BATCH_SIZE, "learningRate": 0.001}
    text = json.dumps(header | {"losses": runs}, indent=2)
    (FOLDER / "reference.json").write_text(text + "\n")
    for name in ("float32", "float32WithoutOneDnn"):
        figures = [f"{largest_deviation(runs[name], double, steps):.1e} in {steps} steps" for steps in (20, 100)]
        print(f"{name}: at most {' and '.join(figures)} from float64")


if __name__ == "__main__":
    main()

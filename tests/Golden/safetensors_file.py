"""Reads and writes float32 safetensors files: an 8-byte header length, a JSON header, then the values."""

import json
import os

import numpy


def write(path, tensors, metadata):
    """Writes {name: array} in order, and {name: text} as the file's metadata."""
    header = {"__metadata__": metadata}
    offset = 0
    for name, values in tensors.items():
        size = 4 * values.size
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    temporary = f"{path}.tmp"
    with open(temporary, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for values in tensors.values():
            file.write(numpy.ascontiguousarray(values, dtype="<f4").tobytes())
    os.replace(temporary, path)


def read(path):
    """Returns {name: array} of a file that holds float32 tensors only."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise SystemExit(f"{path}: '{name}' is {entry['dtype']}; expected F32.")
        begin, end = entry["data_offsets"]
        tensors[name] = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
    return tensors

#!/usr/bin/env bash
# Measures StaticCnn, ONNX Runtime and TorchSharp in turn: compare.sh [--rounds N] [--threads N...] [--networks NAME...] [--data DIR]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exec dotnet run --project "$here/Compare" -c Release -- "$@"

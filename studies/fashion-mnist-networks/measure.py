#!/usr/bin/python3
"""Measures the trained networks as they lie in their ONNX files and records what they are and what they predict.

Usage: measure.py [--check]        --check: compare with what is recorded instead of writing it
"""
import argparse
import csv
import hashlib
import io
import sys
from pathlib import Path

import torch

import images
from networks import DESIGNS
from onnx_file import OnnxNetwork

ROOT = Path(__file__).resolve().parents[2]
NETWORKS = ROOT / "share/ohmloop/networks/fashion-mnist"
PREDICTIONS = ROOT / "tests/conformance/fashion_mnist/top1.tsv"

TABLE_HEAD = """\
# title: Networks for Fashion-MNIST, trained by studies/fashion-mnist-networks
# data: 10,000 test images of Fashion-MNIST, pixels / 255
"""
COLUMNS = ["name", "data_set", "file", "family", "convolutions", "filter", "channels", "weights", "macs", "activations",
           "top1_percent", "sha256"]


def predict(network, test_images, batch=500):
    with torch.no_grad():
        return torch.cat([network(images.preprocess(part)).argmax(1) for part in test_images.split(batch)])


def table_row(design, contents, top1_percent):
    return {
        "name": f"fashion-mnist-{design.name}",
        "data_set": "fashion-mnist",
        "file": f"{design.name}.onnx",
        "family": design.name.split("-")[0],
        "convolutions": design.convolutions,
        "filter": design.filter,
        "channels": design.channels,
        "weights": design.weights,
        "macs": design.macs,
        "activations": design.activations,
        "top1_percent": f"{top1_percent:.2f}",
        "sha256": hashlib.sha256(contents).hexdigest(),
    }


def measure(folder, test_images, labels):
    """The table and the predictions as texts. A line of predictions holds one digit per test image, in order."""
    table = io.StringIO()
    table.write(TABLE_HEAD)
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    writer.writeheader()
    predictions = [digits("label", labels)]
    for design in DESIGNS:
        path = folder / f"{design.name}.onnx"
        predicted = predict(OnnxNetwork(path), test_images)
        top1_percent = 100 * (predicted == labels).double().mean().item()
        writer.writerow(table_row(design, path.read_bytes(), top1_percent))
        predictions.append(digits(f"fashion-mnist-{design.name}", predicted))
        print(f"{design.name}: top-1 {top1_percent:.2f}%", file=sys.stderr)
    return table.getvalue(), "".join(predictions)


def digits(name, classes):
    return f"{name}\t{''.join(str(c) for c in classes.tolist())}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--images", type=Path, default=images.DEFAULT_FOLDER, help="folder of the four IDX files")
    options = parser.parse_args()

    torch.set_num_threads(1)
    measured = zip((NETWORKS / "networks.csv", PREDICTIONS), measure(NETWORKS, *images.load("t10k", options.images)))
    differing = []
    for path, text in measured:
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif path.read_text() != text:
            differing.append(path)
    for path in differing:
        print(f"{path} records something else", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""What Gaussian noise on the weighted sums does to the trained networks: an independent check of `ohmloop accuracy`.

Every convolution and the last layer gets noise N(0, sigma^2) on each of its sums, fresh for every image. fixed: one
sigma for all layers. rescaled: sigma of a layer = s * the largest |sum| that the image gives in it. Place `folded`: after
normalisation, before the shortcut and the rectifier; `conv`: before normalisation. Prints tidy CSV.

Usage: noise.py [NAME...] [--count N] [--seeds N]
"""
import argparse
import csv
import sys
from pathlib import Path

import torch

import images
from measure import NETWORKS
from networks import DESIGNS
from onnx_file import OnnxNetwork

LEVELS = {
    "fixed": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.4, 2.0],
    "rescaled": [0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.14, 0.2, 0.3],
}
NOISY_OPERATIONS = {"folded": ("BatchNormalization", "Gemm"), "conv": ("Conv", "Gemm")}


def add_noise(kind, place, level, generator):
    def distort(operation, _, sums):
        if operation not in NOISY_OPERATIONS[place]:
            return sums
        sigma = level
        if kind == "rescaled":
            sigma = level * sums.abs().flatten(1).max(1).values.view([-1] + [1] * (sums.dim() - 1))
        return sums + sigma * torch.randn(sums.shape, generator=generator)

    return distort


def top1_percent(network, test_images, labels, distort, batch=250):
    right = 0
    with torch.no_grad():
        for part, answers in zip(test_images.split(batch), labels.split(batch)):
            right += (network(images.preprocess(part), distort).argmax(1) == answers).sum().item()
    return 100 * right / len(labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="networks (all)")
    parser.add_argument("--count", type=int, default=2000, help="test images, the first ones")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--networks", type=Path, default=NETWORKS, help="folder of the ONNX files")
    parser.add_argument("--images", type=Path, default=images.DEFAULT_FOLDER, help="folder of the four IDX files")
    options = parser.parse_args()

    torch.set_num_threads(1)
    test_images, labels = (part[: options.count] for part in images.load("t10k", options.images))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["network", "noise", "place", "level", "seed", "images", "top1_percent"])
    for name in options.names or [d.name for d in DESIGNS]:
        network = OnnxNetwork(options.networks / f"{name}.onnx")
        for place in NOISY_OPERATIONS:
            for kind, levels in LEVELS.items():
                for level in levels:
                    for seed in range(1, 1 + (options.seeds if level > 0 else 1)):
                        distort = add_noise(kind, place, level, torch.Generator().manual_seed(seed))
                        top1 = top1_percent(network, test_images, labels, distort)
                        writer.writerow([name, kind, place, level, seed, len(labels), f"{top1:.2f}"])
                sys.stdout.flush()


if __name__ == "__main__":
    main()

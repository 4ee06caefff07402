#!/usr/bin/python3
"""Trains the networks of the two families, all in the same way, and writes NAME.onnx for each.

Usage: train.py [NAME...] [--epochs N] [--seed N] [--output FOLDER]
"""
import argparse
import time
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F

import images
from networks import DESIGNS, Network
from onnx_file import to_onnx

BATCH = 128
PEAK_LEARNING_RATE = 0.1
WARM_UP = 0.2  # part of the steps in which the learning rate rises
MOMENTUM = 0.9
WEIGHT_DECAY = 5e-4


def make_optimizer(network, steps):
    """SGD whose learning rate rises and falls as a cosine. Scales and biases do not decay: normalised sums keep the
    size that training gives them, whatever the network, so that one sigma of noise means the same everywhere."""
    decaying = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD(
        [{"params": decaying, "weight_decay": WEIGHT_DECAY}, {"params": others, "weight_decay": 0.0}],
        lr=PEAK_LEARNING_RATE, momentum=MOMENTUM, nesterov=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, PEAK_LEARNING_RATE, total_steps=steps, pct_start=WARM_UP, anneal_strategy="cos",
        cycle_momentum=False)
    return optimizer, schedule


def train(design, pixels, labels, epochs, seed):
    """The network after the last epoch: no test image is looked at, nothing is selected."""
    torch.manual_seed(seed)
    network = Network(design).to(memory_format=torch.channels_last)
    generator = torch.Generator().manual_seed(seed)  # every network sees the same images, moved in the same way
    batches = len(labels) // BATCH
    optimizer, schedule = make_optimizer(network, batches * epochs)
    network.train()
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        order = torch.randperm(len(labels), generator=generator)[: batches * BATCH]
        for chosen in order.split(BATCH):
            batch = images.augment(images.preprocess(pixels[chosen]), generator)
            loss = F.cross_entropy(network(batch.contiguous(memory_format=torch.channels_last)), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"{design.name}: epoch {epoch + 1}/{epochs}, loss {total / batches:.4f}, {time.time() - start:.0f} s", flush=True)
    return network.eval()


def main():
    names = [d.name for d in DESIGNS]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="networks to train (all): " + ", ".join(names))
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--images", type=Path, default=images.DEFAULT_FOLDER, help="folder of the four IDX files")
    parser.add_argument("--output", type=Path, default=Path("."))
    options = parser.parse_args()
    unknown = [n for n in options.names if n not in names]
    if unknown:
        parser.error(f"no such network: {', '.join(unknown)} (known: {', '.join(names)})")

    torch.set_num_threads(1)  # sums in one order, whatever the machine's number of cores
    torch.use_deterministic_algorithms(True)
    pixels, labels = images.load("train", options.images)
    options.output.mkdir(parents=True, exist_ok=True)
    for design in DESIGNS:
        if options.names and design.name not in options.names:
            continue
        network = train(design, pixels, labels, options.epochs, options.seed)
        onnx.save(to_onnx(network, design), str(options.output / f"{design.name}.onnx"))


if __name__ == "__main__":
    main()

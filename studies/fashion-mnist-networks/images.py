"""Fashion-MNIST as Debian's package dataset-fashion-mnist installs it, and the augmentation of the training images."""
import gzip
import struct
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F

DEFAULT_FOLDER = Path("/usr/share/datasets/fashion-mnist")
UNSIGNED_BYTES = 0x08  # the type code of IDX files that hold bytes


def read_idx(path):
    """Bytes of a gzipped IDX file as an array: two zero bytes, type, number of axes, sizes (big endian), values."""
    with gzip.open(path) as file:
        zeros, kind, axes = struct.unpack(">HBB", file.read(4))
        if zeros != 0 or kind != UNSIGNED_BYTES:
            raise ValueError(f"{path}: not an IDX file of unsigned bytes")
        shape = struct.unpack(f">{axes}I", file.read(4 * axes))
        return numpy.frombuffer(file.read(), dtype=numpy.uint8).reshape(shape)


def load(part, folder=DEFAULT_FOLDER):
    """Images (n, 1, 28, 28) as bytes and labels (n) of the part "train" or "t10k"."""
    images = read_idx(Path(folder) / f"{part}-images-idx3-ubyte.gz")
    labels = read_idx(Path(folder) / f"{part}-labels-idx1-ubyte.gz")
    return torch.tensor(images).unsqueeze(1), torch.tensor(labels).long()


def preprocess(images):
    """What every network here expects: pixels over 255, so inputs are never negative."""
    return images.float() / 255


def augment(images, generator, reach=2):
    """Each image moved by up to `reach` pixels both ways, and mirrored half of the time."""
    count, _, height, width = images.shape
    mirrored = torch.rand(count, generator=generator) < 0.5
    images = torch.where(mirrored[:, None, None, None], images.flip(3), images)
    down, right = torch.randint(0, 2 * reach + 1, (2, count), generator=generator)
    rows = (down[:, None] + torch.arange(height))[:, :, None]
    columns = (right[:, None] + torch.arange(width))[:, None, :]
    padded = F.pad(images, (reach, reach, reach, reach))
    return padded[torch.arange(count)[:, None, None], 0, rows, columns].unsqueeze(1)

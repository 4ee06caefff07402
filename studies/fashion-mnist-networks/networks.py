"""The two families of networks: one skeleton, in which only the depth or only the filter changes."""
from dataclasses import dataclass

import torch.nn as nn
import torch.nn.functional as F

CLASSES = 10
HEAD_POSITIONS = 3 * 3  # the last map, 7x7, averaged over windows of 3x3 at a stride of 2


@dataclass(frozen=True)
class Design:
    """`convolutions` in all, half of them in each of two stages: `channels` wide, then twice as wide."""

    name: str
    convolutions: int
    filter: int
    channels: int

    @property
    def conv_shapes(self):
        """(output channels, input channels, height and width of the output) of every convolution in order."""
        half, narrow, wide = self.convolutions // 2, self.channels, 2 * self.channels
        first_stage = [(narrow, 1, 28)] + [(narrow, narrow, 14)] * (half - 1)
        return first_stage + [(wide, narrow, 7)] + [(wide, wide, 7)] * (half - 1)

    @property
    def weights(self):
        """Of the convolutions and the last layer, without biases and normalisation."""
        taps = self.filter**2
        return sum(taps * m * c for m, c, _ in self.conv_shapes) + self.head_weights

    @property
    def macs(self):
        taps = self.filter**2
        return sum(taps * m * c * side * side for m, c, side in self.conv_shapes) + self.head_weights

    @property
    def head_weights(self):
        return CLASSES * HEAD_POSITIONS * 2 * self.channels

    @property
    def activations(self):
        """Weighted sums per image: the values that noise is added to and that converters see."""
        return sum(m * side * side for m, _, side in self.conv_shapes) + CLASSES


DESIGNS = [
    Design("depth-2", 2, 3, 16),
    Design("depth-4", 4, 3, 16),
    Design("depth-8", 8, 3, 16),
    Design("depth-16", 16, 3, 16),
    Design("filter-1x1", 4, 1, 73),
    Design("filter-3x3", 4, 3, 24),
    Design("filter-5x5", 4, 5, 14),
    Design("filter-7x7", 4, 7, 10),
]


class Network(nn.Module):
    """Convolution, normalisation and rectifier, again and again; an identity shortcut around every convolution that
    keeps the shape of its input, which is every one but the first of each stage."""

    def __init__(self, design):
        super().__init__()
        self.convs = nn.ModuleList(
            nn.Conv2d(c, m, design.filter, padding=design.filter // 2, bias=False) for m, c, _ in design.conv_shapes)
        self.norms = nn.ModuleList(nn.BatchNorm2d(m) for m, _, _ in design.conv_shapes)
        self.fc = nn.Linear(HEAD_POSITIONS * 2 * design.channels, CLASSES)
        self.second_stage = design.convolutions // 2

    def forward(self, x):
        for index, (conv, norm) in enumerate(zip(self.convs, self.norms)):
            if index == self.second_stage:
                x = F.max_pool2d(x, 2)
            y = norm(conv(x))
            x = F.relu(y if index in (0, self.second_stage) else x + y)
            if index == 0:
                x = F.max_pool2d(x, 2)
        return self.fc(F.avg_pool2d(x, 3, 2).flatten(1))

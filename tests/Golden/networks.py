"""The networks of the fixtures, and how PyTorch trains them. Dropout is left out: it is disabled in every fixture."""

from collections import OrderedDict

import torch
from torch import nn


def simple_cnn():
    """The tutorial's network: [1,28,28] to 10 classes."""
    return nn.Sequential(OrderedDict([
        ("conv1", nn.Conv2d(1, 16, 5, padding=2)), ("relu1", nn.ReLU()), ("pool1", nn.MaxPool2d(2)),
        ("conv2", nn.Conv2d(16, 32, 5, padding=2)), ("relu2", nn.ReLU()), ("pool2", nn.MaxPool2d(2)),
        ("flatten", nn.Flatten()), ("fc1", nn.Linear(1568, 128)), ("relu3", nn.ReLU()),
        ("fc2", nn.Linear(128, 10))]))


def odd_cnn():
    """[3,13,17] to 6 classes: nothing is square, pooling windows overlap, and two layers have no bias."""
    return nn.Sequential(OrderedDict([
        ("conv1", nn.Conv2d(3, 5, (3, 5), stride=(2, 1), padding=(1, 2), bias=False)),  # [5,7,17]
        ("relu1", nn.ReLU()),
        ("pool1", nn.MaxPool2d((2, 3), stride=(1, 2))),  # [5,6,8]
        ("conv2", nn.Conv2d(5, 7, 2)),  # [7,5,7]
        ("relu2", nn.ReLU()),
        ("flatten", nn.Flatten()), ("fc1", nn.Linear(245, 11)), ("relu3", nn.ReLU()),
        ("fc2", nn.Linear(11, 6, bias=False))]))


def pool_first_cnn():
    """[2,20,12] to 3 classes: starts with a pooling that drops the last row and column; padding of kernel - 1."""
    return nn.Sequential(OrderedDict([
        ("pool1", nn.MaxPool2d(3, stride=2)),  # [2,9,5]
        ("conv1", nn.Conv2d(2, 9, 1)), ("relu1", nn.ReLU()),  # [9,9,5]
        ("conv2", nn.Conv2d(9, 4, (4, 3), padding=(3, 2))),  # [4,12,7]
        ("flatten", nn.Flatten()), ("fc1", nn.Linear(336, 3))]))


def tie_cnn():
    """[1,10,9] to 4 classes: convolutions of small whole numbers, so that ties and zeros are exact in any precision."""
    network = nn.Sequential(OrderedDict([
        ("conv1", nn.Conv2d(1, 3, 3, padding=1)), ("pool1", nn.MaxPool2d(2)), ("relu1", nn.ReLU()),  # [3,5,4]
        ("conv2", nn.Conv2d(3, 5, 2)), ("pool2", nn.MaxPool2d((3, 2), stride=1)), ("relu2", nn.ReLU()),  # [5,2,2]
        ("flatten", nn.Flatten()), ("fc1", nn.Linear(20, 4))]))
    for layer in (network.conv1, network.conv2):
        nn.init.uniform_(layer.weight, -1.5, 1.5).data.round_()
        nn.init.zeros_(layer.bias)
    return network


def with_weights(create, weights, dtype):
    """A network of `dtype` with the given float32 weights, {state_dict name: array}."""
    network = create().to(dtype)
    network.load_state_dict({name: torch.from_numpy(values.copy()) for name, values in weights.items()})
    return network


def train(network, images, labels, batch_size, steps):
    """Adam over consecutive slices of the images, the last one short if it must be, round and round; the losses, and the optimizer."""
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
    batches = list(zip(images.split(batch_size), labels.split(batch_size)))
    losses = []
    for step in range(steps):
        batch_images, batch_labels = batches[step % len(batches)]
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(batch_images), batch_labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, optimizer

"""Makes the golden fixtures: what PyTorch computes for fixed networks, images and weights. See README.md."""

import pathlib

import numpy
import torch
from torch import nn

import declared
import networks
import safetensors_file

FOLDER = pathlib.Path(__file__).parent


def smooth_images(random, count, shape, lowest, highest):
    """Images [count,C,H,W] of a few random waves, of mean 0 and variance 1 before they are clipped."""
    channels, height, width = shape
    rows, columns = numpy.mgrid[0:height, 0:width]
    waves = random.uniform(-0.6, 0.6, (count, channels, 4, 2))
    phases = random.uniform(0, 2 * numpy.pi, (count, channels, 4))
    images = numpy.cos(waves[..., 0, None, None] * rows + waves[..., 1, None, None] * columns + phases[..., None, None])
    return numpy.clip(images.sum(axis=2) / numpy.sqrt(2), lowest, highest).astype(numpy.float32)


@torch.no_grad()
def margins(network, images):
    """How near each image comes to a change of course: the smallest distance of a ReLU's input from zero, or of a
    pooling window's winner from the next value, relative to the layer's largest value. Exact ties do not count."""
    values = torch.tensor(images, dtype=torch.float64)
    smallest = torch.full((len(values),), torch.inf, dtype=torch.float64)
    for layer in network.double():
        distances = None
        if isinstance(layer, nn.ReLU):
            distances = values.abs()
        elif isinstance(layer, nn.MaxPool2d):
            windows = nn.functional.unfold(values, layer.kernel_size, stride=layer.stride)
            count, channels = values.shape[:2]
            first, second = windows.reshape(count, channels, -1, windows.shape[-1]).topk(2, dim=2).values.unbind(2)
            distances = first - second
        if distances is not None:
            distances = (distances / values.abs().max()).flatten(1)
            smallest = smallest.minimum(distances.masked_fill(distances < 1e-12, torch.inf).min(dim=1).values)
        values = layer(values)
    return smallest.numpy()


def run(create, weights, images, labels, batch_size, steps, moments, dtype):
    """One whole run in `dtype`: logits, loss and gradients over all images, then the training steps and Adam's moments."""
    images, labels = torch.tensor(images, dtype=dtype), torch.from_numpy(labels)
    network = networks.with_weights(create, weights, dtype)
    logits = network(images)
    loss = nn.functional.cross_entropy(logits, labels)
    loss.backward()
    results = {"logits": logits.detach().numpy(), "loss": numpy.array([loss.item()])}
    results |= {f"grad.{name}": parameter.grad.numpy().copy() for name, parameter in network.named_parameters()}
    if steps == 0:
        return results
    losses, optimizer = networks.train(network, images, labels, batch_size, steps)
    results["losses"] = numpy.array(losses)
    results |= {f"step20.{name}": parameter.detach().numpy() for name, parameter in network.named_parameters()}
    if moments:
        for name, parameter in network.named_parameters():
            results |= {f"step20.{name}.{moment}": optimizer.state[parameter][moment].numpy() for moment in ("exp_avg", "exp_avg_sq")}
    return results


def deviations(single, double):
    """How far a float32 run is from the float64 run; of each kind the largest, and of the weights also the RMS."""
    differences = {name: numpy.abs(single[name] - values) for name, values in double.items()}
    relative = [differences[name].max() / numpy.abs(double[name]).max() for name in double if name.startswith("grad.")]
    figures = {
        "logits": differences["logits"].max(),
        "loss": differences["loss"].max(),
        "grad": max(relative),
    }
    if "losses" in double:
        weights = numpy.concatenate([
            values.ravel() for name, values in differences.items() if name.startswith("step20.") and ".exp_avg" not in name])
        figures["losses"] = differences["losses"].max()
        figures["step20"] = weights.max()
        moments = [differences[name].max() / numpy.abs(double[name]).max() for name in double if ".exp_avg" in name and numpy.abs(double[name]).max() > 0]
        if moments:
            figures["moments"] = max(moments)
        figures["step20_rms"] = numpy.sqrt(numpy.mean(weights ** 2))
    return {f"deviation.{name}": numpy.array([figure]) for name, figure in figures.items()}


def single_precision_runs(*arguments):
    """PyTorch's float32 runs by its two implementations of convolution: oneDNN's, its default, and its own."""
    for onednn in (True, False):
        with torch.backends.mkldnn.flags(enabled=onednn):
            yield run(*arguments, torch.float32)


def make(name, create, shape, classes, count, batch_size, seed, lowest=-3, highest=3, whole=False, steps=20, moments=False):
    torch.manual_seed(seed)
    random = numpy.random.default_rng(seed)
    network = create()
    weights = {key: values.numpy().copy() for key, values in network.state_dict().items()}
    # Rounding must not decide the gradients: of many images, those that stay farthest from a change of course.
    candidates = smooth_images(random, 16 * count, shape, lowest, highest)
    candidates = candidates.round() if whole else candidates
    margin = margins(network, candidates)
    chosen = numpy.sort(numpy.argsort(margin)[-count:])
    images = candidates[chosen]
    labels = random.integers(0, classes, count)
    double = run(create, weights, images, labels, batch_size, steps, moments, torch.float64)
    default, other = single_precision_runs(create, weights, images, labels, batch_size, steps, moments)
    measured = deviations(default, double)
    measured = {key: numpy.maximum(figure, deviations(other, double)[key]) for key, figure in measured.items()}
    inputs = {"images": images, "labels": labels, "batch_size": numpy.array([batch_size])}
    inputs["margin"] = margin[chosen].min(keepdims=True)
    tensors = weights | inputs | double | measured
    if steps > 0:
        tensors["float32.losses"] = default["losses"]
    metadata = {"network": name, "torch": torch.__version__, "numpy": numpy.__version__}
    path = FOLDER / f"{name}.safetensors"
    safetensors_file.write(path, tensors, metadata)
    print(f"{name}: {path.stat().st_size:,} bytes, loss {double['loss'][0]:.4f}, "
          f"margin {inputs['margin'][0]:.1e}, median of the candidates {numpy.median(margin):.1e}")
    for key, figure in measured.items():
        print(f"  {key:22} {figure[0]:.2e}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    make("SimpleCnn", networks.simple_cnn, (1, 28, 28), 10, count=64, batch_size=16, seed=10, lowest=0, highest=1)
    make("OddCnn", networks.odd_cnn, (3, 13, 17), 6, count=19, batch_size=7, seed=7)
    make("PoolFirstCnn", networks.pool_first_cnn, (2, 20, 12), 3, count=5, batch_size=5, seed=3)
    make("TieCnn", networks.tie_cnn, (1, 10, 9), 4, count=13, batch_size=13, seed=4, whole=True, steps=0)
    for index, (name, create, shape, classes, batch_size) in enumerate(declared.read()):
        # No multiple of the batch size, so that the last batch of a round is short, but where a batch is one image.
        count = 2 * batch_size + (batch_size + 1) // 2 if batch_size > 1 else 3
        make(f"declared/{name}", create, shape, classes, count, batch_size, seed=100 + index, moments=True)

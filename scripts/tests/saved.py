"""A SavedModel as a test sees it: numpy in, numpy out, and a look at the variables."""

from pathlib import Path

import numpy as np
import tensorflow as tf

from exporter.folding import Plan

UNREGULARISED = {"dropout": 0.0, "label_smoothing": 0.0, "weight_decay": 0.0, "seed": 0}


class Saved:
    """``tf.saved_model.load`` of an export, and the plan it was made from."""

    def __init__(self, path: Path, plan: Plan | None = None):
        self.path = path
        self.plan = plan
        self.model = tf.saved_model.load(str(path))

    def call(self, signature: str, **inputs) -> dict[str, np.ndarray]:
        """Calls a signature; inputs are converted to the dtypes it declares."""
        function = self.model.signatures[signature]
        specs = function.structured_input_signature[1]
        assert specs.keys() == inputs.keys()
        fed = {name: tf.constant(value, specs[name].dtype) for name, value in inputs.items()}
        return {name: tensor.numpy() for name, tensor in function(**fed).items()}

    def train(self, signature: str, rows, labels, batches, rate=1e-3, **settings):
        """Calls a training signature, without regularisers unless ``settings`` say otherwise."""
        name = "features" if signature == "train_head" else "images"
        steps = len(batches)
        inputs = {
            "class_weights": np.ones(self.classes),
            "learning_rates": np.full(steps, rate),
            **UNREGULARISED,
            **settings,
        }
        return self.call(signature, labels=labels, batches=batches, **{name: rows}, **inputs)

    def initialize(self, seed: int = 42) -> None:
        self.call("initialize", seed=seed)

    @property
    def classes(self) -> int:
        return self.model.signatures["serving_default"].structured_outputs["probabilities"].shape[1]

    @property
    def head(self) -> list[np.ndarray]:
        return [self.model.kernel.numpy(), self.model.bias.numpy()]

    def convolution(self, name: str) -> list[np.ndarray]:
        network = self.model.network
        return [network.kernels[name].numpy(), network.biases[name].numpy()]

    def base(self) -> dict[str, list[np.ndarray]]:
        return {name: self.convolution(name) for name in self.model.network.kernels}

    def state(self) -> list[np.ndarray]:
        """Every variable: base, head, slots and step counters."""
        optimizers = (self.model.head_optimizer, self.model.base_optimizer)
        slots = [v for o in optimizers for v in (o.step, *o.momentums, *o.velocities)]
        base = [array for pair in self.base().values() for array in pair]
        return [*base, *self.head, *(slot.numpy() for slot in slots)]

    def restore_base(self) -> None:
        """Undoes fine-tuning, as a caller does by restoring the exported variables."""
        tf.train.Checkpoint(self.model).read(str(self.path / "variables/variables"))


def random_batch(rows: int = 12, classes: int = 10, seed: int = 0):
    """uint8 [rows,32,32,3] and int32 [rows]."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, (rows, 32, 32, 3), dtype=np.uint8)
    return images, rng.integers(0, classes, rows).astype(np.int32)

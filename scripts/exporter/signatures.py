"""The named signatures of the SavedModel contract."""

from __future__ import annotations

import tensorflow as tf

from exporter.classifier import Classifier
from exporter.explain import Explanation
from exporter.mixture import Mixture
from exporter.network import INPUT_SIZE
from exporter.rows import Fed, Resident
from exporter.symbol_explain import SymbolExplanation
from exporter.training import BaseSettings, Settings, Trainer

BASIC = (
    "serving_default",
    "features",
    "evaluate",
    "initialize",
    "train_head",
    "train",
    "fine_tune",
    "explain",
)
"""What every model has; the others are used where they are there.

Those keep data on the device, or train the base otherwise than the head.
"""


def build(
    classifier: Classifier | Mixture, xla: bool = False
) -> dict[str, tf.types.experimental.ConcreteFunction]:
    """Traces every signature; each input is named as in the contract and always fed.

    With ``xla`` the network, the head and the training step are compiled where they run, once for
    each number of rows; what surrounds them is not, since XLA knows neither resident rows nor a
    number of steps that differs from call to call.
    """
    compiled = Compiled(classifier) if xla else classifier
    return {
        **_inference(compiled),
        "initialize": _trace(
            lambda seed: {"step": classifier.initialize(seed)}, _spec("seed", (), tf.int64)
        ),
        "explain": _explanation(classifier),
        **_training_signatures(classifier, xla),
        **_resident_scores(compiled),
    }


class Compiled:
    """A classifier whose inference XLA compiles."""

    def __init__(self, classifier: Classifier | Mixture):
        self.feature_count = classifier.feature_count
        self.features = tf.function(classifier.features, jit_compile=True, autograph=False)
        self.probabilities = tf.function(
            classifier.probabilities, jit_compile=True, autograph=False
        )
        self.evaluate = tf.function(classifier.evaluate, jit_compile=True, autograph=False)


def _training_signatures(classifier: Classifier | Mixture, xla: bool):
    """Each way to train twice: on rows that are fed, and on rows that were loaded before."""
    head = Trainer(classifier, tf.identity, xla=xla)
    frozen = Trainer(classifier, classifier.features, xla=xla)
    whole = Trainer(classifier, classifier.features, base=True, xla=xla)
    features, images = _features(classifier), _images()
    loaded_features, loaded_images = Resident("features", features), Resident("images", images)
    return {
        "train_head": _training(classifier, head, features),
        "train": _training(classifier, frozen, images),
        "fine_tune": _training(classifier, whole, images),
        "load_features": _loading(loaded_features, features),
        "load_images": _loading(loaded_images, images),
        "train_head_resident": _resident_training(classifier, head, loaded_features),
        "train_resident": _resident_training(classifier, frozen, loaded_images),
        "fine_tune_resident": _resident_training(classifier, whole, loaded_images),
        "fine_tune_parts": _parts_training(classifier, whole),
        "fine_tune_parts_resident": _resident_parts_training(classifier, whole, loaded_images),
    }


def _inference(classifier: Classifier | Mixture | Compiled):
    def serve(images):
        return {"probabilities": classifier.probabilities(classifier.features(images))}

    def features(images):
        return {"features": classifier.features(images)}

    def evaluate(features, labels):
        losses, probabilities = classifier.evaluate(features, labels)
        return {"losses": losses, "probabilities": probabilities}

    return {
        "serving_default": _trace(serve, _images()),
        "features": _trace(features, _images()),
        "evaluate": _trace(evaluate, _features(classifier), _labels()),
    }


def _training(classifier: Classifier | Mixture, trainer: Trainer, inputs: tf.TensorSpec):
    def train(rows, labels, batches, *settings):
        losses, correct = trainer.run(Fed(rows, labels), batches, Settings(*settings))
        return {"losses": losses, "correct": correct}

    return _trace(train, inputs, _labels(), *_steps(classifier))


def _resident_training(classifier: Classifier | Mixture, trainer: Trainer, source: Resident):
    def train(batches, *settings):
        losses, correct = trainer.run(source, batches, Settings(*settings))
        return {"losses": losses, "correct": correct}

    return _trace(train, *_steps(classifier))


def _parts_training(classifier: Classifier | Mixture, trainer: Trainer):
    def train(rows, labels, batches, base_rates, blocks, *settings):
        base = BaseSettings.of(classifier, base_rates, blocks)
        losses, correct = trainer.run(Fed(rows, labels), batches, Settings(*settings), base)
        return {"losses": losses, "correct": correct}

    return _trace(train, _images(), _labels(), *_parts_steps(classifier))


def _resident_parts_training(classifier: Classifier | Mixture, trainer: Trainer, source: Resident):
    def train(batches, base_rates, blocks, *settings):
        base = BaseSettings.of(classifier, base_rates, blocks)
        losses, correct = trainer.run(source, batches, Settings(*settings), base)
        return {"losses": losses, "correct": correct}

    return _trace(train, *_parts_steps(classifier))


def _parts_steps(classifier: Classifier | Mixture) -> tuple[tf.TensorSpec, ...]:
    batches, *settings = _steps(classifier)
    rates = _spec("base_learning_rates", (None,), tf.float32)
    return (batches, rates, _spec("trainable_blocks", (), tf.int32), *settings)


def _loading(target: Resident, inputs: tf.TensorSpec):
    def load(rows, labels, first_row, room):
        return {"room": target.load(rows, labels, first_row, room)}

    return _trace(
        load,
        inputs,
        _labels(),
        _spec("first_row", (), tf.int32),
        _spec("room", (), tf.int32),
    )


def _resident_scores(classifier: Classifier | Mixture | Compiled):
    def scoring(source: Resident, extract):
        def score(rows):
            inputs, labels = source.open().gather(tf.cast(rows, tf.int64))
            losses, probabilities = classifier.evaluate(extract(inputs), labels)
            return {"losses": losses, "probabilities": probabilities}

        return _trace(score, _spec("rows", (None,), tf.int32))

    features, images = _features(classifier), _images()
    return {
        "evaluate_resident": scoring(Resident("features", features), tf.identity),
        "evaluate_images_resident": scoring(Resident("images", images), classifier.features),
    }


def _steps(classifier: Classifier | Mixture) -> tuple[tf.TensorSpec, ...]:
    return (
        _spec("batches", (None, None), tf.int32),
        _spec("learning_rates", (None,), tf.float32),
        _spec("dropout", (), tf.float32),
        _spec("label_smoothing", (), tf.float32),
        _spec("weight_decay", (), tf.float32),
        _spec("class_weights", (classifier.classes,), tf.float32),
        _spec("seed", (), tf.int64),
    )


def _explanation(classifier: Classifier | Mixture):
    explain_by = SymbolExplanation if isinstance(classifier, Mixture) else Explanation
    explanation = explain_by(classifier)

    def explain(images, classes, steps):
        attributions, logits, baseline_logits = explanation.run(images, classes, steps)
        return {
            "attributions": attributions,
            "logits": logits,
            "baseline_logits": baseline_logits,
        }

    return _trace(
        explain, _images(), _spec("classes", (None,), tf.int32), _spec("steps", (), tf.int32)
    )


def _trace(function, *specs: tf.TensorSpec):
    return tf.function(function, autograph=False).get_concrete_function(*specs)


def _spec(name: str, shape, dtype) -> tf.TensorSpec:
    return tf.TensorSpec(shape, dtype, name)


def _labels() -> tf.TensorSpec:
    return _spec("labels", (None,), tf.int32)


def _images() -> tf.TensorSpec:
    return _spec("images", (None, INPUT_SIZE, INPUT_SIZE, 3), tf.uint8)


def _features(classifier: Classifier | Mixture | Compiled) -> tf.TensorSpec:
    return _spec("features", (None, classifier.feature_count), tf.float32)

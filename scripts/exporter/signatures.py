"""The named signatures of the SavedModel contract."""

from __future__ import annotations

import tensorflow as tf

from exporter.classifier import Classifier
from exporter.explain import Explanation
from exporter.mixture import Mixture
from exporter.network import INPUT_SIZE
from exporter.symbol_explain import SymbolExplanation
from exporter.training import Settings, Trainer


def build(classifier: Classifier | Mixture) -> dict[str, tf.types.experimental.ConcreteFunction]:
    """Traces every signature; each input is named as in the contract and always fed."""
    return {
        **_inference(classifier),
        "initialize": _trace(
            lambda seed: {"step": classifier.initialize(seed)}, _spec("seed", (), tf.int64)
        ),
        "train_head": _training(
            classifier, Trainer(classifier, tf.identity), _features(classifier)
        ),
        "train": _training(classifier, Trainer(classifier, classifier.features), _images()),
        "fine_tune": _training(
            classifier, Trainer(classifier, classifier.features, base=True), _images()
        ),
        "explain": _explanation(classifier),
    }


def _inference(classifier: Classifier | Mixture):
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
        "evaluate": _trace(evaluate, _features(classifier), _spec("labels", (None,), tf.int32)),
    }


def _training(classifier: Classifier | Mixture, trainer: Trainer, inputs: tf.TensorSpec):
    def train(rows, labels, batches, *settings):
        losses, correct = trainer.run(rows, labels, batches, Settings(*settings))
        return {"losses": losses, "correct": correct}

    return _trace(
        train,
        inputs,
        _spec("labels", (None,), tf.int32),
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


def _images() -> tf.TensorSpec:
    return _spec("images", (None, INPUT_SIZE, INPUT_SIZE, 3), tf.uint8)


def _features(classifier: Classifier | Mixture) -> tf.TensorSpec:
    return _spec("features", (None, classifier.feature_count), tf.float32)

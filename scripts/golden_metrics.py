"""Writes the numbers that the Java metrics are compared with, as scikit-learn computes them.

    pip install scikit-learn==1.9.1 && python scripts/golden_metrics.py

The output, src/test/resources/metrics/golden.json, is committed; the same versions write the same
file again. `--check` writes nothing and fails if the committed file differs.
"""

import argparse
import json
import pathlib
import sys
import warnings

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, log_softmax, softmax
from scipy.stats import binomtest
from sklearn import metrics
from sklearn.calibration import calibration_curve

OUTPUT = pathlib.Path(__file__).parent.parent / "src/test/resources/metrics/golden.json"
BINS = 15


def cases():
    """Yields name, logits float32 [N, C] and labels [N]."""
    yield "ten classes", *draw(seed=1, rows=240, classes=10, scale=2.5, truth=1.0)
    yield "absent classes", *without(
        draw(seed=2, rows=90, classes=10, scale=2.0, truth=0.8), [3, 7]
    )
    yield "class never predicted", *hidden(
        draw(seed=3, rows=80, classes=5, scale=2.0, truth=0.7), 2
    )
    yield "class neither true nor predicted", *hidden(
        without(draw(seed=8, rows=80, classes=6, scale=2.0, truth=0.9), [4]), 4
    )
    yield "two classes", *draw(seed=4, rows=60, classes=2, scale=2.0, truth=1.0)
    yield "overconfident", *draw(seed=5, rows=150, classes=6, scale=4.0, truth=0.4)
    yield "modest", *draw(seed=6, rows=150, classes=6, scale=0.8, truth=3.0)
    yield "all wrong", *all_wrong(draw(seed=7, rows=30, classes=4, scale=1.0, truth=0.0))


def draw(seed, rows, classes, scale, truth):
    """Labels follow softmax(truth * logits), so the best temperature is near 1 / truth."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, scale, (rows, classes)).astype(np.float16).astype(np.float32)
    labels = (truth * logits + random.gumbel(size=logits.shape)).argmax(axis=1)
    return logits, labels


def without(drawn, absent):
    logits, labels = drawn
    kept = ~np.isin(labels, absent)
    return logits[kept], labels[kept]


def hidden(drawn, label):
    logits, labels = drawn
    logits[:, label] = -6
    return logits, labels


def all_wrong(drawn):
    logits, labels = drawn
    return logits, (logits.argmax(axis=1) + 1 + labels % 3) % 4


def golden(name, logits, labels):
    count = logits.shape[1]
    probabilities = softmax_exact(logits)
    predicted = probabilities.argmax(axis=1)
    return {
        "name": name,
        "classes": count,
        "labels": labels.tolist(),
        "logits": logits.ravel().tolist(),
        "probabilities": [float(str(p)) for p in probabilities.ravel()],
        "confusion": metrics.confusion_matrix(labels, predicted, labels=range(count)).tolist(),
        **scores(labels, predicted, count),
        **probabilistic(labels, probabilities, count),
        "temperature": temperature(logits.astype(np.float64), labels),
        "accuracy_interval": wilson(int((predicted == labels).sum()), len(labels)),
    }


def softmax_exact(logits):
    """Softmax in steps of 2**-20, float32: every row adds up to 1 exactly."""
    steps = np.maximum(np.floor(softmax(logits, axis=1) * 2**20), 1)
    largest = steps.argmax(axis=1)
    steps[np.arange(len(steps)), largest] += 2**20 - steps.sum(axis=1)
    return (steps / 2**20).astype(np.float32)


def scores(labels, predicted, count):
    report = metrics.classification_report(
        labels, predicted, labels=range(count), zero_division=0, output_dict=True
    )
    keys = ["precision", "recall", "f1-score", "support"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # balanced accuracy warns about classes that never occur
        balanced = metrics.balanced_accuracy_score(labels, predicted)
    return {
        "per_class": [[report[str(c)][key] for key in keys] for c in range(count)],
        "macro_f1_present": metrics.f1_score(labels, predicted, average="macro", zero_division=0),
        "classes_present": len(set(labels.tolist()) | set(predicted.tolist())),
        "macro": [report["macro avg"][key] for key in keys[:3]],
        "weighted": [report["weighted avg"][key] for key in keys[:3]],
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balanced_accuracy": balanced,
        "cohen_kappa": metrics.cohen_kappa_score(labels, predicted),
        "matthews": metrics.matthews_corrcoef(labels, predicted),
    }


def probabilistic(labels, float_probabilities, count):
    probabilities = float_probabilities.astype(np.float64)
    predicted = probabilities.argmax(axis=1)
    confidence, correct = probabilities.max(axis=1), predicted == labels
    everything = {"labels": range(count)}
    top3 = 1.0
    if count > 3:
        top3 = metrics.top_k_accuracy_score(labels, probabilities, k=3, labels=range(count))
    return {
        "top3_accuracy": top3,
        "log_loss": metrics.log_loss(labels, probabilities, **everything),
        "brier": metrics.brier_score_loss(
            labels, probabilities, scale_by_half=False, labels=list(range(count))
        ),
        **reliability(confidence, correct),
        "coverage": coverage(confidence, correct),
    }


def reliability(confidence, correct):
    true, stated = calibration_curve(correct, confidence, n_bins=BINS, strategy="uniform")
    edges = np.linspace(0, 1, BINS + 1)
    rows = np.bincount(np.searchsorted(edges[1:-1], confidence), minlength=BINS)
    gaps = np.abs(true - stated)
    return {
        "bin_rows": rows.tolist(),
        "bin_confidence": stated.tolist(),
        "bin_accuracy": true.tolist(),
        "expected_calibration_error": float(np.average(gaps, weights=rows[rows > 0])),
        "maximum_calibration_error": float(gaps.max()),
    }


def coverage(confidence, correct):
    """[threshold, coverage, accuracy] for thresholds 0, 0.05, …, 1 that some row reaches."""
    points = []
    for step in range(21):
        sure = confidence >= step / 20
        if sure.any():
            points.append([step / 20, float(sure.mean()), float(correct[sure].mean())])
    return points


def temperature(logits, labels):
    """Root of the slope of the negative log-likelihood in 1/T, held between 0.01 and 100."""
    of_label = logits[np.arange(len(labels)), labels]

    def slope(beta):
        expected = (np.exp(log_softmax(beta * logits, axis=1)) * logits).sum(axis=1)
        return float((expected - of_label).mean())

    if slope(0.01) >= 0:
        return 100.0
    if slope(100) <= 0:
        return 0.01
    return 1 / brentq(slope, 0.01, 100, xtol=1e-15, rtol=1e-15, maxiter=500)


def sigmoid_head():
    """Outputs of a sigmoid head, and scores of them after each row is divided by its sum."""
    logits, labels = draw(seed=9, rows=120, classes=5, scale=1.5, truth=1.0)
    outputs = np.round(expit(logits).astype(np.float64) * 2**20).clip(1) / 2**20
    probabilities = outputs / outputs.sum(axis=1, keepdims=True)
    malicious, benign = labels != 0, labels == 0
    share = probabilities[:, 1:].sum(axis=1)
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    return {
        "classes": 5,
        "labels": labels.tolist(),
        "probabilities": outputs.ravel().tolist(),
        "log_loss": metrics.log_loss(labels, probabilities),
        "brier": metrics.brier_score_loss(
            labels, probabilities, scale_by_half=False, labels=list(range(5))
        ),
        **reliability(confidence, correct),
        "sure": [int((confidence >= 0.5).sum()), int(correct[confidence >= 0.5].sum())],
        "false_alarms": int((share[benign] > 0.5).sum()),
        "missed": int((share[malicious] <= 0.5).sum()),
        "roc_auc": metrics.roc_auc_score(malicious, share),
    }


def wilson(successes, trials):
    interval = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
    return [float(interval.low), float(interval.high)]


def quantiles():
    values = np.random.default_rng(11).normal(size=37).round(6)
    fractions = [0, 0.025, 0.25, 0.5, 0.9, 0.975, 1]
    return {
        "values": values.tolist(),
        "fractions": fractions,
        "expected": np.quantile(values, fractions).tolist(),
    }


def rounded(value):
    """15 digits: the last bits of a sum differ between processors."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.15g}") if isinstance(value, float) else value


def text():
    document = {
        "cases": [golden(*case) for case in cases()],
        "sigmoid_head": sigmoid_head(),
        "wilson": [[k, n, *wilson(k, n)] for k, n in [(0, 10), (10, 10), (1, 2), (1417, 1795)]],
        "quantiles": quantiles(),
    }
    return json.dumps(rounded(document), separators=(",", ":")).replace('],"', '],\n"') + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the committed file")
    if not parser.parse_args().check:
        OUTPUT.write_text(text(), encoding="utf-8")
    elif OUTPUT.read_text(encoding="utf-8") != text():
        sys.exit(f"{OUTPUT} differs from what this script writes; run it without --check")


if __name__ == "__main__":
    main()

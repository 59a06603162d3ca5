"""Integrated gradients add up, and point where the image matters."""

import numpy as np

from saved import random_batch


def gap(result) -> np.ndarray:
    """Sum of the attributions less what they should add up to, for each image."""
    return result["attributions"].sum((1, 2)) - (result["logits"] - result["baseline_logits"])


def test_attributions_add_up_to_the_logit_less_the_baseline(exported_mobilenet):
    images, classes = random_batch(3)
    exported_mobilenet.initialize()
    result = exported_mobilenet.call("explain", images=images, classes=classes, steps=128)
    change = np.abs(result["logits"] - result["baseline_logits"])
    assert result["attributions"].shape == (3, 32, 32)
    assert change.min() > 0.01
    assert np.abs(gap(result)).max() < 0.02 * change.max()


def test_more_steps_come_closer(tiny):
    images, classes = random_batch(6)
    tiny.initialize()
    gaps = [
        np.abs(gap(tiny.call("explain", images=images, classes=classes, steps=steps))).mean()
        for steps in (2, 16, 256)
    ]
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < gaps[0] / 20


def test_logits_are_those_of_the_head(tiny):
    images, classes = random_batch(5)
    tiny.initialize()
    kernel, bias = tiny.head
    result = tiny.call("explain", images=images, classes=classes, steps=1)
    for name, rows in (("logits", images), ("baseline_logits", np.zeros_like(images))):
        logits = tiny.call("features", images=rows)["features"] @ kernel + bias
        np.testing.assert_allclose(result[name], logits[np.arange(5), classes], atol=1e-5)


def test_black_pixels_get_no_attribution(tiny):
    images = np.zeros((1, 32, 32, 3), np.uint8)
    images[0, 3, 17] = 255
    tiny.initialize()
    attributions = tiny.call("explain", images=images, classes=[1], steps=8)["attributions"][0]
    assert attributions[3, 17] != 0
    attributions[3, 17] = 0
    assert not attributions.any()


def test_no_steps_count_as_one(tiny):
    images, classes = random_batch(2)
    none, one = (tiny.call("explain", images=images, classes=classes, steps=n) for n in (0, 1))
    np.testing.assert_array_equal(none["attributions"], one["attributions"])

"""Medians, spreads and ratios of repeated measurements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True)
class Summary:
    """Median, smallest and largest of ``runs`` values."""

    median: float
    smallest: float
    largest: float
    runs: int


def summarize(values: Sequence[float]) -> Summary:
    """Summary of one or more values."""
    if not values:
        raise ValueError("no values, expected one or more")
    return Summary(median(values), min(values), max(values), len(values))


def advantage(ours: Sequence[float], theirs: Sequence[float], better: str) -> float:
    """How many times better our median is than theirs; above 1 we win."""
    first, second = median(ours), median(theirs)
    if better not in (HIGHER, LOWER):
        raise ValueError(f"better is {better!r}, expected {HIGHER} or {LOWER}")
    return first / second if better == HIGHER else second / first


def extend_epochs(total: float, epochs: Sequence[float], wanted: int) -> float:
    """Seconds that a job would take with more epochs, each as long as the last one measured.

    ``total`` are the seconds of the whole job with the epochs measured. The first epoch is longer,
    since TensorFlow traces in it, so it is not what others are like.
    """
    if len(epochs) < 2 or wanted < len(epochs):
        raise ValueError(f"{len(epochs)} epochs measured, {wanted} wanted, expected 2 or more")
    return total + (wanted - len(epochs)) * epochs[-1]


def turns(contenders: dict[str, Callable[[], object]], rounds: int) -> Iterator[tuple[str, object]]:
    """Calls every contender once a round, each round beginning with the next of them.

    What slows the machine down for a while so meets all of them, and none is always the first.
    """
    names = list(contenders)
    for turn in range(rounds if names else 0):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            yield name, contenders[name]()

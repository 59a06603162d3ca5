"""One picture of the three comparisons."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

from bench.statistics import HIGHER, LOWER, summarize

OURS, THEIRS = "#1b6ca8", "#b8bec4"
PANELS = (
    ("job", "The whole job, seconds", LOWER),
    ("predict", "Batch prediction, images/s", HIGHER),
    ("csv", "Reading the CSV, seconds", LOWER),
)


def draw(samples: dict, path: Path) -> None:
    """Median as a bar, smallest and largest as a line."""
    panels = [panel for panel in PANELS if panel[0] in samples]
    figure, axes = pyplot.subplots(1, len(panels), figsize=(5 * len(panels), 3.4), squeeze=False)
    for axis, (part, title, better) in zip(axes[0], panels):
        _bars(axis, samples[part], better)
        axis.set_title(title, fontsize=11, loc="left")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    # No version and no time in the file: the same results give the same bytes.
    figure.savefig(path, dpi=110, metadata={"Software": None})
    pyplot.close(figure)


def _bars(axis, measured: dict, better: str) -> None:
    summaries = {name: summarize(values) for name, values in measured.items()}
    names = sorted(summaries, key=lambda name: summaries[name].median, reverse=better == LOWER)
    largest = max(summary.largest for summary in summaries.values())
    for position, name in enumerate(names):
        summary = summaries[name]
        color = OURS if name.startswith("virus-mnist") else THEIRS
        axis.barh(position, summary.median, color=color, height=0.7)
        axis.plot([summary.smallest, summary.largest], [position] * 2, color="#333333", linewidth=1)
        end = max(summary.median, summary.largest) + largest * 0.02
        axis.text(end, position, _label(summary.median), va="center", fontsize=9)
    axis.set_yticks(range(len(names)), names, fontsize=9)
    axis.set_xlim(0, largest * 1.2)
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(axis="x", labelsize=8)


def _label(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"

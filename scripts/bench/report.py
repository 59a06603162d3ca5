"""Tables and picture of the results: ``python -m bench.report RESULTS.json docs``.

Rewrites what stands between ``<!-- NAME -->`` and ``<!-- end -->`` in ``benchmarks.md`` and draws
``images/benchmarks.png``.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.statistics import HIGHER, LOWER, advantage, summarize


@dataclass(frozen=True)
class Claim:
    """A ratio that the application is to reach: ours against theirs."""

    part: str
    ours: str
    theirs: str
    at_least: float
    better: str


FLOAT32, BFLOAT16 = "virus-mnist float32", "virus-mnist bfloat16"
CLAIMS = (
    Claim("job", "virus-mnist", "Keras, the notebook", 30, LOWER),
    Claim("job", "virus-mnist", "Keras, features cached", 3.5, LOWER),
    Claim("predict", FLOAT32, "ONNX Runtime float32", 1, HIGHER),
    Claim("predict", FLOAT32, "OpenVINO float32", 1, HIGHER),
    Claim("predict", BFLOAT16, "OpenVINO bfloat16", 1, HIGHER),
    Claim("predict", FLOAT32, "Keras predict", 4, HIGHER),
    Claim("csv", "virus-mnist cold", "pandas", 2, LOWER),
    Claim("csv", "virus-mnist cold", "polars", 1, LOWER),
    Claim("csv", "virus-mnist cached", "pandas", 50, LOWER),
)
UNITS = {"job": "s", "predict": "images/s", "csv": "s"}


def main(results: Path, docs: Path) -> None:
    found = json.loads(results.read_text(encoding="utf-8"))
    page = docs / "benchmarks.md"
    page.write_text(fill(page.read_text(encoding="utf-8"), tables(found)), encoding="utf-8")
    from bench import chart

    chart.draw(found["samples"], docs / "images/benchmarks.png")


def tables(found: dict) -> dict[str, str]:
    """Markdown of every table by its name."""
    samples = found["samples"]
    made = {part: _values(samples[part], UNITS[part]) for part in UNITS if part in samples}
    made["machine"] = _machine(found["machine"])
    made["ratios"] = _ratios(samples)
    if "growth" in samples:
        made["growth"] = _growth(samples["growth"])
    return made


def fill(page: str, made: dict[str, str]) -> str:
    """The page with new tables between its marks; a table that was not made stays as it is."""
    for name, table in made.items():
        block = f"<!-- {name} -->\n\n{table}\n\n<!-- end -->"
        pattern = rf"<!-- {name} -->.*?<!-- end -->"
        page = re.sub(pattern, lambda _, text=block: text, page, count=1, flags=re.DOTALL)
    return page


def _values(measured: dict, unit: str) -> str:
    lines = [f"| | median, {unit} | smallest to largest | runs |", "|---|---:|---:|---:|"]
    for name, values in measured.items():
        s = summarize(values)
        spread = f"{_number(s.smallest)} to {_number(s.largest)}"
        lines.append(f"| {name} | {_number(s.median)} | {spread} | {s.runs} |")
    return "\n".join(lines)


def _ratios(samples: dict) -> str:
    lines = ["| ours | against | times faster | wanted |", "|---|---|---:|---:|"]
    for claim in CLAIMS:
        measured = samples.get(claim.part, {})
        if claim.ours in measured and claim.theirs in measured:
            ratio = advantage(measured[claim.ours], measured[claim.theirs], claim.better)
            names = f"{claim.part}: {claim.ours} | {claim.theirs}"
            lines.append(f"| {names} | **{_number(ratio)}** | {claim.at_least:g} |")
    return "\n".join(lines)


def _growth(measured: dict) -> str:
    lines = ["| | seconds | peak memory, MiB |", "|---|---:|---:|"]
    for name in sorted(measured, key=lambda name: (name.split()[0], int(name.split("x")[1]))):
        seconds = summarize([value["seconds"] for value in measured[name]])
        peak = summarize([value["peak_mib"] for value in measured[name]])
        lines.append(f"| {name} | {_number(seconds.median)} | {peak.median:,.0f} |")
    return "\n".join(lines)


def _machine(facts: dict) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in facts["peers"].items())
    rows = {
        "processor": f"{facts['processor']}, model {facts['model']}, {facts['cores']} cores",
        "instructions": ", ".join(facts["instructions"]),
        "memory": f"{facts['memory_gib']} GiB",
        "system": facts["system"],
        "Java": facts["java"],
        "application": facts["application"],
        "peers": f"Python {facts['python']}, {versions}",
    }
    return "\n".join(
        ["| | |", "|---|---|", *(f"| {key} | {value} |" for key, value in rows.items())]
    )


def _number(value: float) -> str:
    """Three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

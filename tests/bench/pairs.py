"""Measure a product against a bare peer, in turn, so that a machine's drift hits both alike."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

PAIRS, WARM_UPS = 9, 2


@dataclass(frozen=True, slots=True)
class Figure:
    """One bar: medians in `unit`, their ratio, and the most it may be (None: reported only)."""

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    bar: float | None

    @property
    def ratio(self) -> float:
        return self.ours / self.peer if self.peer else float("inf")

    def as_json(self) -> str:
        row = {
            "name": self.name,
            "ours": round(self.ours, 4),
            "peer": round(self.peer, 4),
            "peer_name": self.peer_name,
            "unit": self.unit,
            "ratio": round(self.ratio, 3),
            "bar": self.bar,
        }
        return json.dumps(row, ensure_ascii=False)

    def as_text(self) -> str:
        held = "" if self.bar is None else f"  bar {self.bar:g} {'held' if self.ratio <= self.bar else 'MISSED'}"
        return (
            f"{self.name:<12} {self.ours:10.3f} / {self.peer:10.3f} {self.unit}  "
            f"= {self.ratio:6.2f} × {self.peer_name}{held}"
        )


def pair(
    name: str,
    ours: Callable[[], float | None],
    peer: Callable[[], float | None],
    *,
    peer_name: str,
    bar: float | None,
    unit: str = "ms",
    pairs: int = PAIRS,
) -> Figure:
    """The figure of `ours` against `peer`; either may return its own reading instead of being timed from outside."""
    mine: list[float] = []
    theirs: list[float] = []
    for turn in range(pairs + WARM_UPS):
        readings = (_reading(ours), _reading(peer))
        if turn >= WARM_UPS:
            mine.append(readings[0])
            theirs.append(readings[1])
    return Figure(name, statistics.median(mine), statistics.median(theirs), peer_name, unit, bar)


def _reading(work: Callable[[], float | None]) -> float:
    """What `work` says it took, else the milliseconds it took."""
    gc.collect()
    gc.disable()
    try:
        started = time.perf_counter()
        own = work()
        taken = (time.perf_counter() - started) * 1000
    finally:
        gc.enable()
    return taken if own is None else own

"""A batch of PDF reports on two processes against the same batch on one, and what a worker keeps in memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from auditor.store import Store
from exports.batch import Progress, Wanted, plan, run
from exports.batch.run import cores
from tests.bench.pairs import Figure, pair

WHOLE = 1000
"""Reports of the promise, made once on each number of processes: a single pair, starting the processes counted."""
FEW, SKIPPED = 120, 12
"""Reports in each half of the nine pairs, and the first of them, which are not counted: they are made while the
processes start, which takes a second of processor time each whether 120 or 1,000 reports follow."""
BAR = round(1 / 1.8, 3)
MOST_GROWTH = 30
"""Megabytes by which a worker may grow between its 60th and its 600th report."""


def bank(folder: Path, audits: int) -> Path:
    """An invented bank's audits."""
    from ui.commands.demo import demo

    demo(Namespace(data=folder, audits=audits, branches=40, months=12, seed=1, lang=None, json=False))
    return folder


def export(data: Path, count: int, workers: int, skipped: int = 0) -> float:
    """Milliseconds a report for so many PDF reports, after the first `skipped`; their folder is gone afterwards."""
    rows = [row for row in Store.open(data, write=False).rows() if row.state == "finished"][:count]
    times: list[float] = []
    started = time.perf_counter()

    def tell(_: Progress) -> None:
        times.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as to:
        wanted = Wanted(data, Path(to), ("pdf",))
        made = run(plan(rows, wanted), wanted, workers=workers, progress=tell)
        if len(made.written) != len(rows) or made.notes:
            raise RuntimeError(f"{len(made.written)} of {len(rows)} written, {made.notes}")
    since = times[skipped] if skipped else started
    return (times[-1] - since) * 1000 / (len(rows) - skipped)


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        data = bank(Path(folder), WHOLE * 10 // 9 + 1)
        if cores() > 1:
            yield pair(
                "batch",
                lambda: export(data, FEW, 2, SKIPPED),
                lambda: export(data, FEW, 1, SKIPPED),
                peer_name="a PDF report on one core",
                bar=BAR,
            )
            two, one = export(data, WHOLE, 2), export(data, WHOLE, 1)
            yield Figure("batch-1000", two, one, "a PDF report on one core", "ms", BAR)
        yield Figure("batch-MB", _grown(data), MOST_GROWTH, "allowed", "MB", 1.0)


def _grown(data: Path) -> float:
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_batch", str(data)], capture_output=True, text=True, check=True
    )
    return float(said.stdout)


def _memory(data: Path) -> float:
    """What one process, which works as a worker does, grows by."""
    export(data, 60, 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    export(data, 600, 1)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


if __name__ == "__main__":
    print(_memory(Path(sys.argv[1])))

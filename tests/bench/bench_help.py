"""`auditor --help` against `python -c pass`: whole processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from tests.bench.pairs import Figure, pair


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def figures() -> Iterator[Figure]:
    yield pair(
        "help",
        lambda: _run("-m", "ui", "--help"),
        lambda: _run("-c", "pass"),
        peer_name="python -c pass",
        bar=3.0,
        pairs=15,
    )

"""`python3 run.py bench [NAME] [--json]`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

NAMES = ("start", "help", "tap", "cards", "read", "score", "store", "library", "photo", "pdf", "register", "batch")


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("name", nargs="?", choices=NAMES)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    missed = 0
    for name in [chosen.name] if chosen.name else NAMES:
        try:
            module = importlib.import_module(f"tests.bench.bench_{name}")
        except ModuleNotFoundError as missing:
            if missing.name != f"tests.bench.bench_{name}":
                raise
            continue
        for figure in module.figures():
            print(figure.as_json() if chosen.json else figure.as_text(), flush=True)
            missed += figure.bar is not None and figure.ratio > figure.bar
    if missed and not chosen.json:
        print(f"{missed} missed", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Which data folder, and how a command opens it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import platformdirs

from auditor.store import Store


def data_folder(arguments: argparse.Namespace) -> Path:
    """`--data`, else AUDITOR_DATA, else the user's own data folder."""
    chosen = arguments.data or os.environ.get("AUDITOR_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("branch-auditor", appauthor=False))


def reading(arguments: argparse.Namespace) -> Store:
    """The store without its lock: for commands that change nothing."""
    return Store.open(data_folder(arguments), write=False)


def writing(arguments: argparse.Namespace) -> Store:
    """The store with its lock; AuditorError naming the holder when another has it (design §5)."""
    return Store.open(data_folder(arguments), write=True)

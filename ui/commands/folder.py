"""Which data folder, and how a command opens it."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.words import LANGUAGES

if TYPE_CHECKING:
    from auditor.store import Store


def data_folder(arguments: argparse.Namespace) -> Path:
    """`--data`, else AUDITOR_DATA, else the user's own data folder."""
    chosen = arguments.data or os.environ.get("AUDITOR_DATA")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("branch-auditor", appauthor=False))


def saved_language(arguments: argparse.Namespace) -> str:
    """The language chosen in the window, or "" when none was; one line is looked for, not the whole file parsed."""
    try:
        text = (data_folder(arguments) / "settings.yaml").read_text("utf-8", "replace")[:10_000]
    except OSError:
        return ""
    line = re.search(r"^language:\s*[\"']?([a-z]{2})\b", text, re.MULTILINE)
    return line[1] if line and line[1] in LANGUAGES else ""


def reading(arguments: argparse.Namespace) -> Store:
    """The store without its lock: for commands that change nothing."""
    from auditor.store import Store

    return Store.open(data_folder(arguments), write=False)


def writing(arguments: argparse.Namespace) -> Store:
    """The store with its lock; AuditorError naming the holder when another has it (design §5)."""
    from auditor.store import Store

    return Store.open(data_folder(arguments), write=True)

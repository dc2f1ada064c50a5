"""`auditor` and `auditor open`: the window."""

from __future__ import annotations

import argparse

from auditor.errors import AuditorError
from ui.commands.folder import data_folder
from ui.commands.outcome import Outcome


def open_window(arguments: argparse.Namespace) -> Outcome:
    try:
        from ui.app import run
    except ImportError as missing:
        raise AuditorError("cli.no_qt", what=str(missing)) from missing
    run(data_folder(arguments), language=arguments.lang)
    return Outcome()

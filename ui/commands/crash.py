"""What no one foresaw: kept in the log with its trace, told to the user in a sentence."""

from __future__ import annotations

import argparse
import logging
import logging.handlers
import sys
from pathlib import Path

from auditor.errors import Problem
from ui.commands.outcome import Outcome


def crashed(error: BaseException, arguments: argparse.Namespace) -> Outcome:
    """An outcome that names the log holding the trace; no answers are logged (design §5)."""
    from ui.commands.folder import data_folder

    log = data_folder(arguments) / "logs" / "auditor.log"
    where = str(log) if _log(log, error) else "-"
    return Outcome(problems=[Problem("cli.crashed", {"what": type(error).__name__, "log": where})])


def note(folder: Path, sentence: str) -> bool:
    """Keep a sentence in the log of a data folder (a slow write, say); whether it could be kept."""
    record = logging.LogRecord("auditor", logging.WARNING, "", 0, sentence, None, None)
    return _write(folder / "logs" / "auditor.log", record)


def _log(path: Path, error: BaseException) -> bool:
    trace = (type(error), error, error.__traceback__)
    return _write(path, logging.LogRecord("auditor", logging.ERROR, "", 0, "crash", None, trace))


def _write(path: Path, record: logging.LogRecord) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        return False
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s " + sys.version.split()[0]))
    handler.emit(record)
    handler.close()
    return True

"""`auditor verify`: every journal, photo, chain and frozen score, and on demand every object of the backups."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from ui.commands.backups import chosen as chosen_folder
from ui.commands.folder import data_folder, reading
from ui.commands.outcome import Outcome

if TYPE_CHECKING:
    from auditor.store.backup_check import CheckedBackup


def verify(arguments: argparse.Namespace) -> Outcome:
    from auditor.store.verify import verify as verify_store

    store = reading(arguments)
    chosen = [store.find(prefix) for prefix in arguments.audits] or None
    report = verify_store(store, chosen)
    if arguments.backups or arguments.source is not None:
        report = replace(report, backups=_checked(_targets(arguments)))
    return Outcome(report.as_json(), report.text(), report.problems())


def _checked(targets: list[Path]) -> tuple[CheckedBackup, ...]:
    """Read again, with how far it is on a terminal."""
    from auditor.store.backup_check import check_backups
    from exports.batch import Progress
    from ui.commands.meter import Meter

    meter, began = Meter(sys.stderr), time.monotonic()

    def tell(done: int, of: int) -> None:
        seconds = time.monotonic() - began
        meter.show(Progress(done, of, 0, 0, seconds, seconds / done * (of - done)))

    try:
        return check_backups(targets, tell)
    finally:
        meter.end()


def _targets(arguments: argparse.Namespace) -> list[Path]:
    """Raises `cli.no_backup_folder`, `safety.away`: a folder that was named or chosen and is not there."""
    from auditor.store.backup_check import folders
    from auditor.store.backups import target_of

    folder = data_folder(arguments)
    if arguments.source is None:
        return folders(folder, chosen_folder(folder))
    target = target_of(folder, arguments.source)
    if not os.path.isdir(target):  # noqa: PTH112 - takes a name of any length
        raise AuditorError("cli.no_backup_folder", file=str(target))
    return [target]

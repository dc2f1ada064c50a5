"""`auditor backup` and `auditor restore` (issue: the store)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import AuditorError, Problem
from auditor.words import tr
from ui.commands.folder import data_folder, writing
from ui.commands.outcome import Outcome

if TYPE_CHECKING:
    from auditor.store.generations import Generation


def backup(arguments: argparse.Namespace) -> Outcome:
    """Needs no lock: it may run beside an open window."""
    from auditor.store import backups

    folder = data_folder(arguments)
    made = backups.backup(folder, arguments.to or chosen(folder), thorough=True)
    where, count = str(made.target), len(made.generation.files)
    text = tr("cli.backup.done", folder=where, files=count, new=made.new, size=_megabytes(made.bytes))
    if not made.new:
        text = tr("cli.backup.unchanged", made=_when(made.generation), files=count)
    if made.mended:
        text += "\n" + tr("cli.backup.mended", count=made.mended)
    problems = list(made.problems)
    if made.same_drive:
        problems.append(Problem("store.backup.same_drive", {"file": where}, where, severity="warning"))
    data = {
        **_row(made.generation),
        "folder": where,
        "new": made.new,
        "written": made.bytes,
        "mended": made.mended,
        "same_drive": made.same_drive,
    }
    return Outcome(data, text, problems)


def chosen(folder: Path) -> Path | None:
    """The backup folder chosen in the window, if any. Raises `safety.away` where it is not there."""
    from ui.safety.daily import reachable
    from ui.settings import stored

    place = stored.load(folder)[0].backups
    reachable(place)
    return place


def restore(arguments: argparse.Namespace) -> Outcome:
    """One audit, or all that is missing or damaged; without either, the backups there are."""
    from auditor.store import backups
    from auditor.store.restore import find, restore_all, restore_audit
    from auditor.store.store import TRASH

    folder = data_folder(arguments)
    target = backups.target_of(folder, arguments.source or chosen(folder))
    if arguments.source is not None and not os.path.isdir(target):  # noqa: PTH112 - takes a name of any length
        raise AuditorError("cli.no_backup_folder", file=str(target))
    if not arguments.audit and not arguments.all:
        if arguments.at is not None:
            raise AuditorError("cli.restore.at_alone")
        return _listed(target)
    if arguments.audit and arguments.all:
        raise AuditorError("cli.restore.one_or_all")
    if arguments.audit:
        arguments.audit = find(target, arguments.audit, arguments.at)
    with writing(arguments) as store:
        if arguments.all:
            done = restore_all(store, target, arguments.at)
        else:
            done = restore_audit(store, arguments.audit, target, arguments.at)
        aside = store.folder / TRASH
    data = {**_row(done.generation), "restored": done.audits, "other": done.files, "kept": done.kept}
    counts: dict[str, Any] = {"audits": len(done.audits), "files": len(done.files), "kept": len(done.kept)}
    text = tr("cli.restore.done", made=_when(done.generation), **counts)
    if any(aside.glob("*.before-restore-*")):
        text += "\n" + tr("cli.restore.aside", folder=aside)
    return Outcome(data, text, done.problems)


def _listed(target: Any) -> Outcome:
    from auditor.store import generations

    found = list(generations.sound(target))
    lines = [
        tr(
            "cli.backup.generation",
            made=_when(one),
            audits=len(one.audits),
            files=len(one.files),
            size=_megabytes(sum(saved.bytes for saved in one.files)),
        )
        for one in found
    ]
    damaged: list[Problem] = []
    for name in generations.names(target):
        if name not in {one.name for one in found}:
            path = str(target / generations.MANIFESTS / name)
            damaged.append(Problem("store.backup.manifest_damaged", {"file": path}, path))
    return Outcome(
        {"folder": str(target), "backups": [_row(one) for one in found]},
        "\n".join(lines) or tr("cli.backup.nothing", folder=target),
        damaged,
    )


def _row(one: Generation) -> dict[str, Any]:
    return {"made": one.made, "audits": len(one.audits), "files": len(one.files)}


def _when(one: Generation) -> str:
    return one.made[:16].replace("T", " ")


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}"

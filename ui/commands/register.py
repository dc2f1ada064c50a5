"""`auditor export --register`, `--comparison`: one workbook, one PDF for a selection. The window does the same."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from auditor.store import Store
from auditor.words import tr
from exports import report_settings
from exports.gathering import Gathering, gather
from ui.commands.meter import Meter
from ui.commands.outcome import Outcome

if TYPE_CHECKING:
    from exports.register import Options

ASKED = ("blend", "several", "order", "unit", "period", "decimals")
"""Options of the command that say how a register is to be."""


def export_gathered(arguments: argparse.Namespace, store: Store, chosen: Sequence[str], lang: str) -> Outcome:
    """The command: a register, a comparison or both, for the audits chosen."""
    wanted = Gathering(
        chosen,
        arguments.to,
        asked(arguments, store),
        arguments.copy,
        lang,
        register=arguments.register,
        comparison=arguments.comparison,
        circular=arguments.circular,
    )
    meter = Meter(sys.stderr)
    try:
        done = gather(store, wanted, meter.show)
    finally:
        meter.end()
    said = tr("cli.exported", count=len(done.files), folder=arguments.to)
    text = "\n".join([said, *(f"    {path.name}" for path in done.files)])
    return Outcome({"files": [str(path) for path in done.files]}, text, done.problems)


def refuse_alone(arguments: argparse.Namespace) -> None:
    """Options of a register without one are a mistake. Raises `register.option_alone`."""
    given = [name for name in ASKED if getattr(arguments, name, None) is not None]
    if given:
        raise AuditorError("register.option_alone", option=f"--{given[0]}")


def asked(arguments: argparse.Namespace, store: Store) -> Options:
    """The register's options; decimals are those of the settings where none are given. Raises `register.*`."""
    from exports.register import STANDARD, read_blend

    settings, _ = report_settings.load(store.folder)
    return replace(
        STANDARD,
        places=settings.decimals if arguments.decimals is None else arguments.decimals,
        several=arguments.several or "mean",
        blend=() if arguments.blend is None else read_blend(arguments.blend),
        order=arguments.order or "rank",
        unit=(arguments.unit or "").strip(),
        period=(arguments.period or "").strip(),
    )

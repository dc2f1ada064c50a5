"""`auditor settings`: the bank's letterhead, paper, times and decimals of all reports, shown and changed."""

from __future__ import annotations

import argparse

from auditor.errors import Problem
from auditor.words import tr
from exports import report_settings
from ui.commands.folder import data_folder, writing
from ui.commands.outcome import Outcome
from ui.commands.tables import table


def show(arguments: argparse.Namespace) -> Outcome:
    """Every setting as it stands."""
    settings, wrong = report_settings.load(data_folder(arguments))
    data = {name: settings.text(name) for name in report_settings.NAMES}
    lines = [(name, value or "–", tr(f"reports.set.{name}")) for name, value in data.items()]
    heads = [tr(f"reports.column.{one}") for one in ("name", "value", "about")]
    problems: list[Problem] = wrong.problems() if wrong is not None else []
    return Outcome(data, table(heads, lines), problems)


def change(arguments: argparse.Namespace) -> Outcome:
    """Give one setting another value; an empty one is as the program has it."""
    folder = data_folder(arguments)
    changed = report_settings.load(folder)[0].with_text(arguments.name, arguments.value)
    with writing(arguments):
        report_settings.save(folder, changed)
    value = changed.text(arguments.name)
    words = tr("reports.set_done", name=tr(f"reports.set.{arguments.name}"), value=value or "–")
    return Outcome({arguments.name: value}, words)

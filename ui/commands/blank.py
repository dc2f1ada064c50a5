"""`auditor export --blank`: visits that were started as workbooks to fill in without the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from auditor.errors import AuditorError
from auditor.store import Store
from auditor.words import tr
from exports.forms import write_workbook
from exports.names import beside, free
from ui.commands.outcome import Outcome


def blanks(store: Store, chosen: list[str], folder: Path, lang: str, letterhead: Any) -> Outcome:
    """One blank workbook per visit in `folder`; what failed is said, the rest is written."""
    outcome = Outcome({"files": []})
    for one in chosen:
        try:
            audit = store.read(one)
            if audit.state == "damaged":
                raise AuditorError("cli.damaged_not_exported", audit=one)
            name = free(folder, beside(audit.header, tr("sheets.blank"), lang), ("xlsx",))
            path = write_workbook(audit, folder / f"{name}.xlsx", lang, letterhead=letterhead)
            outcome.data["files"].append(str(path))
        except AuditorError as error:
            outcome.problems += error.problems()
    outcome.text = tr("sheets.count", count=len(outcome.data["files"]), folder=folder)
    return outcome

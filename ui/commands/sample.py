"""`auditor sample`: the whole job without a screen, on a sample visit."""

from __future__ import annotations

import argparse
import random
from datetime import datetime
from pathlib import Path

from auditor.audit import Header
from auditor.store import Branch, Store
from auditor.words import language, tr
from checklists.library import find
from exports.from_store import export_one
from ui.commands.folder import data_folder
from ui.commands.outcome import Outcome
from ui.demo.visits import Visit, carry_out

CHECKLIST = "customer_journey"
VISITED = "2026-09-22T10:04:00+08:00"
OUTLET = Branch("7301001", "城东支行", parent="江城分行", type="综合型")


def sample(arguments: argparse.Namespace) -> Outcome:
    """Fill one believable visit in a data folder of its own, finish it, export both reports, say where they are."""
    folder = data_folder(arguments) / "sample"
    target = Path(arguments.to) if arguments.to else folder / "reports"
    with Store.open(folder, write=True) as store:
        store.branches.merge([OUTLET])
        audit = _audit(store)
        files, failed = export_one(store, audit, target, formats=("pdf", "xlsx"), copy="compliance", lang=language())
    lines = [tr("cli.sample_done"), *(f"    {path}" for path in files)]
    return Outcome(
        {"audit": audit, "files": [str(path) for path in files]},
        "\n".join(lines),
        [one for error in failed for one in error.problems()],
    )


def _audit(store: Store) -> str:
    """The sample visit, filled anew unless a finished one is there from an earlier run."""
    there = [row.id for row in store.rows() if row.state == "finished" and row.checklist == CHECKLIST]
    if there:
        return there[0]
    checklist = find(CHECKLIST, None)
    header = Header(
        kind="mystery",
        visited=VISITED,
        left="2026-09-22T10:52:00+08:00",
        branch=OUTLET.code,
        branch_name=OUTLET.name,
        parent=OUTLET.parent,
        shopper="青松",
        scenario=checklist.scenarios[0].id if checklist.scenarios else "",
    )
    visit = Visit(checklist, header, random.Random(7), fault_rate=0.12)
    with store.pretending(datetime.fromisoformat(VISITED), random.Random(7)):
        opened = carry_out(store, visit)
        opened.close()
    return opened.audit.id

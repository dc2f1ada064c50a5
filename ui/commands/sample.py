"""`auditor sample`: the whole job without a screen, on a sample visit."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from auditor.audit import Header
from auditor.store import Store
from auditor.words import tr
from checklists.library import find
from ui.commands.folder import data_folder
from ui.commands.outcome import Outcome
from ui.demo.visits import Visit, carry_out

CHECKLIST = "customer_journey"


def sample(arguments: argparse.Namespace) -> Outcome:
    """Fill one believable visit in a data folder of its own, finish it, export both reports, say where they are."""
    folder = data_folder(arguments) / "sample"
    target = Path(arguments.to) if arguments.to else folder / "reports"
    checklist = find(CHECKLIST, None)
    header = Header(
        kind="mystery",
        visited="2026-09-22T10:04:00+08:00",
        branch="7301001",
        branch_name="城东支行",
        parent="江城分行",
        shopper="青松",
        scenario=checklist.scenarios[0].id if checklist.scenarios else "",
    )
    with Store.open(folder, write=True) as store:
        visit = Visit(checklist, header, random.Random(7), fault_rate=0.12)
        opened = carry_out(store, visit)
        files = _export(opened.audit, target, opened)
        opened.close()
    lines = [tr("cli.sample_done"), *(f"    {path}" for path in files)]
    return Outcome({"audit": opened.audit.id, "files": [str(path) for path in files]}, "\n".join(lines))

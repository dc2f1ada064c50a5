"""`auditor branch …`: the register of branches."""

from __future__ import annotations

import argparse

from auditor.words import tr
from ui.commands.folder import reading, writing
from ui.commands.outcome import Outcome
from ui.commands.tables import table


def listing(arguments: argparse.Namespace) -> Outcome:
    branches = reading(arguments).branches.all()
    rows = [(b.code, b.name, b.parent, b.type, b.head, b.status) for b in branches]
    heads = [tr(f"cli.branch.{name}") for name in ("code", "name", "parent", "type", "head", "status")]
    data = [
        {"code": b.code, "name": b.name, "parent": b.parent, "type": b.type, "head": b.head, "status": b.status}
        for b in branches
    ]
    return Outcome(data, table(heads, rows) if rows else tr("cli.no_branches"))


def read(arguments: argparse.Namespace) -> Outcome:
    from checklists.branches import read_branches

    branches = read_branches(arguments.file)
    store = writing(arguments)
    try:
        added, changed = store.branches.merge(branches)
    finally:
        store.close()
    return Outcome(
        {"read": len(branches), "added": added, "changed": changed},
        tr("cli.branches_read", read=len(branches), added=added, changed=changed),
    )

"""`auditor verify`: every journal, photo, chain and frozen score."""

from __future__ import annotations

import argparse

from ui.commands.folder import reading
from ui.commands.outcome import Outcome


def verify(arguments: argparse.Namespace) -> Outcome:
    from auditor.store.verify import verify as verify_store

    store = reading(arguments)
    chosen = [store.find(prefix) for prefix in arguments.audits] or None
    report = verify_store(store, chosen)
    return Outcome(report.as_json(), report.text(), report.problems())

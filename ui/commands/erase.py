"""`auditor erase` and `auditor undelete`: personal text that must go, and checks that come back from the trash."""

from __future__ import annotations

import argparse

from auditor.errors import AuditorError
from auditor.words import tr
from ui.commands.backups import chosen
from ui.commands.folder import data_folder, reading, writing
from ui.commands.outcome import Outcome
from ui.safety.trash import deleted


def erase(arguments: argparse.Namespace) -> Outcome:
    """From the journal, the index, and every backup beside the data or in the folder chosen in the window."""
    from auditor.store import backups

    if not arguments.reason.strip():
        raise AuditorError("safety.reason_wanted")
    place = chosen(data_folder(arguments))
    with writing(arguments) as store:
        audit = store.find(arguments.audit)
        count = store.erase(audit, reason=arguments.reason)
        if place is not None:
            backups.forget(store.folder, audit, place)
    text = tr("safety.erased", count=count) if count else tr("safety.erased_nothing")
    return Outcome({"audit": audit, "erased": count}, text)


def undelete(arguments: argparse.Namespace) -> Outcome:
    if not arguments.audit:
        return _trash(arguments)
    with writing(arguments) as store:
        found = [one for one in store.trashed() if one.startswith(arguments.audit)]
        if not found:
            raise AuditorError("safety.not_in_trash", audit=arguments.audit)
        if len(found) > 1:
            values = {"count": len(found), "first": found[0], "second": found[1]}
            raise AuditorError("store.ambiguous", audit=arguments.audit, **values)
        store.untrash(found[0])
    return Outcome({"audit": found[0]}, tr("safety.brought_back"))


def _trash(arguments: argparse.Namespace) -> Outcome:
    store = reading(arguments)
    lines = []
    for audit in store.trashed():
        try:
            words = deleted(audit, store.in_trash(audit)).words
        except AuditorError:
            words = deleted(audit, None).words
        lines.append(f"{audit}  {words}")
    return Outcome({"trash": store.trashed()}, "\n".join(lines) or tr("safety.trash_empty"))

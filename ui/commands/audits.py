"""`auditor start fill finish reopen delete`: the commands that change one audit."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from auditor.audit import Audit, Header
from auditor.checklist import Checklist
from auditor.errors import AuditorError, Problem
from auditor.scoring import as_json
from auditor.store import OpenAudit
from auditor.words import tr
from checklists.library import find
from ui.commands.folder import data_folder, writing
from ui.commands.outcome import Outcome
from ui.commands.shown import summary

ZONES = timedelta(days=1)
"""A machine's time zone may be wrong."""


def start(arguments: argparse.Namespace) -> Outcome:
    checklist = find(arguments.checklist, data_folder(arguments))
    arguments.branch, arguments.shopper = map(_one_line, (arguments.branch, arguments.shopper))
    visited, scenario = _moment(arguments.visited), _scenario(checklist, arguments.scenario)
    with writing(arguments) as store:
        branch = store.branches.find(arguments.branch) if arguments.branch else None
        header = Header(
            kind=arguments.kind or checklist.checks[0],
            visited=visited,
            branch=branch.code if branch else arguments.branch,
            branch_name=branch.name if branch else arguments.branch,
            parent=branch.parent if branch else "",
            shopper=arguments.shopper,
            scenario=scenario,
        )
        opened = store.create(checklist, header)
        opened.close()
    return Outcome({"audit": opened.audit.id}, opened.audit.id, list(_doubts(arguments, checklist, opened.audit)))


def _one_line(text: str) -> str:
    """Words as typed, also where the machine's locale knows no Chinese: the bytes are UTF-8 all the same."""
    try:
        text = os.fsencode(text).decode("utf-8", "replace")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())


def _doubts(arguments: argparse.Namespace, checklist: Checklist, audit: Audit) -> Iterator[Problem]:
    """What may have been mistyped: a branch nobody knows, a kind the checklist was not written for, a day to come."""
    header = audit.header
    if arguments.branch and header.branch == header.branch_name:
        yield Problem("cli.branch_not_registered", {"name": arguments.branch}, severity="warning")
    if header.kind not in checklist.checks:
        kind, *served = (tr(f"common.kind.{one}") for one in (header.kind, *checklist.checks))
        known = tr("common.comma").join(served)
        values = {"checklist": checklist.id, "kind": kind, "known": known}
        yield Problem("cli.kind_not_served", values, severity="warning")
    if datetime.fromisoformat(header.visited) > datetime.now().astimezone() + ZONES:
        yield Problem("cli.visited_ahead", {"text": header.visited[:16], "audit": audit.id}, severity="warning")


def _moment(text: str) -> str:
    """A visit's time with its offset; without one the machine's zone is meant."""
    if not text:
        return datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.astimezone()).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError) as error:
        raise AuditorError("cli.not_a_moment", text=text) from error


def _scenario(checklist: Checklist, chosen: str) -> str:
    known = [scenario.id for scenario in checklist.scenarios]
    if chosen and chosen not in known:
        raise AuditorError("cli.no_such_scenario", scenario=chosen, known=", ".join(known) or "–")
    return chosen


@contextmanager
def _changing(arguments: argparse.Namespace) -> Iterator[OpenAudit]:
    with writing(arguments) as store:
        opened = store.open_audit(store.find(arguments.audit))
        try:
            yield opened
        finally:
            opened.close()


def fill(arguments: argparse.Namespace) -> Outcome:
    from ui.filling.work import fill as filled

    with writing(arguments) as store:
        found = filled(store, store.find(arguments.audit), arguments.answers)
    text = tr("cli.filled", filled=found.answers, answered=found.answered, applicable=found.applicable)
    if found.findings:
        text = f"{text}\n{tr('cli.findings_filled', count=found.findings)}"
    data = {"audit": found.audit, "filled": found.answers, "findings": found.findings}
    data |= {"answered": found.answered, "applicable": found.applicable}
    return Outcome(data, text, found.notes)


def finish(arguments: argparse.Namespace) -> Outcome:
    with _changing(arguments) as opened:
        said = [one.problem() for one in opened.contradictions() if not one.blocks]
        opened.finish()
        return Outcome(as_json(opened.audit, opened.score), summary(opened.audit, opened.score), said)


def reopen(arguments: argparse.Namespace) -> Outcome:
    with _changing(arguments) as opened:
        opened.reopen(arguments.reason)
    return Outcome({"audit": opened.audit.id, "state": opened.audit.state}, tr("cli.reopened"))


def delete(arguments: argparse.Namespace) -> Outcome:
    with writing(arguments) as store:
        audit = store.find(arguments.audit)
        store.trash(audit)
    return Outcome({"audit": audit}, tr("cli.deleted", audit=audit))

"""`auditor start fill finish reopen delete`: the commands that change one audit."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime

from auditor.audit import Header
from auditor.checklist import Checklist
from auditor.errors import AuditorError, Problem
from auditor.scoring import as_json
from auditor.store import OpenAudit
from auditor.store.branches import Branches
from auditor.words import tr
from checklists.filling import read_any
from checklists.library import find
from ui.commands.folder import data_folder, writing
from ui.commands.outcome import Outcome
from ui.commands.shown import summary


def start(arguments: argparse.Namespace) -> Outcome:
    checklist = find(arguments.checklist, data_folder(arguments))
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
    unknown = bool(arguments.branch) and branch is None
    notes = [Problem("cli.branch_not_registered", {"name": arguments.branch}, severity="warning")] if unknown else []
    return Outcome({"audit": opened.audit.id}, opened.audit.id, notes)


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
    notes: list[Problem] = []
    with writing(arguments) as store, closing(store.open_audit(store.find(arguments.audit))) as opened:
        answers, findings, header = read_any(arguments.answers, opened.audit, opened.keep_photo)
        if header is not None:
            header, notes = _registered(header, opened.audit.header, store.branches)
        opened.fill(answers, findings, header=header)
        score = opened.score
        text = tr("cli.filled", filled=len(answers), answered=score.answered, applicable=score.applicable)
        if findings:
            text = f"{text}\n{tr('cli.findings_filled', count=len(findings))}"
        data = {"filled": len(answers), "findings": len(findings)}
        data |= {"answered": score.answered, "applicable": score.applicable}
    return Outcome({"audit": opened.audit.id, **data}, text, notes)


def _registered(header: Header, before: Header, register: Branches) -> tuple[Header, list[Problem]]:
    """A header whose outlet was filled in, with what the register knows of it; and what it does not know."""
    named = header.branch if header.branch != before.branch else header.branch_name
    if (header.branch, header.branch_name) == (before.branch, before.branch_name):
        return header, []
    found = register.find(named)
    if found is not None:
        return replace(header, branch=found.code, branch_name=found.name, parent=found.parent), []
    return header, [Problem("cli.branch_not_registered", {"name": named}, severity="warning")]


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

"""`auditor export`: one report per audit and format; what failed is said, the rest is written."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import exports
from auditor.errors import AuditorError, Problem
from auditor.store import Store
from auditor.words import language, tr
from exports import report_settings
from exports.batch import NOT_DUE, Summary, Wanted, plan, run
from exports.blocks import Layout
from exports.layouts import read, runs
from exports.writing import make_ready
from ui.commands.blank import blanks
from ui.commands.folder import reading
from ui.commands.meter import Meter
from ui.commands.outcome import Outcome
from ui.commands.register import export_gathered, refuse_alone
from ui.rows import where

if TYPE_CHECKING:
    from exports.pdf.signing import Signer

MOST_NAMED = 60
"""Files that a command lists; of more it says how many."""


def export(arguments: argparse.Namespace) -> Outcome:
    _refuse_idle(arguments)
    layouts = read(",".join(arguments.layout or ["full"]))
    formats = _formats(arguments.format or ("pdf,xlsx" if "full" in layouts else "pdf"))
    store = reading(arguments)
    chosen = _chosen(store, arguments)
    # a target that cannot be used is said once, not once for every audit
    make_ready(arguments.to)
    lang = arguments.report_lang or language()
    sign = _signer(arguments, runs(layouts, formats)) if arguments.sign is not None else None
    if _whole(arguments):
        return export_gathered(arguments, store, chosen, lang)
    refuse_alone(arguments)
    settings, wrong = report_settings.load(store.folder)
    if arguments.blank:
        return blanks(store, chosen, arguments.to, lang, settings.letterhead)
    if arguments.paper:
        settings = replace(settings, paper=arguments.paper)
    outcome = Outcome({"files": [], "skipped": 0})
    for layout, forms in runs(layouts, formats):
        own = settings.options() if layout == "full" else (*settings.options(), ("layout", layout))
        wanted = Wanted(store.folder, arguments.to, forms, arguments.copy, lang, own, sign)
        outcome = _joined(outcome, _batch(chosen, store, wanted, arguments.jobs))
        if any(one.key == "batch.cancelled" for one in outcome.problems):
            break
    if wrong is not None:
        outcome.problems += [replace(one, severity="warning") for one in wrong.problems()]
    return outcome


def _refuse_idle(arguments: argparse.Namespace) -> None:
    """Options that would do nothing for what is asked. Raises `cli.idle_option`, `signing.idle_password`."""
    if arguments.password_file is not None and arguments.sign is None:
        raise AuditorError("signing.idle_password")
    for name in ("layout", "format", "paper"):
        if getattr(arguments, name) and _whole(arguments):
            raise AuditorError("cli.idle_option", option=f"--{name}", whole=f"--{_whole(arguments)[0]}")


def _whole(arguments: argparse.Namespace) -> list[str]:
    """What is made of all audits together."""
    return [name for name in ("register", "comparison", "circular") if getattr(arguments, name)]


def _signer(arguments: argparse.Namespace, wanted: list[tuple[Layout, tuple[str, ...]]]) -> Signer:
    """The key that every PDF is signed with. Raises `signing.*`, `store.*`."""
    if _whole(arguments) or arguments.blank:
        raise AuditorError("signing.not_together")
    refuse_alone(arguments)
    if not any("pdf" in formats for _, formats in wanted):
        raise AuditorError("signing.only_pdf")
    from ui.commands.signing import signer

    return signer(arguments)


def _joined(one: Outcome, other: Outcome) -> Outcome:
    """Two runs told as one."""
    data = {"files": [*one.data["files"], *other.data["files"]], "skipped": one.data["skipped"] + other.data["skipped"]}
    return Outcome(data, "\n".join(filter(None, (one.text, other.text))), [*one.problems, *other.problems])


def _batch(chosen: list[str], store: Store, wanted: Wanted, workers: int) -> Outcome:
    """A report per audit, over all cores; what failed is said at the end, what is done stays."""
    rows = {row.id: row for row in store.rows()}
    meter = Meter(sys.stderr)
    gone = [Problem("store.no_such_audit", {"audit": one}, file=one) for one in chosen if one not in rows]
    try:
        jobs = plan([rows[one] for one in chosen if one in rows], wanted)
    except KeyboardInterrupt as stop:
        raise AuditorError("batch.cancelled", n=len(chosen)) from stop
    try:
        found = run(jobs, wanted, workers=workers, progress=meter.show)
    finally:
        meter.end()
    failed = [_not_due(one, len(jobs)) for failure in found.failures for one in failure.problems]
    problems = [*gone, *found.notes, *failed]
    if found.cancelled:
        problems.append(Problem("batch.cancelled", {"n": found.remaining}))
    data = {"files": [str(path) for path in sorted({*found.written, *found.there})], "skipped": len(found.there)}
    return Outcome(data, _told(found, wanted.to, sum(one.severity == "error" for one in failed)), problems)


def _not_due(problem: Problem, jobs: int) -> Problem:
    """Among many, an audit that a layout does not suit (no loss, so no notice) is no failure; it is named."""
    return replace(problem, severity="warning") if jobs > 1 and problem.key in NOT_DUE else problem


def _told(found: Summary, folder: Path, failed: int) -> str:
    """What was written, by name where a person can read the list."""
    lines = [tr("cli.exported", count=len(found.written), folder=folder)]
    if len(found.written) <= MOST_NAMED:
        lines += [f"    {path.name}" for path in found.written]
    if found.there:
        lines.append(tr("batch.told.there", n=len(found.there)))
    if failed:
        lines.append(tr("batch.told.failed", n=failed))
    return "\n".join(lines)


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for one in wanted or ("",):
        if one not in exports.FORMATS:
            raise AuditorError("cli.unknown_format", format=one)
    return wanted


def _chosen(store: Store, arguments: argparse.Namespace) -> list[str]:
    """The audits named, or those that meet the condition, or all finished ones (design §8)."""
    if arguments.audits:
        named = list(dict.fromkeys(store.find(prefix) for prefix in arguments.audits))
        if not arguments.where:
            return named
        rows = [row for row in store.rows() if row.id in named]
    else:
        rows = list(store.rows())
    chosen = [row.id for row in where(rows, arguments.where) if arguments.where or row.state == "finished"]
    if not chosen:
        raise AuditorError("cli.nothing_to_export")
    return chosen

"""`auditor export`: one report per audit and format; what failed is said, the rest is written."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import exports
from auditor.audit import Audit
from auditor.errors import AuditorError, Problem
from auditor.scoring import Score, current
from auditor.store import Store
from auditor.words import language, tr
from exports.writing import make_ready
from ui.commands.folder import reading
from ui.commands.outcome import Outcome
from ui.rows import where


def export(arguments: argparse.Namespace) -> Outcome:
    formats = _formats(arguments.format)
    store = reading(arguments)
    chosen = _chosen(store, arguments)
    # a target that cannot be used is said once, not once for every audit
    make_ready(arguments.to)
    lang = arguments.report_lang or language()
    if arguments.register:
        return _register(store, chosen, arguments, lang)
    files: list[Path] = []
    problems: list[Problem] = []
    for audit in chosen:
        try:
            files += export_one(store, audit, arguments.to, formats=formats, copy=arguments.copy, lang=lang)
        except AuditorError as error:
            problems += [replace(one, file=one.file or audit) for one in error.problems()]
    said = tr("cli.exported", count=len(files), folder=arguments.to)
    text = "\n".join([said, *(f"    {path.name}" for path in files)])
    return Outcome({"files": [str(path) for path in files]}, text, problems)


def _register(store: Store, chosen: list[str], arguments: argparse.Namespace, lang: str) -> Outcome:
    """One workbook for the selection; what cannot stand in it is said, drafts as a warning."""
    from exports.register import compared, write_register

    rows, wanted = store.rows(), set(chosen)
    problems: list[Problem] = []
    days = [row.visited for row in rows if row.id in wanted and row.state == "finished"]
    path = write_register(
        _finished(store, chosen, problems),
        arguments.to,
        days,
        copy=arguments.copy,
        lang=lang,
        branches=store.branches,
        comparison=compared(rows, chosen),
    )
    text = "\n".join([tr("cli.exported", count=1, folder=arguments.to), f"    {path.name}"])
    return Outcome({"files": [str(path)]}, text, problems)


def _finished(store: Store, chosen: list[str], problems: list[Problem]) -> Iterator[tuple[Audit, Score]]:
    """The finished audits among the chosen, one at a time, oldest first (P4)."""
    drafts = 0
    for audit_id in sorted(chosen):
        try:
            audit = store.read(audit_id)
            if audit.state == "damaged":
                raise AuditorError("cli.damaged_not_exported", audit=audit_id)
            if audit.state == "finished":
                yield audit, current(audit)
            else:
                drafts += 1
        except AuditorError as error:
            problems += [replace(one, file=one.file or audit_id) for one in error.problems()]
    if drafts:
        problems.append(Problem("cli.drafts_not_in_register", {"count": drafts}, severity="warning"))


def export_one(
    store: Store, audit_id: str, folder: Path, *, formats: tuple[str, ...], copy: str, lang: str
) -> list[Path]:
    """The files of one audit; its photos are read where they are kept. Raises `report.*`, `store.*`."""
    audit = store.read(audit_id)
    if audit.state == "damaged":
        raise AuditorError("cli.damaged_not_exported", audit=audit_id)
    return exports.export(
        audit,
        current(audit),
        folder,
        formats=formats,
        copy=copy,  # type: ignore[arg-type]
        lang=lang,
        photos=exports.photos_at(lambda sha256: store.photo_path(audit_id, sha256)),
        branches=store.branches,
        history=lambda: store.history(audit_id),
    )


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
        return [row.id for row in where([row for row in store.rows() if row.id in named], arguments.where)]
    rows = where(store.rows(), arguments.where)
    chosen = [row.id for row in rows if arguments.where or row.state == "finished"]
    if not chosen:
        raise AuditorError("cli.nothing_to_export")
    return chosen

"""`auditor checklist list show print workbook check schema diff`."""

from __future__ import annotations

import argparse
from typing import Any

from auditor.checklist import Checklist
from auditor.errors import AuditorError
from auditor.review import numbering
from auditor.words import language, tr
from checklists.library import all as all_checklists
from checklists.library import find
from ui.commands.folder import data_folder
from ui.commands.outcome import Outcome
from ui.commands.tables import table


def listing(arguments: argparse.Namespace) -> Outcome:
    found = all_checklists(data_folder(arguments))
    data = [_listed(checklist) for checklist in found]
    heads = [tr(f"cli.column.{name}") for name in ("checklist", "version", "title", "items", "instruments")]
    rows = [
        (one.id, one.version, str(one.title), sum(1 for _ in one.items()), " ".join(one.instruments)) for one in found
    ]
    return Outcome(data, table(heads, rows, right=(3,)))


def _listed(checklist: Checklist) -> dict[str, Any]:
    return {
        "id": checklist.id,
        "version": checklist.version,
        "title": {"zh": checklist.title.in_("zh"), "en": checklist.title.in_("en")},
        "items": sum(1 for _ in checklist.items()),
        "instruments": list(checklist.instruments),
    }


def show(arguments: argparse.Namespace) -> Outcome:
    from auditor.checklist.snapshot import dump

    checklist = find(arguments.checklist, data_folder(arguments))
    return Outcome(dump(checklist), "\n".join(_shown(checklist)))


def _shown(checklist: Checklist) -> list[str]:
    numbers = numbering(checklist)
    lines = [tr("cli.summary.title", checklist=str(checklist.title), version=checklist.version)]
    for section, above in checklist.walk():
        indent = "  " * len(above)
        worth = section.weight if section.weight is not None else section.points
        lines.append(f"{indent}{numbers[section.id]} {section.title}" + (f"  [{worth:f}]" if worth is not None else ""))
        for item in section.items:
            full = f"  ({item.points:f})" if item.scored and item.points is not None else ""
            lines.append(f"{indent}  {numbers[item.id]} {item.text}{full}")
            lines += [f"{indent}      · {option.text}" for option in item.options]
    return lines


def print_form(arguments: argparse.Namespace) -> Outcome:
    """A blank form to fill in by hand."""
    from exports import report_settings
    from exports.forms import write_form

    folder = data_folder(arguments)
    checklist = find(arguments.checklist, folder)
    paper = arguments.paper or report_settings.load(folder)[0].paper
    lang = arguments.report_lang or language()
    path = write_form(checklist, arguments.to, lang, guidance=arguments.guidance, paper=paper)
    return Outcome({"files": [str(path)]}, tr("layouts.form_written", file=path))


def write_workbook(arguments: argparse.Namespace) -> Outcome:
    """A blank workbook, to fill in without the program and to be read back by `fill`."""
    from exports import forms, report_settings

    folder = data_folder(arguments)
    checklist, lang = find(arguments.checklist, folder), arguments.report_lang or language()
    path = forms.write_workbook(checklist, arguments.to, lang, letterhead=report_settings.load(folder)[0].letterhead)
    return Outcome({"files": [str(path)]}, tr("sheets.written", file=path))


def check(arguments: argparse.Namespace) -> Outcome:
    from checklists.reader import check as check_file

    problems, checked = [], []
    for path in arguments.files:
        checklist, found = check_file(path)
        problems += found
        errors = sum(1 for problem in found if problem.severity == "error")
        checked.append({"file": str(path), "id": checklist.id if checklist else None, "errors": errors})
    warnings = [problem.as_json() for problem in problems if problem.severity == "warning"]
    clean = "\n".join(tr("cli.checklist_good", file=row["file"]) for row in checked if not row["errors"])
    return Outcome({"checked": checked, "warnings": warnings}, clean, problems)


def schema(arguments: argparse.Namespace) -> Outcome:
    import json

    from checklists.schema import schema as checklist_schema

    document = checklist_schema()
    del arguments
    return Outcome(document, json.dumps(document, ensure_ascii=False, indent=2))


def diff(arguments: argparse.Namespace) -> Outcome:
    from checklists.diff import compare

    old, new = (find(name, data_folder(arguments)) for name in (arguments.old, arguments.new))
    if old.id != new.id and not {item.id for item in old.items()} & {item.id for item in new.items()}:
        raise AuditorError("cli.nothing_in_common", old=arguments.old, new=arguments.new)
    changes = compare(old, new)
    text = "\n".join(change.text() for change in changes)
    if not changes:
        text = tr("cli.no_difference", old=arguments.old, new=arguments.new)
    return Outcome([change.as_json() for change in changes], text)

"""`auditor list show history score`: the commands that only look."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from auditor.audit import Answer, Audit, item_path
from auditor.checklist import Item, Section
from auditor.contradictions import Contradiction
from auditor.corrective import actions
from auditor.formats import points
from auditor.kinds import KINDS
from auditor.numbering import number_at, numbering
from auditor.review import losses
from auditor.scoring import Explanation, Score, as_json, current
from auditor.scoring import explain as explain_score
from auditor.words import tr
from ui.commands import findings
from ui.commands.folder import reading
from ui.commands.outcome import Outcome
from ui.commands.tables import table
from ui.rows import as_listed, concluded, where


def listing(arguments: argparse.Namespace) -> Outcome:
    store = reading(arguments)
    store.look_again()
    rows = where(store.rows(), arguments.where)
    data = [as_listed(row) for row in rows]
    heads = [
        tr(f"cli.column.{name}")
        for name in ("id", "visited", "branch", "checklist", "kind", "state", "total", "conclusion")
    ]
    lines = [
        (
            row.id,
            row.visited[:16].replace("T", " "),
            row.branch_name or row.branch,
            f"{row.checklist} {row.version}",
            tr(f"common.kind.{row.kind}") if row.kind else "",
            tr(f"common.state.{row.state}"),
            "–" if row.total is None else row.total,
            concluded(row),
        )
        for row in rows
    ]
    return Outcome(data, table(heads, lines, right=(6,)) if lines else tr(_nothing(arguments.where)))


def _nothing(condition: str) -> str:
    """Why the list is empty: nothing there yet, or nothing that meets the condition."""
    return "cli.none_fit" if condition.strip() else "cli.no_audits"


def score(arguments: argparse.Namespace) -> Outcome:
    store = reading(arguments)
    audit = store.read(store.find(arguments.audit))
    found = current(audit)
    data = as_json(audit, found)
    text = summary(audit, found)
    if arguments.explain:
        explanations = explain_score(audit, found)
        data["explanation"] = [_as_data(one) for one in explanations.values()]
        text += "\n\n" + "\n".join(_explained(audit, one) for one in explanations.values())
    return Outcome(data, text)


def _as_data(one: Explanation) -> dict[str, Any]:
    return {"path": one.path, "text": one.text, "parts": list(one.parts)}


def _explained(audit: Audit, one: Explanation) -> str:
    """A node's number and name before its derivation."""
    if not one.path:
        return f"{tr('common.total')}{tr('common.colon')}{one.text}"
    names = {section.id: str(section.title) for section, _ in audit.checklist.walk()}
    names |= {item.id: str(item.text) for item in audit.checklist.items()}
    name = names.get(one.path.rpartition("/")[2].partition("#")[0], one.path)
    return f"{number_at(numbering(audit.checklist), one.path)} {name}{tr('common.colon')}{one.text}".strip()


def summary(audit: Audit, found: Score) -> str:
    """The result in a few lines: total, grade, what decided it, the heaviest losses."""
    title = tr("cli.summary.title", checklist=str(audit.checklist.title), version=audit.checklist.version)
    figure = "–" if found.total is None else f"{found.total} / {audit.checklist.scale:f}"
    lines = [f"{audit.header.branch_name or audit.header.branch}  {title}"]
    lines.append(f"{tr('common.so_far' if found.so_far else 'common.score')}{tr('common.colon')}{figure}")
    if found.grade or found.passed is not None:
        grade = next((str(one.title) for one in audit.checklist.grades if one.id == found.grade), "")
        verdict = "" if found.passed is None else tr("common.passed" if found.passed else "common.failed")
        lines.append("  ".join(filter(None, (grade, verdict))))
    lines.append(tr("cli.summary.answered", answered=found.answered, applicable=found.applicable))
    lines += [_effect(audit, path, effect) for path, effect in ((one.path, one.effect) for one in found.critical)]
    if found.critical and found.before_critical is not None and not found.so_far:
        lines.append(f"{tr('common.before_critical')}{tr('common.colon')}{found.before_critical}")
    for loss in losses(audit, found)[:10]:
        lines.append(f"  −{loss.deducted:f}  {loss.number} {loss.item.text}  {loss.reason}".rstrip())
    return "\n".join(lines)


def _effect(audit: Audit, path: str, effect: str) -> str:
    number = numbering(audit.checklist).get(path.rpartition("/")[2], path)
    return f"{tr(f'common.effect.{effect}')}{tr('common.colon')}{number}"


def show(arguments: argparse.Namespace) -> Outcome:
    if arguments.audit.lower().endswith(".pdf"):
        from ui.commands.report_file import show_file

        return show_file(Path(arguments.audit))
    store = reading(arguments)
    audit = store.read(store.find(arguments.audit))
    found = current(audit)
    contrary = store.contradictions(audit, found) if audit.state != "damaged" else ()
    data = {
        "audit": audit.id,
        "state": audit.state,
        "revision": audit.revision,
        "checklist": audit.checklist.id,
        "version": audit.checklist.version,
        "header": _header(audit),
        "answers": {path: _answer(answer) for path, answer in audit.answers.items()},
        "instances": {section: list(numbers) for section, numbers in audit.instances.items()},
        "score": as_json(audit, found),
        "findings": [findings.as_data(one) for one in actions(audit, found, date.today())],
        "contradictions": [one.as_json() for one in contrary],
    }
    corrected = findings.lines(audit, found)
    text = [summary(audit, found), "", *_lines(audit, found), *corrected, *_contrary(contrary)]
    return Outcome(data, "\n".join(text))


def _contrary(found: tuple[Contradiction, ...]) -> list[str]:
    """Contradictions, each with its item; what blocks finishing says so."""
    lines = []
    for one in found:
        mark = tr(f"contradictions.{'blocks' if one.blocks else 'warns'}")
        lines.append(f"  {one.number} {one.title}{tr('common.colon')}{one.message}  [{mark}]")
    return ["", tr("contradictions.summary"), *lines] if found else []


def _header(audit: Audit) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(audit.header)


def _answer(answer: Answer) -> dict[str, Any]:
    """What was answered, without what was left empty; figures as typed."""
    from dataclasses import asdict

    value: Any = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    if value is not None and not isinstance(value, (str, int, list)):
        value = float(value)
    row = {"value": value, "na": answer.na, "note": answer.note}
    row["reasons"] = [asdict(reason) for reason in answer.reasons]
    row["photos"] = [asdict(photo) for photo in answer.photos]
    return {key: part for key, part in row.items() if part not in (None, "", [])}


def _lines(audit: Audit, found: Score) -> list[str]:
    numbers = numbering(audit.checklist)
    lines = []
    for section, _ in audit.checklist.walk():
        lines.append(f"{numbers.get(section.id, '')} {section.title}")
        for instance in audit.instances.get(section.id, (0,)) if section.repeat else (0,):
            answered = [item for item in section.items if item.kind != "info"]
            lines += [_line(audit, found, section, item, instance, numbers) for item in answered]
    return lines


def _line(audit: Audit, found: Score, section: Section, item: Item, instance: int, numbers: Any) -> str:
    path = item_path(item.id, section.id, instance)
    answer = audit.answers.get(path, Answer())
    one = found.item(path)
    shown = tr(f"common.na.{answer.na}") if answer.na else KINDS[item.kind].show(item, answer.value)
    lost = f"  −{points(one.deducted)}" if one and one.deducted else ""
    status = "" if one is None or one.status in ("answered", "unscored") else f"  [{tr(f'common.status.{one.status}')}]"
    return f"  {numbers.get(item.id, '')} {item.text}{tr('common.colon')}{shown or '–'}{lost}{status}"


def history(arguments: argparse.Namespace) -> Outcome:
    store = reading(arguments)
    entries = store.history(store.find(arguments.audit))
    data = [entry.as_json() for entry in entries]
    return Outcome(data, "\n".join(entry.text() for entry in entries))

"""Checklists from short dicts and audits from short answers, for tests that read like the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.audit import Answer, Audit, Header, Reason
from auditor.checklist.model import Checklist
from auditor.kinds import KINDS, accept_na
from auditor.scoring import Score, SectionScore

VISITED = "2026-03-05T10:00:00+08:00"


def choice(id: str, points: Any = 1, **more: Any) -> dict[str, Any]:
    """An item with the options `yes` (full points) and `no` (none), unless it brings its own."""
    options = [{"id": "yes", "text": "yes"}, {"id": "no", "text": "no", "share": 0}]
    item = {"id": id, "text": id, "options": options, **more}
    return item if points is None else {**item, "points": points}


def item(id: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "text": id, **more}


def option(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "text": id, **more}


def section(id: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "title": id, "items": list(items), **more}


def group(id: str, *sections: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "title": id, "sections": list(sections), **more}


def checklist(*sections: dict[str, Any], **more: Any) -> Checklist:
    return Checklist.model_validate(
        {"id": "sheet", "version": "1", "title": "Sheet", "sections": list(sections), **more}
    )


def audit(
    sheet: Checklist,
    answers: Mapping[str, Any] | None = None,
    *,
    finished: bool = True,
    instances: Mapping[str, tuple[int, ...]] | None = None,
    visited: str = VISITED,
) -> Audit:
    """A visit. An answer is a raw value as a file would hold it, a dict with `value na note reason reasons photos`,
    or an `Answer`. Instances are those named in the paths unless given."""
    taken = {path: answer(sheet, path, raw) for path, raw in (answers or {}).items()}
    found: dict[str, tuple[int, ...]] = {}
    for path in taken:
        name, mark, rest = path.partition("#")
        if mark:
            found[name] = tuple(sorted({*found.get(name, ()), int(rest.partition("/")[0])}))
    return Audit(
        id="20260305T020000Z-abcdef",
        header=Header(kind="mystery", visited=visited),
        checklist=sheet,
        checklist_hash="",
        created=visited,
        state="finished" if finished else "draft",
        answers=taken,
        instances={**found, **(instances or {})},
    )


def answer(sheet: Checklist, path: str, raw: Any) -> Answer:
    if isinstance(raw, Answer):
        return raw
    said = raw if isinstance(raw, dict) else {"value": raw}
    item = next(one for one in sheet.items() if one.id == path.rpartition("/")[2])
    reasons = said.get("reasons", [said["reason"]] if "reason" in said else [])
    return Answer(
        value=KINDS[item.kind].accept(item, said.get("value")),
        na=accept_na(sheet, item, said.get("na")),
        note=said.get("note", ""),
        reasons=tuple(one if isinstance(one, Reason) else Reason(one) for one in reasons),
        photos=tuple(said.get("photos", ())),
    )


def statuses(result: Score) -> dict[str, str]:
    """The status of every item, by path."""
    return {one.path: one.status for one in result.items}


def earned(result: Score) -> dict[str, tuple[Any, Any]]:
    """(earned, possible) of every item that counts, as text a reader can check: `("1/2", "2")`."""
    return {one.path: (str(one.earned), str(one.possible)) for one in result.items if one.earned is not None}


def part(result: Score, path: str) -> SectionScore:
    """One section of a score."""
    found = result.section(path)
    assert found is not None, path
    return found

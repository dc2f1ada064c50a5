"""The sections of a self-inspection shared out (分工): whose signature locks what, and what finishing still wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.audit import Audit, Duty, split_path
from auditor.checklist.model import Checklist
from auditor.errors import AuditorError
from auditor.scoring.tree import Score

__all__ = ["demand_unsigned", "section_of", "shareable", "unsigned"]

_NO_ANSWERS = frozenset({"undo", "redo", "mark", "blur"})


def section_of(checklist: Checklist) -> Mapping[str, str]:
    """The section that holds each item, by id; an instance's header fields belong to the repeating section."""
    return {item.id: section.id for section, _ in checklist.walk() for item in section.items}


def shareable(checklist: Checklist) -> Iterator[str]:
    """Ids of the sections that can be given to somebody: those in which something is answered."""
    for section, _ in checklist.walk():
        if any(item.kind != "info" for item in section.items):
            yield section.id


def _home(path: str, homes: Mapping[str, str]) -> str:
    section, _, name = split_path(path)
    return homes.get(name, section or path.partition("#")[0])


def unsigned(audit: Audit, score: Score) -> Iterator[tuple[str, Duty]]:
    """Shared sections that are not signed yet, in the order of the checklist; hidden ones want no signature."""
    if not audit.duties:
        return
    hidden = {one.path for one in score.sections if one.status == "hidden"}
    for section, _ in audit.checklist.walk():
        duty = audit.duties.get(section.id)
        if duty is not None and not duty.signed and section.id not in hidden:
            yield section.id, duty


def demand_unsigned(audit: Audit, gesture: str, changes: Mapping[str, Iterable[str]]) -> None:
    """Raises `duties.signed` where a signature keeps as it is what a gesture changes, by table and id.

    An answer is not changed under a signature, and no change takes a signature away by itself: whoever signed takes
    it back first, which the history tells. Undo takes back the signing before it comes to the answers; blurring a
    face changes no answer.
    """
    locked = {id_: duty for id_, duty in audit.duties.items() if duty.signed}
    if not locked or gesture in _NO_ANSWERS:
        return
    homes = section_of(audit.checklist)
    for path in (*changes.get("answers", ()), *changes.get("instances", ())):
        section = _home(path, homes)
        if section in locked:
            title = next((str(one.title) for one, _ in audit.checklist.walk() if one.id == section), section)
            raise AuditorError("duties.signed", section=title, person=locked[section].signature)

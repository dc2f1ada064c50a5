"""What must stand in an audit, kept in memory beside the store under test (F9)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from auditor.audit import Answer, Duty, Finding, Jot
from auditor.store import OpenAudit
from tests.faults.scene import Seen, seen


@dataclass
class Oracle:
    """What must stand there, and what undo and redo would bring."""

    now: Seen
    done: list[Seen] = field(default_factory=list)
    undone: list[Seen] = field(default_factory=list)

    def became(self, after: Seen) -> None:
        if after != self.now:
            self.done.append(self.now)
            self.undone.clear()
            self.now = after

    def answered(self, path: str, answer: Answer | None) -> Seen:
        answers, instances = dict(self.now.answers), dict(self.now.instances)
        if answer is None:
            answers.pop(path, None)
        else:
            answers[path] = answer
            if path.startswith("teller#"):
                instances["teller"] = tuple(sorted({*instances["teller"], int(path[7])}))
        return replace(self.now, answers=answers, instances=instances)

    def with_tellers(self, numbers: tuple[int, ...]) -> Seen:
        left = {
            path: answer
            for path, answer in self.now.answers.items()
            if not path.startswith("teller#") or int(path[7]) in numbers
        }
        return replace(self.now, answers=left, instances={**self.now.instances, "teller": numbers})

    def erased(self) -> Seen:
        """Without whatever is about a person."""
        return replace(
            self.now,
            header=replace(self.now.header, shopper=""),
            answers={path: _impersonal(answer) for path, answer in self.now.answers.items()},
            findings={path: Finding(due=one.due) for path, one in self.now.findings.items()},
            jots={number: Jot(one.kind, "", one.name) for number, one in self.now.jots.items()},
            duties={section: Duty("", signed=one.signed) for section, one in self.now.duties.items()},
        )


def _impersonal(answer: Answer) -> Answer:
    return replace(answer, note="", photos=tuple(replace(one, name="") for one in answer.photos))


def remembering(opened: OpenAudit) -> Oracle:
    """The oracle of an audit whose undo and redo go an unknown way: walked back and forth once, and forth and back."""
    oracle = Oracle(seen(opened.audit))
    while opened.can_undo:
        opened.undo()
        oracle.done.insert(0, seen(opened.audit))
    for _ in oracle.done:
        opened.redo()
    assert seen(opened.audit) == oracle.now
    while opened.can_redo:
        opened.redo()
        oracle.undone.insert(0, seen(opened.audit))
    for _ in oracle.undone:
        opened.undo()
    assert seen(opened.audit) == oracle.now
    return oracle

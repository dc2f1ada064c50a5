"""An audit as the rules of `contradictions` look at it: answers in force, names, and what is known besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from auditor.audit import Answer, Audit, split_path
from auditor.checklist.model import Item
from auditor.numbering import number_at, numbering
from auditor.scoring.tree import ItemScore, Score


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast items were answered one by one; what a file filled in at a stroke is not in it."""

    first: str
    """Path of the first of them."""
    items: int
    seconds: float
    """By the monotonic clock; a long pause counts as a short one."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known besides the audit."""

    pace: Pace | None = None
    """None where it was not measured: then nothing is said of it."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Notes of other audits of the branch or shopper, each with where it stands (`2026-03-02 城东支行`)."""
    last: Audit | None = None
    """Of a self-inspection: the branch's last finished one by the same checklist."""


@dataclass(frozen=True, slots=True)
class Hit:
    path: str
    values: Mapping[str, Any]
    variant: str = ""
    """Of a rule's sentences: "" or the one after the dot."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in force."""

    path: str
    item: Item
    score: ItemScore
    answer: Answer

    def written(self) -> str:
        """Note and reasons as one text."""
        return "\n".join((self.answer.note, *(one.text for one in self.answer.reasons))).strip()


@dataclass
class Look:
    """The audit as the rules see it."""

    audit: Audit
    score: Score
    beside: Beside

    @cached_property
    def numbers(self) -> dict[str, str]:
        return numbering(self.audit.checklist)

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.id: item for item in self.audit.checklist.items()}

    @cached_property
    def given(self) -> Sequence[Given]:
        """Answers in force, in reading order."""
        found = []
        for one in self.score.items:
            item, answer = self.items.get(split_path(one.path)[2]), self.audit.answers.get(one.path)
            if item is not None and answer is not None and one.in_force and not answer.empty:
                found.append(Given(one.path, item, one, answer))
        return found

    @property
    def veiled(self) -> str:
        """While a blind audit is under way no sentence speaks of points."""
        return "blind" if self.audit.checklist.blind and self.audit.state == "draft" else ""

    @cached_property
    def fields(self) -> dict[str, str]:
        """Header fields of instances, by id."""
        repeats = (section.repeat for section, _ in self.audit.checklist.walk() if section.repeat)
        return {one.id: str(one.text) for repeat in repeats for one in repeat.header}

    def called(self, path: str) -> tuple[str, str]:
        """Number and words of an item; of an instance's header field the instance's number."""
        name = split_path(path)[2]
        if name in self.items:
            return number_at(self.numbers, path), str(self.items[name].text)
        return number_at(self.numbers, path.rpartition("/")[0]), self.fields.get(name, path)

    def name(self, path: str) -> str:
        """`2.1 起立迎接`."""
        return " ".join(self.called(path))

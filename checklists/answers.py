"""The answers file of `auditor fill`: `path: value`, or `path: {value, note, reason, photos, na, finding}` (design §8).

Read as strictly as a checklist, and all or nothing: every Problem with its line and column, or all the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from auditor.audit import Answer, Finding, Header, Photo, Reason
from auditor.checklist.model import Checklist, Item
from auditor.errors import AuditorError, Problem, ProblemsError
from auditor.guess import nearest
from auditor.kinds import KINDS, accept_na
from auditor.text import clean_text
from checklists import yaml_nodes
from checklists.answer_paths import AnswerPaths
from checklists.finding_fields import FindingFields
from checklists.source import read_text
from checklists.yaml_nodes import Broken, short

KEYS = ("value", "note", "reason", "photos", "na")
FINDING = "finding"
REASON_KEYS = ("text", "time", "place", "post")

Keep = Callable[[Path], Photo]
"""Makes a photo's file durable in the audit, and names it."""


class Filling(NamedTuple):
    """What a file fills in, by path, each whole; None takes one back."""

    answers: dict[str, Answer | None]
    findings: dict[str, Finding | None]
    header: Header | None = None
    """Whole, where the file says anything new of the visit."""


def read_answers(path: Path | str, checklist: Checklist, keep: Keep) -> dict[str, Answer | None]:
    """The answers of a file alone. Raises like `read_filling`."""
    return read_filling(path, checklist, keep).answers


def read_filling(path: Path | str, checklist: Checklist, keep: Keep) -> Filling:
    """The answers and findings of a file.

    Photos are handed to `keep` once all else in the file is found good.
    Raises ProblemsError with all Problems.
    """
    file = Path(path)
    root, problems = yaml_nodes.load(read_text(file), str(path))
    if not problems and (not isinstance(root, yaml_nodes.Mapping) or not root):
        problems = [Problem("answers_file.not_answers", {"file": str(path)}, str(path))]
    reading = Reading(file, checklist, root, problems)
    found = reading.answers() if isinstance(root, yaml_nodes.Mapping) else {}
    if not problems:
        found = reading.with_photos(found, keep)
        reading.findings.with_photos(keep)
    if problems:
        problems.sort(key=lambda one: (one.line, one.column))
        raise ProblemsError("answers_file.refused", problems, file=str(path), count=len(problems))
    return Filling(found, reading.findings.found)


class Reading:
    """One file being read; what is wrong goes to `problems`."""

    def __init__(self, file: Path, checklist: Checklist, root: Any, problems: list[Problem]) -> None:
        self.file = file
        self.checklist = checklist
        self.root = root
        self.problems = problems
        self.paths = AnswerPaths(checklist)
        self.findings = FindingFields(self)
        self.photos: dict[str, list[tuple[Path, yaml_nodes.Path]]] = {}

    def answers(self) -> dict[str, Answer | None]:
        found: dict[str, Answer | None] = {}
        for path, said in self.root.items():
            try:
                item = self.paths.item(path)
            except AuditorError as error:
                self.wrong(error, (path,), of_key=True)
                continue
            if isinstance(said, yaml_nodes.Mapping):
                if FINDING in said:
                    self.findings.read(path, said[FINDING], (path, FINDING))
                if set(said) != {FINDING}:
                    found[path] = self.whole(path, item, said)
            else:
                found[path] = self.answer(path, item, {"value": said}, {"value": (path,)})
        return found

    def whole(self, path: str, item: Item, said: dict[str, Any]) -> Answer | None:
        for key in said.keys() - {*KEYS, FINDING}:
            guess = nearest(key, (*KEYS, FINDING))
            name = "unknown_key_guess" if guess else "unknown_key"
            self.refuse(name, (path, key), of_key=True, key=short(key), guess=guess)
        return self.answer(path, item, said, {key: (path, key) for key in said if key != FINDING})

    def answer(self, path: str, item: Item, said: dict[str, Any], at: dict[str, yaml_nodes.Path]) -> Answer | None:
        """One answer from its parts; an empty one takes the answer back."""
        if self.paths.is_header(path) and set(at) - {"value"}:
            self.refuse("header_text", at[next(key for key in at if key != "value")], path=path)
        value = self.value(item, said["value"], at["value"]) if "value" in said else None
        na = None
        if "na" in said:
            na = self.taken(lambda: accept_na(self.checklist, item, said["na"]), at["na"])
        if na and value is not None:
            self.refuse("value_and_na", at["na"])
        note = self.text("note", said["note"], at["note"]) if "note" in said else ""
        reasons = self.reasons(said["reason"], at["reason"]) if "reason" in said else ()
        if "photos" in said:
            self.photos[path] = self.files(said["photos"], at["photos"])
        answer = Answer(value, na, note, reasons)
        return None if answer.empty and not self.photos.get(path) else answer

    def value(self, item: Item, raw: Any, at: yaml_nodes.Path) -> Any:
        entries = raw if isinstance(raw, list) else [raw]
        if isinstance(raw, Broken) or not all(isinstance(one, str) for one in entries):
            if not isinstance(raw, Broken):
                self.refuse("value_wanted", at)
            return None
        given = list(raw) if isinstance(raw, list) else str(raw)
        return self.taken(lambda: KINDS[item.kind].accept(item, given), at)

    def taken(self, do: Callable[[], Any], at: yaml_nodes.Path) -> Any:
        try:
            return do()
        except AuditorError as error:
            self.wrong(error, at)
            return None

    def text(self, key: str, raw: Any, at: yaml_nodes.Path) -> str:
        if not isinstance(raw, str):
            self.refuse("text_wanted", at, key=key)
            return ""
        return str(self.taken(lambda: clean_text(raw).strip(), at) or "")

    def reasons(self, raw: Any, at: yaml_nodes.Path) -> tuple[Reason, ...]:
        entries = [((*at, n), one) for n, one in enumerate(raw)] if isinstance(raw, list) else [(at, raw)]
        found = [self.reason(one, here) for here, one in entries]
        return tuple(one for one in found if one != Reason())

    def reason(self, raw: Any, at: yaml_nodes.Path) -> Reason:
        if isinstance(raw, str):
            return Reason(self.text("reason", raw, at))
        if not isinstance(raw, dict):
            self.refuse("reason_wanted", at)
            return Reason()
        for key in raw.keys() - set(REASON_KEYS):
            self.refuse("unknown_reason_key", (*at, key), of_key=True, key=short(key))
        parts = {key: self.text(key, raw[key], (*at, key)) for key in REASON_KEYS if key in raw}
        if parts.get("time"):
            parts["time"] = self.clock(parts["time"], (*at, "time"))
        return Reason(**parts)

    def clock(self, text: str, at: yaml_nodes.Path) -> str:
        try:
            return str(KINDS["time"].accept(_TIME, text))
        except AuditorError:
            self.refuse("time", at, text=short(text))
            return ""

    def files(self, raw: Any, at: yaml_nodes.Path) -> list[tuple[Path, yaml_nodes.Path]]:
        """Photos by their files, from the folder of the answers file on."""
        found: list[tuple[Path, yaml_nodes.Path]] = []
        entries = [((*at, n), one) for n, one in enumerate(raw)] if isinstance(raw, list) else [(at, raw)]
        for here, name in entries:
            if not isinstance(name, str) or not name.strip() or "\0" in name:
                self.refuse("photos_wanted", here)
                continue
            try:
                photo = self.file.parent / name
                there, ordinary = photo.exists(), photo.is_file()
            except OSError:
                there = ordinary = False
            if not ordinary:
                self.refuse("photo_no_file" if there else "photo_missing", here, photo=short(name, 80))
            else:
                found.append((photo, here))
        return found

    def with_photos(self, found: dict[str, Answer | None], keep: Keep) -> dict[str, Answer | None]:
        """The answers with their photos, each kept."""
        for path, photos in self.photos.items():
            answer = found[path] or Answer()
            kept = [self.taken(partial(keep, photo), at) for photo, at in photos]
            unique = {one.sha256: one for one in kept if one is not None}
            found[path] = Answer(answer.value, answer.na, answer.note, answer.reasons, tuple(unique.values()))
        return found

    def refuse(self, name: str, at: yaml_nodes.Path, /, *, of_key: bool = False, **values: Any) -> None:
        self.wrong(AuditorError(f"answers_file.{name}", **values), at, of_key=of_key)

    def wrong(self, error: AuditorError, at: yaml_nodes.Path, *, of_key: bool = False) -> None:
        line, column = yaml_nodes.place(self.root, at, key=of_key)
        self.problems.append(Problem(error.key, error.values, str(self.file), line, column))


_TIME = Item.model_validate({"id": "time", "kind": "time", "text": "time"})

"""Every failure meant for a person: a message key, the values it names, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from auditor.words import tr


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where it is, what it is, how to mend it.

    `key` names the sentence in the catalogue (`<area>.<name>`); its remedy is the sentence
    `<key>.remedy` when the catalogue has one. `line` and `column` count from 1; 0 means the file as a whole.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    column: int = 0
    severity: Literal["error", "warning"] = "error"
    cell: str = ""
    """Of a workbook: `Items!F12`."""

    def message(self) -> str:
        return tr(self.key, **self.values)

    def remedy(self) -> str:
        return tr(f"{self.key}.remedy", default="", **self.values)

    def place(self) -> str:
        """`file:line:column`, shortened to what is known; of a workbook `file:Items!F12`."""
        if self.cell:
            return f"{self.file or '-'}:{self.cell}"
        return ":".join([self.file or "-", *(str(n) for n in (self.line, self.column) if n)])

    def as_json(self) -> dict[str, Any]:
        """The shape that `--json` prints (design §8); of a workbook with the cell besides."""
        cell = {"cell": self.cell} if self.cell else {}
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            **cell,
            "key": self.key,
            "message": self.message(),
            "remedy": self.remedy(),
        }


class AuditorError(Exception):
    """A failure a person can act on. `str()` is the sentence in the active language."""

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return tr(self.key, **self.values)

    def remedy(self) -> str:
        return tr(f"{self.key}.remedy", default="", **self.values)

    def problems(self) -> list[Problem]:
        """The same failure as rows for `--json`; `file`, `line`, `column` are taken from the values."""
        place = {k: self.values[k] for k in ("file", "line", "column") if k in self.values}
        return [Problem(self.key, self.values, **{**place, "file": str(place.get("file", ""))})]


class ProblemsError(AuditorError):
    """Several things wrong at once (a checklist file, an answers file): all of them are carried."""

    def __init__(self, key: str, found: Iterable[Problem], /, **values: Any) -> None:
        super().__init__(key, **values)
        self.found = list(found)

    def problems(self) -> list[Problem]:
        return self.found

"""What a command came to: data for `--json`, text for people, problems for both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from auditor.errors import Problem


@dataclass(slots=True)
class Outcome:
    """`data` is what `--json` prints; `text` is what a person reads; any error among `problems` means exit code 1."""

    data: Any = None
    text: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def document(self) -> Any:
        """The one JSON document of design §8: the data, and on failure the problems in or instead of it."""
        if not self.failed:
            return self.data
        rows = [problem.as_json() for problem in self.problems if problem.severity == "error"]
        return {**self.data, "problems": rows} if isinstance(self.data, dict) else {"problems": rows}

"""What every report is asked to be: the bank's letterhead, paper, precision of times, decimals.

`<data>/reports.json`, one file with the logo in it, so that a head office can hand it to all who visit for it.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError
from auditor.store import files
from exports.blocks import COPIES
from exports.letterhead import PLAIN, Letterhead, read_colour, read_line, read_logo

NAME = "reports.json"
FORMAT = 1
_MOST = 4_000_000
PAPERS = ("a4", "letter")
TIMES = ("auto", "exact", "half_day", "date")
"""`auto` is by the kind of check: half-days in branch and public copies of covert visits, else exact (P7)."""
DECIMALS = ("0", "1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """One file for all copies; `options` are what a report takes of it."""

    letterhead: Letterhead = PLAIN
    paper: str = "a4"
    decimals: int = 2
    """Of the register; single reports have those of their checklist (S1)."""
    times_compliance: str = "auto"
    times_branch: str = "auto"
    times_public: str = "auto"

    def options(self) -> tuple[tuple[str, Any], ...]:
        """The options of `exports.report.build`, whatever copy is asked for."""
        times = tuple((copy, said) for copy in COPIES if (said := getattr(self, f"times_{copy}")) != "auto")
        return (("letterhead", self.letterhead), ("paper", self.paper), ("times", times))

    def with_text(self, name: str, text: str) -> ReportSettings:
        """One setting as it is typed. Raises `reports.*`, `letterhead.*`: no such name, or not a possible value."""
        if name not in _READ:
            raise AuditorError("reports.no_such_setting", name=name[:40], names=", ".join(_READ))
        return self._with(name, _READ[name](text))

    def text(self, name: str) -> str:
        """One setting as a person types it; of the logo its size."""
        value = self._value(name)
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(value, bytes):
            return f"{len(value)} B" if value else ""
        return str(value)

    def as_json(self) -> dict[str, Any]:
        """As it is kept: every setting by its name, the logo in base64."""
        found = {name: self._value(name) for name in NAMES}
        return {"format": FORMAT} | found | {"logo": base64.b64encode(self.letterhead.logo).decode()}

    def _value(self, name: str) -> Any:
        return getattr(self.letterhead if name in _OF_LETTERHEAD else self, name)

    def _with(self, name: str, value: Any) -> ReportSettings:
        made = {name: value}
        return (
            replace(self, letterhead=replace(self.letterhead, **made))
            if name in _OF_LETTERHEAD
            else replace(self, **made)
        )


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip() not in allowed:
            raise AuditorError("reports.not_a_choice", text=text[:40], allowed=", ".join(allowed))
        return text.strip()

    return read


def _logo(text: str) -> bytes:
    return read_logo(Path(text).expanduser()) if text.strip() else b""


_READ: Mapping[str, Callable[[str], Any]] = {
    "bank": read_line,
    "header": read_line,
    "footer": read_line,
    "colour": read_colour,
    "logo": _logo,
    "red_head": lambda text: _one_of(("on", "off"))(text) == "on",
    "red_words": read_line,
    "paper": _one_of(PAPERS),
    "decimals": lambda text: int(_one_of(DECIMALS)(text)),
    "times_compliance": _one_of(TIMES),
    "times_branch": _one_of(TIMES),
    "times_public": _one_of(TIMES),
}
NAMES = tuple(_READ)
_OF_LETTERHEAD = {one.name for one in fields(Letterhead)}


def load(folder: Path) -> tuple[ReportSettings, AuditorError | None]:
    """The settings of a data folder and what was wrong in them: an impossible value is passed over by name (P2)."""
    path = folder / NAME
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except FileNotFoundError:
        return ReportSettings(), None
    except OSError as error:
        return ReportSettings(), AuditorError("reports.unreadable", file=str(path), said=error.strerror or "")
    try:
        found = json.loads(data) if len(data) <= _MOST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not _is_number(found.get("format")):
        return ReportSettings(), AuditorError("reports.damaged", file=str(path))
    settings, passed_over = _settings(found)
    if found["format"] > FORMAT:
        return settings, AuditorError("reports.newer", file=str(path))
    if passed_over:
        return settings, AuditorError("reports.passed_over", file=str(path), names=", ".join(passed_over))
    return settings, None


def _is_number(format_: object) -> bool:
    return type(format_) is int and format_ >= 1


def _settings(found: Mapping[str, Any]) -> tuple[ReportSettings, list[str]]:
    """The settings in the file, and the names of those that are unknown or whose value is impossible."""
    made, passed_over = ReportSettings(), list[str]()
    for name, value in found.items():
        try:
            made = made if name == "format" else _read_into(made, name, value)
        except (AuditorError, ValueError):  # binascii's error is one
            passed_over.append(name[:40])
    return made, passed_over


def _read_into(made: ReportSettings, name: str, value: object) -> ReportSettings:
    """One value as the file holds it. Raises AuditorError, ValueError for an impossible one."""
    if name == "logo" and isinstance(value, str):
        data = base64.b64decode(value, validate=True)
        if data:
            read_logo(data, NAME)  # what is broken or no picture raises
        return made._with(name, data)
    if name == "red_head" and isinstance(value, bool):
        return made._with(name, value)
    if name == "logo" or isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(name)
    return made.with_text(name, str(value))


def save(folder: Path, settings: ReportSettings) -> None:
    """Write the settings durably; a damaged file is kept beside. Raises `store.*`, and `reports.newer` where a newer
    program wrote the file, which is left as it is."""
    path = folder / NAME
    files.make_folder(folder)
    wrong = load(folder)[1] if path.exists() else None
    if wrong is not None and wrong.key == "reports.newer":
        raise wrong
    if wrong is not None:
        files.move(path, path.with_name(f"{NAME}.damaged-{secrets.token_hex(3)}"))
    files.write_atomic(path, (json.dumps(settings.as_json(), ensure_ascii=False, indent=1) + "\n").encode())

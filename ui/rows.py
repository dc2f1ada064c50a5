"""The rows of the library as `list` prints them, and `--where` over their columns (design §8)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditor.check_kinds import CHECK_KINDS
from auditor.errors import AuditorError
from auditor.words import language, tr

if TYPE_CHECKING:
    from auditor.expressions import Expr
    from auditor.expressions.checking import Type
    from auditor.store import Row

COLUMNS = (
    *("id", "checklist", "version", "branch", "kind", "state", "visited", "total", "passed", "grade"),
    *("unmet", "next_due"),
)
"""What `--where` may name: what `list --json` prints, and how many corrective actions wait, and by when."""
TYPES: dict[str, Type] = {
    **dict.fromkeys(("id", "checklist", "kind", "state", "grade"), "words"),
    **dict.fromkeys(("version", "branch", "visited"), "any"),
    **dict.fromkeys(("total", "unmet"), "number"),
    "passed": "condition",
    "next_due": "date",
}
"""What can be compared with what; codes may be written without quotes."""
MOST_QUOTED = 120


def as_listed(row: Row) -> dict[str, Any]:
    """One row of `list --json`; a draft's total is null."""
    return {
        "id": row.id,
        "checklist": row.checklist,
        "version": row.version,
        "branch": row.branch,
        "kind": row.kind,
        "state": row.state,
        "visited": row.visited,
        "total": row.total,
        "passed": row.passed,
        "grade": row.grade,
    }


def concluded(row: Row) -> str:
    """What a finished audit came to, in words: critical effects, the gravest first, and the grade; else whether it
    passed."""
    if row.state != "finished":
        return ""
    words = [tr(f"common.effect.{one}", default=one) for one in row.effects]
    grade = (row.grade_zh if language() == "zh" else row.grade_en) or row.grade
    words += [grade] if grade else []
    if row.passed is False and not row.effects:
        words.append(tr("common.failed"))
    elif row.passed and not words:
        words.append(tr("common.passed"))
    return " · ".join(words)


def where(rows: Sequence[Row], condition: str) -> list[Row]:
    """The rows for which a condition of the checklist language holds; all of them without one.

    Raises `cli.where_wrong` with the place in the condition.
    """
    if not condition.strip():
        return list(rows)
    from auditor import expressions as ex

    try:
        tree = ex.bind(ex.parse(condition), _words(rows))
    except AuditorError as error:
        raise _wrong(condition, str(error)) from error
    unknown = sorted(ex.names(tree) - set(COLUMNS))
    if unknown:
        raise _wrong(condition, tr("cli.where_no_column", name=unknown[0]))
    if doubt := _doubt(tree):
        raise _wrong(condition, doubt)
    wanted = ex.condition(tree)
    return [row for row in rows if wanted(_Columns(as_listed(row) | _waiting(row)))]


def _doubt(tree: Expr) -> str:
    """Why a condition would choose nothing, or everything, whatever the rows: `state` alone, `total = 'x'`. A day
    without quotes is a sum; a column of days takes a moment as well."""
    from auditor.expressions.checking import Kind, Known, doubts

    found = doubts(tree, Known(TYPES), "condition")
    for one in doubts(tree, Known({**TYPES, "visited": "date"}), "condition"):
        if any(isinstance(value, Kind) and value.type == "number" for value in one.values.values()):
            found.append(one)
    return tr(f"expressions.{found[0].name}", **found[0].values) if found else ""


def _waiting(row: Row) -> dict[str, Any]:
    return {"unmet": Fraction(row.unmet), "next_due": row.dues[0] if row.dues else None}


def _words(rows: Sequence[Row]) -> dict[str, set[str]]:
    """Bare words that may stand beside a column: `kind = mystery` is as good as `kind = 'mystery'`."""
    found: dict[str, set[str]] = {"kind": set(CHECK_KINDS), "state": {"draft", "finished", "damaged"}}
    for column in ("checklist", "grade", "branch"):
        found[column] = {str(getattr(row, column)) for row in rows}
    return found


def _wrong(condition: str, what: str) -> AuditorError:
    return AuditorError("cli.where_wrong", text=_short(condition), what=what, columns=", ".join(COLUMNS))


def _short(condition: str) -> str:
    return condition if len(condition) <= MOST_QUOTED else f"{condition[:MOST_QUOTED]}…"


class _Columns:
    """A row as expressions see it: its columns are the names."""

    def __init__(self, row: dict[str, Any]) -> None:
        self._row = row

    def value(self, item: str, /) -> Fraction | str | bool | None:
        found = self._row[item]
        if isinstance(found, float):
            return Fraction(Decimal(str(found)))
        return None if found is None else found

    def answered(self, item: str, /) -> bool:
        return self._row[item] is not None

    def is_na(self, item: str, /) -> bool:
        del item
        return False

    def score(self, section: str, /) -> Fraction | None:
        raise AuditorError("cli.where_wrong", text=f"score({section})", what=section, columns=", ".join(COLUMNS))

    def today(self) -> str:
        return str(self._row["visited"])[:10]

    def instances(self, items: frozenset[str], /) -> None:
        del items

"""What Excel makes of our formulas: the values cached beside them, one entry per function.

Numbers are doubles, as in Excel, and `ROUND` rounds the 15 digits Excel sees. Used to fill the helper cells; the
figures of the score come from the engine, and the compiler refuses a formula that disagrees with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from exports.xlsx.formula import Area, Call, Cell, Infix, Literal, Node, cells_of

Result = float | str | bool
_FIRST_DAY = date(1899, 12, 30)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
Cells = Mapping[Cell, Any]


class FormulaError(Exception):
    """What Excel shows as `#VALUE!`, `#DIV/0!`, `#N/A`."""


def evaluate_all(formulas: Mapping[Cell, Node], inputs: Cells, failed: set[Cell] | None = None) -> dict[Cell, Result]:
    """The value of every formula; `inputs` holds the cells that are typed.

    Cells that Excel would show as an error or as a circle join `failed` and count as 0; without it FormulaError.
    """
    values: dict[Cell, Any] = dict(inputs)
    waiting: set[Cell] = set()
    for start in formulas:
        stack = [start]
        while stack:
            cell = stack[-1]
            if cell in values:
                stack.pop()
                continue
            needed = [c for c in cells_of(formulas[cell]) if c in formulas and c not in values]
            circle = bool(needed) and cell in waiting
            if needed and not circle:
                waiting.add(cell)
                stack.extend(needed)
                continue
            try:
                if circle:
                    raise FormulaError(f"circle at {cell}")
                values[cell] = evaluate(formulas[cell], values)
            except (FormulaError, RecursionError):
                if failed is None:
                    raise
                failed.add(cell)
                values[cell] = 0.0
            waiting.discard(cell)
            stack.pop()
    return {cell: values[cell] for cell in formulas}


def evaluate(node: Node, values: Cells) -> Result:
    """One formula; a cell that is in no mapping is blank, which reads as 0 or as no text."""
    found = _value(node, values)
    return 0.0 if found is None else found


def _value(node: Node, values: Cells) -> Any:
    if isinstance(node, Literal):
        value = node.value
        return value if isinstance(value, str | bool) else float(value)
    if isinstance(node, Cell):
        return _plain(values.get(node))
    if isinstance(node, Area):
        return [_plain(values.get(cell)) for cell in node.cells()]
    if isinstance(node, Infix):
        return _infix(node, values)
    assert isinstance(node, Call)
    if node.name == "IF":
        condition, then, otherwise = node.arguments
        return _value(then if _truth(_value(condition, values)) else otherwise, values)
    if node.name in ("IFERROR", "ISNUMBER"):
        try:
            found = _value(node.arguments[0], values)
        except FormulaError:
            return False if node.name == "ISNUMBER" else _value(node.arguments[1], values)
        return isinstance(found, float) if node.name == "ISNUMBER" else found
    return FUNCTIONS[node.name]([_value(one, values) for one in node.arguments])


def _plain(value: Any) -> Any:
    """A cell as a formula sees it: whole numbers are doubles, days are counted from Excel's first."""
    if isinstance(value, date):
        return float((value - _FIRST_DAY).days)
    return float(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _infix(node: Infix, values: Cells) -> Result:
    left, right = _value(node.left, values), _value(node.right, values)
    if node.sign == "&":
        return text_of(left) + text_of(right)
    if node.sign in _COMPARISONS:
        return _COMPARISONS[node.sign](_order(left, right))
    a, b = number_of(left), number_of(right)
    if node.sign == "/":
        if b == 0:
            raise FormulaError("#DIV/0!")
        return a / b
    return {"+": a + b, "-": a - b, "*": a * b}[node.sign]


_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda o: o == 0,
    "<>": lambda o: o != 0,
    "<": lambda o: o < 0,
    ">": lambda o: o > 0,
    "<=": lambda o: o <= 0,
    ">=": lambda o: o >= 0,
}


def _order(left: Any, right: Any) -> int:
    """-1, 0, 1: numbers before texts before truths; a blank takes the other's kind; texts ignore case."""
    left, right = _blank_as(left, right), _blank_as(right, left)
    ranks = [2 if isinstance(one, bool) else 1 if isinstance(one, str) else 0 for one in (left, right)]
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if ranks[0] == 1:
        left, right = left.casefold(), right.casefold()
    return 1 if left > right else -1 if left < right else 0


def _blank_as(value: Any, other: Any) -> Any:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0


def number_of(value: Any) -> float:
    """As Excel's signs read it: a blank is 0, a text that is no number is an error."""
    if value is None:
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError):
        raise FormulaError("#VALUE!") from None


def text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        short = f"{value:.15g}"
        return short if "e" not in short else f"{Decimal(short):f}"
    return str(value)


def _truth(value: Any) -> bool:
    if isinstance(value, str):
        raise FormulaError("#VALUE!")
    return bool(value)


def _flat(arguments: Iterable[Any]) -> list[Any]:
    """Arguments and the cells of areas alike, without blanks."""
    found: list[Any] = []
    for one in arguments:
        found.extend(one if isinstance(one, list) else [one])
    return [one for one in found if one is not None]


def _numbers(arguments: Iterable[Any]) -> list[float]:
    """The numbers among cells: texts and truths there are passed over, as Excel does."""
    return [one for one in _flat(arguments) if isinstance(one, float)]


def _round(arguments: list[Any]) -> float:
    x, places = number_of(arguments[0]), int(number_of(arguments[1]))
    return float(Decimal(f"{x:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _index(arguments: list[Any]) -> Any:
    cells, position = arguments[0], int(number_of(arguments[1]))
    if not 1 <= position <= len(cells):
        raise FormulaError("#REF!")
    return cells[position - 1]


def _match(arguments: list[Any]) -> float:
    """The last cell not above the wanted number, of cells that rise (match type 1)."""
    wanted, cells = number_of(arguments[0]), arguments[1]
    below = [i for i, one in enumerate(cells, 1) if isinstance(one, float) and one <= wanted]
    if not below:
        raise FormulaError("#N/A")
    return float(below[-1])


def _find(arguments: list[Any]) -> float:
    place = text_of(arguments[1]).find(text_of(arguments[0]))
    if place < 0:
        raise FormulaError("#VALUE!")
    return float(place + 1)


def _mid(arguments: list[Any]) -> str:
    start, length = int(number_of(arguments[1])), int(number_of(arguments[2]))
    return text_of(arguments[0])[start - 1 : start - 1 + length]


def _day(value: Any) -> date:
    return _FIRST_DAY + timedelta(days=int(number_of(value)))


def _date(arguments: list[Any]) -> float:
    try:
        return float((date(*(int(number_of(one)) for one in arguments)) - _FIRST_DAY).days)
    except ValueError:
        raise FormulaError("#VALUE!") from None


def _timevalue(arguments: list[Any]) -> float:
    found = _CLOCK.fullmatch(text_of(arguments[0]))
    if found is None:
        raise FormulaError("#VALUE!")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (hours * 3600 + minutes * 60 + seconds) / 86400


FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "AND": lambda a: all(_truth(one) for one in _flat(a)),
    "OR": lambda a: any(_truth(one) for one in _flat(a)),
    "NOT": lambda a: not _truth(a[0]),
    "SUM": lambda a: float(sum(_numbers(a))),
    "COUNT": lambda a: float(len(_numbers(a))),
    "MIN": lambda a: min(_numbers(a), default=0.0),
    "MAX": lambda a: max(_numbers(a), default=0.0),
    "CONCATENATE": lambda a: "".join(map(text_of, a)),
    "ABS": lambda a: abs(number_of(a[0])),
    "ROUND": _round,
    "INDEX": _index,
    "MATCH": _match,
    "EXACT": lambda a: text_of(a[0]) == text_of(a[1]),
    "LEN": lambda a: float(len(text_of(a[0]).encode("utf-16-le")) // 2),
    "TRIM": lambda a: " ".join(text_of(a[0]).split(" ")).strip(" "),
    "FIND": _find,
    "MID": _mid,
    "N": lambda a: number_of(a[0]) if isinstance(a[0], float | bool) else 0.0,
    "YEAR": lambda a: float(_day(a[0]).year),
    "MONTH": lambda a: float(_day(a[0]).month),
    "DAY": lambda a: float(_day(a[0]).day),
    "DATE": _date,
    "TIMEVALUE": _timevalue,
    "CHAR": lambda a: chr(int(number_of(a[0]))),
    "SUBSTITUTE": lambda a: text_of(a[0]).replace(text_of(a[1]), text_of(a[2])),
    "RIGHT": lambda a: text_of(a[0])[-int(number_of(a[1])) :],
}
